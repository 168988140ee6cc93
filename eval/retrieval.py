"""Rank figures through ir-measures (MacAvaney et al., ECIR 2022)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from eval.evidence import EvidenceFinder, by_piece, qrels
from eval.questions import ReferenceQuestion

MEASURES = (R @ 1, R @ 3, R @ 5, R @ 10, RR, nDCG @ 10)
"""R@k: share of the needed pieces of evidence among the first k; most questions need one."""
DEPTH = 50

Ranking = Sequence[tuple[str, float]]
Search = Callable[[str, int], Ranking]


def rank(questions: Sequence[ReferenceQuestion], search: Search) -> dict[str, Ranking]:
    """The first ``DEPTH`` passages for every question."""
    return {q.id: search(q.question, DEPTH) for q in questions}


def measure(
    questions: Sequence[ReferenceQuestion], rankings: Mapping[str, Ranking], finder: EvidenceFinder
) -> dict[str, dict[str, float]]:
    """Figures per question: ``{question_id: {measure: value}}``."""
    run = {q.id: by_piece(q, rankings[q.id], finder) for q in questions}
    result: dict[str, dict[str, float]] = {
        q.id: {str(m): 0.0 for m in MEASURES} for q in questions if q.evidence
    }
    for metric in ir_measures.iter_calc(list(MEASURES), qrels(questions, finder), run):
        result[metric.query_id][str(metric.measure)] = float(metric.value)
    return result
