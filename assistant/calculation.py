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
    markers = []
    for source in calculators.get(calculation.calculator).anchors(calculation):
        anchor = Anchor(document_id=source.document_id, quote=source.quote)
        for passage, sentence in find_anchor(anchor, passages)[:1]:
            markers.append(citations.add(Pick(passage, sentence, 0.0)))
    cited = [item for item in citations.items if item.marker in markers]
    return calculation.model_copy(update={"citations": cited})
