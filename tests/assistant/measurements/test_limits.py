"""Figures that are limits: "not quite 30 %" is no remnant of 30 %."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from assistant.measurements.limits import side_of


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("FLR不够30%", "<"), ("残肝没到30%", "<"), ("残肝没有达到30%", "<"), ("未达30%", "<"), ("不及5 cm", "<"),
        ("不大于5cm", "<"), ("不高于200", "<"), ("接近200", "<"), ("30%以下", "<"), ("short of 30%", "<"),
        ("nearly 30%", "<"), ("no more than 3", "<"), ("smaller than 3 cm", "<"), ("not quite 30%", "<"),
        ("残肝不低于30%", ">"), ("不少于3枚", ">"), ("不小于3 cm", ">"), ("not less than 30%", ">"),
        ("larger than 5 cm", ">"), ("not below 30%", ">"), ("至少30%", ">"),
        ("FLR 30%", None), ("达到30%", None), ("残肝30%", None),
    ],
)  # fmt: skip
def test_side_of_a_figure(text: str, side: str | None) -> None:
    figure = re.search(r"\d+", text)
    assert figure is not None
    assert side_of(text, figure.start(), figure.end()) == side


@pytest.mark.parametrize("text", ["化疗后FLR不够30%怎么办", "残肝没到30%", "FLR not quite 30%, what next?"])
def test_a_limit_is_not_computed_as_a_value(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=text)]))
    assert answer.calculation is None
