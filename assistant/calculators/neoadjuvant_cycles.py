"""Neoadjuvant cycles: guideline 5.1, in principle at most 6."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class NeoadjuvantCyclesInputs(Inputs):
    """What is known of the case."""

    cycles: Annotated[int, Field(ge=0, le=60)] | None = optional("cycles given")


class NeoadjuvantCycles(Calculator):
    """Neoadjuvant cycles."""

    name = "neoadjuvant_cycles"
    title = {"zh": "新辅助化疗周期", "en": "Neoadjuvant cycles"}
    inputs = NeoadjuvantCyclesInputs
    sources = (SourceAnchor("crlm-guideline-2023", "新辅助化疗原则上不超过6个周期"),)
    required = ("cycles",)
    caveats = {
        "zh": ("三周方案6个周期约4.5个月，已超过同一句中的“2~3个月”。",),
        "en": ('Six three-weekly cycles take 4.5 months, beyond the "2-3 months" of the same sentence.',),
    }

    def apply(self, values: NeoadjuvantCyclesInputs, language: Language) -> Calculation:
        cycles = values.cycles or 0
        return self.done(
            values,
            {"within": cycles <= 6, "limit": 6},
            language,
            steps=[("周期数", "cycles", cycles), ("上限", "limit", 6)],
            says="新辅助化疗原则上不超过6个周期，一般建议2~3个月内完成并进行手术。",
            near=[close_to(cycles, 6, "≤6")],
        )
