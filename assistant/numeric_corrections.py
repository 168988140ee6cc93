"""Turns that only say a number or a unit ("sorry, 65"; "umol/L"): the statement of an earlier turn they change, said in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.measurements import quantities as q
from assistant.recognition import Asked, Memory

_CORRECTING = (
    r"不对|不是|更正|纠正|说错了?|写错了?|错了|应该?(?:是|为)?|改[为成]|[是哦呃]|sorry|no\b|actually|correct(?:ion|ed)?|i mean(?:t)?"
    r"|it'?s|it is|should (?:be|read)|that'?s|make (?:it|that)|rather|wait|oops"
)
_BARE_NUMBER = re.compile(
    rf"^\W*(?:(?:{_CORRECTING})\W*)+(?P<number>\d+(?:\.\d+)?)\W*(?:才对|吧|呢)?\W*$", re.IGNORECASE
)
_BARE_UNIT = re.compile(
    rf"^\W*(?:(?:单位|unit|in|{_CORRECTING})\W*)*(?P<unit>[a-zμµ]{{1,4}}/[a-z]{{1,2}}|cm|mm|厘米|毫米|公斤|kg|斤|lbs?|[%％])\W*$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_UNIT_ASKED = ("cea_unit", "cea_unread", "size_unit")


def in_full(
    text: str, memory: Memory, others: Iterable[Asked], scores: Iterable[str], latest: Iterable[str]
) -> str:
    """The turn with the statement it corrects ("体重66公斤" for "不对，66"), or as it stands.

    A number replaces the only value of the calculations in progress that was told, or the only one of the turn
    before; with several it stays as it is.
    """
    inputs = [value for asked in others for value in asked.inputs.values()]
    if match := _BARE_NUMBER.match(text):
        told = _told(memory, inputs)
        if len(told) > 1:
            told = {key: span for key, span in told.items() if key in set(latest)}
        if len(told) == 1:
            return _FIGURE.sub(match["number"], next(iter(told.values())), count=1)
    elif match := _BARE_UNIT.match(text):
        spans = _without_unit(memory, match["unit"]) if inputs else []
        if scores:
            spans += [span for key, span in memory.findings.unclear.items() if key in _UNIT_ASKED]
        if len(spans) == 1 and (figure := _FIGURE.search(spans[0])):
            return f"{spans[0][: figure.end()]} {match['unit']}"
    return text


def _told(memory: Memory, inputs: list[object]) -> dict[str, str]:
    """The figures among the inputs, or those they were computed from, as they were said."""
    spans: dict[str, str] = {
        key: reading.span for key, reading in memory.quantities.items()
        if not isinstance(reading.value, bool) and reading.value in inputs
    }  # fmt: skip
    findings: Mapping[str, object] = memory.findings.values
    spans |= {
        key: memory.findings.spans[key] for key, value in findings.items()
        if key in memory.findings.spans and not isinstance(value, bool | str) and value in inputs
    }  # fmt: skip
    return {key: span for key, span in spans.items() if len(_FIGURE.findall(span)) == 1}


def _without_unit(memory: Memory, unit: str) -> list[str]:
    """Readings whose unit was assumed or asked for and that this unit fits."""
    fitting = {
        quantity.key for quantity in q.QUANTITIES
        if any(re.fullmatch(u, unit, re.IGNORECASE | re.ASCII) for u in quantity.units)
    }  # fmt: skip
    return [
        reading.span for key, reading in memory.quantities.items()
        if key in fitting and (reading.assumed or reading.unclear)
    ]  # fmt: skip
