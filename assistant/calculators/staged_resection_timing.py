"""Timing of the staged liver resection: guideline 4.1.2; 4-6 weeks, up to 3 months after systemic therapy (13 weeks)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, flag, optional
from corpus.model import Language


class StagedResectionTimingInputs(Inputs):
    """What is known of the case."""

    weeks_after_crc: Annotated[float, Field(ge=0, le=520)] | None = optional(
        "weeks since the colorectal resection"
    )
    systemic_therapy: bool | None = flag("systemic therapy before the liver operation")


class StagedResectionTiming(Calculator):
    """Timing of staged liver resection."""

    name = "staged_resection_timing"
    title = {"zh": "分期肝切除时机", "en": "Timing of staged liver resection"}
    inputs = StagedResectionTimingInputs
    sources = (SourceAnchor("crlm-guideline-2023", "时机选择在结直肠癌根治术后4~6周"),)
    required = ("weeks_after_crc",)
    caveats = {"zh": ("3个月按13周计。",), "en": ("Three months are taken as 13 weeks.",)}

    def apply(self, values: StagedResectionTimingInputs, language: Language) -> Calculation:
        weeks = values.weeks_after_crc or 0.0
        if values.systemic_therapy is None:
            both = {"timing_ok_without_therapy": 4 <= weeks <= 6, "timing_ok_with_therapy": weeks <= 13}
            return self.done(
                values,
                both,
                language,
                status="incomplete",
                missing=["systemic_therapy"],
                steps=[("周", "weeks", weeks)],
            )
        ok = weeks <= 13 and weeks >= 4 if values.systemic_therapy else 4 <= weeks <= 6
        return self.done(
            values,
            {"timing_ok": ok},
            language,
            steps=[
                ("周", "weeks", weeks),
                ("期间系统治疗", "systemic therapy in between", values.systemic_therapy),
                ("时间窗", "window", "4~13" if values.systemic_therapy else "4~6"),
            ],
            says="时机选择在结直肠癌根治术后4~6周；若在肝转移灶手术前进行系统性治疗，肝转移灶的切除可延至原发灶切除后3个月内进行。",
            near=[close_to(weeks, 4, "≥4"), close_to(weeks, 6, "≤6"), close_to(weeks, 13, "≤13")],
        )
