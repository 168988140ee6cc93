"""What a calculator is: declared names, inputs and sources, apart from how it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from assistant.answer import BreakdownItem, Calculation, CalculationStatus
from corpus.model import Language

NOT_STATED: dict[Language, str] = {"zh": "文献未说明", "en": "not stated in the sources"}


@dataclass(frozen=True)
class SourceAnchor:
    """A sentence a rule comes from: a distinctive piece of its cleaned text."""

    document_id: str
    quote: str


class Inputs(BaseModel):
    """Base of all inputs. Every field may be unknown (None); unknown is never taken as absent."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _yes_is_no_figure(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, bool) and "bool" not in str(field.annotation):
            raise ValueError("yes or no is not a figure")
        return value


class Impossible(ValueError):
    """Values that cannot be true together or at all, with the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reasons: dict[Language, str] = {"zh": zh, "en": en}


class Calculator:
    """One rule. Subclasses declare the class variables and compute."""

    name: ClassVar[str]
    title: ClassVar[dict[Language, str]]
    inputs: ClassVar[type[Inputs]]
    sources: ClassVar[tuple[SourceAnchor, ...]]
    caveats: ClassVar[dict[Language, tuple[str, ...]]] = {"zh": (), "en": ()}
    publication: ClassVar[str] = ""
    """Where the formula was published when the documents mention it without giving it."""
    required: ClassVar[tuple[str, ...]] = ()
    """Inputs without which nothing can be said."""

    def notes(self, calculation: Calculation, language: Language) -> tuple[str, ...]:
        """What must be said beside one result."""
        return self.caveats[language]

    def anchors(self, calculation: Calculation) -> tuple[SourceAnchor, ...]:
        """The sentences behind one result."""
        return self.sources

    def compute(self, values: Any, language: Language) -> Calculation:
        """The result for validated inputs; raises Impossible for contradictory ones."""
        missing = [name for name in self.required if getattr(values, name) is None]
        if missing:
            return Calculation(
                calculator=self.name, status="incomplete", inputs=given(values), missing=missing
            )
        return self.apply(values, language)

    def apply(self, values: Any, language: Language) -> Calculation:
        """The result when everything required is known."""
        raise NotImplementedError(self.name)

    def done(
        self,
        values: Inputs,
        result: dict[str, Any],
        language: Language,
        *,
        steps: Sequence[tuple[str, str, object] | tuple[str, str, object, int]] = (),
        says: str | None = None,
        near: Sequence[tuple[str, str] | None] = (),
        assumed: Sequence[tuple[str, str]] = (),
        status: CalculationStatus = "ok",
        missing: Sequence[str] = (),
    ) -> Calculation:
        """A calculation. ``steps``: (Chinese label, English label, value) and, where it is not
        the first, the number of the source the step stands in; texts are (Chinese, English)."""
        index = 0 if language == "zh" else 1
        cites = bool(self.sources) or type(self).anchors is not Calculator.anchors
        return Calculation(
            calculator=self.name,
            status=status,
            inputs=given(values),
            result=result,
            breakdown=[
                BreakdownItem(
                    item=str(step[index]),
                    value=shown(step[2], language),
                    marker=step[3] if len(step) == 4 else 1 if cites else None,
                )
                for step in steps
            ],
            interpretation=says if says is not None else NOT_STATED[language],
            sensitivity=[text[index] for text in near if text],
            assumptions=[text[index] for text in assumed],
            missing=list(missing),
        )


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
        BreakdownItem(
            item=i.label[language], value=i.value, points=None if i.met is None else float(i.met), marker=1
        )
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


def given(values: Inputs) -> dict[str, Any]:
    """The inputs that are known."""
    return values.model_dump(exclude_none=True, mode="json")


def shown(value: object, language: Language) -> str:
    """A value as a reader sees it: figures without needless digits, yes and no in words."""
    if isinstance(value, bool) or value is None:
        return yes_no(value, language)
    return f"{round(value, 4):g}" if isinstance(value, float) else str(value)


def close_to(
    value: float | None, limit: float, rule: str, unit: str = "", share: float = 0.1
) -> tuple[str, str] | None:
    """A line (Chinese, English) when a value stands within ``share`` of its limit."""
    if value is None or abs(value - limit) > share * abs(limit):
        return None
    what = f"{value:g}{' ' + unit if unit else ''}"
    return f"{what} 接近界值（{rule}）", f"{what} is near the limit ({rule})"


def optional(description: str) -> Any:
    """An input that may be unknown; whole numbers are taken for figures."""
    return Field(None, strict=False, description=description)


def flag(description: str) -> Any:
    """A yes-or-no input that may be unknown; 1 is not yes."""
    return Field(None, description=description)


def half_up(value: float, digits: int = 0) -> float:
    """Rounded half away from zero for positive values, as clinical formulas mean it (not Python's ``round``)."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


Cm = Annotated[float, Field(gt=0, le=30)] | None
Months = Annotated[float, Field(ge=0, le=600)] | None
Percent = Annotated[float, Field(gt=0, lt=100)] | None
Count = Annotated[int, Field(ge=1, le=100)] | None
Bsa = Annotated[float, Field(ge=0.8, le=3.0)] | None
Weight = Annotated[float, Field(ge=25, le=250)] | None
Height = Annotated[float, Field(ge=100, le=230)] | None
Millilitres = Annotated[float, Field(gt=0, le=10_000)] | None
Bilirubin = Annotated[float, Field(ge=0.1, le=60)] | None
Albumin = Annotated[float, Field(ge=1, le=7)] | None
Inr = Annotated[float, Field(ge=0.5, le=15)] | None
Creatinine = Annotated[float, Field(ge=0.2, le=20)] | None
Sodium = Annotated[float, Field(ge=100, le=180)] | None
Platelets = Annotated[float, Field(ge=1, le=2000)] | None
Enzyme = Annotated[float, Field(gt=0, le=20_000)] | None
"""Plausibility limits, not rules of the sources: what lies outside is refused."""


def number(value: float | None, unit: str = "") -> str:
    """A value as shown; a dash when unknown."""
    return "—" if value is None else f"{value:g}{' ' + unit if unit else ''}"


def yes_no(value: bool | None, language: Language) -> str:
    """Yes, no or a dash, in the reader's language."""
    if value is None:
        return "—"
    return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
