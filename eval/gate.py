"""The regression gate: figures on the development questions may not fall below the recorded ones.

``eval/recorded.json`` holds them. The product is deterministic, so noise is not randomness of a run but
the size of the set: a figure may fall by half a standard error of a share measured on that many questions,
at least by one question. Figures that improve are recorded with ``crlm eval gate --record``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CrlmError
from eval.methods import OURS
from eval.results import Results

RECORDED = Path(__file__).parent / "recorded.json"
LOWER_IS_BETTER = frozenset(("answerable_refused",))
FIGURES = (
    "key_point_recall", "fully_right", "citation_precision", "verbatim", "language_of_reply",
    "abstention_recall", "answerable_refused", "calculations_exact",
)  # fmt: skip
STRICT = frozenset(("verbatim",))


@dataclass(frozen=True)
class Fall:
    """A figure that fell."""

    name: str
    recorded: float
    now: float
    allowed: float


def watched(results: Results) -> dict[str, tuple[float, int]]:
    """The watched figures, each with the number of questions behind it."""
    values: dict[str, tuple[float, int]] = {}
    for group, figures in results.retrieval.get(OURS, {}).get("language", {}).items():
        for name in ("R@1", "R@5"):
            value = figures[name]
            if value is not None:
                values[f"{name} {group}"] = (value, int(figures["questions"] or 0))
    for group, figures in results.answers["language"].items():
        for name in FIGURES:
            value = figures[name]
            if value is not None:
                values[f"{name} {group}"] = (value, int(figures["questions"] or 0))
    return values


def allowance(name: str, value: float, n: int) -> float:
    """How far a figure may fall: half a standard error of a share, at least one question; verbatim not at all."""
    if name.split()[0] in STRICT or n == 0:
        return 0.0
    return max(1.0 / n, 0.5 * math.sqrt(max(value * (1 - value), 0.0) / n))


def falls(results: Results, recorded: Mapping[str, float]) -> list[Fall]:
    """Figures worse than recorded by more than their allowance; one that is gone counts as fallen."""
    now = watched(results)
    found = []
    for name, before in recorded.items():
        value, n = now.get(name, (float("nan"), 0))
        worse = value - before if name.split()[0] in LOWER_IS_BETTER else before - value
        allowed = allowance(name, before, n)
        if not worse <= allowed + 1e-9:
            found.append(Fall(name, before, value, allowed))
    return found


def read_recorded(path: Path = RECORDED) -> dict[str, float]:
    """The recorded figures; CrlmError when the file is missing or broken."""
    try:
        return {str(k): float(v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise CrlmError(f"无法读取 {path}", f"{path} cannot be read") from error


def record(results: Results, path: Path = RECORDED, lower: bool = False) -> dict[str, float]:
    """Write the figures that improved; ``lower`` writes all, for a change of the questions themselves."""
    before = {} if lower or not path.exists() else read_recorded(path)
    after = {}
    for name, (value, _) in watched(results).items():
        old = before.get(name, value)
        better = min(old, value) if name.split()[0] in LOWER_IS_BETTER else max(old, value)
        after[name] = round(better, 4)
    path.write_text(json.dumps(after, indent=1) + "\n", encoding="utf-8")
    return after
