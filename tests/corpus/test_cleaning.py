"""Every cleaning rule by its name, and cleaning as a whole."""

import pytest

from corpus.reading.cleaning import RULES, clean, rule
from corpus.reading.mapped import MappedText

CASES = {
    "interruptions": ("局\n\n收稿日期：2022-12-28\n部", "局\n\n部"),
    "citations": ("之一^[1-2]，等<sup>[13]</sup>和［2⁃3］与[17，23]及 [4]。", "之一，等和与及。"),
    "grade tags": ("活检（3a类证据, B级推荐）。", "活检。"),
    "latex": (r"容积 $\geq 30\% \sim 40\%$ 与 $P=0.003$", "容积 ≥30%~40% 与 P=0.003"),
    "superscript mutation": ("*BRAF*^{V600E} 突变", "*BRAF V600E 突变"),
    "html": ("R<sub>0</sub>切除", "R0切除"),
    "markdown": ("**方法:** *KRAS*", "方法: KRAS"),
    "subscript braces": ("M _{1b}", "M1b"),
    "subscript underscore": ("R_0 与 T _x", "R0 与 Tx"),
    "subscript digits": ("T ₃期", "T3期"),
    "hyphen bullet": ("PET⁃ CT", "PET-CT"),
    "full-width letters": ("3 Ｄ安全边界", "3D安全边界"),
    "line joins, Chinese": ("直肠癌\n\n  肝转移", "直肠癌肝转移"),
    "line joins, Latin": ("recommended by\n\nphysicians", "recommended by physicians"),
    "table cells": ("IIIB\tT2\t\tN2a", "IIIB | T2 | N2a"),
    "blanks in Chinese": ("此 外， 约 有 50% 在 诊 断", "此外，约有50%在诊断"),
    "digit groups": ("卡培他滨1 250 mg", "卡培他滨1250 mg"),
    "comparisons": ("直径 < 3 cm", "直径<3 cm"),
    "brackets": ("( n =40 )", "(n =40)"),
    "slashes": ("N1 /N1c", "N1/N1c"),
    "runs of blanks": ("a   b", "a b"),
    "punctuation": ("患者,对比;结果:", "患者，对比；结果："),
    "full stop": ("43.2个月.5年", "43.2个月。5年"),
}


@pytest.mark.parametrize("name", [r.name for r in RULES])
def test_each_rule(name: str) -> None:
    before, after = CASES[name]
    r = rule(name)
    assert MappedText.from_source(before).sub(r.pattern, r.replacement).text == after


def test_no_rule_without_a_case() -> None:
    assert {r.name for r in RULES} == set(CASES)


def test_numbers_in_brackets_that_are_no_citations_stay() -> None:
    assert clean("发热[n (%)]：5(7.1)，95% CI=[1.2~3.4]") == "发热[n (%)]：5(7.1)，95% CI=[1.2~3.4]"


def test_mapping_points_back_into_the_source() -> None:
    mapped = MappedText.from_source("ab<sub>0</sub>c").sub(rule("html").pattern, "")
    assert mapped.text == "ab0c"
    assert [("ab<sub>0</sub>c")[s:e] for s, e in zip(mapped.starts, mapped.ends, strict=True)] == [
        "a",
        "b",
        "0",
        "c",
    ]
