"""Tumour dose of Y-90: treatment review (002 L293-299), strictly above 139 and 189 Gy."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class Y90DoseInputs(Inputs):
    """What is known of the case."""

    tumor_dose_gy: Annotated[float, Field(gt=0, le=5000)] | None = optional("absorbed tumour dose, Gy")


class Y90Dose(Calculator):
    """Tumour dose of Y-90."""

    name = "y90_dose"
    title = {"zh": "钇90肿瘤吸收剂量", "en": "Tumour dose of Y-90"}
    inputs = Y90DoseInputs
    sources = (SourceAnchor("crlm-treatment-review", "超过139 Gy的肿瘤吸收剂量"),)
    required = ("tumor_dose_gy",)
    caveats = {"zh": ("回顾性研究，31例。",), "en": ("A retrospective study of 31 patients.",)}

    def apply(self, values: Y90DoseInputs, language: Language) -> Calculation:
        dose = values.tumor_dose_gy or 0.0
        tier = "gt_189" if dose > 189 else "gt_139" if dose > 139 else "le_139"
        figures = {
            "gt_189": {"specificity_percent": 97, "sensitivity_percent": 45},
            "gt_139": {"specificity_percent": 89, "sensitivity_percent": 77},
            "le_139": {},
        }[tier]
        return self.done(
            values,
            {"tier": tier, **figures},
            language,
            steps=[("剂量 Gy", "dose, Gy", dose)],
            says="超过139 Gy的肿瘤吸收剂量以最高的准确性（89%特异性和77%敏感性）预测了3个月的代谢反应，而超过189 Gy的肿瘤吸收剂量以97%的特异性和45%的敏感性预测反应。",
            near=[close_to(dose, 139, ">139 Gy", "Gy", 0.05), close_to(dose, 189, ">189 Gy", "Gy", 0.05)],
        )
