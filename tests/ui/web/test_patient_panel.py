"""The patient panel without a browser: what it shows, takes, refuses and sends along."""

from __future__ import annotations

import pytest
from fake import FakeAssistant, score
from test_render import EVIL, assert_harmless

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from assistant.patient import KINDS
from ui.web.patient import again, change, patient_facts, patient_panel
from ui.web.session import KEPT, Session

CASE = "同时性，4个灶，最大3cm，CEA 12，CRS几分？"
FAKE = FakeAssistant()


def session_after(question: str = CASE) -> Session:
    session = Session()
    session.finish(session.begin(question), score())
    return session


def known(session: Session) -> dict[str, object]:
    return {fact.key: fact.value for fact in patient_facts(session, FAKE)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_fact_has_a_labelled_field(language: str) -> None:
    session = Session("en" if language == "en" else "zh")
    for kind in KINDS:
        change(session, FAKE, {"add": kind.key})
    html = patient_panel(session, FAKE)
    for kind in KINDS:
        assert f'<label for="fact-{kind.key}">' in html
        assert f'id="fact-{kind.key}"' in html
    assert_no_form_tags(html)


def assert_no_form_tags(html: str) -> None:
    assert "<form" not in html and "<script" not in html


def test_a_change_stays_until_the_next_question_and_goes_with_it() -> None:
    session = session_after()
    change(session, FAKE, {"set": {"cea": "３００ ng/mL", "synchronous": "no", "dfs_months": "20 月"}})
    assert known(session) == {
        "synchronous": False, "n_mets": 4, "max_diameter_cm": 3, "cea": 300, "dfs_months": 20,
    }  # fmt: skip
    exchange = session.begin("CRS几分？")
    assert exchange.facts == {"cea": 300.0, "synchronous": False, "dfs_months": 20.0}
    assert session.edits == {}
    assert session.conversation().turns[-1].facts == exchange.facts
    assert known(session)["cea"] == 300


@pytest.mark.parametrize("typed", ["-1", "1e9", "nan", "inf", "abc", EVIL, "9" * 500, "12 kg"])
def test_what_cannot_be_is_refused_and_kept_as_typed(typed: str) -> None:
    session = session_after()
    change(session, FAKE, {"set": {"cea": typed}})
    assert known(session)["cea"] == 12
    html = patient_panel(session, FAKE)
    assert 'aria-invalid="true" aria-describedby="fact-cea-wrong"' in html
    assert '<p class="wrong" id="fact-cea-wrong" role="alert">' in html
    assert_harmless(html)
    change(session, FAKE, {"set": {"cea": "13"}})
    assert 'role="alert"' not in patient_panel(session, FAKE)
    assert known(session)["cea"] == 13


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"set": "x"},
        {"set": {"nonsense": "1"}},
        {"add": 3},
        {"forget": ["cea"]},
        {"add": EVIL},
        {"set": {3: 4}},
    ],
)
def test_what_no_panel_sends_changes_nothing(sent: dict[str, object]) -> None:
    session = session_after()
    before = known(session)
    change(session, FAKE, sent)
    assert known(session) == before
    assert session.edits == {} and session.opened == []


def test_forgetting_one_and_all() -> None:
    session = session_after()
    change(session, FAKE, {"forget": "cea"})
    assert "cea" not in known(session)
    change(session, FAKE, {"set": {"n_mets": ""}})
    assert "n_mets" not in known(session)
    assert 'id="fact-n_mets"' in patient_panel(session, FAKE)
    change(session, FAKE, {"set": {"age": "3"}})
    change(session, FAKE, {"clear": True})
    assert known(session) == {}
    assert 'class="fact"' not in patient_panel(session, FAKE)
    session.begin("还要问")
    assert known(session) == {}


def test_a_new_chat_forgets_the_patient() -> None:
    session = session_after()
    change(session, FAKE, {"set": {"cea": "300", "age": "3"}})
    session.clear()
    assert known(session) == {} and session.problems == {}


def test_what_was_said_stands_beside_and_is_escaped() -> None:
    session = session_after(f"CEA 12 {EVIL}")
    html = patient_panel(session, FAKE)
    assert "原话：CEA 12" in html
    assert_harmless(html)
    change(session, FAKE, {"set": {"cea": "14"}})
    assert "手动设定" in patient_panel(session, FAKE)


def test_facts_outlive_no_more_turns_than_the_session_keeps() -> None:
    session = session_after()
    for number in range(KEPT):
        session.begin(f"问{number}")
    assert known(session) == {}


@pytest.mark.parametrize(
    ("asked", "edits"),
    [
        (CASE, {"cea": "300"}),
        (CASE, {"synchronous": "no", "dfs_months": "20"}),
        (CASE, {"node_positive": "yes"}),
        ("肌酐1.2 胆红素 2 INR 1.5 血钠 130 MELD-Na 多少", {"inr": "2"}),
        ("残肝35%，同期切除够吗？", {"hepatectomy": "metachronous"}),
        ("身高170 体重60 体表面积多少", {"weight_kg": "80"}),
        ("Synchronous, 4 lesions, largest 3 cm, CEA 12 ng/mL: CRS and Oslo score?", {"cea": "300"}),
    ],
)
def test_a_calculation_is_asked_for_again_with_the_new_facts(
    assistant: Assistant, asked: str, edits: dict[str, str]
) -> None:
    session = Session("en" if asked.isascii() else "zh")
    session.finish(session.begin(asked), assistant.ask(Conversation(turns=[Turn(text=asked)])))
    first = session.exchanges[-1].answer
    assert first is not None
    change(session, assistant, {"set": edits})
    wanted = {fact.key: fact.value for fact in patient_facts(session, assistant)}
    question = again(session, first, assistant)
    assert question is not None
    session.begin(question)
    answer = assistant.ask(session.conversation())
    assert answer.calculation is not None and first.calculation is not None
    assert answer.calculation.calculator == first.calculation.calculator
    assert answer.calculation.inputs != first.calculation.inputs
    assert {fact.key: fact.value for fact in patient_facts(session, assistant)} == wanted
    assert answer.language == first.language
