"""Neoadjuvant therapy of metachronous metastases: guideline 5.1. Exactly 12 months falls between the clauses."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Months, SourceAnchor, close_to, optional
from corpus.model import Language


class NeoadjuvantMetachronousInputs(Inputs):
    """What is known of the case."""

    months_since_last_chemo: Months = optional(
        "months from the last chemotherapy to the liver metastases; unknown means none was given"
    )


class NeoadjuvantMetachronous(Calculator):
    """Neoadjuvant therapy of metachronous metastases."""

    name = "neoadjuvant_metachronous"
    title = {"zh": "异时性肝转移是否新辅助", "en": "Neoadjuvant therapy of metachronous metastases"}
    inputs = NeoadjuvantMetachronousInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "原发灶切除术后未接受过化疗的患者"),
        SourceAnchor("crlm-guideline-2023", "而肝转移发现前12个月内接受过化疗的患者"),
    )

    def apply(self, values: NeoadjuvantMetachronousInputs, language: Language) -> Calculation:
        months = values.months_since_last_chemo
        steps = [
            (
                "末次化疗距今（月）",
                "months since chemotherapy",
                "—" if months is None else months,
                1 if months is None or months > 12 else 2,
            )
        ]
        if months == 12:
            return self.done(
                values, {}, language, status="ambiguous", steps=steps, missing=["before_or_after_12_months"]
            )
        wait = months is None or months > 12
        assumed = (
            [("未给出既往化疗，按未接受过化疗", "no earlier chemotherapy given: taken as none")]
            if months is None
            else []
        )
        says = (
            "原发灶切除术后未接受过化疗的患者，或者发现肝转移12个月前已完成化疗的患者，可采用新辅助治疗（方法同上），时间2~3个月。"
            if wait
            else "而肝转移发现前12个月内接受过化疗的患者，一般认为新辅助化疗作用可能较为有限，宜直接切除肝转移灶，继而术后辅助治疗。"
        )
        return self.done(
            values,
            {"neoadjuvant": wait},
            language,
            steps=steps,
            says=says,
            assumed=assumed,
            near=[close_to(months, 12, "12 mo", "mo")],
        )
