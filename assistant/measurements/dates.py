"""Calendar days and months in Chinese and English text, and the months between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.measurements.compounds import MONTH_DAYS

_MONTHS = {
    m: i
    for i, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PATTERNS = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<n>{_NAME}),?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"(?P<n>{_NAME})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年/.-]\s*(?P<m>\d{1,2})(?![\d.%])\s*月?"),
    re.compile(rf"(?P<n>{_NAME})\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
)  # fmt: skip
_LATER_DAY = re.compile(r"(?<![\d.年月/-])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")


@dataclass(frozen=True)
class Dated:
    """A day or month and where it stands."""

    day: date
    """The first of the month when only the month was given."""
    exact: bool
    start: int
    end: int


def find_dates(text: str) -> list[Dated]:
    """Every date in the order of the text; impossible ones are left out. ``3月5日`` takes the year before it."""
    found: list[Dated] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else _MONTHS[parts["n"][:3].lower()]
            if day := _day(int(parts["y"]), month, int(parts.get("d") or 1)):
                found.append(Dated(day, bool(parts.get("d")), *match.span()))
    for match in _LATER_DAY.finditer(text):
        before = [d for d in found if d.end <= match.start()]
        if before and not any(match.start() < end and start < match.end() for start, end in taken):
            latest = max(before, key=lambda d: d.end).day
            year = latest.year + (int(match.group(1)) < latest.month)
            if day := _day(year, int(match.group(1)), int(match.group(2))):
                found.append(Dated(day, True, *match.span()))
    return sorted(found, key=lambda d: d.start)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near(text: str, dates: list[Dated], label: str) -> Dated | None:
    """The date of the clause that ``label`` (a pattern) stands in; the closest one when there are several."""
    best: tuple[int, Dated] | None = None
    for match in re.finditer(label, text, re.IGNORECASE):
        for dated in dates:
            between = (
                text[match.end() : dated.start]
                if match.end() <= dated.start
                else text[dated.end : match.start()]
            )
            crossed = len(re.findall(r"[,，;；。\n]|\. ", between))
            distance = len(between) + 40 * crossed + 15 * (dated.end <= match.start())
            if best is None or distance < best[0]:
                best = (distance, dated)
    return best[1] if best else None


def in_months(number: str, unit: str) -> float:
    """A duration in months; a unit that is none of years, weeks or days is one of months."""
    unit = unit.lower().removeprefix("个")
    if unit[0] in "年y":
        return float(number) * 12
    days = 7 if unit[0] in "周星w" else 1 if unit[0] in "天d" else None
    return float(number) if days is None else round(float(number) * days / MONTH_DAYS, 2)


def months_between(first: date, second: date) -> int:
    """Whole calendar months, the day of the month deciding."""
    return (second.year - first.year) * 12 + second.month - first.month - (second.day < first.day)
