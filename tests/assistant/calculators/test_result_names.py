"""Every result a calculator gives has a name and unit in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import calculators
from assistant.calculators.result_names import NAMES, result_name, result_text

ROOT = Path(__file__).parents[3]


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | set().union(*(keys_of(v) for v in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_of(v) for v in value))
    return set()


def test_every_result_of_the_vectors_is_named() -> None:
    lines = (ROOT / "tests/data/calculators.jsonl").read_text(encoding="utf-8").splitlines()
    seen: set[str] = set()
    for line in lines:
        vector = json.loads(line)
        seen |= keys_of(calculators.run(vector["calculator"], vector["inputs"]).result)
    assert len(seen) > 80
    assert seen <= set(NAMES)


@pytest.mark.parametrize(
    ("key", "value", "zh", "en"),
    [
        ("fu_infusion_total_mg", 4320.0, "4320 mg", "4320 mg"),
        ("oxaliplatin_mg", 148.919, "148.9 mg", "148.9 mg"),
        ("albi", -2.6006, "-2.6006", "-2.6006"),
        ("imaging_interval_months", [3, 6], "3~6个月", "3~6 months"),
        ("imaging_interval_months", [3, 3], "3个月", "3 months"),
        ("tier", "gt_189", ">189 Gy", ">189 Gy"),
        ("dukes", None, "—", "—"),
        ("meets", False, "否", "no"),
        ("stage_options", ["IIIA", "IIIB"], "IIIA; IIIB", "IIIA; IIIB"),
        ("options", [{"power_w": 50, "minutes": 1.5}], "功率 50 W, 时间 1.5分钟", "power 50 W, time 1.5 min"),
        ("sflr_percent", 31.5603, "31.56%", "31.56%"),
    ],
)
def test_values_carry_their_unit(key: str, value: object, zh: str, en: str) -> None:
    assert result_text(key, value, "zh") == zh
    assert result_text(key, value, "en") == en


def test_an_unnamed_result_keeps_its_key() -> None:
    assert result_name("new_score", "zh") == "new score"
