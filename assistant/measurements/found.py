"""What was found in one text, and how a later text corrects it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.measurements.limits import Side, side_of
from assistant.measurements.touching import as_said, more_of_a_number, more_of_a_time, number_before


@dataclass
class Findings:
    """Facts of one text; ``assumptions`` are (Chinese, English)."""

    values: dict[str, float | int | bool | str] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)
    assumptions: dict[str, tuple[str, str]] = field(default_factory=dict)
    unclear: dict[str, str] = field(default_factory=dict)
    """Values that cannot be used as given: key -> the text they stand in."""
    bounds: dict[str, tuple[Side, float]] = field(default_factory=dict)
    """Values of which only a limit is known (``CEA>200``)."""

    def put(self, key: str, value: float | int | bool | str, span: str) -> None:
        self.values[key] = value
        self.spans[key] = span.strip()

    def put_measured(self, key: str, value: float, match: re.Match[str], group: int) -> None:
        """A figure, or the limit it is: ``match`` holds it in ``group``. One that goes on as a number is unread."""
        if number_before(match.string, match.start(group)) or more_of_a_number(match.string, match.end()):
            self.unread(key, match)
            return
        side = side_of(match.string, match.start(group), match.end(group))
        if side is None:
            self.put(key, value, match.group())
        else:
            self.bounds[key] = (side, value)
            self.spans[key] = match.group().strip()

    def put_duration(self, key: str, months: float, match: re.Match[str], group: int) -> None:
        """The same for a duration, which also goes on in smaller units (2年|零3天)."""
        if more_of_a_time(match.string, match.end()):
            self.unread(key, match)
        else:
            self.put_measured(key, months, match, group)

    def unread(self, key: str, match: re.Match[str]) -> None:
        """A value that is given in a way not understood: it is asked for, never shortened."""
        self.unclear[key + UNREAD] = as_said(match)

    def contradicted(self, key: str, both: str) -> None:
        """A value told in two ways: neither counts. ``both``: the two statements."""
        self.values.pop(key, None)
        self.bounds.pop(key, None)
        self.assumptions.pop(key, None)
        self.spans.pop(key, None)
        self.unclear[key + CONFLICT] = both

    def merged(self, later: Findings) -> Findings:
        """These findings, corrected and completed by a later text.

        A value given again settles what was unclear about it; one given unclearly replaces the earlier one.
        """
        told = {*later.values, *later.bounds, *(subject(key) for key in later.unclear)}
        kept = self
        for key in told:
            kept = kept.without(key)
        return Findings(
            {**kept.values, **later.values}, {**kept.spans, **later.spans},
            {**kept.assumptions, **later.assumptions}, {**kept.unclear, **later.unclear},
            {**kept.bounds, **later.bounds},
        )  # fmt: skip

    def without(self, key: str) -> Findings:
        """These findings less one, and less what was assumed or unclear about it."""
        return Findings(
            {k: v for k, v in self.values.items() if k != key}, {k: v for k, v in self.spans.items() if k != key},
            {k: v for k, v in self.assumptions.items() if subject(k) != key},
            {k: v for k, v in self.unclear.items() if subject(k) != key},
            {k: v for k, v in self.bounds.items() if k != key},
        )  # fmt: skip


_SUBJECT = {
    "node": "node_positive", "n_mets_range": "n_mets", "size_range": "max_diameter_cm", "size": "max_diameter_cm", "size_unit": "max_diameter_cm", "cea_unit": "cea",
    "flr_unit": "flr_percent", "flr_range": "flr_percent", "interval_range": "interval_months",
}  # fmt: skip
UNREAD, CONFLICT = "_unread", "_conflict"
"""What the key of a value is followed by when it was not understood or was told in two ways."""


def subject(key: str) -> str:
    """Which finding an assumption or an unclear text is about."""
    return _SUBJECT.get(key, key).removesuffix(UNREAD).removesuffix(CONFLICT)
