"""Follow-up after radical resection of the primary: guideline 1.3."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Months, SourceAnchor, close_to, optional
from corpus.model import Language


class SurveillancePrimaryInputs(Inputs):
    """What is known of the case."""

    months_since_surgery: Months = optional("months since the operation")


class SurveillancePrimary(Calculator):
    """Follow-up after resection of the primary."""

    name = "surveillance_primary"
    title = {"zh": "原发灶根治术后随访", "en": "Follow-up after resection of the primary"}
    inputs = SurveillancePrimaryInputs
    sources = (SourceAnchor("crlm-guideline-2023", "（1）每3~6个月进行1次病史询问"),)
    required = ("months_since_surgery",)

    def apply(self, values: SurveillancePrimaryInputs, language: Language) -> Calculation:
        months = values.months_since_surgery or 0.0
        block = [3, 6] if months <= 24 else [6, 6] if months <= 60 else [12, 12]
        return self.done(
            values,
            {"marker_interval_months": block},
            language,
            steps=[
                ("术后月数", "months since surgery", months),
                ("间隔（月）", "interval (months)", "~".join(map(str, dict.fromkeys(block)))),
            ],
            says="每3~6个月进行1次病史询问、体格检查、肝脏超声检查和检测血清CEA、CA19-9等适当的肿瘤标志物，持续2年，以后每6个月1次直至满5年，5年后每年1次。",
            near=[close_to(months, 24, "2 y", "mo", 0.05), close_to(months, 60, "5 y", "mo", 0.05)],
        )
