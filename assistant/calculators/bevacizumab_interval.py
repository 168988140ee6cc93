"""Interval from the last bevacizumab to surgery: guideline appendix 4 (000 L384)."""

from __future__ import annotations

from datetime import date

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Impossible, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class BevacizumabIntervalInputs(Inputs):
    """What is known of the case."""

    last_dose: date | None = optional("day of the last bevacizumab dose, YYYY-MM-DD")
    surgery: date | None = optional("day of the operation, YYYY-MM-DD")


class BevacizumabInterval(Calculator):
    """Interval from bevacizumab to surgery."""

    name = "bevacizumab_interval"
    title = {"zh": "贝伐珠单抗至手术间隔", "en": "Interval from bevacizumab to surgery"}
    inputs = BevacizumabIntervalInputs
    sources = (SourceAnchor("crlm-guideline-2023", "最后1次贝伐珠单抗使用后的6~8周"),)
    required = ("last_dose", "surgery")
    caveats = {
        "zh": ("超过8周只是超出所引时间窗，并非不安全。",),
        "en": ("More than 8 weeks is only outside the quoted window, not unsafe.",),
    }

    def apply(self, values: BevacizumabIntervalInputs, language: Language) -> Calculation:
        last, surgery = values.last_dose, values.surgery
        assert last is not None
        assert surgery is not None
        days = (surgery - last).days
        if days < 0:
            raise Impossible("手术日期早于末次用药日期", "The operation is before the last dose")
        return self.done(
            values,
            {"days": days, "weeks": days / 7, "within_6_8_weeks": 42 <= days <= 56, "too_early": days < 42},
            language,
            steps=[
                ("间隔天数", "days", days),
                ("6~8周（42~56天）", "6-8 weeks (42-56 days)", 42 <= days <= 56),
            ],
            says="建议手术时机选择在最后1次贝伐珠单抗使用后的6~8周。",
            near=[close_to(days, 42, "≥42 d", "d", 0.05), close_to(days, 56, "≤56 d", "d", 0.05)],
        )
