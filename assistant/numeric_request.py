"""One calculation to make, as the assistant understood it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.measurements.limits import Side


@dataclass(frozen=True)
class NumericRequest:
    """One calculation to make."""

    calculator: str
    inputs: dict[str, Any]
    assumptions: tuple[tuple[str, str], ...] = ()
    reused: tuple[tuple[str, str], ...] = ()
    """What earlier turns gave: (key, as it was typed; empty when it was not one piece of text)."""
    questions: tuple[tuple[str, str], ...] = field(default=())
    """What the reader must settle first, (Chinese, English)."""
    bounds: dict[str, tuple[Side, float]] = field(default_factory=dict)
    """Inputs of which only a limit was told."""
