"""What one text gives, and what a conversation has given so far: findings and figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.measurements import Findings, read_findings
from assistant.measurements import quantities as q
from assistant.measurements.findings import between_dates
from assistant.measurements.found import subject
from assistant.measurements.numerals import with_figures
from assistant.measurements.statements import EARLIER, stated
from corpus.terminology.forms import has_chinese

LONGEST = 2000
"""Characters of a turn that are read."""
SHORT = {True: 60, False: 140}
"""Characters up to which a turn (Chinese, other) may lean on the ones before; a longer one stands for itself."""


@dataclass(frozen=True)
class Memory:
    """What the turns so far say about the patient; a later turn corrects an earlier one."""

    findings: Findings = field(default_factory=Findings)
    quantities: Mapping[str, q.Reading] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def after(self, facts: Facts) -> Memory:
        """With one more turn."""
        findings = self.findings.merged(facts.findings)
        texts = (*self.texts, facts.text)
        if not findings.values.keys() & {"synchronous", "dfs_months"} and (
            told := between_dates(" ".join(texts))
        ):
            findings.put("dfs_months", *told)
        return Memory(findings, {**self.quantities, **facts.quantities}, texts)

    def edited(self, key: str, value: Any, span: str) -> Memory:
        """With one fact set by hand; None forgets it. ``span``: how the reader would say it."""
        findings = self.findings.without(key)
        quantities = {k: r for k, r in self.quantities.items() if k != key}
        if value is not None and key in q.KEYS:
            quantities[key] = q.Reading(value, span)
        elif value is not None:
            findings.put(key, value, span)
        return Memory(findings, quantities, self.texts)

    def value(self, key: str) -> tuple[Any, str]:
        """A fact and the text it was given in; (None, "") when it was not given."""
        if key in self.findings.values:
            return self.findings.values[key], self.findings.spans.get(key, key)
        reading = self.quantities.get(key)
        return (reading.value, reading.span) if reading else (None, "")


@dataclass(frozen=True)
class Facts:
    """What one text gives; what it does not say is taken from ``memory``, and listed in ``reused``."""

    text: str
    findings: Findings
    quantities: dict[str, q.Reading]
    memory: Memory = field(default_factory=Memory)
    reused: dict[str, str] = field(default_factory=dict)
    """Key -> text of an earlier turn, filled as values are asked for."""
    wanted: set[str] = field(default_factory=set)
    """Keys that were asked for."""
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    """Questions about statements that cannot both be true, found while inputs were built."""

    def value(self, key: str) -> Any:
        """A finding or a quantity; None when neither the text nor an earlier one gives it."""
        self.wanted.add(key)
        if key in self.findings.values:
            return self.findings.values[key]
        if self.unread(key):
            return None
        if reading := self.quantities.get(key):
            return reading.value
        value, span = self.memory.value(key)
        if value is not None:
            self.reused[key] = span
        return value

    def unread(self, key: str) -> bool:
        """Whether the text gives a finding in a way that was not understood: an earlier value is then no answer."""
        return any(subject(k) == key for k in self.findings.unclear)

    def given(self, key: str) -> bool:
        """Whether the text speaks of a value, understood or not."""
        return key in self.quantities or self.unread(key)

    def has(self, pattern: str) -> bool:
        return bool(re.search(pattern, self.text, re.IGNORECASE | re.ASCII))

    def stated(self, pattern: str) -> bool | None:
        """Whether the text says that something is there or is not; None when it leaves that open."""
        return stated(self.text, pattern)

    def remembering(self, memory: Memory) -> Facts:
        """The same text, read after earlier ones."""
        return replace(self, memory=memory, reused={})


def is_short(text: str) -> bool:
    """Whether a turn may lean on the ones before."""
    return len(text) <= SHORT[has_chinese(text)]


def read_facts(text: str) -> Facts:
    """Everything recognised in a text."""
    text = with_figures(unicodedata.normalize("NFKC", text[:LONGEST]))
    findings, quantities = Findings(), dict[str, q.Reading]()
    for part in reversed(text.split(EARLIER)):
        findings = findings.merged(read_findings(part))
        quantities |= q.read_quantities(part)
    return Facts(text, findings, quantities)
