"""Risk and coverage: what share of answers is wrong if only the surest are given.

El-Yaniv & Wiener, JMLR 2010 ("On the foundations of noise-free selective classification").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Curve:
    """``risk[i]``: share of wrong answers among the surest ``coverage[i]`` of all questions."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]

    @property
    def area(self) -> float:
        """Area under the curve (mean risk over all coverages); lower is better."""
        return sum(self.risk) / len(self.risk) if self.risk else float("nan")


def risk_coverage(outcomes: Sequence[tuple[float, bool]]) -> Curve:
    """From ``(confidence, right)`` per question; equal confidences stand or fall together."""
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    coverage, risk, wrong = [], [], 0
    for i, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if i == len(ordered) or ordered[i][0] != confidence:
            coverage.append(i / len(ordered))
            risk.append(wrong / i)
    return Curve(tuple(coverage), tuple(risk))
