"""What must hold for every calculator: inputs refused, unknown never taken for absent, boundaries, independence."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import calculators
from assistant.calculators.doses import doses
from corpus.corpus import load_corpus
from corpus.registers import Anchor, find_anchor

NAMES = calculators.names()


def run(name: str, **inputs: Any) -> dict[str, Any]:
    calculation = calculators.run(name, inputs, "en")
    return {**calculation.result, "status": calculation.status, "missing": calculation.missing}


def test_there_are_fifty() -> None:
    assert len(NAMES) == len(set(NAMES)) == 50


@pytest.mark.parametrize("name", NAMES)
def test_every_calculator_is_declared_whole(name: str) -> None:
    calculator = calculators.get(name)
    assert calculator.name == name
    assert calculator.title["zh"]
    assert calculator.title["en"]
    assert calculator.inputs.model_fields
    assert all(info.description for info in calculator.inputs.model_fields.values())
    assert set(calculator.required) <= set(calculator.inputs.model_fields)
    table = name in ("regimen_dose", "drug_dose")
    assert calculator.sources or calculator.publication or table
    passages = load_corpus().passages
    for source in calculator.sources:
        assert find_anchor(Anchor(document_id=source.document_id, quote=source.quote), passages), source


def test_every_dose_is_in_its_sentence() -> None:
    passages = load_corpus().passages
    for regimen in doses().regimens.values():
        found = find_anchor(Anchor(document_id="crlm-guideline-2023", quote=regimen.quote), passages)
        assert found, regimen.quote
        text = found[0][1].text.replace(" ", "")
        for name, dose in regimen.per_m2.items():
            if not name.startswith("half_") and name != "capecitabine_mg_per_day":
                assert f"{dose:g}" in text, (regimen.en, name)
    for drug in doses().drugs.values():
        found = find_anchor(Anchor(document_id=drug.document, quote=drug.quote), passages)
        assert found, drug.quote
        if drug.mg_per_kg is not None:
            assert f"{drug.mg_per_kg:g} mg/kg" in found[0][1].text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), -1e9, 1e12, "viele", [], {}])
def test_nonsense_is_refused_or_never_a_figure(name: str, value: object) -> None:
    for key, info in calculators.get(name).inputs.model_fields.items():
        if "bool" in str(info.annotation) and value is True:
            continue
        calculation = calculators.run(name, {key: value}, "zh")
        assert calculation.status == "rejected", key
        label = calculators.input_name(calculators.get(name), key, "zh")
        assert label in calculation.reason or "“" in calculation.reason


@pytest.mark.parametrize("name", [n for n in NAMES if calculators.get(n).required])
def test_nothing_given_is_incomplete_and_says_what_is_missing(name: str) -> None:
    calculation = calculators.run(name, {})
    assert calculation.status == "incomplete"
    assert set(calculation.missing) == set(calculators.get(name).required)


@pytest.mark.parametrize(
    ("name", "inputs", "key", "value"),
    [
        ("resection_volume", {"resected_percent": 59.9, "setting": "synchronous_one_stage"}, "within", True),
        ("resection_volume", {"resected_percent": 69.9, "setting": "metachronous"}, "within", True),
        ("surgical_margin", {"margin_mm": 1.01}, "meets", True),
        ("pve_indication", {"flr_percent": 30, "chemo_injury": True}, "indicated", True),
        ("pve_indication", {"flr_percent": 40, "chemo_injury": True}, "indicated", True),
        ("pve_indication", {"flr_percent": 40.1, "chemo_injury": True}, "indicated", False),
        ("pve_indication", {"flr_percent": 35, "chemo_injury": False}, "indicated", False),
        ("rfa", {"max_diameter_cm": 3.0, "n_lesions": 1, "rule": "guideline2023"}, "eligible", False),
        ("rfa", {"max_diameter_cm": 2.9, "n_lesions": 6, "rule": "guideline2023"}, "eligible", False),
        ("rfa", {"max_diameter_cm": 2.9, "n_lesions": 4, "rule": "dlm_review"}, "eligible", False),
        ("rfa", {"max_diameter_cm": 3.0, "n_lesions": 10, "rule": "collision_trial"}, "eligible", True),
        ("rfa", {"max_diameter_cm": 2.9, "n_lesions": 10, "rule": "collision_as_printed_001"}, "eligible", False),
        ("mwa", {"diameter_cm": 1.0}, "minutes", 1.5),
        ("mwa", {"diameter_cm": 2.0}, "power_w", 60),
        ("mwa", {"diameter_cm": 1.5}, "status", "ambiguous"),
        ("bed", {"fractions": 5, "dose_per_fraction_gy": 10}, "ge_100", True),
        ("bed", {"fractions": 1, "dose_per_fraction_gy": 27}, "ge_100", False),
        ("ablation_bile_duct", {"distance_mm": 10}, "contraindicated", False),
        ("ablation_margin_3d", {"percent_covered_3mm": 99.9, "percent_covered_6mm": 95}, "predicts_success", False),
        ("neoadjuvant_cycles", {"cycles": 7}, "within", False),
        ("perioperative_chemo_total", {"months_before": 3, "months_after": 3.1}, "within", False),
        ("neoadjuvant_metachronous", {"months_since_last_chemo": 11.9}, "neoadjuvant", False),
        ("neoadjuvant_metachronous", {"months_since_last_chemo": 12.1}, "neoadjuvant", True),
        ("oxaliplatin_rechallenge", {"months_since_ox_chemo_end": 12}, "status", "ambiguous"),
        ("oxaliplatin_rechallenge", {"months_since_ox_chemo_end": 13}, "regimen", "FOLFOX or CapeOX"),
        ("staged_resection_timing", {"weeks_after_crc": 4, "systemic_therapy": False}, "timing_ok", True),
        ("staged_resection_timing", {"weeks_after_crc": 6.1, "systemic_therapy": False}, "timing_ok", False),
        ("staged_resection_timing", {"weeks_after_crc": 13, "systemic_therapy": True}, "timing_ok", True),
        ("stage_ii_risk", {"T4": True}, "high_risk", True),
        ("stage_ii_risk", {"T4": False}, "status", "incomplete"),
        ("evidence_grade", {"level": "3b"}, "grade", "B"),
        ("evidence_grade", {"level": "4"}, "grade", "C"),
        ("evidence_grade", {"level": "5"}, "grade", "D"),
        ("hcc_oligometastasis", {"organs": 2, "lesions": 2}, "oligo", False),
        ("hcc_lung_oligometastasis", {"n_left": 2, "n_right": 2, "max_cm": 3.0}, "oligo", True),
        ("hcc_lung_oligometastasis", {"n_left": 3, "n_right": 0, "max_cm": 2.0}, "oligo", False),
        ("crc_oligometastasis", {"organs": 3, "lesions": 3}, "oligo", False),
        ("dlm_marker", {"diameter_cm": 2.0}, "marker_recommended", False),
        ("dlm_marker", {"diameter_cm": 1.0}, "status", "incomplete"),
        ("y90_dose", {"tumor_dose_gy": 139.1}, "tier", "gt_139"),
        ("y90_dose", {"tumor_dose_gy": 190}, "tier", "gt_189"),
        ("n_category", {"positive_nodes": 3}, "n", "N1b"),
        ("n_category", {"positive_nodes": 6}, "n", "N2a"),
        ("n_category", {"positive_nodes": 7}, "n", "N2b"),
        ("n_category", {"positive_nodes": 0}, "status", "incomplete"),
        ("tnm_stage", {"T": "T3", "N": "N1", "M": "M0"}, "stage", "IIIB"),
        ("tnm_stage", {"T": "T3", "N": "N+", "M": "M0"}, "status", "incomplete"),
        ("tnm_stage", {"T": "T4b", "N": "N+", "M": "M0"}, "stage", "IIIC"),
        ("tnm_stage", {"T": "T4", "N": "N0", "M": "M0"}, "missing", ["T4a_or_T4b"]),
        ("tnm_stage", {"T": "Tis", "N": "N1", "M": "M0"}, "status", "rejected"),
        ("child_pugh", {"bili_mg_dl": 2.0, "alb_g_dl": 2.8, "inr": 2.3, "ascites": "none", "enceph": "none"}, "score", 8),
        ("meld_na", {"creatinine_mg_dl": 1, "bilirubin_mg_dl": 2, "inr": 1.2, "sodium_mmol_l": 125}, "meld_na", 11),
        ("milan", {"sizes_cm": [3.0, 3.0, 3.0], "vascular": False, "extrahepatic": False}, "within", True),
        ("milan", {"sizes_cm": [3.1, 1.0]}, "within", False),
        ("milan", {"sizes_cm": [2.0]}, "status", "incomplete"),
        ("recist", {"baseline_mm": 100, "nadir_mm": 20, "current_mm": 24}, "category", "PR"),
        ("recist", {"baseline_mm": 100, "nadir_mm": 25, "current_mm": 30}, "category", "PD"),
        ("recist", {"baseline_mm": 100, "current_mm": 71}, "category", "SD"),
        ("mrecist", {"baseline_viable": 60, "nadir_viable": 10, "current_viable": 12}, "category", "PD"),
        ("early_tumor_shrinkage", {"baseline_mm": 100, "current_mm": 80.1}, "ets", False),
        ("sflr", {"flr_ml": 500}, "missing", ["tlv_ml"]),
        ("regimen_dose", {"regimen": "nonsense", "bsa_m2": 1.8}, "status", "rejected"),
        ("tas102_tablets", {"bsa_m2": 1.07}, "mg_per_dose", 40),
        ("tas102_tablets", {"bsa_m2": 2.30}, "mg_per_dose", 80),
        ("bevacizumab_interval", {"last_dose": "2025-03-01", "surgery": "2025-04-11"}, "too_early", True),
        ("surveillance_ned", {"months_since_ned": 24.1}, "marker_interval_months", 6),
        ("surveillance_primary", {"months_since_surgery": 61}, "marker_interval_months", [12, 12]),
    ],
)  # fmt: skip
def test_boundaries(name: str, inputs: dict[str, Any], key: str, value: object) -> None:
    assert run(name, **inputs)[key] == value


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 120))
def test_the_bevacizumab_window_and_the_interval_agree(last: date, days: int) -> None:
    window = run("bevacizumab_surgery", last_dose=last.isoformat())
    surgery = (last + timedelta(days=days)).isoformat()
    interval = run("bevacizumab_interval", last_dose=last.isoformat(), surgery=surgery)
    assert interval["within_6_8_weeks"] == (window["earliest"] <= surgery <= window["latest"])


CRS_KEYS = ("node_positive", "n_mets", "cea_ng_ml", "max_diameter_cm", "dfs_months")
CRS = st.fixed_dictionaries(
    {}, optional={
        "node_positive": st.booleans(), "n_mets": st.integers(1, 20), "cea_ng_ml": st.floats(0, 1000),
        "max_diameter_cm": st.floats(0.1, 20), "dfs_months": st.floats(0, 60),
    },
)  # fmt: skip


@given(CRS)
def test_what_is_missing_widens_the_interval_by_one_point_each(inputs: dict[str, Any]) -> None:
    got = run("crs", **inputs)
    if len(inputs) == len(CRS_KEYS):
        assert got["status"] == "ok"
    else:
        assert got["score_max"] - got["score_min"] == len(got["missing"]) == len(CRS_KEYS) - len(inputs)


@given(CRS, st.floats(0.1, 5))
def test_a_worse_value_never_lowers_crs(inputs: dict[str, Any], more: float) -> None:
    full = {
        "node_positive": False,
        "n_mets": 1,
        "cea_ng_ml": 10.0,
        "max_diameter_cm": 2.0,
        "dfs_months": 20.0,
    } | inputs
    base = run("crs", **full)["score"]
    for worse in (
        {"node_positive": True}, {"n_mets": full["n_mets"] + 1}, {"cea_ng_ml": full["cea_ng_ml"] * (1 + more)},
        {"max_diameter_cm": min(30.0, full["max_diameter_cm"] * (1 + more))}, {"dfs_months": full["dfs_months"] / (1 + more)},
    ):  # fmt: skip
        assert run("crs", **{**full, **worse})["score"] >= base


BODY = (st.floats(100, 230), st.floats(25, 250))


@given(*BODY)
def test_mosteller_against_logarithms(height: float, weight: float) -> None:
    expected = math.exp(0.5 * (math.log(height) + math.log(weight) - math.log(3600)))
    assert run("bsa", height_cm=height, weight_kg=weight)["bsa_m2"] == pytest.approx(expected, rel=1e-12)


@given(st.integers(1, 60), st.floats(0.5, 30), st.floats(1, 20))
def test_bed_against_a_sum_over_fractions(n: int, d: float, ratio: float) -> None:
    expected = math.fsum(d + d * d / ratio for _ in range(n))
    got = run("bed", fractions=n, dose_per_fraction_gy=d, alpha_beta_gy=ratio)
    assert got["bed_gy"] == pytest.approx(expected, rel=1e-9)
    assert got["eqd2_gy"] * (1 + 2 / ratio) == pytest.approx(got["bed_gy"], rel=1e-9)


@given(st.floats(1.7, 1026), st.floats(10, 70))
def test_albi_against_natural_logarithms(bilirubin: float, albumin: float) -> None:
    expected = 0.66 * math.log(bilirubin) / math.log(10) - 0.085 * albumin
    assert run("albi", bili_umol=bilirubin, alb_g_l=albumin)["albi"] == pytest.approx(expected, abs=1e-9)


@given(st.floats(1, 1900), st.floats(1, 400), st.floats(1, 2000), st.floats(1, 10))
def test_apri_does_not_depend_on_the_unit_of_the_enzyme(
    ast: float, uln: float, platelets: float, k: float
) -> None:
    one = run("apri", ast_u_l=ast, ast_uln_u_l=uln, platelet_e9_l=platelets)["apri"]
    other = run("apri", ast_u_l=ast * k, ast_uln_u_l=uln * k, platelet_e9_l=platelets)["apri"]
    assert one == pytest.approx(other, rel=1e-9)


@settings(max_examples=300)
@given(
    st.floats(0.2, 20),
    st.floats(0.1, 60),
    st.floats(0.5, 15),
    st.floats(100, 180),
    st.floats(1, 7),
    st.booleans(),
)
def test_meld_family_stays_in_its_range_and_grows(
    cr: float, bili: float, inr: float, na: float, alb: float, female: bool
) -> None:
    base = {"creatinine_mg_dl": cr, "bilirubin_mg_dl": bili, "inr": inr}
    meld = run("meld", **base)["meld"]
    with_sodium = run("meld_na", **base, sodium_mmol_l=na)["meld_na"]
    third = run("meld3", **base, sodium_mmol_l=na, albumin_g_dl=alb, female=female)["meld3"]
    assert 6 <= meld <= with_sodium <= 40 or with_sodium == meld
    assert 6 <= third <= 41
    assert run("meld", **{**base, "inr": min(15.0, inr * 1.5)})["meld"] >= meld


@given(st.floats(0.8, 2.9), st.sampled_from(sorted(doses().regimens)))
def test_doses_are_proportional_to_body_surface_below_the_cap(bsa: float, regimen: str) -> None:
    one, two = (
        run("regimen_dose", regimen=regimen, bsa_m2=bsa),
        run("regimen_dose", regimen=regimen, bsa_m2=1.0),
    )
    for name in doses().regimens[regimen].per_m2:
        key = "raw_mg_per_dose" if regimen == "TAS102" else name
        assert one[key] == pytest.approx(two[key] * bsa, rel=1e-9)
    if regimen == "TAS102":
        assert one["mg_per_dose"] <= 80


@given(st.permutations(["淋巴结阳性", "同时性", "3个灶", "最大6cm", "CEA 250 ng/mL"]))
def test_the_order_of_the_words_does_not_matter(parts: list[str]) -> None:
    from assistant import numeric

    request = numeric.recognise(["，".join(parts) + "，CRS几分"])[0]
    assert numeric.calculate(request, "zh").result == {"score": 5, "group": "high"}
