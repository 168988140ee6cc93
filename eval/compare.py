"""Two runs side by side, each difference tested question by question."""

from __future__ import annotations

from collections.abc import Callable

from eval.results import Results
from eval.scoring import Scored
from eval.significance import Difference, paired

ANSWER_FIGURES: dict[str, Callable[[Scored], float | None]] = {
    "key-point recall": lambda s: s.key_points,
    "fully right": lambda s: float(s.fully_right),
    "right or rightly refused": lambda s: float(s.right),
    "citation precision": lambda s: s.supported,
    "calculations exact": lambda s: None if s.calculation is None else float(s.calculation),
}


def compare(a: Results, b: Results) -> dict[str, Difference]:
    """Differences ``b`` minus ``a`` on the questions both answered."""
    differences = {}
    for name, figure in ANSWER_FIGURES.items():
        differences[name] = paired(_values(a, figure), _values(b, figure))
    for measure in ("R@1", "R@5", "RR", "nDCG@10"):
        differences[measure] = paired(_ranks(a, measure), _ranks(b, measure))
    return {name: d for name, d in differences.items() if d.n}


def _values(results: Results, figure: Callable[[Scored], float | None]) -> dict[str, float]:
    return {i: value for i, s in results.scored.items() if (value := figure(s)) is not None}


def _ranks(results: Results, measure: str) -> dict[str, float]:
    return {i: row[measure] for i, row in results.ranks.get(results.name, {}).items()}
