"""A figure with something left touching it is not read, and asked for; it never becomes a shorter one."""

from __future__ import annotations

import pytest

from assistant.measurements.found import subject
from assistant.numeric import calculate, recognise
from assistant.recognition import read_facts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("CRS: CEA 30 U/mL, N0", "cea"),
        ("CRS：CEA 20-30", "cea"),
        ("CRS：CEA 2e3", "cea"),
        ("最大径2.5寸", "max_diameter_cm"),
        ("最大径6公分多一点点半", "max_diameter_cm"),
        ("max 3 in., 2 lesions", "max_diameter_cm"),
        ("三四个转移灶", "n_mets"),
        ("DFS 2年零一点", "dfs_months"),
        ("Oslo：间隔两年差一点", "interval_months"),
    ],
)
def test_findings_unread(text: str, key: str) -> None:
    findings = read_facts(text).findings
    assert key not in findings.values
    if key != "max_diameter_cm" or "多一点" not in text:
        assert key in {subject(k) for k in findings.unclear}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("体重10 stone", "weight_kg"),
        ("体重120斤5两", "weight_kg"),
        ("体重60点", "weight_kg"),
        ("胆红素20-30umol/L", "bilirubin_mg_dl"),
        ("身高5尺", "height_cm"),
        ("肌酐 1.2 g/mol", "creatinine_mg_dl"),
    ],
)
def test_quantities_unread(text: str, key: str) -> None:
    reading = read_facts(text).quantities.get(key)
    assert reading is None or reading.value is None


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("CEA 0.25 mg/L", "cea", 250.0),
        ("CEA 250 ng/L", "cea", 0.25),
        ("N0，3个灶，最大6cm", "n_mets", 3),
        ("DFS 14个月2枚转移灶", "dfs_months", 14.0),
        ("DFI 50 weeks", "dfs_months", 11.5),
        ("根治术后（清扫18枚淋巴结均未见转移）一年半查出肝转移", "dfs_months", 18.0),
        ("直径6公分半", "max_diameter_cm", 6.5),
        ("max lesion 1.2 inch", "max_diameter_cm", 3.048),
        ("one 2 cm met", "n_mets", 1),
        ("2 inch lesion", "max_diameter_cm", 5.08),
        ("N阴性", "node_positive", False),
        ("直径3-6cm", "max_diameter_cm", 6.0),
        ("largest 5 cm 3 mm", "max_diameter_cm", 5.3),
    ],
)
def test_findings_read(text: str, key: str, value: object) -> None:
    assert read_facts(text).findings.values[key] == value


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("PLT 180*10^9/L", "platelet_e9_l", 180.0),
        ("albumin 3.2 g", "albumin_g_dl", 3.2),
        ("AST 76 IU", "ast_u_l", 76.0),
        ("she is 55 kilos", "weight_kg", 55.0),
        ("height 5 ft 10", "height_cm", 177.8),
    ],
)
def test_quantities_read(text: str, key: str, value: float) -> None:
    assert read_facts(text).quantities[key].value == value


def test_what_was_not_read_is_quoted_and_asked_and_replaces_an_earlier_value() -> None:
    request = recognise(["CRS: N0, synchronous, one 2 cm met, CEA 250", "sorry, CEA 30 U/mL"])[0]
    assert "cea_ng_ml" not in request.inputs
    asked = calculate(request, "en")
    assert asked.status == "incomplete" and any("30 U/mL" in text for text in asked.assumptions)


@pytest.mark.parametrize(("said", "score"), [("不到一年", 1), ("一年多", 0), ("超过2年", 0)])
def test_a_duration_told_as_a_limit_counts_when_every_value_gives_the_same(said: str, score: int) -> None:
    done = calculate(recognise([f"CRS：DFS{said}，N0，单发，3cm，CEA 20"])[0], "zh")
    assert done.result["score"] == score
    assert any(row.value.startswith(("<", ">")) for row in done.breakdown)


def test_numbers_of_each_organ_in_either_order() -> None:
    for text in ("肠癌肺转移2枚肝转移3枚算寡转移吗", "肠癌，3枚肝转移、2枚肺转移，算寡转移吗"):
        assert recognise([text])[0].inputs == {"organs": 2, "lesions": 5}
