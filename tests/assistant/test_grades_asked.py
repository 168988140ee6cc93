"""A question for a grade is about the recommendation, not about the table of grades."""

from __future__ import annotations

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "badge"),
    [
        ("MDT的推荐级别", "1a类证据 · A级推荐"),
        ("HER-2检测推荐级别几级证据", "2b类证据 · B级推荐"),
        ("Which evidence level supports the liver-first approach?", "evidence 3b · recommendation B"),
        ("What recommendation grade does the guideline give to RAS testing?", "evidence 1a · recommendation A"),
    ],
)  # fmt: skip
def test_the_recommendation_is_shown_with_its_grade(assistant: Assistant, question: str, badge: str) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=question)]))
    assert answer.status == "answered"
    assert badge in answer.text


def test_what_a_grade_means_comes_from_the_table(assistant: Assistant) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text="单项队列研究属于哪个推荐分级")]))
    assert "证据水平：2b" in answer.text
