"""Early tumour shrinkage: at least 20 % at 8 ± 2 weeks (ARCAD, PMC12159729); named in the guideline without a figure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class EarlyShrinkageInputs(Inputs):
    """What is known of the case."""

    baseline_mm: Annotated[float, Field(gt=0, le=5000)] | None = optional("baseline sum, mm")
    current_mm: Annotated[float, Field(ge=0, le=5000)] | None = optional("sum at 8 ± 2 weeks, mm")


class EarlyShrinkage(Calculator):
    """Early tumour shrinkage (ETS)."""

    name = "early_tumor_shrinkage"
    title = {"zh": "早期肿瘤退缩（ETS）", "en": "Early tumour shrinkage (ETS)"}
    inputs = EarlyShrinkageInputs
    sources = (SourceAnchor("crlm-guideline-2023", "早期退缩(early tumor shrinkage, ETS)"),)
    publication = "ARCAD definition, PMC12159729; other authors use 20-30 % at 6-8 weeks"
    required = ("baseline_mm", "current_mm")

    def apply(self, values: EarlyShrinkageInputs, language: Language) -> Calculation:
        baseline, current = (
            values.baseline_mm or 1.0,
            values.current_mm if values.current_mm is not None else 0.0,
        )
        shrink = 100 * (baseline - current) / baseline
        return self.done(
            values,
            {"shrink_percent": shrink, "ets": shrink >= 20 - 1e-9},
            language,
            steps=[("缩小 %", "shrinkage %", shrink), ("≥20%", "≥20 %", shrink >= 20 - 1e-9)],
            near=[close_to(shrink, 20, "≥20%", "%")],
        )
