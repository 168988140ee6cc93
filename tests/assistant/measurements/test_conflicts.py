"""Statements that cannot both be true are named and asked; a correction or a later turn settles them."""

from __future__ import annotations

import pytest

from assistant.numeric import calculate, recognise

CONTRADICTORY = [
    ("贝伐双周，体重60kg也就是150斤", "150斤"),
    ("贝伐双周，体重60公斤（150斤）", "150斤"),
    ("bevacizumab q2w dose, 60 kg, i.e. 150 lb", "150 lb"),
    ("Child-Pugh: bilirubin 2.0 mg/dL (60 umol/L), albumin 2.8 g/dL, INR 2.3, mild ascites, no encephalopathy", "60 umol/L"),
    ("CRS for pN0 disease with 3 positive nodes, synchronous, 2 mets, 3 cm, CEA 10", "3 positive"),
    ("单发肝转移，共3枚，N0，同时性，2cm，CEA 5，CRS", "3枚"),
    ("CRS: N0, synchronous, 2 mets, 3 cm, CEA 10 and then CEA 250", "CEA 250"),
    ("T3N2 with 2 positive nodes M0 stage", "2 positive"),
    ("M0 with liver metastases, T3N1: stage?", "liver metastases"),
    ("M0，T3N1a，肝脏一个转移灶，分期", "M0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quoted"), CONTRADICTORY, ids=[text for text, _ in CONTRADICTORY])
def test_named_and_asked(text: str, quoted: str) -> None:
    done = calculate(recognise([text])[0], "en")
    assert done.status == "incomplete"
    assert any(quoted in note and "contradict" in note for note in done.assumptions)


@pytest.mark.parametrize("text", ["Tis N1 M0", "Tis N1 M0 stage?", "T5 N1 M0 stage", "T3N3M0几期"])
def test_impossible_categories_are_refused(text: str) -> None:
    assert calculate(recognise([text])[0], "zh").status == "rejected"


@pytest.mark.parametrize(
    ("turns", "key", "value"),
    [
        (["贝伐双周，体重60公斤（120斤）"], "weight_kg", 60.0),
        (["bevacizumab q2w dose, weight 82 kg (180 lb)"], "weight_kg", 82.0),
        (["贝伐双周，体重60公斤，不对，是66公斤"], "weight_kg", 66.0),
        (["CRS：N0，同时性，肝转移单发，肺转移3枚，2cm，CEA 5"], "n_mets", 1),
        (["CRS: N2a, 5/15 nodes, synchronous, 2 mets, 3 cm, CEA 10"], "node_positive", True),
        (["pT3N1c with 0/15 nodes and 2 tumour deposits M0 stage"], "N", "N1c"),
        (["T3N1M0几期", "新查出肝S6一个转移灶，重新分期"], "M", "M1a"),
        (["TBIL 3.1mg/dL，INR 1.6，Cr 1.4mg/dL，没透析，MELD多少", "今天复查Cr 2.0，其余不变，再算"], "creatinine_mg_dl", 2.0),
    ],
)  # fmt: skip
def test_what_does_not_contradict(turns: list[str], key: str, value: object) -> None:
    request = recognise(turns)[0]
    assert request.inputs[key] == value and not request.questions
