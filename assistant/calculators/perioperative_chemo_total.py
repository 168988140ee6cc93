"""Chemotherapy before and after hepatectomy: guideline 5.2, at most 6 months together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class PerioperativeChemoInputs(Inputs):
    """What is known of the case."""

    months_before: Annotated[float, Field(ge=0, le=60)] | None = optional("months before the operation")
    months_after: Annotated[float, Field(ge=0, le=60)] | None = optional("months after the operation")


class PerioperativeChemo(Calculator):
    """Perioperative chemotherapy in total."""

    name = "perioperative_chemo_total"
    title = {"zh": "围手术期化疗总时长", "en": "Perioperative chemotherapy in total"}
    inputs = PerioperativeChemoInputs
    sources = (SourceAnchor("crlm-guideline-2023", "推荐手术前后的化疗时间总长不超过6个月"),)
    required = ("months_before", "months_after")

    def apply(self, values: PerioperativeChemoInputs, language: Language) -> Calculation:
        total = (values.months_before or 0.0) + (values.months_after or 0.0)
        return self.done(
            values,
            {"total": total, "within": total <= 6},
            language,
            steps=[
                ("术前（月）", "before (months)", values.months_before),
                ("术后（月）", "after (months)", values.months_after),
                ("合计", "total", total),
            ],
            says="推荐手术前后的化疗时间总长不超过6个月。",
            near=[close_to(total, 6, "≤6 mo", "mo")],
        )
