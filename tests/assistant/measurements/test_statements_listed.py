"""What a negation in a list of findings belongs to, and nodes said in two ways."""

from __future__ import annotations

import pytest

from assistant.measurements import read_findings
from assistant.measurements.statements import stated
from assistant.numeric import recognise


@pytest.mark.parametrize(
    ("text", "pattern", "there"),
    [
        ("大量腹水、没有肝性脑病", "腹水", True),
        ("大量腹水、没有肝性脑病", "脑病", False),
        ("化疗后进展、没有BRAF突变", "进展", True),
        ("同时性、淋巴结阴性", "同时性", True),
        ("腹水、脑病均无", "腹水", False),
        ("腹水、脑病都没有", "腹水", False),
        ("淋巴结没有转移", "淋巴结", False),
        ("nothing new on CT", "new", False),
    ],
)
def test_a_negation_belongs_to_what_it_stands_beside(text: str, pattern: str, there: bool) -> None:
    assert stated(text, pattern) is there


@pytest.mark.parametrize(
    ("text", "positive"),
    [
        ("没有淋巴结转移", False),
        ("同时性、没有淋巴结转移", False),
        ("未见区域淋巴结转移", False),
        ("no lymph node metastases", False),
        ("without nodal involvement", False),
        ("没有肝外转移，淋巴结转移", True),
        ("淋巴结阳性，不对，是阴性", False),
        ("node negative, sorry, positive", True),
        ("淋巴结阴性，说错了，阳性，2个灶", True),
    ],
)
def test_nodes(text: str, positive: bool) -> None:
    assert read_findings(text).values["node_positive"] is positive


@pytest.mark.parametrize("text", ["node-positive primary, path report pN0", "原发淋巴结阳性，病理pN0"])
def test_nodes_said_in_two_ways_are_asked_about(text: str) -> None:
    [request] = recognise([f"CRS: {text}, synchronous, 2 lesions, 3 cm, CEA 10"])
    assert "node_positive" not in request.inputs
    assert any("pN0" in asked for pair in request.questions for asked in pair)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("T4b，区域淋巴结五枚转移，肝上一个肺上两个，腹膜干净，几期", {"M": "M1b"}),
        ("T3N1，肝转移，肺里也有两个，几期", {"M": "M1b"}),
        ("T3N1，肝转移，肺里没有，几期", {"M": "M1a"}),
        ("RECIST: baseline 10 cm, nadir 4 cm, now 4.2 cm, two new liver lesions", {"new_lesion": True}),
        ("RECIST: baseline 10 cm, nadir 4 cm, now 4.2 cm, nothing new", {"new_lesion": False}),
    ],
)
def test_organs_and_new_lesions_are_not_dropped(text: str, inputs: dict[str, object]) -> None:
    [request] = recognise([text])
    assert inputs.items() <= request.inputs.items()
