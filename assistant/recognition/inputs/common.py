"""How inputs are taken from facts, whatever the calculation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.measurements.dates import find_dates, in_months, months_between
from assistant.measurements.numerals import count_of
from assistant.recognition.facts import Facts

Inputs = dict[str, Any]
Build = Callable[[Facts], Inputs | None]

_DURATION = re.compile(
    r"(\d+(?:\.\d+)?)\s*(个半?月|月(?!\d)|mo(?:nths?|s)?\b|年|y(?:ea)?rs?\b)|(半年)", re.IGNORECASE | re.ASCII
)


def pick(*needed: str, **names: str) -> Build:
    """Inputs by finding or quantity; ``names``: input -> key. All of ``needed`` must be given, or any one at all."""

    def build(facts: Facts) -> Inputs | None:
        values = {name: facts.value(key) for name, key in names.items()}
        if any(values[name] is None and not facts.given(names[name]) for name in needed):
            return None
        given = {name: value for name, value in values.items() if value is not None}
        asked = any(facts.given(key) for key in names.values())
        return given if given or asked else None

    return build


def durations(text: str) -> list[float]:
    """Every duration of a text in months."""
    for dated in reversed(find_dates(text)):
        text = f"{text[: dated.start]} ; {text[dated.end :]}"
    found = []
    for number, unit, half in _DURATION.findall(text):
        if half:
            found.append(6.0)
        else:
            found.append(in_months(number, unit) + (0.5 if "半" in unit else 0))
    return found


def one_duration(name: str, since: str = "") -> Build:
    """Months, when the text gives one duration, or two dates to count between.

    ``since``: words of the event the months count from; the clause of the duration must have one.
    """

    def build(facts: Facts) -> Inputs | None:
        found = durations(facts.text)
        if (
            since
            and found
            and not any(
                durations(clause) and re.search(since, clause, re.IGNORECASE)
                for clause in re.split(r"[,，;；。?？!！\n]", facts.text)
            )
        ):
            return None
        if len(found) == 1:
            return {name: found[0]}
        days = find_dates(facts.text)
        if not found and len(days) == 2 and days[0].day < days[1].day:
            return {name: months_between(days[0].day, days[1].day)}
        return None

    return build


def counted(pattern: str, text: str) -> int | None:
    """The number of the first match (its first group that is set)."""
    match = re.search(pattern, text, re.IGNORECASE | re.ASCII)
    found = next((g for g in match.groups() if g), None) if match else None
    return None if found is None else count_of(found)


def known(**values: Any) -> Inputs:
    """Only what is known."""
    return {name: value for name, value in values.items() if value is not None}
