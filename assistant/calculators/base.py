"""What a calculator is: declared names, inputs and sources, apart from how it is computed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from assistant.answer import BreakdownItem, Calculation
from corpus.model import Language

NOT_STATED: dict[Language, str] = {"zh": "文献未说明", "en": "not stated in the sources"}


@dataclass(frozen=True)
class SourceAnchor:
    """A sentence a rule comes from: a distinctive piece of its cleaned text."""

    document_id: str
    quote: str


class Inputs(BaseModel):
    """Base of all inputs. Every field may be unknown (None); unknown is never taken as absent."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Impossible(ValueError):
    """Values that cannot be true together or at all, with the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reasons: dict[Language, str] = {"zh": zh, "en": en}


class Calculator(ABC):
    """One rule. Subclasses declare the class variables and compute."""

    name: ClassVar[str]
    title: ClassVar[dict[Language, str]]
    inputs: ClassVar[type[Inputs]]
    sources: ClassVar[tuple[SourceAnchor, ...]]
    caveats: ClassVar[dict[Language, tuple[str, ...]]] = {"zh": (), "en": ()}

    @abstractmethod
    def compute(self, values: Any, language: Language) -> Calculation:
        """The result for validated inputs; raises Impossible for contradictory ones."""


@dataclass(frozen=True)
class Item:
    """One item of an additive score. ``met`` is None when the value is unknown."""

    key: str
    label: dict[Language, str]
    value: str
    met: bool | None
    near: dict[Language, str] | None = None
    """Which value would change this item, when the given one stands at the boundary."""


def additive(
    name: str,
    items: Sequence[Item],
    language: Language,
    groups: Sequence[tuple[range, str]],
    given: dict[str, Any],
) -> Calculation:
    """One point per item met. Unknown items give an interval, and the group when it lies in one."""
    known = sum(item.met is True for item in items)
    missing = [item.key for item in items if item.met is None]
    breakdown = [
        BreakdownItem(item=i.label[language], value=i.value, points=None if i.met is None else float(i.met))
        for i in items
    ]
    low, high = known, known + len(missing)
    reached = {group for scores, group in groups for score in range(low, high + 1) if score in scores}
    result: dict[str, Any] = {"score": low} if not missing else {"score_min": low, "score_max": high}
    if len(reached) == 1:
        result["group"] = reached.pop()
    return Calculation(
        calculator=name, status="incomplete" if missing else "ok", inputs=given, result=result, breakdown=breakdown,
        missing=missing, sensitivity=[i.near[language] for i in items if i.near],
    )  # fmt: skip


def number(value: float | None, unit: str = "") -> str:
    """A value as shown; a dash when unknown."""
    return "—" if value is None else f"{value:g}{' ' + unit if unit else ''}"


def yes_no(value: bool | None, language: Language) -> str:
    """Yes, no or a dash, in the reader's language."""
    if value is None:
        return "—"
    return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
