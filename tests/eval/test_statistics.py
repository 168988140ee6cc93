"""Significance and risk–coverage."""

from __future__ import annotations

from eval.risk import risk_coverage
from eval.significance import paired


def test_equal_systems_do_not_differ() -> None:
    values = {str(i): float(i % 2) for i in range(50)}
    assert paired(values, values).p == 1.0


def test_a_clear_difference_is_significant_and_a_single_question_is_not() -> None:
    worse = {str(i): 0.0 for i in range(40)}
    better = {str(i): float(i < 20) for i in range(40)}
    difference = paired(worse, better)
    assert (difference.delta, difference.n) == (0.5, 40)
    assert difference.p < 0.001
    assert paired(worse, {**worse, "3": 1.0}).p > 0.4
    assert paired(worse, better).p == difference.p  # seeded


def test_only_shared_questions_count() -> None:
    assert paired({"a": 1.0, "b": 0.0}, {"b": 0.0, "c": 1.0}).n == 1


def test_risk_and_coverage_by_hand() -> None:
    curve = risk_coverage([(0.9, True), (0.8, False), (0.8, True), (0.1, False)])
    assert curve.coverage == (0.25, 0.75, 1.0)
    assert curve.risk == (0.0, 1 / 3, 0.5)
    assert curve.area == (0.0 + 1 / 3 + 0.5) / 3
