"""What one text gives: findings and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.measurements import Findings, read_findings
from assistant.measurements import quantities as q


@dataclass(frozen=True)
class Facts:
    """What one text gives."""

    text: str
    findings: Findings
    quantities: dict[str, q.Reading]

    def value(self, key: str) -> Any:
        """A finding or a quantity; None when the text does not give it."""
        if key in self.findings.values:
            return self.findings.values[key]
        reading = self.quantities.get(key)
        return reading.value if reading else None

    def has(self, pattern: str) -> bool:
        return bool(re.search(pattern, self.text, re.IGNORECASE | re.ASCII))


def read_facts(text: str) -> Facts:
    """Everything recognised in a text."""
    return Facts(text, read_findings(text), q.read_quantities(text))
