"""What a reader sees of a calculation: no internal names, the source's own words, notes only where they matter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant import calculators
from assistant.assistant import Assistant
from assistant.calculation_text import render
from assistant.numeric import calculate, recognise

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "calculators.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
INTERNAL = re.compile(r"\b[a-z0-9]+_[a-z_0-9]+\b")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_internal_name_is_shown_and_every_marker_has_its_citation(
    assistant: Assistant, language: Any
) -> None:
    for vector in VECTORS:
        done = assistant.calculate(vector["calculator"], vector["inputs"], language)
        text = render(done, language)
        assert not INTERNAL.search(text), (vector["id"], text)
        shown = {int(n) for n in re.findall(r"\[(\d)\]", text)}
        assert shown <= {c.marker for c in done.citations}, (vector["id"], text)


@pytest.mark.parametrize(
    ("name", "inputs", "zh", "en"),
    [
        ("oslo", {"cea_ug_l": -20.0}, "CEA（μg/L） -20 不可能（应为 0~100000）", "-20 is impossible (expected 0 to 100000)"),
        ("tnm_stage", {"T": "T5", "N": "N1", "M": "M0"}, "T分期 T5 不可能（应为 Tis, T1, T2, T3, T4, T4a, T4b）", "T category: T5 is impossible"),
        ("crs", {"n_mets": 0}, "肝转移个数 0 不可能（应为 1~100的整数）", "expected 1 to 100, whole"),
    ],
)  # fmt: skip
def test_refusals_in_the_readers_words(name: str, inputs: dict[str, Any], zh: str, en: str) -> None:
    assert zh in (calculators.run(name, inputs, "zh").reason or "")
    assert en in (calculators.run(name, inputs, "en").reason or "")


def test_the_misprint_is_noted_only_for_its_row(assistant: Assistant) -> None:
    noted = {
        stage: "IIIB" in render(assistant.calculate("tnm_stage", dict(zip("TNM", stage.split(), strict=True)), "zh"), "zh").split("|")[-1]
        for stage in ("T3 N1 M0", "T4a N1b M0", "T2 N2 M0", "T4b N1 M0", "T2 N0 M0", "T3 N0 M1a")
    }  # fmt: skip
    assert noted == {"T3 N1 M0": True, "T4a N1b M0": True, "T2 N2 M0": False, "T4b N1 M0": False, "T2 N0 M0": False, "T3 N0 M1a": False}  # fmt: skip


def test_a_corrected_grade_says_what_is_printed(assistant: Assistant) -> None:
    text = render(assistant.calculate("evidence_grade", {"level": "3b"}, "zh"), "zh")
    assert "印在C级一行；更正为B级" in text and "原文：3b" not in text
    assert "错位" not in render(assistant.calculate("evidence_grade", {"level": "4"}, "zh"), "zh")


def test_icg_is_given_before_surgery_not_stopped(assistant: Assistant) -> None:
    done = assistant.calculate("drug_dose", {"drug": "icg", "weight_kg": 70.0}, "en")
    assert "given 3 days before surgery" in render(done, "en")
    assert "术前给药 3天" in render(
        assistant.calculate("drug_dose", {"drug": "icg", "weight_kg": 70.0}), "zh"
    )


def test_a_chinese_source_is_rendered_for_an_english_reader(assistant: Assistant) -> None:
    text = render(assistant.calculate("drug_dose", {"drug": "pembrolizumab", "weight_kg": 70.0}, "en"), "en")
    assert "Source (unofficial translation): Pembrolizumab 2 mg/kg" in text


def test_a_limit_told_is_named_as_readers_do() -> None:
    done = calculate(recognise(["CRS: N0, synchronous, 3 mets, 4 cm, CEA > 200"])[0], "en")
    assert not INTERNAL.search(render(done, "en")) and done.result["score"] == 3


def test_clauses_that_overlap_are_shown_once_in_the_readers_language(assistant: Assistant) -> None:
    text = render(assistant.calculate("mwa", {"diameter_cm": 1.5}, "zh"), "zh")
    assert text.count("1.0~1.5 cm") == 1 and "Our team" not in text
