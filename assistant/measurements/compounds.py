"""What is said in two units, in one: 2年零3个月 → 27个月, 1 year 11 months → 23 months, 两年差五天 → 23.84个月; inches in cm."""

from __future__ import annotations

import re

from assistant.measurements.units import convert

MONTH_DAYS = 30.4375
_N = r"(\d{1,2}(?:\.\d+)?)"
_YEAR = r"(?:年|years?|yrs?|y)"
_MONTH = r"(?:个月|months?|mos?(?![a-z])|m(?![a-z²]))"
_SMALL = r"(?P<small>个月|个?星期|周|天|日|months?|weeks?|wks?|days?)(?![a-z])"
_LONG = rf"(?<![\d.])(?P<long>\d{{1,3}}(?:\.\d+)?)\s*(?P<unit>{_YEAR}|{_MONTH})"
_LESS = r"(?:还?差|缺|少|欠|不足|minus|less|but for)"
_YEARS_AND_MONTHS = re.compile(
    rf"(?<![\d.年]){_N}\s*(?:年\s*(?:零|又|加|外加)?|(?:years?|yrs?|y)(?:\s*(?:,|and|&|\+))?)\s*{_N}\s*{_MONTH}",
    re.IGNORECASE,
)
_AND_DAYS = re.compile(
    rf"{_LONG}\s*(?:零|又|加|and|plus|\+)\s*(?P<number>\d{{1,2}})\s*{_SMALL}",
    re.IGNORECASE,
)
_LESS_DAYS = re.compile(rf"{_LONG}\s*{_LESS}\s*(?P<number>\d{{1,2}})\s*{_SMALL}", re.IGNORECASE)
_DAYS_SHORT = re.compile(
    rf"(?:还?差|缺|少)\s*(?P<number>\d{{1,2}})\s*{_SMALL}\s*(?:就|才|到|满|够|不到|不满|至)*\s*{_LONG}"
    rf"|(?P<number_en>\d{{1,2}})\s*(?P<small_en>weeks?|days?|months?)\s+(?:short of|less than|shy of|before)\s+(?P<long_en>\d{{1,2}})\s*(?P<unit_en>years?|months?)",
    re.IGNORECASE,
)
_INCHES = re.compile(r"(?<![\d.'′])(\d+(?:\.\d+)?)\s*-?\s*(?:inch(?:es)?(?![a-z])|英寸|吋)", re.IGNORECASE)
_CM_AND_MM = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:cm|厘米|公分)\s*(?:and|又|零)?\s*([1-9])\s*(?:mm|毫米)(?![a-z])", re.IGNORECASE
)
_FEET = re.compile(r"(?:ft\.?|feet|foot|['′]|英尺|尺)\s*$", re.IGNORECASE)
OLDEST = 15
"""Years up to which "2 years, 3 months" is one duration; more are an age."""


def in_one_figure(text: str) -> str:
    """The text with durations of two units as months and inches as cm."""
    text = _YEARS_AND_MONTHS.sub(_months, text)
    text = _AND_DAYS.sub(lambda m: _shifted(m, 1), text)
    text = _LESS_DAYS.sub(lambda m: _shifted(m, -1), text)
    text = _DAYS_SHORT.sub(lambda m: _shifted(m, -1), text)
    text = _CM_AND_MM.sub(r"\1.\2 cm", text)
    return _INCHES.sub(_centimetres, text)


def _months(match: re.Match[str]) -> str:
    years, months = (float(g) for g in match.groups())
    if years > OLDEST or months > 23:
        return match.group()
    return _written(years * 12 + months, match.group())


def _shifted(match: re.Match[str], sign: int) -> str:
    found = match.groupdict()
    long, unit = found["long"] or found.get("long_en"), found["unit"] or found.get("unit_en") or ""
    number, small = found["number"] or found.get("number_en"), found["small"] or found.get("small_en") or ""
    months = float(long or 0) * (12 if unit[0] in "年yY" else 1)
    part = float(number or 0)
    if small[0] in "个mM" and "星" not in small:
        months += sign * part
    else:
        months += sign * part * (1 if small[0] in "天日dD" else 7) / MONTH_DAYS
    return match.group() if months <= 0 else _written(months, match.group())


def _written(months: float, as_said: str) -> str:
    unit = " months" if as_said.isascii() else "个月"
    return f"{round(months, 2):g}{unit}"


def _centimetres(match: re.Match[str]) -> str:
    if _FEET.search(match.string[: match.start()]):
        return match.group()
    return f"{convert(float(match.group(1)), 'inch', 'cm'):g} cm"
