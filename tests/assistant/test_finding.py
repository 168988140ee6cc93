"""Which reading of a follow-up is answered."""

from __future__ import annotations

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.ask(Conversation(turns=[Turn(text=t) for t in turns]))


def test_a_third_turn_leans_on_what_the_second_was_read_as(assistant: Assistant) -> None:
    answer = ask(assistant, "贝伐珠单抗打多少mg/kg", "那术前呢", "为什么")
    assert answer.understood is not None
    assert "贝伐珠单抗" in answer.understood
    assert "出血和伤口延迟愈合" in answer.text


def test_a_reason_may_stand_in_the_sentence_shown_before(assistant: Assistant) -> None:
    first = ask(assistant, "贝伐停多久能开刀")
    again = ask(assistant, "贝伐停多久能开刀", "为什么")
    assert {c.quote for c in first.citations} & {c.quote for c in again.citations}
