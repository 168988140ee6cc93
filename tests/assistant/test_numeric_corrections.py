"""A number or a unit alone corrects the calculation in progress; two figures of one kind reach their own rules."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.numeric import calculate, recognise


@pytest.mark.parametrize(
    ("turns", "key", "value"),
    [
        (["CapeOX加贝伐，体重一百二十斤，贝伐打多少", "更正，是120公斤"], "weight_kg", 120.0),
        (["nivolumab dose?", "she is 55 kilos", "sorry, 65"], "weight_kg", 65.0),
        (["贝伐双周，体重60公斤", "不对，是66公斤"], "weight_kg", 66.0),
        (["贝伐双周，体重120斤", "不对，130"], "weight_kg", 65.0),
        (["mFOLFOX6，体表1.7", "说错了，1.6"], "bsa_m2", 1.6),
        (["卡培他滨，体表1.7，多少mg", "是1.8"], "bsa_m2", 1.8),
        (["TBS，最大4.5cm，3个", "不对，5个"], "n_lesions", 5),
        (["TBS，最大4.5cm，3个", "6cm呢"], "max_diameter_cm", 6.0),
        (["CRS：N+，同时性，单发，3cm，CEA 20", "是异时性，14个月"], "dfs_months", 14.0),
        (["CRS: CEA 30 U/mL, synchronous, N0, one 2 cm met", "ng/mL"], "cea_ng_ml", 30.0),
        (["Child-Pugh: bilirubin 40, albumin 30 g/L, INR 1.2, slight ascites, no HE", "umol/L"], "bili_mg_dl", pytest.approx(2.339, abs=0.001)),
    ],
)  # fmt: skip
def test_corrected(turns: list[str], key: str, value: Any) -> None:
    request = recognise(turns)[0]
    assert request.inputs[key] == value
    assert calculate(request, "zh").status == "ok"


@pytest.mark.parametrize(
    "turns",
    [
        ["贝伐双周，体重60公斤", "那TACE呢"],
        ["贝伐双周，体重60公斤", "谢谢"],
        ["TBS，最大4.5cm，3个", "sorry, 5"],
        ["什么是CRS", "不对，66"],
    ],
)
def test_what_is_no_correction(turns: list[str]) -> None:
    assert not any(value in (5, 66.0) for r in recognise(turns) for value in r.inputs.values())


def inputs(text: str) -> dict[str, dict[str, Any]]:
    return {request.calculator: request.inputs for request in recognise([text])}


def test_the_remnant_and_what_is_removed_are_two_percentages() -> None:
    found = inputs(
        "one-stage bowel + liver, FLR exactly 40%, adequate? and is resecting 60% within the limit?"
    )
    assert found["resection_volume"] == {"resected_percent": 60.0, "setting": "synchronous_one_stage"}
    assert found["liver_remnant"] == {"flr_percent": 40.0, "timing": "synchronous"}


def test_the_latest_remnant_counts_and_the_other_is_named() -> None:
    request = recognise(["FLR 28% metachronous; 3 weeks after PVE now 33%, enough?"])[0]
    assert request.inputs == {"flr_percent": 33.0, "timing": "metachronous"}
    assert any("28 %" in en for _, en in request.assumptions)


def test_two_remnants_with_dates_give_a_growth() -> None:
    found = inputs("2024年3月1日做的PVE，当时残肝25%，3月22日复查30%，每周长多少")
    assert found["liver_growth"] == {"sflr_pre_percent": 25.0, "sflr_post_percent": 30.0, "days": 21.0}


def test_enough_and_embolise_are_both_answered() -> None:
    assert set(inputs("异时性肝转移，术后残肝百分之二十九点五，够吗，要不要做PVE")) == {
        "liver_remnant",
        "pve_indication",
    }


def test_margins_covered_are_no_resection_margin() -> None:
    found = inputs("RFA check: 3 mm margin 100 % covered, 6 mm margin 88 % covered. success predicted?")
    assert found == {"ablation_margin_3d": {"percent_covered_3mm": 100.0, "percent_covered_6mm": 88.0}}
