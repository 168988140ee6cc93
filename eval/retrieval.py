"""Retrieval figures through ir-measures (MacAvaney et al., ECIR 2022)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

MEASURES = (Success @ 1, Success @ 3, Success @ 5, Success @ 10, R @ 5, RR, nDCG @ 10)
"""Success@k: evidence among the first k, the figure a reader feels; any one piece of evidence answers."""

Search = Callable[[str, int], Sequence[tuple[str, float]]]


def measure(
    questions: Mapping[str, str], qrels: Mapping[str, Mapping[str, int]], search: Search, k: int = 50
) -> dict[str, dict[str, float]]:
    """Figures per question: ``{question_id: {measure: value}}``."""
    run = {qid: dict(search(text, k)) for qid, text in questions.items()}
    result: dict[str, dict[str, float]] = {qid: {} for qid in questions}
    for metric in ir_measures.iter_calc(list(MEASURES), qrels, run):
        result[metric.query_id][str(metric.measure)] = float(metric.value)
    return result


def mean(values: Mapping[str, Mapping[str, float]], ids: Sequence[str], name: str) -> float:
    """Mean of one measure over some questions."""
    return sum(values[i].get(name, 0.0) for i in ids) / len(ids) if ids else float("nan")
