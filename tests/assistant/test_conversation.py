"""What a terse turn may mean after the turns before it."""

from __future__ import annotations

import pytest

from assistant.conversation import describes, leans, marked, readings, study_told
from corpus.terminology import load_terminology

TERMS = load_terminology()


@pytest.mark.parametrize(
    ("turns", "reading"),
    [
        (["呋喹替尼的用法", "换成瑞戈非尼呢"], "瑞戈非尼的用法"),
        (["what is the dose of nivolumab", "and pembrolizumab?"], "what is the dose of pembrolizumab"),
        (["1.2cm的灶微波怎么设", "那0.8cm的呢"], "0.8cm的灶微波怎么设"),
    ],
)
def test_something_of_the_same_kind_is_put_in(turns: list[str], reading: str) -> None:
    assert readings(turns, TERMS)[0] == reading


def test_a_pronoun_takes_the_subject_over() -> None:
    assert any(
        r.startswith("安维汀") and "剂量" in r for r in readings(["安维汀手术前停多久", "它的剂量呢"], TERMS)
    )


def test_going_back_reaches_further_than_the_last_turn() -> None:
    turns = ["射频消融最多打几个灶", "BRAF要不要查", "回到刚才消融，离胆管近能打吗"]
    assert any("射频消融" in r and "胆管" in r for r in readings(turns, TERMS))


def test_the_bare_turn_is_always_a_reading_and_the_last() -> None:
    assert readings(["切缘多少", "那术后呢"], TERMS)[-1] == "那术后呢"
    assert readings(["只有一句"], TERMS) == ["只有一句"]


def test_a_whole_question_does_not_lean() -> None:
    long = "结直肠癌肝转移患者在接受贝伐珠单抗治疗之后进行肝切除手术之前需要等待的时间是多少周"
    assert not leans(long, TERMS)
    assert readings(["切缘多少", long], TERMS) == [long]
    assert marked("那术后呢")
    assert not marked("门静脉栓塞适应证")


def test_that_drug_is_the_latest_drug_named() -> None:
    turns = ["呋喹替尼副作用", "二期结肠癌高危因素", "那刚才那个药怎么吃"]
    assert readings(turns, TERMS) == ["那呋喹替尼怎么吃", turns[-1]]
    assert (
        readings(["What does regorafenib do?", "how is that drug given?"], TERMS)[0]
        == "how is regorafenib given?"
    )
    nothing = ["肝转移手术禁忌证有哪些", "那个药怎么吃"]
    assert nothing[-1] in readings(nothing, TERMS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("68岁患者，乙状结肠癌，肝右叶3个转移灶", True),
        ("We have a patient with a perforated sigmoid cancer, one small met in segment 3.", True),
        ("IIIb期肝癌76例，全组中位OS", False),
        ("SBRT control in KRAS/TP53 mutants", False),
        ("他还能手术吗", False),
        ("好", False),
    ],
)
def test_a_statement_is_told_from_bare_keywords(text: str, told: bool) -> None:
    assert describes(text) is told


def test_a_question_after_a_description_is_read_with_it() -> None:
    told, asked = "We settled on a staged plan, bowel first.", "When do we take out the liver lesions?"
    assert readings([told, asked], TERMS)[0] == f"{told.rstrip('.')}. {asked}"


def test_it_stands_for_the_main_subject() -> None:
    assert "安维汀的剂量呢" in readings(["安维汀手术前停多久", "它的剂量呢"], TERMS)
    assert "is regorafenib approved" in readings(["regorafenib dose before surgery", "is it approved"], TERMS)
    assert all("它" in r for r in readings(["术后怎么办", "它呢"], TERMS))


def test_a_named_study_stays_until_another_is_named() -> None:
    turns = ["what did Passot do with markers", "did any patients recur?"]
    assert study_told(turns, TERMS) == "Passot"
    assert readings(turns, TERMS)[0] == "Passot did any patients recur?"
    assert study_told([*turns, "and Kepenekian?"], TERMS) is None
    assert study_told(["a randomised trial of what?", "who took part?"], TERMS) is None
    assert study_told(["NCCN guideline on PET?", "and follow-up?"], TERMS) is None
