"""One calculation to make, as the assistant understood it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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


_OF_ONE_KIND = {"liver_remnant": "%", "pve_indication": "%", "resection_volume": "%", "surgical_margin": "mm"}
"""Calculators of one figure, and its unit: another such figure must not vanish."""
_FIGURES = {
    "%": re.compile(r"(\d+(?:\.\d+)?)\s*[%％]"),
    "mm": re.compile(r"(\d+(?:\.\d+)?)\s*(?:mm|毫米)", re.IGNORECASE),
}


def with_unused(text: str, requests: Sequence[NumericRequest]) -> list[NumericRequest]:
    """The requests with a note on figures of a calculator's own kind that no calculation used."""
    used = {float(v) for r in requests for v in r.inputs.values() if isinstance(v, int | float)}
    noted: list[NumericRequest] = []
    for request in requests:
        unit = _OF_ONE_KIND.get(request.calculator)
        figures = _FIGURES[unit].findall(text) if unit else []
        left = [f"{figure} {unit}" for figure in dict.fromkeys(figures) if float(figure) not in used]
        if left:
            told = (f"未用到的数值：{'、'.join(left)}", f"not used: {', '.join(left)}")
            request = replace(request, assumptions=(*request.assumptions, told))
        noted.append(request)
    return noted
