"""Two statements of one text that cannot both be true: named and asked, unless the text itself corrects one."""

from __future__ import annotations

import re

from assistant.measurements.nodes import nodes_told

CORRECTS = re.compile(
    r"不对|更正|纠正|改为|改成|应(?:该)?[为是]|说错|写错|不是|\bactually\b|\bsorry\b|correct(?:ion|ed)|\brather\b|\bi mean\b|\bno,|\bnot\b",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"^\s*[(,;]?\s*(?:也就是(?:说)?|就是|即|等于|[=≈]|折?合|i\.?e\.?,?|that is|equals?|or(?: about)?|\()\s*", re.IGNORECASE
)  # fmt: skip
TOLERANCE = 0.03
"""Share by which a value said again in another unit may differ through rounding."""
_ONE = re.compile(
    r"(?<!肺)(?:单发|孤立)(?!肺)(?:性)?(?:肝)?(?:转移|病灶|[,;、。\s]|$)|\bsolitary\b|\bsingle (?:liver |hepatic )?(?:met|lesion)",
    re.IGNORECASE,
)
_N_NAME = re.compile(
    r"(?<![a-z0-9])[cpyr]{0,2}(?:t(?:is|\d[a-d]?))?[cpy]?n(?P<n>[0-2])(?P<part>[a-c])?(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
_COUNTS = {"0": (0, 0), "1": (1, 3), "1a": (1, 1), "1b": (2, 3), "1c": (0, 0), "2": (4, 200), "2a": (4, 6), "2b": (7, 200)}  # fmt: skip
"""Positive regional nodes of each category (AJCC 8)."""


def pair(first: str, second: str) -> str:
    """Both statements as they are quoted in the question."""
    return f"“{first.strip()}” ↔ “{second.strip()}”"


def corrected(text: str) -> bool:
    """Whether the text takes something back: then its last statement counts."""
    return bool(CORRECTS.search(text))


def differ(first: float, second: float) -> bool:
    """Whether two values are more than rounding apart."""
    return abs(first - second) > TOLERANCE * max(abs(first), abs(second))


def after_restating(text: str, end: int) -> int | None:
    """Where a value said again in other words begins (60 kg, i.e. | 150 lb); None when nothing is."""
    match = _RESTATED.match(text[end:])
    return end + match.end() if match else None


def nodes_conflict(text: str) -> str | None:
    """A node category and a count of positive nodes that do not go together."""
    name = _N_NAME.search(text)
    count, told = nodes_told(text)
    if name is None or count is None or corrected(text):
        return None
    key = name["n"] + (name["part"] or "").lower()
    low, high = _COUNTS.get(key, _COUNTS[name["n"]])
    if low <= count <= high:
        return None
    return pair(name.group(), told)


def one_and_many(text: str, many: str) -> str | None:
    """ "Solitary" beside a count of more than one. ``many``: the text of the count."""
    match = _ONE.search(text)
    return pair(match.group(), many) if match and not corrected(text) else None
