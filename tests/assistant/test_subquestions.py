"""Questions that ask for more than one thing, and those that only look so."""

from __future__ import annotations

import pytest

from assistant.subquestions import main_subject, narrower, subquestions
from corpus.terminology import load_terminology

TERMS = load_terminology()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("瑞戈非尼和呋喹替尼的用法", ["瑞戈非尼 的用法", "呋喹替尼的用法"]),
        (
            "regorafenib vs fruquintinib side effects",
            ["regorafenib side effects", "fruquintinib side effects"],
        ),
        ("切缘要多少，术后引流管几天拔", ["切缘要多少", "切缘 术后引流管几天拔"]),
        ("瑞戈非尼一天吃多少？仑伐替尼呢，一天多少？", ["瑞戈非尼一天", "仑伐替尼呢，一天多少"]),
        ("贝伐打多少、几周一次、能看多深", ["贝伐打多少", "贝伐 几周一次", "贝伐 能看多深"]),
    ],
)
def test_every_thing_asked_becomes_a_question(text: str, parts: list[str]) -> None:
    found = subquestions(text, TERMS)
    assert len(found) == len(parts)
    for got, wanted in zip(found, parts, strict=True):
        assert got.replace(" ", "").startswith(wanted.replace(" ", "")[:4])


@pytest.mark.parametrize(
    "text",
    [
        "肝转移切除边缘要留多少",
        "65岁男，乙状结肠癌术后8个月，肝右叶2枚灶，能不能先消融？",
        "when should colonoscopy be done",
        "After HAI: what ORR, OS and PFS were reported?",
        "On FOLFOX + bev, now resectable. How long to wait between the last bev dose and the hepatectomy?",
        "",
        "？？",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert subquestions(text, TERMS) == []


def test_compared_subjects_do_not_appear_in_each_others_question() -> None:
    first, second = subquestions("爱必妥和安维汀首选哪个", TERMS)
    assert "安维汀" not in first
    assert "爱必妥" not in second


def test_two_question_marks_are_two_questions_whatever_stands_in_brackets() -> None:
    parts = subquestions(
        "HCC beyond the liver: adding local treatment (RFA/TACE) to TKI - 3-year OS? and does it help if oligometastatic?",
        TERMS,
    )
    assert len(parts) == 2
    assert "RFA/TACE" in parts[0]
    assert "does it help" in parts[1]


def test_subjects_in_brackets_are_not_compared() -> None:
    assert subquestions("which local treatment (RFA, TACE) helps in HCC", TERMS) == []


def test_one_thing_in_two_places_is_compared() -> None:
    assert subquestions("mFOLFOX6里的奥沙利铂和CapeOX里的差多少", TERMS) == [
        "奥沙利铂 mFOLFOX6 差多少",
        "奥沙利铂 CapeOX 差多少",
    ]


def test_joint_use_is_one_question() -> None:
    for text in (
        "爱优特和拜万戈能一起吃吗",
        "西妥昔单抗和贝伐珠单抗能同时用吗",
        "can bevacizumab and cetuximab be combined?",
    ):
        assert subquestions(text, TERMS) == []
    assert len(subquestions("西妥昔单抗和贝伐珠单抗哪个好", TERMS)) == 2


def test_a_part_may_be_about_the_main_subject_only() -> None:
    text = "BRAF V600E、技术上能切的肝转移：日本那项研究认为该不该开刀？指南说初始治疗可以选什么？"
    part = subquestions(text, TERMS)[1]
    assert narrower(part, text, TERMS) == "BRAF V600E 指南说初始治疗可以选什么"
    assert narrower("切缘要多少", "切缘要多少", TERMS) is None


def test_the_main_subject() -> None:
    assert main_subject("Heinemann: cetuximab or bevacizumab in liver metastases", TERMS) == "Heinemann"
    assert main_subject("肝转移手术前停安维汀多久", TERMS) == "安维汀"
    assert main_subject("多少", TERMS) == ""
