"""3D ablation margin: treatment review (002 L456-460)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class AblationMarginInputs(Inputs):
    """What is known of the case."""

    percent_covered_3mm: Annotated[float, Field(ge=0, le=100)] | None = optional(
        "share of the 3 mm margin covered, percent"
    )
    percent_covered_6mm: Annotated[float, Field(ge=0, le=100)] | None = optional(
        "share of the 6 mm margin covered, percent"
    )


class AblationMargin(Calculator):
    """3D ablation margin."""

    name = "ablation_margin_3d"
    title = {"zh": "消融3D安全边界", "en": "3D ablation margin"}
    inputs = AblationMarginInputs
    sources = (SourceAnchor("crlm-treatment-review", "当消融术达到100%的3毫米3D安全边界"),)
    required = ("percent_covered_3mm", "percent_covered_6mm")

    def apply(self, values: AblationMarginInputs, language: Language) -> Calculation:
        three, six = values.percent_covered_3mm or 0.0, values.percent_covered_6mm or 0.0
        return self.done(
            values,
            {"predicts_success": three >= 100 and six >= 90},
            language,
            steps=[
                ("3 mm边界 %（需100）", "3 mm margin % (100 needed)", three),
                ("6 mm边界 %（需≥90）", "6 mm margin % (≥90 needed)", six),
            ],
            says="当消融术达到100%的3毫米3D安全边界和至少90%的6毫米3D安全边界时，可以预测治疗的成功。",
            near=[close_to(six, 90, "≥90%", "%", 0.03)],
        )
