"""Grading of typed answers: tolerant of how, strict about what."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.questions import load_questions
from ui.study.wording import normal, points_met, says

POINTS = sorted(
    {w for q in load_questions("dev", ("single",)) for point in q.key_points for w in point if normal(w)}
)
wordings = st.sampled_from(POINTS)


@given(wordings)
def test_the_wording_itself_is_accepted(wording: str) -> None:
    assert says(wording, [wording])


@given(wordings, st.sampled_from(["应该是{}。", "答案： {} ，供参考", "It is {}, I think.", "({})"]))
def test_it_is_accepted_within_a_sentence(wording: str, frame: str) -> None:
    assert says(frame.format(wording), [wording])


@given(wordings)
def test_width_case_and_blanks_do_not_matter(wording: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in wording)
    assert says(wide, [wording]) and says(wording.upper(), [wording])
    assert says(re.sub(r"(?<=[\u4e00-\u9fff])(?=\S)", " ", wording), [wording])


@given(wordings, st.data())
def test_another_figure_is_not_accepted(wording: str, data: st.DataObject) -> None:
    places = [i for i, c in enumerate(wording) if c.isascii() and c.isdigit()]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != wording[place])
    assert not says(wording[:place] + digit + wording[place + 1 :], [wording])


@given(wordings, st.integers(1, 9))
def test_a_longer_number_is_not_the_number(wording: str, digit: int) -> None:
    wording = wording.strip()
    shown = normal(wording)
    if shown[0].isdigit():
        assert not says(f"{digit}{wording}", [wording])
    if shown[-1].isdigit():
        assert not says(f"{wording}{digit}", [wording])


@given(wordings)
def test_its_denial_is_not_accepted(wording: str) -> None:
    assume(not re.search(r"不|未|无|非|没|\bno\b|not|without|never|non|\bun|cannot", normal(wording)))
    if re.match(r"[\u4e00-\u9fff]", wording):
        assert not says(f"不{wording}", [wording]) and not says(f"并非{wording}", [wording])
    elif re.match(r"[a-z]", wording):
        assert not says(f"not {wording}", [wording])


@settings(max_examples=200)
@given(wordings, st.text(alphabet="天地玄黄宇宙洪荒qxzj ", max_size=40))
def test_something_else_is_not_accepted(wording: str, other: str) -> None:
    assume(normal(wording) not in normal(other))
    assert not says(other, [wording])


@given(
    st.sampled_from(["肝脏细胞特异性造影剂增强核磁", "伤口愈合延迟或出血风险", "尽可能获取基因检测结果"]),
    st.integers(3, 9),
)
def test_one_slip_in_a_long_wording_is_forgiven(wording: str, place: int) -> None:
    slipped = wording[:place] + "口" + wording[place + 1 :]
    assert says(f"我想是{slipped}吧", [wording])


@pytest.mark.parametrize(
    ("answer", "wording", "accepted"),
    [
        ("不可切除", "可切除", False), ("可以切除的", "可切除", False), ("肝转移灶可切除", "可切除", True),
        ("unresectable", "resectable", False), ("not resectable", "resectable", False),
        ("3-6个月", "3~6个月", True), ("3至6个月", "3~6个月", True), ("3 to 6 months", "3~6 months", True),
        ("3～６ 个月", "3~6个月", True), ("3~6个月", "6个月", False), ("16个月", "6个月", False), ("6~12个月", "6个月", False),
        (">= 40 %", "≥40%", True), ("40%", "≥40%", False), ("1 mm", ">1 mm", False), ("大约 2cm", "2 cm", True),
        ("MRI and CT", "MRI", True), ("fMRIx", "MRI", False), ("small lesion", "small lesions", True),
        ("降低局部复发率", "升高局部复发率", False), ("postoperative chemotherapy", "preoperative chemotherapy", False),
        ("肝窦阻塞综合症", "肝窦阻塞综合征", True), ("bevacizumb", "bevacizumab", True), ("panitumumab", "cetuximab", False),
        ("FOLFIRI", "FOLFOXIRI", False), ("30.5%", "30%", False), ("不超过6个月", "6个月", True), ("", "MRI", False), ("   ", "MRI", False),
    ],
)  # fmt: skip
def test_examples(answer: str, wording: str, accepted: bool) -> None:
    assert says(answer, [wording]) is accepted


def test_points_are_met_one_by_one() -> None:
    assert points_met("出血、伤口愈合延迟", [["出血"], ["血栓"], ["愈合延迟", "延迟愈合"]]) == (
        True,
        False,
        True,
    )


@given(st.text(max_size=300), wordings)
def test_no_answer_breaks_it(answer: str, wording: str) -> None:
    says(answer, [wording])
