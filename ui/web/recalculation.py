"""A calculation repeated in its card with values the reader changed; the answer itself stays as it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant import calculators
from assistant.answer import Answer, Calculation, Citation
from ui.web.fields import LONGEST
from ui.web.inputs import read_value
from ui.web.session import Assistant, Session
from ui.web.shown_text import calculations


def recalculate(session: Session, assistant: Assistant, sent: Mapping[str, Any]) -> bool:
    """Apply what a card sent: ``turn``, ``index`` and ``values`` {input: typed}, or ``reset``. False: nothing to do."""
    turn, index, values = sent.get("turn"), sent.get("index"), sent.get("values")
    exchange = session.exchange(turn) if isinstance(turn, int) else None
    if exchange is None or exchange.answer is None or not isinstance(index, int):
        return False
    known = calculations(exchange.answer)
    if not 0 <= index < len(known):
        return False
    exchange.revision += 1
    if sent.get("reset"):
        exchange.by_hand.pop(index, None)
        return True
    if not isinstance(values, dict):
        return False
    name = known[index].calculator
    inputs = {}
    for key, info in calculators.get(name).inputs.model_fields.items():
        read = read_value(str(values.get(key, ""))[:LONGEST].strip(), info.annotation)
        if read is not None:
            inputs[key] = read
    exchange.by_hand[index] = assistant.calculate(name, inputs, exchange.answer.language)
    return True


def with_changes(answer: Answer, by_hand: Mapping[int, Calculation]) -> Answer:
    """The answer with the reader's calculations in place, their sources numbered on after the answer's own."""
    if not by_hand:
        return answer
    citations = list(answer.citations)
    shown = calculations(answer)
    for index, calculation in by_hand.items():
        shown[index] = _renumbered(calculation, citations)
    return answer.model_copy(
        update={"citations": citations, "calculation": shown[0], "further_calculations": shown[1:]}
    )


def _renumbered(calculation: Calculation, citations: list[Citation]) -> Calculation:
    """With the numbers its sources have in the answer; new sources are added to ``citations``."""
    places = {(c.document_id, c.start, c.end): c.marker for c in citations}
    numbers: dict[int, int] = {}
    for citation in calculation.citations:
        place = (citation.document_id, citation.start, citation.end)
        if place not in places:
            places[place] = max(places.values(), default=0) + 1
            citations.append(citation.model_copy(update={"marker": places[place]}))
        numbers[citation.marker] = places[place]
    breakdown = [
        row.model_copy(update={"marker": numbers.get(row.marker) if row.marker else None})
        for row in calculation.breakdown
    ]
    cited = [c for c in citations if c.marker in numbers.values()]
    return calculation.model_copy(update={"breakdown": breakdown, "citations": cited})
