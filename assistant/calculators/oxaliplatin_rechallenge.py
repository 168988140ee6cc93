"""Regimen after adjuvant oxaliplatin: guideline 3 (000 L140)."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Months, SourceAnchor, close_to, optional
from corpus.model import Language


class OxaliplatinRechallengeInputs(Inputs):
    """What is known of the case."""

    months_since_ox_chemo_end: Months = optional(
        "months from the end of oxaliplatin chemotherapy to the liver metastases"
    )


class OxaliplatinRechallenge(Calculator):
    """Regimen after adjuvant oxaliplatin."""

    name = "oxaliplatin_rechallenge"
    title = {"zh": "奥沙利铂再使用", "en": "Regimen after adjuvant oxaliplatin"}
    inputs = OxaliplatinRechallengeInputs
    sources = (SourceAnchor("crlm-guideline-2023", "应采用FOLFIRI方案"),)
    required = ("months_since_ox_chemo_end",)

    def apply(self, values: OxaliplatinRechallengeInputs, language: Language) -> Calculation:
        months = values.months_since_ox_chemo_end or 0.0
        steps = [("奥沙利铂结束至肝转移（月）", "months since oxaliplatin", months)]
        if months == 12:
            return self.done(
                values, {}, language, status="ambiguous", steps=steps, missing=["before_or_after_12_months"]
            )
        early = months < 12
        return self.done(
            values,
            {"regimen": "FOLFIRI" if early else "FOLFOX or CapeOX"},
            language,
            steps=steps,
            says="在肝转移发生前12个月内使用过奥沙利铂为基础的化疗作为辅助治疗的患者，应采用FOLFIRI方案；化疗结束后12个月以上发生肝转移，仍可采用FOLFOX或CapeOX化疗方案",
            near=[close_to(months, 12, "12 mo", "mo")],
        )
