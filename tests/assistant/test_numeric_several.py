"""Each thing asked gets a calculation of its own; a gap between clauses shows them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant import calculators
from assistant.assistant import Assistant
from assistant.calculation_text import render
from assistant.numeric import recognise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90公斤的病人，信迪利单抗和卡瑞利珠单抗各打多少", [("drug_dose", "drug", "sintilimab"), ("drug_dose", "drug", "camrelizumab")]),
        ("T2 N2 M0 stage? and what about T4 N0 M0?", [("tnm_stage", "T", "T2"), ("tnm_stage", "T", "T4")]),
        ("single 27 Gy: BED10 above 100? and 50 Gy in 5?", [("bed", "fractions", 1), ("bed", "fractions", 5)]),
        ("RFA in one go for 4 mets, biggest 29 mm. One sits 1.0 cm from the main bile duct. Allowed?",
         [("ablation_bile_duct", "distance_mm", 10.0), ("rfa", "n_lesions", 4)]),
        ("lesions 80 mm at baseline, 56 mm at week 8, no new lesions. RECIST? early tumour shrinkage?",
         [("early_tumor_shrinkage", "current_mm", 56.0), ("recist", "new_lesion", False)]),
        ("CT：全肝1480ml，肿瘤130ml，剩余肝420ml，分期切肝，残肝够吗",
         [("flr_percent", "flr_ml", 420.0), ("liver_remnant", "flr_percent", 31.11)]),
        ("colectomy 10 Jan 2025, liver resection 14 Feb 2025, no chemo between. timing ok?",
         [("staged_resection_timing", "weeks_after_crc", 5.0)]),
    ],
)  # fmt: skip
def test_each_is_computed(text: str, expected: list[tuple[str, str, Any]]) -> None:
    found = [(r.calculator, r.inputs) for r in recognise([text])]
    assert [(name, inputs[key]) for (name, key, _), (_, inputs) in zip(expected, found, strict=True)] == [
        (name, value) for name, _, value in expected
    ]
    assert [name for name, _ in found] == [name for name, _, _ in expected]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("贝伐双周，体重60公斤，打多少", ["drug_dose"]),
        ("单次5Gy，打10次，BED多少", ["bed"]),
        ("早期退缩：8周时靶病灶总和由90mm缩到75mm", ["early_tumor_shrinkage"]),
        ("T3N1M0几期", ["tnm_stage"]),
    ],
)
def test_one_thing_stays_one(text: str, names: list[str]) -> None:
    assert [r.calculator for r in recognise([text])] == names


def test_exactly_twelve_months_shows_the_clauses(assistant: Assistant) -> None:
    done = assistant.calculate("neoadjuvant_metachronous", {"months_since_last_chemo": 12}, "zh")
    text = render(done, "zh")
    assert done.status == "ambiguous"
    assert "可采用新辅助治疗" in text and "宜直接切除肝转移灶" in text and "[1]" in text and "[2]" in text


def test_a_formula_on_the_other_side_of_the_limit_is_named() -> None:
    done = calculators.run("sflr", {"flr_ml": 380.0, "bsa_m2": 1.7146}, "zh")
    assert any("Urata" in line and "31.3%" in line for line in done.sensitivity)
    assert not any(
        "Urata" in line for line in calculators.run("sflr", {"flr_ml": 600.0, "bsa_m2": 1.7146}).sensitivity
    )
