"""What a text says is there, is not there, or leaves open; limits, numerals, dates, nodes."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.measurements.dates import find_dates, months_between, near
from assistant.measurements.limits import is_wide_range, side_of
from assistant.measurements.nodes import positive_nodes
from assistant.measurements.numerals import with_figures
from assistant.measurements.statements import EARLIER, stated


@pytest.mark.parametrize(
    ("text", "pattern", "answer"),
    [
        ("没梗阻没穿孔", "梗阻", False), ("no LVI/PNI, no perforation", "PNI", False), ("化疗打没打、肝损不损伤不清楚", "损伤", None),
        ("ascites gone", "ascites", False), ("not on dialysis", "dialysis", False), ("on dialysis since May", "dialysis", True),
        ("腹膜干净", "腹膜", False), ("有没有进展病历里没写", "进展", None), ("no vascular invasion or extrahepatic disease", "extrahepatic", False),
        ("肝和右肺都有转移", "肺", True), ("脉管神经均未侵犯", "脉管", False), ("癌结节阳性淋巴结阴性", "癌结节", True), ("albumin pending", "albumin", None),
        (f"腹水消失了{EARLIER}少量腹水", "腹水", False), ("无关", "腹水", None),
    ],
)  # fmt: skip
def test_stated(text: str, pattern: str, answer: bool | None) -> None:
    assert stated(text, pattern) is answer


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("五枚，最大三点五公分", "5枚，最大3.5公分"), ("二十三枚", "23枚"), ("一百二十天", "120天"), ("身高一米七三", "身高173cm"), ("百分之三十五", "35%"),
        ("第九个月", "第9个月"), ("一般三四枚", "一般三四枚"), ("第一次", "第1次"), ("三甲医院", "三甲医院"),
    ],
)  # fmt: skip
def test_numerals(text: str, figures: str) -> None:
    assert with_figures(text) == figures


@pytest.mark.parametrize(
    ("text", "figure", "side"),
    [("CEA>200", "200", ">"), ("小于1cm", "1", "<"), ("3 cm以上", "3", ">"), ("under 2 cm", "2", "<"), ("at least 30%", "30", ">"), ("CEA 200", "200", None), ("最大5cm", "5", None)],
)  # fmt: skip
def test_limits(text: str, figure: str, side: str | None) -> None:
    start = text.index(figure)
    assert side_of(text, start, start + len(figure)) == side


def test_a_wide_range_is_a_rule_and_a_narrow_one_an_estimate() -> None:
    assert is_wide_range("FLR 30-40%", 4, 6, 5)
    assert not is_wide_range("FLR 33-36%", 4, 6, 5)


def test_dates() -> None:
    text = "last bev 29 Jan 2024; last FOLFOX 12 Feb 2024, surgery March 20, 2024"
    days = find_dates(text)
    assert [d.day for d in days] == [date(2024, 1, 29), date(2024, 2, 12), date(2024, 3, 20)]
    assert (found := near(text, days, "bev")) and found.day == date(2024, 1, 29)
    assert [d.day for d in find_dates("2024年12月20日末次，1月30日手术")] == [
        date(2024, 12, 20),
        date(2025, 1, 30),
    ]
    assert not find_dates("2024年3月结束")[0].exact
    assert months_between(date(2023, 3, 12), date(2024, 2, 2)) == 10


@pytest.mark.parametrize(
    ("text", "count"),
    [("淋巴结5/20阳性", 5), ("5 of 18 nodes pos", 5), ("清扫16枚淋巴结，3枚有癌", 3), ("no positive nodes in 17 examined", 0), ("three positive nodes", 3), ("3个灶", None), ("pN0 (0/15)", 0)],
)  # fmt: skip
def test_nodes(text: str, count: int | None) -> None:
    assert positive_nodes(text) == count
