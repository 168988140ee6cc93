"""Figures that are limits and not measured values: ``<1 cm``, ``CEA>200``, ``30-40%``, ``under 2 cm``, ``3cm以上``."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal[">", "<"]
_ABOVE = (
    r"[>≥＞]=?|大于|超过|超出|高于|多于|不[少低小短]于|至少|以上|(?:no|not) (?:less|fewer|smaller) than|not (?:under|below)"
    r"|(?:more|greater|larger|bigger|higher|longer) than|over|above|exceed\w*|at least|beyond"
)
_BELOW = (
    r"[<≤＜]=?|小于|不到|不足|不够|不及|没有?到|未到|[没未](?:有)?达到?|低于|少于|短于|不超过|不[大高多长]于|最多|以下|以内|将近|接近"
    r"|(?:no|not) (?:more|greater|larger|higher|longer) than|not (?:over|above|exceeding)|(?:less|fewer|smaller|lower|shorter) than"
    r"|under|below|up to|at most|within|short of|shy of|nearly|almost|not (?:even|quite)"
)
_BEFORE = re.compile(rf"(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s*(?:了|约|the\s)?\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?:cm|mm|厘米|毫米|公分|%|％|gy|个月|月|年|ng/ml|[μµu]g/l|months?|mo|years?)?\s*(?:(?P<above>以上|及以上|多(?![个枚发])|余|出头|\+|or more|or above)|(?P<below>以下|以内|之内|or less|or below))",
    re.IGNORECASE,
)
_RANGE_END = re.compile(r"\d\s*[-~～至到]\s*$")
_RANGE_BEFORE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[%％]|cm|mm)?\s*[-~～至到–]\s*$", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"^\s*(?:[%％]|cm|mm)?\s*[-~～至到–]\s*(\d+(?:\.\d+)?)", re.IGNORECASE)


def side_of(text: str, start: int, end: int) -> Side | None:
    """On which side of the figure ``text[start:end]`` the value lies; None when it is the value itself."""
    before, after = _BEFORE.search(text[max(0, start - 16) : start]), _AFTER.search(text[end : end + 20])
    for match in (before, after):
        if match:
            return ">" if match.group("above") else "<"
    return None


def ends_range(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is the upper end of a range."""
    return bool(_RANGE_END.search(text[:start]))


def is_wide_range(text: str, start: int, end: int, most: float) -> bool:
    """Whether the figure is one end of a range wider than ``most``: then it is a rule's range, not an estimate."""
    value = float(text[start:end])
    for match in (_RANGE_BEFORE.search(text[:start]), _RANGE_AFTER.search(text[end:])):
        if match and abs(float(match.group(1)) - value) > most:
            return True
    return False
