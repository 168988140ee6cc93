"""Every example vector of a calculator that exists, boundaries, and properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import calculators
from assistant.answer import Calculation

VECTORS = [
    vector
    for line in (Path(__file__).parents[2] / "data" / "calculators.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
    if (vector := json.loads(line))
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_vector(vector: dict[str, Any]) -> None:
    calculation = calculators.run(vector["calculator"], vector["inputs"])
    got = {**calculation.result, "status": calculation.status, "missing": calculation.missing}
    for key, value in vector["expected"].items():
        if isinstance(value, float):
            assert got[key] == pytest.approx(value, abs=max(vector["tolerance"], 1e-9)), key
        else:
            assert got.get(key) == value, key


def crs(**inputs: Any) -> Calculation:
    base = {
        "node_positive": False,
        "synchronous": False,
        "dfs_months": 18,
        "n_mets": 1,
        "cea_ng_ml": 10,
        "max_diameter_cm": 2,
    }
    return calculators.run("crs", {**base, **inputs})


@pytest.mark.parametrize(
    ("inputs", "score"),
    [
        ({"dfs_months": 12}, 0), ({"dfs_months": 11.9}, 1), ({"n_mets": 2}, 1), ({"cea_ng_ml": 200}, 0),
        ({"cea_ng_ml": 200.1}, 1), ({"max_diameter_cm": 5}, 0), ({"max_diameter_cm": 5.1}, 1), ({"node_positive": True}, 1),
    ],
)  # fmt: skip
def test_crs_limits_are_strict(inputs: dict[str, Any], score: int) -> None:
    assert crs(**inputs).result["score"] == score


@pytest.mark.parametrize(
    "inputs",
    [
        {"cea_ng_ml": -1},
        {"n_mets": 0},
        {"n_mets": 2.5},
        {"max_diameter_cm": 0},
        {"max_diameter_cm": 55},
        {"node_positive": "yes"},
        {"colour": 1},
    ],
)
def test_impossible_values_are_refused_with_a_reason(inputs: dict[str, Any]) -> None:
    for language in ("zh", "en"):
        calculation = calculators.run("crs", inputs, language)  # type: ignore[arg-type]
        assert calculation.status == "rejected"
        label = calculators.input_name(calculators.get("crs"), next(iter(inputs)), language)  # type: ignore[arg-type]
        assert label in calculation.reason


def test_contradiction_is_refused() -> None:
    assert crs(synchronous=True, dfs_months=6).status == "rejected"


def test_survival_not_stated_for_oslo_three() -> None:
    calculation = calculators.run(
        "oslo",
        {"max_diameter_cm": 6, "progression_after_chemo": True, "interval_months": 12, "cea_ug_l": 10},
        "en",
    )
    assert calculation.result == {"score": 3, "os10_percent": None}
    assert calculation.interpretation == "not stated in the sources"


def test_remnant_limits_are_inclusive() -> None:
    assert (
        calculators.run("liver_remnant", {"flr_percent": 40.0, "timing": "synchronous"}).result["meets"]
        is True
    )
    assert (
        calculators.run("liver_remnant", {"flr_percent": 39.9, "timing": "synchronous"}).result["meets"]
        is False
    )
    assert calculators.run("liver_remnant", {"flr_percent": 25}).status == "ok"
    assert calculators.run("liver_remnant", {"flr_percent": 25}).result["meets"] is False
    assert calculators.run("liver_remnant", {"flr_percent": 100}).status == "rejected"


def test_unknown_names_the_closest() -> None:
    with pytest.raises(calculators.UnknownCalculator, match="oslo"):
        calculators.get("osloo")


_maybe = st.none()
_inputs = st.fixed_dictionaries(
    {
        "node_positive": _maybe | st.booleans(),
        "n_mets": _maybe | st.integers(1, 100),
        "cea_ng_ml": _maybe | st.floats(0, 100_000),
        "max_diameter_cm": _maybe | st.floats(0.1, 30),
        "dfs_months": _maybe | st.floats(0, 600),
    }
)


@settings(max_examples=150, deadline=None)
@given(_inputs)
def test_missing_is_an_interval_that_holds_every_completion(inputs: dict[str, Any]) -> None:
    calculation = calculators.run("crs", inputs)
    unknown = [k for k, v in inputs.items() if v is None]
    assert len(calculation.missing) == len(unknown)
    if unknown:
        low, high = calculation.result["score_min"], calculation.result["score_max"]
        assert high - low == len(unknown)
        worst = {
            "node_positive": True,
            "n_mets": 9,
            "cea_ng_ml": 9000.0,
            "max_diameter_cm": 20.0,
            "dfs_months": 1.0,
        }
        assert (
            calculators.run("crs", {k: worst[k] if v is None else v for k, v in inputs.items()}).result[
                "score"
            ]
            == high
        )


@settings(max_examples=100, deadline=None)
@given(st.floats(0.1, 29), st.floats(0, 1), st.floats(0, 90_000))
def test_scores_are_monotone(size: float, more: float, cea: float) -> None:
    assert (
        crs(max_diameter_cm=size + more, cea_ng_ml=cea * 1.1).result["score"]
        >= crs(max_diameter_cm=size, cea_ng_ml=cea).result["score"]
    )
