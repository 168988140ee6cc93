"""When to operate after bevacizumab: guideline appendix 4 (000 L384), 6-8 weeks after the last dose."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, optional
from corpus.model import Language


class BevacizumabSurgeryInputs(Inputs):
    """What is known of the case."""

    last_dose: date | None = optional("day of the last bevacizumab dose, YYYY-MM-DD")


class BevacizumabSurgery(Calculator):
    """Surgery window after bevacizumab."""

    name = "bevacizumab_surgery"
    title = {"zh": "贝伐珠单抗后手术时间窗", "en": "Surgery window after bevacizumab"}
    inputs = BevacizumabSurgeryInputs
    sources = (SourceAnchor("crlm-guideline-2023", "最后1次贝伐珠单抗使用后的6~8周"),)
    required = ("last_dose",)
    caveats = {
        "zh": ("从末次贝伐珠单抗算起，不是末次化疗。",),
        "en": ("Counted from the last bevacizumab, not the last chemotherapy.",),
    }

    def apply(self, values: BevacizumabSurgeryInputs, language: Language) -> Calculation:
        last = values.last_dose
        assert last is not None
        earliest, latest = last + timedelta(weeks=6), last + timedelta(weeks=8)
        return self.done(
            values,
            {"earliest": earliest.isoformat(), "latest": latest.isoformat()},
            language,
            steps=[
                ("末次用药", "last dose", last.isoformat()),
                ("第6周", "week 6", earliest.isoformat()),
                ("第8周", "week 8", latest.isoformat()),
            ],
            says="建议手术时机选择在最后1次贝伐珠单抗使用后的6~8周。",
        )
