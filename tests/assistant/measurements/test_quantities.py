"""Figures with units out of clinical text, Chinese and English."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.measurements import categories
from assistant.measurements import quantities as q
from assistant.measurements.dates import find_dates
from assistant.recognition import asked_calculations, read_facts


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("身高165体重60", "height_cm", 165), ("身高1.7m", "height_cm", 170), ("weight 154 lb", "weight_kg", 69.853),
        ("体重120斤", "weight_kg", 60), ("5'9\" 154 lb", "height_cm", 175.26), ("BSA 1.75 m²", "bsa_m2", 1.75),
        ("总胆红素34.2μmol/L", "bilirubin_mg_dl", 2), ("bilirubin 2 mg/dL", "bilirubin_mg_dl", 2), ("胆红素30", "bilirubin_mg_dl", 1.754386),
        ("白蛋白36g/L", "albumin_g_dl", 3.6), ("albumin 3.3", "albumin_g_dl", 3.3), ("肌酐88.4", "creatinine_mg_dl", 1),
        ("血小板12万", "platelet_e9_l", 120), ("plt 75", "platelet_e9_l", 75), ("AST 160 (ULN 40)", "ast_uln_u_l", 40),
        ("60 Gy in 3 fx", "dose_per_fraction_gy", 20), ("12Gy×4次", "fractions", 4), ("3 x 15 Gy", "dose_per_fraction_gy", 15),
        ("残肝450ml，全肝1600ml", "total_liver_ml", 1600), ("切缘0.8mm", "margin_mm", 0.8),
    ],
)  # fmt: skip
def test_read(text: str, key: str, value: float) -> None:
    assert q.read_quantities(text)[key].value == pytest.approx(value, rel=1e-4)


def test_two_readings_are_asked_and_one_is_said() -> None:
    asked = q.read_quantities("bilirubin 40")["bilirubin_mg_dl"]
    assert asked.value is None
    assert asked.unclear
    assert q.read_quantities("胆红素40")["bilirubin_mg_dl"].assumed == (
        "胆红素单位按 μmol/L",
        "bilirubin taken as µmol/L",
    )


def test_a_volume_without_a_unit_is_no_volume() -> None:
    assert "flr_ml" not in q.read_quantities("残肝35")


def test_impossible_days_are_left_out() -> None:
    assert [d.day for d in find_dates("2025年3月10日到2025-02-30")] == [date(2025, 3, 10)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("pT3N2bM0", {"T": "T3", "N": "N2b", "M": "M0"}), ("ypT4aN1", {"T": "T4a", "N": "N1"}), ("TNM", {}), ("N2a M1a", {"N": "N2a", "M": "M1a"})],
)  # fmt: skip
def test_tnm(text: str, found: dict[str, str]) -> None:
    assert categories.tnm(text) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FLR 450 mL, 170 cm 65 kg. sFLR by Vauthey and by Urata?", ["sflr", "sflr"]),
        ("mFOLFOX6，BSA 1.75", ["regimen_dose"]),
        ("mFOLFOX6怎么打", []),
        ("安维汀两周方案，体重72kg打多少", ["drug_dose"]),
        ("贝伐停多久手术", []),
        ("PVE指征是什么", []),
        ("预计残肝25%，要做PVE吗", ["pve_indication"]),
        ("钇90肿瘤吸收剂量超过多少Gy能预测反应", []),
        ("射频消融一次最多打几个", []),
        ("射频4个灶，最大2.5cm，行不行", ["rfa"]),
        ("T3N1M0几期", ["tnm_stage"]),
        ("T3及以上的直肠癌要新辅助吗", []),
        ("新辅助最多几个周期", []),
        ("新辅助打了7个周期超了吗", ["neoadjuvant_cycles"]),
    ],
)
def test_asked_only_when_values_are_given(text: str, names: list[str]) -> None:
    assert [a.calculator for a in asked_calculations(read_facts(text))] == names
