"""Cards and small parts of an answer: values changed by hand, errata, origins, commands, what is not said twice."""

from __future__ import annotations

import re
from html import escape

import fake
import pytest
from test_render import EVIL, assert_harmless, session_with

from assistant.answer import Answer
from assistant.commands import command_of
from corpus.model import Language
from corpus.registers import load_errata
from ui.web import render, sources
from ui.web.recalculation import recalculate, with_changes
from ui.web.session import Session
from ui.web.shown_text import shown_text

FAKE = fake.FakeAssistant()


def changed(values: dict[str, str], language: Language = "zh") -> Session:
    session = session_with(fake.score(), language=language)
    assert recalculate(session, FAKE, {"turn": 1, "index": 0, "values": values})
    return session


def test_a_card_shows_the_new_result_and_the_answer_stays_as_given() -> None:
    session = changed(
        {
            "node_positive": "yes",
            "synchronous": "yes",
            "n_mets": "4",
            "cea_ng_ml": "300",
            "max_diameter_cm": "6",
        }
    )
    html = render.transcript(session)
    assert "数值已手动更改" in html
    assert re.search(r'<div class="outcome">.*?<strong>5</strong>', html)
    assert "还差一项" in html  # the text above is the answer to what was asked
    answer = session.exchanges[0].answer
    assert answer is not None and answer.calculation is not None
    assert answer.calculation.status == "incomplete"
    assert recalculate(session, FAKE, {"turn": 1, "index": 0, "reset": True})
    assert "数值已手动更改" not in render.transcript(session)


@pytest.mark.parametrize("typed", ["-3", "abc", EVIL, "9" * 400])
def test_impossible_values_are_refused_in_the_card_and_kept(typed: str) -> None:
    session = changed({"n_mets": typed})
    html = render.transcript(session)
    assert "输入无效" in html and '<div class="outcome">' in html
    assert_harmless(html)
    if typed == "abc":
        assert 'name="n_mets" value="abc"' in html


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"turn": 9, "index": 0, "values": {}}, {"turn": 1, "index": 5, "values": {}},
        {"turn": 1, "index": -1, "values": {}}, {"turn": "1", "index": 0, "values": {}},
        {"turn": 1, "index": 0, "values": "x"}, {"turn": 1, "index": 0},
    ],
)  # fmt: skip
def test_what_no_card_sends_is_ignored(sent: dict[str, object]) -> None:
    session = session_with(fake.score())
    assert not recalculate(session, FAKE, sent)
    assert session.exchanges[0].by_hand == {}


def test_sources_of_a_changed_card_are_numbered_on_after_the_answers() -> None:
    answer = fake.score()
    assert answer.calculation is not None
    own = fake.cite(1, "dlm-review/1/3", 0, "zh")
    again = answer.calculation.model_copy(
        update={"citations": [own, fake.cite(2, "crlm-guideline-2023/appendix-3/1", 1, "zh")]}
    )
    shown = with_changes(answer, {0: again})
    assert shown.calculation is not None
    assert [c.marker for c in shown.citations] == [1, 2]
    assert [c.marker for c in shown.calculation.citations] == [1, 2]
    assert {row.marker for row in shown.calculation.breakdown} == {2}


def test_every_calculation_has_a_card_and_every_row_its_source() -> None:
    answer = fake.score()
    assert answer.calculation is not None
    twice = answer.model_copy(update={"further_calculations": [answer.calculation]})
    html = render.transcript(session_with(twice))
    assert html.count('<details class="calculation"') == 2
    assert 'id="k-1-0-go"' in html and 'id="k-1-1-go"' in html
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    assert body is not None and body[1].count('class="chip"') == 5
    fields = re.findall(r'<label for="([^"]+)"', html)
    assert fields and all(f'id="{field}"' in html for field in fields)


def test_what_the_card_shows_is_not_repeated_in_the_text() -> None:
    answer = fake.score()
    told = answer.model_copy(
        update={
            "text": f"{answer.text}\n\n| 项目 | 分 |\n|---|---|\n| 甲 | 1 |\n\n假设与说明：CEA 单位按 ng/mL\n\n限制说明。"
        }
    )
    assert shown_text(told) == f"{answer.text}\n\n限制说明。"


def test_how_it_was_understood_is_said_once_with_a_way_to_edit() -> None:
    answer = fake.leaning()
    html = render.answer_html(answer.model_copy(update={"understood": answer.understood}), 1, "zh").split(
        "data-copy"
    )[0]
    assert html.count("理解为") == 1
    assert f'data-edit="{answer.understood}"' in html
    hostile = answer.model_copy(update={"understood": EVIL, "text": f"理解为：{EVIL}\n\n文"})
    assert_harmless(render.answer_html(hostile, 1, "zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_errata_stand_apart_from_notes(language: Language) -> None:
    entry = load_errata()[0]
    answer = fake.nodule().model_copy(update={"notes": [entry.note_zh, "平常的一条。"]})
    html = render.transcript(session_with(answer, language=language))
    erratum = html[html.index('class="erratum"') : html.index('class="notes"')]
    assert escape(entry.right) in erratum
    assert "&gt;80 μg/mL" in erratum
    assert escape(entry.note_zh) not in html[html.index('class="notes"') : html.index("data-copy")]


def test_sides_say_where_they_come_from_in_a_told_disagreement() -> None:
    answer = fake.cycles()
    lines = [f"- **甲**：{s.text} [{s.marker}]" for s in answer.disagreements[0].statements]
    told = answer.model_copy(update={"text": "来源不一致：\n" + "\n".join(lines)})
    html = render.answer_html(told, 1, "zh", infos=fake.DOCUMENTS)
    assert html.count('<p class="origin">') == 3
    assert re.search(
        r'<li><p class="origin"><span class="kind kind-guideline">指南</span> <span class="year">2023', html
    )
    assert "年份不详" in html


def test_graded_sentences_carry_their_grade_wherever_they_stand() -> None:
    found = fake.retrieved("crlm-guideline-2023/appendix-5/4", "crlm-guideline-2023/1.2/2")
    html = sources.panel(session_with(fake.fruquintinib().model_copy(update={"passages": found})), FAKE)
    assert "3a · B级推荐" in html[html.index('class="passages"') :]
    side = render.answer_html(fake.cycles(), 1, "zh", infos=fake.DOCUMENTS)
    assert side[side.index('class="disagreement"') :].count("1a · A级推荐") == 1


@pytest.mark.parametrize("answer", [fake.nodule(), fake.biopsy(), fake.score(), fake.fruquintinib()])
def test_buttons_under_an_answer_are_commands(answer: Answer) -> None:
    html = render.transcript(session_with(answer))
    asked = re.findall(r'class="tool command" data-ask="([^"]+)"', html)
    commands = [command_of(question) for question in asked]
    assert commands[-1] == ("en" if answer.language == "zh" else "zh")
    textual = answer.status == "answered" and answer.calculation is None
    assert commands[:-1] == (["more", "source"] if textual else [])


def test_only_the_last_answer_has_commands() -> None:
    session = session_with(fake.nodule())
    session.finish(session.begin("再问"), fake.rejected("再问"))
    assert "tool command" not in render.transcript(session)
