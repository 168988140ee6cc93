"""Giving a calculation the sentences its rule comes from."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import calculators
from assistant.answer import Calculation
from assistant.compose import Citations
from assistant.evidence import Pick
from corpus.model import Passage
from corpus.registers import Anchor, find_anchor


def with_citations(
    calculation: Calculation, citations: Citations, passages: Sequence[Passage]
) -> Calculation:
    """The calculation with a citation for each of its calculator's sources, in order."""
    markers: list[int | None] = []
    for source in calculators.get(calculation.calculator).anchors(calculation):
        anchor = Anchor(document_id=source.document_id, quote=source.quote)
        found = find_anchor(anchor, passages)[:1]
        markers.append(citations.add(Pick(*found[0], 0.0)) if found else None)
    cited = [item for item in citations.items if item.marker in markers]
    breakdown = [
        item.model_copy(update={"marker": _nth(markers, item.marker)}) for item in calculation.breakdown
    ]
    return calculation.model_copy(update={"citations": cited, "breakdown": breakdown})


def _nth(markers: Sequence[int | None], number: int | None) -> int | None:
    """The marker of a calculator's ``number``-th source; None when it cites none."""
    return markers[number - 1] if number is not None and 0 < number <= len(markers) else None
