"""Greetings and the like are no questions to the documents."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant
from assistant.smalltalk import small_talk


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.ask(Conversation(turns=[Turn(text=t) for t in turns]))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", "greeting"), ("您好！", "greeting"), ("Hello", "greeting"), ("good morning", "greeting"), ("在吗？", "greeting"),
        ("谢谢！", "thanks"), ("thank you", "thanks"), ("thanks a lot", "thanks"), ("好的", "thanks"), ("ok", "thanks"),
        ("你是谁", "help"), ("你能回答什么问题？", "help"), ("what can you do?", "help"), ("help", "help"),
        ("translate this to German", "language"), ("用日语回答", "language"), ("in French please", "language"),
        ("你好，切缘多少", None), ("help with CRS", None), ("早期肝转移怎么治", None), ("好转了还要化疗吗", None), ("hi-res MRI for liver mets", None),
        ("in English please", None), ("", None), ("trials in German patients", None),
    ],
)  # fmt: skip
def test_what_is_small_talk(text: str, kind: str | None) -> None:
    assert small_talk(text) == kind


@pytest.mark.parametrize(("text", "language"), [("你好", "zh"), ("早", "zh"), ("hello", "en"), ("thx", "en")])
def test_a_greeting_asks_for_a_question(assistant: Assistant, text: str, language: str) -> None:
    answer = ask(assistant, text)
    assert (answer.status, answer.language) == ("needs_input", language)
    assert not answer.citations
    assert len(answer.suggestions) == 3
    assert all(ask(assistant, question).status == "answered" for question in answer.suggestions)


def test_another_language_is_declined(assistant: Assistant) -> None:
    assert ask(assistant, "瑞戈非尼剂量", "translate this to German").status == "rejected"


def test_thanks_between_two_questions_change_nothing(assistant: Assistant) -> None:
    plain = ask(assistant, "瑞戈非尼的剂量是多少", "呋喹替尼呢")
    polite = ask(assistant, "瑞戈非尼的剂量是多少", "谢谢", "呋喹替尼呢")
    assert "5 mg" in plain.text
    assert polite.text == plain.text


def test_the_language_of_bare_figures_is_that_of_the_turn_before(assistant: Assistant) -> None:
    assert ask(assistant, "算一下CRS", "CEA 30").language == "zh"
    assert ask(assistant, "please work out the CRS", "CEA 30").language == "en"
    assert ask(assistant, "FOLFIRI").language == "en"
    assert ask(assistant, "158cm 96斤，BSA").language == "zh"
