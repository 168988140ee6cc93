"""One learner's study: counted once, scheduled as FSRS says, never lost, never corrupted."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CrlmError
from ui.study.asking import Response
from ui.study.bank import Bank
from ui.study.flow import Settings, Study
from ui.study.learner import BadName, clean_name, file_of, folder
from ui.study.progress import progress
from ui.study.scheduling import RATINGS, next_item, review
from ui.study.store import Store, StudyFileDamaged, StudyFileUnusable

START = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def study(bank: Bank, tmp_path: Path, clock: Clock) -> Study:
    return Study("李雷 1", bank, tmp_path, clock)


def step(study: Study, rating: str = "good") -> str | None:
    """Answer and rate what is asked; the item's id."""
    question = study.question()
    if question is None:
        return None
    assert study.answer(question.token, Response(text="x"))
    assert study.rate(question.token, rating)
    return question.asked.item.id


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(RATINGS)), st.integers(0, 60 * 24 * 90)), min_size=1, max_size=12
    )
)
def test_cards_are_scheduled_as_fsrs_itself_does(history: list[tuple[str, int]]) -> None:
    scheduler, card, at, raw = (
        fsrs.Scheduler(enable_fuzzing=False),
        fsrs.Card(card_id=0, due=START),
        START,
        None,
    )
    for rating, minutes in history:
        at += timedelta(minutes=minutes)
        card, _ = scheduler.review_card(card, fsrs.Rating[rating.capitalize()], review_datetime=at)
        state = review(raw, rating, at)
        raw = state.raw
        assert state.due == card.due and json.loads(raw) == card.to_dict()


def test_due_cards_come_before_new_ones_and_the_longest_overdue_first(study: Study, clock: Clock) -> None:
    study.begin(Settings("zh"))
    first, second = step(study, "easy"), step(study, "easy")
    clock.now += timedelta(days=60)
    assert {step(study, "easy"), step(study, "easy")} == {first, second}


def test_the_limit_of_new_cards_holds_for_a_day(study: Study, clock: Clock) -> None:
    study.begin(Settings("en", new_per_day=3))
    asked = [step(study, "easy") for _ in range(5)]
    assert None not in asked[:3] and asked[3:] == [None, None]
    study.begin(Settings("en", new_per_day=4))
    assert step(study, "easy") and step(study, "easy") is None
    clock.now += timedelta(days=1)
    study.begin(Settings("en", new_per_day=2))
    assert study.new_left(Settings("en", new_per_day=2)) == 2 and step(study) is not None


def test_a_forgotten_card_comes_again_and_not_at_once(study: Study, clock: Clock) -> None:
    study.begin(Settings("zh", new_per_day=2))
    first = step(study, "again")
    clock.now += timedelta(seconds=20)
    second = step(study, "again")
    assert first != second
    assert step(study, "easy") == first, "nearly due, and nothing else is left"


def test_kinds_take_turns(study: Study) -> None:
    study.begin(Settings("zh"))
    items = [study.bank.get(step(study, "easy") or "") for _ in range(6)]
    assert len({item.kind for item in items if item}) == 6


def test_settings_choose_what_is_asked(study: Study) -> None:
    kinds = ("grade", "term")
    chapter = next(
        c.key for c in study.bank.chapters("en") if len(study.bank.select("en", kinds, (c.key,))) > 4
    )
    wanted = Settings("en", kinds, (chapter,))
    study.begin(wanted)
    for _ in range(4):
        item = study.bank.get(step(study, "easy") or "")
        assert item and item.language == "en" and item.kind in wanted.kinds and item.chapter == chapter
    assert study.last_settings() == wanted


def test_no_two_questions_in_a_row_share_a_sentence(study: Study) -> None:
    study.begin(Settings("zh", ("grade", "number", "term"), new_per_day=40))
    before: frozenset[object] = frozenset()
    for _ in range(40):
        item = study.bank.get(step(study, "easy") or "")
        assert item is not None and before.isdisjoint(item.sources)
        before = frozenset(item.sources)


def test_every_tab_is_shown_the_same_question(study: Study, bank: Bank, tmp_path: Path) -> None:
    study.begin(Settings("zh"))
    other = Study("李雷 1", bank, tmp_path)
    assert study.question() == other.question() == study.question()


def test_a_double_click_counts_once(study: Study) -> None:
    study.begin(Settings("zh"))
    question = study.question()
    assert question is not None
    assert not study.rate(question.token, "good"), "not answered yet"
    assert study.answer(question.token, Response(text="a")) and not study.answer(
        question.token, Response(text="b")
    )
    assert study.rate(question.token, "good") and not study.rate(question.token, "again")
    assert [r.rating for r in study.reviews()] == ["good"]
    assert study.question() != question


def test_many_tabs_at_once_count_each_question_once(study: Study, bank: Bank, tmp_path: Path) -> None:
    study.begin(Settings("zh", new_per_day=200))
    counted: list[bool] = []
    errors: list[BaseException] = []

    def tab() -> None:
        mine = Study("李雷 1", bank, tmp_path)
        try:
            for _ in range(6):
                question = mine.question()
                if question is not None:
                    mine.answer(question.token, Response(text="x"))
                    counted.append(mine.rate(question.token, "easy"))
        except BaseException as error:
            errors.append(error)

    tabs = [threading.Thread(target=tab) for _ in range(6)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert errors == []
    reviews = study.reviews()
    assert len(reviews) == sum(counted) == len({r.item for r in reviews}) == len(study.cards())


def test_two_tabs_create_the_file_together(bank: Bank, tmp_path: Path) -> None:
    ready = threading.Barrier(8)
    errors: list[BaseException] = []

    def tab() -> None:
        mine = Study("neu", bank, tmp_path)
        ready.wait()
        try:
            mine.begin(Settings("zh"))
        except BaseException as error:
            errors.append(error)

    tabs = [threading.Thread(target=tab) for _ in range(8)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert errors == [] and Study("neu", bank, tmp_path).question() is not None


CRASH = """
import os, signal, sys
from pathlib import Path
from ui.study.store import Store
store = Store(Path(sys.argv[1]))
with store.transaction() as db:
    db.execute("INSERT INTO reviews (token, item, session, rating, correct, first, at) SELECT token, item, session, 'good', 1, 1, 'now' FROM shown WHERE closed IS NULL")
    db.execute("INSERT INTO cards (item, fsrs, due) SELECT item, '{}', 'now' FROM shown WHERE closed IS NULL")
    db.execute("UPDATE shown SET closed = 'now'")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_crash_in_the_middle_loses_nothing_and_counts_nothing(study: Study) -> None:
    study.begin(Settings("zh"))
    done = step(study)
    question = study.question()
    assert question is not None and study.answer(question.token, Response(text="x"))
    run = subprocess.run(
        [sys.executable, "-c", CRASH, str(study.store.path)], cwd=Path(__file__).parents[3], check=False
    )
    assert run.returncode == -signal.SIGKILL
    assert [r.item for r in study.reviews()] == [done] and set(study.cards()) == {done}
    again = study.question()
    assert again is not None and again.token == question.token and again.response is not None
    assert study.rate(question.token, "good") and len(study.reviews()) == 2


@pytest.mark.parametrize("content", [b"not a database" * 400, b"SQLite format 3\x00" + os.urandom(8000)])
def test_a_damaged_file_is_set_aside_and_told(study: Study, content: bytes) -> None:
    study.begin(Settings("zh"))
    study.store.path.write_bytes(content)
    with pytest.raises(StudyFileDamaged) as told:
        study.question()
    (kept,) = study.store.path.parent.glob("*.damaged")
    assert kept.read_bytes() == content
    assert kept.name in told.value.message("zh") and kept.name in told.value.message("en")
    study.begin(Settings("zh"))
    assert study.question() is not None
    study.forget()
    assert list(study.store.path.parent.iterdir()) == []


def test_a_page_damaged_in_the_middle_is_set_aside_too(study: Study) -> None:
    study.begin(Settings("zh", new_per_day=200))
    for _ in range(10):
        step(study, "easy")
    content = bytearray(study.store.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    study.store.path.write_bytes(content)
    with pytest.raises(StudyFileDamaged):
        study.reviews()
    assert len(list(study.store.path.parent.glob("*.damaged"))) == 1


def test_a_file_that_cannot_be_opened_is_left_alone(bank: Bank, tmp_path: Path) -> None:
    study = Study("a", bank, tmp_path)
    study.store.path.mkdir(parents=True)
    with pytest.raises(StudyFileUnusable):
        study.begin(Settings("zh"))
    assert study.store.path.is_dir()


def test_a_newer_file_is_left_alone(study: Study) -> None:
    study.begin(Settings("zh"))
    db = sqlite3.connect(study.store.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StudyFileUnusable):
        study.question()
    assert study.store.path.exists()


def test_a_folder_that_is_a_file_is_told(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(CrlmError):
        Study("a", bank, tmp_path / "f").begin(Settings("zh"))


def test_an_item_that_is_gone_is_passed_over(study: Study) -> None:
    study.begin(Settings("zh"))
    question = study.question()
    assert question is not None
    gone = Bank(study.bank.documents, [i for i in study.bank.items if i != question.asked.item])
    study.bank = gone
    assert study.find(question.token) is None
    following = study.question()
    assert following is not None and following.token != question.token


def test_ending_and_deleting(study: Study) -> None:
    session = study.begin(Settings("zh"))
    step(study, "easy")
    assert study.end() == session.id and study.question() is None and study.end() is None
    assert len(study.reviews(session.id)) == 1 and study.reviews("other") == []
    rows = progress(study.bank, "zh", study.cards(), study.reviews(), study.clock())
    assert sum(r.begun for r in rows) == sum(r.answers for r in rows) == 1
    assert sum(r.items for r in rows) == len(study.bank.select("zh"))
    study.forget()
    assert not study.store.exists and study.reviews() == [] and study.cards() == {}


def test_nothing_to_ask_is_none() -> None:
    assert next_item([], {}, 5, START) is None


@pytest.mark.parametrize("name", ["李雷", "Anna 2", "a", "x" * 40, "Ｗang", "a.b-c_d"])
def test_good_names(name: str) -> None:
    assert clean_name(f"  {name} ")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "x" * 41,
        "../etc/passwd",
        "a/b",
        "a\\b",
        "..",
        ".",
        "<script>",
        "a\x00b",
        "a\nb'",
        "é",
        "x" * 10**6,
    ],
)
def test_bad_names(name: str, tmp_path: Path) -> None:
    if name == "a\nb'":
        name = "a'b"
    with pytest.raises(BadName):
        file_of(name, tmp_path)


@given(st.text(max_size=60))
def test_a_name_never_becomes_a_path(name: str) -> None:
    try:
        path = file_of(name, Path("/data"))
    except BadName:
        return
    assert path.parent == Path("/data") and path.name.removesuffix(".sqlite3").isalnum()


def test_the_folder_is_the_one_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CRLM_STUDY_DIR", str(tmp_path))
    assert folder() == tmp_path and Store(file_of("A")).path == Store(file_of("a")).path
    monkeypatch.delenv("CRLM_STUDY_DIR")
    assert folder().name == "study"
