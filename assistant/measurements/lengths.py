"""Sizes and courses of sizes."""

from __future__ import annotations

import re

from assistant.measurements.units import convert

_LENGTH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(mm|cm|毫米|厘米|公分)?(?![\d.%％a-z])", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(mm|cm|毫米|厘米|公分)(?![a-z²³])", re.IGNORECASE)
_SIZE_LIST = re.compile(
    r"((?:(?<![\d.])\d+(?:\.\d+)?\s*(?:[、,，/+＋和]|and\b)\s*)*(?<![\d.])\d+(?:\.\d+)?)\s*(cm|mm|厘米|毫米|公分)",
    re.IGNORECASE,
)


def sizes_with_units_cm(text: str) -> list[float]:
    """Every length that has a unit, in cm."""
    return [round(convert(float(n), u.lower(), "cm"), 6) for n, u in _WITH_UNIT.findall(text)]


def sizes_cm(text: str) -> list[float]:
    """Every size of lists such as ``2.5、2.8、3.0cm`` or ``3.4 + 1.8 cm``: the unit of a list stands at its end."""
    found: list[float] = []
    for match in _SIZE_LIST.finditer(text):
        unit = match.group(2).lower()
        found += [
            round(convert(float(n), unit, "cm"), 6) for n in re.findall(r"\d+(?:\.\d+)?", match.group(1))
        ]
    return found


def lengths_mm(text: str) -> list[float]:
    """The lengths of a series in mm, in the order of the text; a figure without a unit counts beside one that has it."""
    series = []
    if not _WITH_UNIT.search(text):
        return []
    for match in _LENGTH.finditer(text):
        unit = (match.group(2) or "").lower()
        joined = re.match(r"\s*(?:->|→|—>|=>|to\b|[降缩][到至])", text[match.end() :])
        before = re.search(r"(?:->|→|—>|=>|\bto|[降缩][到至])\s*$", text[: match.start()])
        if unit or joined or before:
            series.append(round(convert(float(match.group(1)), unit or "mm", "cm") * 10, 6))
    return series
