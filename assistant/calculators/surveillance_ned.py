"""Follow-up once NED is reached: guideline 1.4."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Months, SourceAnchor, close_to, optional
from corpus.model import Language


class SurveillanceNedInputs(Inputs):
    """What is known of the case."""

    months_since_ned: Months = optional("months since NED")


class SurveillanceNed(Calculator):
    """Follow-up after NED."""

    name = "surveillance_ned"
    title = {"zh": "达到NED后的随访", "en": "Follow-up after NED"}
    inputs = SurveillanceNedInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "建议术后2年内每3个月随访血清CEA"),
        SourceAnchor("crlm-guideline-2023", "术后2年内每3个月进行1次腹/盆腔增强CT扫描"),
    )
    required = ("months_since_ned",)

    def apply(self, values: SurveillanceNedInputs, language: Language) -> Calculation:
        months = values.months_since_ned or 0.0
        marker = 3 if months <= 24 else 6 if months <= 60 else 12
        imaging = [3, 3] if months <= 24 else [6, 12] if months <= 60 else [12, 12]
        return self.done(
            values,
            {"marker_interval_months": marker, "imaging_interval_months": imaging},
            language,
            steps=[
                ("NED后月数", "months since NED", months),
                ("标志物间隔（月）", "markers every (months)", marker),
                ("影像间隔（月）", "imaging every (months)", "~".join(map(str, dict.fromkeys(imaging))), 2),
            ],
            says="建议术后2年内每3个月随访血清CEA、CA19-9和其他适当的肿瘤标志物，以后第3~5年内每6个月随访1次，5年后每年1次。",
            near=[close_to(months, 24, "2 y", "mo", 0.05), close_to(months, 60, "5 y", "mo", 0.05)],
        )
