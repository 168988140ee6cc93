"""How much liver may be removed: guideline 4.1.2 (<60 %, one stage) and 4.1.3 (<70 %, later, no cirrhosis); both strict."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import (
    Calculator,
    Impossible,
    Inputs,
    Percent,
    SourceAnchor,
    close_to,
    flag,
    optional,
)
from corpus.model import Language

LIMIT = {"synchronous_one_stage": 60, "metachronous": 70}


class ResectionVolumeInputs(Inputs):
    """What is known of the case."""

    resected_percent: Percent = optional("liver removed, percent")
    setting: Literal["synchronous_one_stage", "metachronous"] | None = Field(
        None, description="one operation with the bowel, or later"
    )
    cirrhosis: bool | None = flag("cirrhosis (the later limit holds only without)")


class ResectionVolume(Calculator):
    """Resected volume limit."""

    name = "resection_volume"
    title = {"zh": "肝切除量上限", "en": "Resected volume limit"}
    inputs = ResectionVolumeInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "肝切除量低于60%"),
        SourceAnchor("crlm-guideline-2023", "肝切除量低于70%(无肝硬化者)"),
    )
    required = ("resected_percent",)
    caveats = {
        "zh": (
            "恰好切除60%（或70%）时，残肝恰为40%（或30%）：容积标准达到而切除量标准未达到，指南两处在界值上不一致。",
        ),
        "en": (
            "At exactly 60 % (or 70 %) removed the remnant is exactly 40 % (or 30 %): the volume rule is met and this one is not.",
        ),
    }

    def apply(self, values: ResectionVolumeInputs, language: Language) -> Calculation:
        percent = values.resected_percent or 0.0
        if values.setting is None:
            verdicts = {f"within_if_{name}": percent < limit for name, limit in LIMIT.items()}
            return self.done(
                values,
                verdicts,
                language,
                status="incomplete",
                missing=["setting"],
                steps=[("切除量 %", "removed %", percent)],
            )
        limit = LIMIT[values.setting]
        if values.setting == "metachronous" and values.cirrhosis:
            raise Impossible(
                "指南的70%上限只适用于无肝硬化者", "The guideline's 70 % limit holds only without cirrhosis"
            )
        return self.done(
            values, {"limit": limit, "within": percent < limit}, language,
            steps=[("切除量 %", "removed %", percent), ("上限（严格小于）%", "limit (strictly below) %", limit, 1 if limit == 60 else 2)],
            says="肝切除量低于60%" if limit == 60 else "肝切除量低于70%(无肝硬化者)",
            near=[close_to(percent, limit, f"<{limit}%", "%", 0.05)],
        )  # fmt: skip
