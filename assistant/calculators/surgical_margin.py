"""Surgical margin: guideline 4.1.4, strictly more than 1 mm; the surgery review calls 1 mm the standard."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class SurgicalMarginInputs(Inputs):
    """What is known of the case."""

    margin_mm: Annotated[float, Field(ge=0, le=100)] | None = optional("margin, mm")


class SurgicalMargin(Calculator):
    """Surgical margin."""

    name = "surgical_margin"
    title = {"zh": "切缘", "en": "Surgical margin"}
    inputs = SurgicalMarginInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "切缘至少>1 mm"),
        SourceAnchor("crlm-surgery-2025", "确保1 mm切缘是被广泛认可"),
    )
    required = ("margin_mm",)

    def apply(self, values: SurgicalMarginInputs, language: Language) -> Calculation:
        margin = values.margin_mm if values.margin_mm is not None else 0.0
        return self.done(
            values, {"meets": margin > 1, "meets_surgery_review": margin >= 1}, language,
            steps=[("切缘 mm", "margin, mm", margin), ("指南：>1 mm", "guideline: > 1 mm", margin > 1), ("外科综述：1 mm", "surgery review: 1 mm", margin >= 1, 2)],
            says="切缘至少>1 mm", near=[close_to(margin, 1, ">1 mm", "mm", 0.2)],
        )  # fmt: skip
