"""More of an answer, its source, the other language."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant
from assistant.commands import command_of

QUESTION = "贝伐珠单抗停药多久可以手术？"


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.ask(Conversation(turns=[Turn(text=t) for t in turns]))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("再详细点", "more"), ("更多", "more"), ("tell me more", "more"), ("还有其他的吗", "more"), ("来源原文", "source"), ("show me the source", "source"),
        ("出处？", "source"), ("英文怎么说", "en"), ("in English please", "en"), ("用中文回答", "zh"), ("中文呢", "zh"),
        ("更多的病灶能切吗", None), ("肝转移的来源", None), ("source control of sepsis", None), ("多学科", None), ("英文文献里CRS怎么算", None),
    ],
)  # fmt: skip
def test_what_is_a_command(text: str, command: str | None) -> None:
    assert command_of(text) == command


def test_more_shows_what_was_not_shown(assistant: Assistant) -> None:
    first, more, again = (
        ask(assistant, QUESTION), ask(assistant, QUESTION, "再详细点"), ask(assistant, QUESTION, "再详细点", "更多")
    )  # fmt: skip
    shown = [{c.quote for c in answer.citations} for answer in (first, more, again)]
    assert all(shown)
    assert not shown[0] & shown[1]
    assert not (shown[0] | shown[1]) & shown[2]


def test_source_shows_the_whole_passage(assistant: Assistant) -> None:
    first, source = ask(assistant, QUESTION), ask(assistant, QUESTION, "来源原文")
    passage = assistant.passage(first.citations[0].passage_id)
    assert [c.quote for c in source.citations] == [s.text for s in passage.sentences]


def test_the_other_language_answers_the_same_question(assistant: Assistant) -> None:
    first, english = ask(assistant, QUESTION), ask(assistant, QUESTION, "英文怎么说")
    assert english.language == "en"
    assert {c.quote for c in first.citations} <= {c.quote for c in english.citations}
    assert ask(assistant, "CRS: N+, sync, 3 mets, 4cm, CEA 20", "中文呢").calculation is not None


def test_a_command_with_nothing_before_it_asks_for_a_question(assistant: Assistant) -> None:
    answer = ask(assistant, "more")
    assert answer.status == "needs_input"
    assert not answer.citations


def test_a_question_after_a_command_leans_on_the_question_before(assistant: Assistant) -> None:
    plain = ask(assistant, "射频消融一次最多几个灶", "微波呢")
    assert ask(assistant, "射频消融一次最多几个灶", "英文怎么说", "微波呢").text == plain.text
