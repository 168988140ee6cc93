"""Findings out of free text, both languages; what is not stated stays unknown."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.measurements import read_findings
from assistant.numeric import recognise

CASES: list[tuple[str, dict[str, Any]]] = [
    ("淋巴结阳性, 同时性, 3个灶, 最大6cm, CEA 250", {"node_positive": True, "synchronous": True, "n_mets": 3, "max_diameter_cm": 6.0, "cea": 250.0}),
    ("N+，异时，DFS 14个月，单发3cm，CEA 30ng/ml", {"node_positive": True, "synchronous": False, "dfs_months": 14.0, "n_mets": 1, "max_diameter_cm": 3.0, "cea": 30.0}),
    ("metachronous, DFI 11 mo, N0, solitary 4.9 cm, CEA 200", {"node_positive": False, "synchronous": False, "dfs_months": 11.0, "n_mets": 1, "max_diameter_cm": 4.9, "cea": 200.0}),
    ("最大灶60mm，化疗后缩小，间隔30个月，CEA 95", {"max_diameter_cm": 6.0, "progression_after_chemo": False, "interval_months": 30.0, "cea": 95.0}),
    ("biggest met 6 cm, CEA 120, colon out 30 mo ago", {"max_diameter_cm": 6.0, "interval_months": 30.0, "cea": 120.0}),
    ("largest 5.5 cm, PD on chemo, 20 months since colectomy, CEA 60", {"max_diameter_cm": 5.5, "progression_after_chemo": True, "interval_months": 20.0, "cea": 60.0}),
    ("淋巴结未见转移，两枚，最大径55mm", {"node_positive": False, "n_mets": 2, "max_diameter_cm": 5.5}),
    ("pT3N2a，three mets", {"node_positive": True, "n_mets": 3}),
    ("异时8个月，1个灶", {"dfs_months": 8.0, "synchronous": False, "n_mets": 1}),
    ("metachronous at 20 months", {"dfs_months": 20.0, "synchronous": False}),
    ("异时性，1年后", {"synchronous": False}),
    ("术后7个月发现肝转移", {"dfs_months": 7.0, "synchronous": False}),
    ("残肝35%同时切", {"flr_percent": 35.0, "hepatectomy": "synchronous"}),
    ("FLR 32 %, staged resection", {"flr_percent": 32.0, "hepatectomy": "metachronous"}),
    ("化疗后未进展", {"progression_after_chemo": False}),
    ("ＣＥＡ　１２", {"cea": 12.0}),
]  # fmt: skip


def test_both_timings_asked_about_say_nothing_of_a_patient() -> None:
    for text in ("同时性和异时性各留多少残肝", "synchronous vs metachronous: limits?"):
        assert "synchronous" not in read_findings(text).values
    assert read_findings("不是同时性，是异时性").values["synchronous"] is False


@pytest.mark.parametrize(
    "text",
    [
        "Two-stage hepatectomy for a too-small remnant: 5-yr survival?",
        "残肝 3 个月后复查",
        "remnant: 6 lesions",
    ],
)
def test_a_time_or_a_count_is_no_remnant(text: str) -> None:
    assert "flr_percent" not in read_findings(text).values


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_findings(text: str, expected: dict[str, Any]) -> None:
    assert read_findings(text).values == expected


@pytest.mark.parametrize(
    "text",
    ["no nodal info given: 2 mets", "原发灶淋巴结没给信息", "肝门淋巴结转移", "同一个病人", "CRS 包括哪些项"],
)
def test_unknown_stays_unknown(text: str) -> None:
    assert "node_positive" not in read_findings(text).values
    assert read_findings("同一个病人").values == {}


def test_units_that_must_be_asked() -> None:
    assert "cea" not in read_findings("CEA 95 μg/mL").values
    assert "cea_unit" in read_findings("CEA 95 μg/mL").unclear
    assert "size_unit" in read_findings("最大 55").unclear
    assert "flr_unit" in read_findings("FLR 0.38").unclear


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_random_text_never_fails_and_no_number_is_invented(text: str) -> None:
    import unicodedata

    found = read_findings(text)
    shown = unicodedata.normalize("NFKC", text)
    for key in ("cea", "dfs_months", "flr_percent", "interval_months"):
        if key in found.values:
            assert any(c.isdigit() for c in shown)


def test_order_of_words_does_not_matter() -> None:
    pieces = ["淋巴结阳性", "同时性", "3个灶", "最大6cm", "CEA 250"]
    for order in itertools.permutations(pieces):
        [request] = recognise(["CRS: " + ", ".join(order)])
        assert request.inputs == {
            "node_positive": True,
            "synchronous": True,
            "n_mets": 3,
            "max_diameter_cm": 6.0,
            "cea_ng_ml": 250.0,
        }


@pytest.mark.parametrize(
    "text",
    [
        "CRS 包括哪些项",
        "CRS怎么算",
        "CRS<3 还要新辅助吗",
        "残肝容积要多少",
        "Oslo score components?",
        "what FLR is needed for synchronous resection",
        "5cm以上的病灶能消融吗",
    ],
)
def test_knowledge_questions_are_not_computed(text: str) -> None:
    assert recognise([text]) == []


def test_facts_are_kept_and_corrected() -> None:
    turns = ["N+，异时，DFS 14个月，单发3cm，CEA 30ng/ml，CRS?", "不对，CEA是250"]
    [request] = recognise(turns)
    assert request.calculator == "crs"
    assert request.inputs["cea_ng_ml"] == 250.0
    [oslo] = recognise([*turns, "那Oslo呢？化疗后进展"])
    assert oslo.calculator == "oslo"
    assert oslo.inputs == {"max_diameter_cm": 3.0, "progression_after_chemo": True, "cea_ug_l": 250.0}
    assert oslo.reused


def test_two_scores_in_one_question() -> None:
    assert {
        r.calculator for r in recognise(["同一个病人CEA 150 ng/mL，最大灶5.2cm，在CRS和Oslo里各算几分？"])
    } == {"crs", "oslo"}
