"""Calculations over a conversation: what is kept, corrected, forgotten, and what is not computed."""

from __future__ import annotations

import time

import pytest

from assistant.measurements.nodes import positive_nodes
from assistant.numeric import calculate, follow, recognise


def only(*turns: str) -> tuple[str, dict[str, object]]:
    [request] = recognise(turns)
    return request.calculator, request.inputs


def test_a_long_conversation_costs_no_more_than_its_length() -> None:
    turns = ["转化治疗几个周期合适？", "CRS: N+, 3个灶, 4cm"] * 20
    start = time.perf_counter()
    recognise(turns)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("turns", "calculator", "inputs"),
    [
        (("身高170cm体重65kg，体表面积多少", "那FOLFIRI呢"), "regimen_dose", {"regimen": "FOLFIRI"}),
        (("身高170cm体重65kg，体表面积多少", "贝伐剂量呢"), "drug_dose", {"weight_kg": 65.0}),
        (("无腹水，无脑病，INR 1.2的病人", "胆红素30，白蛋白33，Child-Pugh几级"), "child_pugh", {"ascites": "none", "enceph": "none", "inr": 1.2}),
        (("Child-Pugh：胆红素50", "白蛋白30", "INR 1.2"), "child_pugh", {"inr": 1.2, "alb_g_dl": 3.0}),
        (("pT3N1b 结肠癌", "肝上有转移，几期"), "tnm_stage", {"T": "T3", "N": "N1b", "M": "M1a"}),
        (("FLR 450 ml, 170 cm 65 kg", "what is the sFLR?"), "sflr", {"flr_ml": 450.0}),
        (("CRS：N+，同时性，3个灶，最大2.8cm，CEA 20，几分", "那能射频吗"), "rfa", {"max_diameter_cm": 2.8, "n_lesions": 3}),
        (("术前新辅助FOLFOX已经打完4个周期", "后来又加了两个周期，总数没超指南吧"), "neoadjuvant_cycles", {"cycles": 6}),
        (("recist 基线92mm 最低58", "这次67 没新病灶"), "recist", {"nadir_mm": 58.0, "current_mm": 67.0, "new_lesion": False}),
    ],
)  # fmt: skip
def test_facts_of_earlier_turns_are_used(
    turns: tuple[str, ...], calculator: str, inputs: dict[str, object]
) -> None:
    found, given = only(*turns)
    assert found == calculator
    assert inputs.items() <= given.items()


def test_what_was_taken_over_is_listed() -> None:
    [request] = recognise(["身高170cm体重65kg，体表面积多少", "那FOLFIRI呢"])
    told = calculate(request, "zh").assumptions
    assert any("沿用前文" in line and "65kg" in line for line in told)
    assert any("Mosteller" in line for line in told)


@pytest.mark.parametrize(
    "turns",
    [
        ("身高170cm体重65kg，体表面积多少", "贝伐能用吗"),
        ("FOLFIRI BSA 1.7 剂量", "贝伐停药多久可以手术"),
        ("pT3N1b 结肠癌 肝转移", "分期怎么定"),
        ("距胆管<1cm 为什么禁忌",),
        ("残肝30-40%化疗伤肝要栓塞吗",),
        ("NED后前两年标志物几个月查一次",),
        ("MWA settings for lesions under 1 cm, 1-1.5, 1.5-2 cm",),
        ("特瑞普利按公斤算多少？",),
        ("definition of HCC lung oligometastasis",),
    ],
)
def test_questions_for_the_texts_are_not_computed(turns: tuple[str, ...]) -> None:
    assert recognise(turns) == []


def test_a_limit_is_no_value_but_may_settle_an_item() -> None:
    _, inputs = only("CRS：N0，异时14个月，1个灶，3cm，CEA>200")
    assert "cea_ng_ml" not in inputs
    done = calculate(recognise(["CRS：N0，异时14个月，1个灶，3cm，CEA>200"])[0], "zh")
    assert done.status == "ok"
    assert done.result["score"] == 1
    open_still = calculate(recognise(["CRS：N0，异时14个月，1个灶，3cm，CEA>100"])[0], "zh")
    assert open_still.status == "incomplete"


def test_an_impossible_body_is_refused_with_its_reason() -> None:
    [request] = recognise(["身高 -5 体重 60 FOLFOX 剂量"])
    done = calculate(request, "zh")
    assert (done.calculator, done.status) == ("bsa", "rejected")
    assert "-5" in done.reason


def test_a_unit_settled_later_is_not_asked_again() -> None:
    turns = ["CRS: CEA 95 μg/mL, sync, N+, 3 mets, 4cm", "CEA 95 ng/mL"]
    assert not recognise(turns)[0].questions
    assert recognise(turns[:1])[0].questions


def test_unknown_again_withdraws_a_value() -> None:
    _, inputs = only("CRS: CEA 95, sync, N+, 3 mets, 4cm", "nodes unknown actually")
    assert "node_positive" not in inputs


def test_facts_set_by_hand_count_from_their_turn_on() -> None:
    turns = ["CRS：N+，同时性，3个灶，最大2.8cm，CEA 20，几分", "那现在CRS几分"]
    edits = [{}, {"cea": (250.0, "CEA 250 ng/mL"), "n_mets": (None, "")}]
    [request], memory = follow(turns, edits)
    assert request.inputs["cea_ng_ml"] == 250.0
    assert "n_mets" not in request.inputs
    assert memory.value("cea") == (250.0, "CEA 250 ng/mL")


def test_several_calculations_in_one_question() -> None:
    text = "CRS几分，Child-Pugh几级：N+，同时，3个灶，4cm，CEA 30，胆红素20，白蛋白38，INR1.1，无腹水，无脑病"
    assert [r.calculator for r in recognise([text])] == ["crs", "child_pugh"]


@pytest.mark.parametrize(
    ("text", "calculator", "inputs"),
    [
        ("metachronous mets 20 months after left hemicolectomy, two lesions, CEA 12 ng/ml. CRS?", "crs", {"dfs_months": 20.0, "synchronous": False}),
        ("CEA二百三十ng/ml，三个灶，CRS几分", "crs", {"cea_ng_ml": 230.0, "n_mets": 3}),
        ("II期结肠癌根治术后两年半，CEA多久查一次", "surveillance_primary", {"months_since_surgery": 30.0}),
        ("22 nodes examined, all negative, but 1 tumor deposit. N category?", "n_category", {"positive_nodes": 0, "tumor_deposits": True}),
        ("T2，5个淋巴结+，肝右叶和左肺都有转移，腹膜没问题，几期?", "tnm_stage", {"N": "N2a", "M": "M1b"}),
        ("MELD 3.0: bili 2.6 mg/dL, INR 1.4, creat 1.3, Na 131, albumin 2.9 g/dL, female", "meld3", {"creatinine_mg_dl": 1.3}),
        ("sFLR 24% before, 33.5% on first CT at day 21. DH and KGR?", "liver_growth", {"sflr_pre_percent": 24.0, "sflr_post_percent": 33.5, "days": 21.0}),
        ("future remnant 36-37 %, chemo with sinusoidal injury. Would PVE help?", "pve_indication", {"flr_percent": 36.0, "chemo_injury": True}),
        ("26-28 months between the colectomy and the transplant, CEA 95 ng/mL. Oslo score", "oslo", {"interval_months": 28.0}),
        ("放标记吗：直径1.5cm，距肝表面1.4cm，不在计划切除的范围里", "dlm_marker", {"outside_planned_resection": True}),
    ],
)  # fmt: skip
def test_values_in_other_words(text: str, calculator: str, inputs: dict[str, object]) -> None:
    (request,) = [r for r in recognise([text]) if r.calculator == calculator]
    assert inputs.items() <= request.inputs.items()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("22 nodes examined, all negative", 0), ("12 nodes, none involved", 0), ("12 nodes, none of them were positive", 0),
        ("22 nodes examined, all were positive", None), ("nodes: none negative", None),
    ],
)  # fmt: skip
def test_all_and_none_of_the_nodes(text: str, count: int | None) -> None:
    assert positive_nodes(text) == count


def test_a_range_says_which_end_is_used() -> None:
    (remnant,) = recognise(["残肝36~38%，分期切肝，够吗"])
    assert any("下限" in zh for zh, _ in remnant.assumptions)
    (oslo,) = recognise(["26-28 months between the colectomy and the transplant, CEA 95 ng/mL. Oslo score"])
    assert any("upper end" in en for _, en in oslo.assumptions)
    assert not recognise(["残肝30%~40%要做PVE吗"])


@pytest.mark.parametrize(
    "text",
    [
        "中低位直肠癌T3N1，没出血没梗阻，术前要不要放化疗？",
        "cT3N+中低位直肠癌术前治疗",
        "3mm和6mm 3D安全边界要达到多少百分比",
        "3mm 6mm安全边界",
    ],
)
def test_values_that_only_describe_ask_for_no_calculation(text: str) -> None:
    assert recognise([text]) == []


@pytest.mark.parametrize("text", ["T2N2b哪一期", "T3N1M0", "（T3N1M0）"])
def test_a_stage_is_asked_for_by_its_categories_alone(text: str) -> None:
    assert [request.calculator for request in recognise([text])] == ["tnm_stage"]
