"""Whether two systems differ on the same questions: the paired randomisation test.

Smucker, Allan & Carterette, CIKM 2007, recommend it for retrieval experiments. Computed by SciPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

RESAMPLES = 9999


@dataclass(frozen=True)
class Difference:
    """Mean of ``b`` minus mean of ``a`` over ``n`` shared questions, and its two-sided p value."""

    n: int
    a: float
    b: float
    p: float

    @property
    def delta(self) -> float:
        return self.b - self.a


def paired(a: Mapping[str, float], b: Mapping[str, float], seed: int = 0) -> Difference:
    """Compare two sets of figures by question id; questions only one of them has are left out."""
    from scipy.stats import permutation_test

    shared = [i for i in a if i in b]
    x, y = np.array([a[i] for i in shared], dtype=float), np.array([b[i] for i in shared], dtype=float)
    if not shared:
        return Difference(0, float("nan"), float("nan"), float("nan"))
    differing = x != y
    if not differing.any():
        return Difference(len(shared), float(x.mean()), float(y.mean()), 1.0)
    changed = np.append((y - x)[differing], 0.0)  # ties carry nothing; SciPy wants two observations
    test = permutation_test(
        (changed, np.zeros_like(changed)), lambda u, v, axis: np.mean(u - v, axis=axis),
        permutation_type="samples", n_resamples=RESAMPLES, vectorized=True, rng=seed,
    )  # fmt: skip
    return Difference(len(shared), float(x.mean()), float(y.mean()), float(test.pvalue))
