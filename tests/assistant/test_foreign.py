"""Names the documents do not treat, also those that no table lists."""

from __future__ import annotations

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from assistant.foreign import unknown_scores


def unknown(assistant: Assistant, text: str) -> tuple[str, ...]:
    retriever = assistant.retriever
    words = (*(retriever.fields[x].vocabulary for x in ("zh", "en")), retriever.asked.words.vocabulary)
    return unknown_scores(text, retriever.terminology, words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What is a normal Zubrowka score?", "Zubrowka"),
        ("Kranzler评分几分算高危", "Kranzler"),
        ("QQQ12 index before hepatectomy", "QQQ12"),
        ("按Kranzler评分，哪些肝转移病人适合手术", "Kranzler"),
        ("According to the Zubrowka score, which patients should have a hepatectomy?", "Zubrowka"),
    ],
)
def test_a_score_nobody_knows_is_named(assistant: Assistant, text: str, name: str) -> None:
    assert unknown(assistant, text) == (name,)
    answer = assistant.ask(Conversation(turns=[Turn(text=text)]))
    assert answer.status == "not_found"
    assert name in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Oslo score items", "Fong评分包括哪些", "T4aN1M0分期", "CNLC分期", "RECIST criteria", "Child-Pugh分级A级",
        "which score is used", "Should the grade be given?", "The classification of metastases",
        "68岁，Zubrowka评分3分，肝转移切缘要多少", "",
    ],
)  # fmt: skip
def test_known_scores_stages_and_what_is_told_of_a_patient_are_not(assistant: Assistant, text: str) -> None:
    assert unknown(assistant, text) == ()


@pytest.mark.parametrize(
    "text", ["按JIS评分，哪些肝转移病人适合手术", "By the JIS score, who is resectable?"]
)
def test_a_foreign_score_to_answer_by_is_asked_about(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=text)]))
    assert answer.status == "not_found"
    assert answer.text.splitlines()[0].count("JIS") == 1
