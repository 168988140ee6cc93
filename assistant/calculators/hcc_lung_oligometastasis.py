"""Lung oligometastases of HCC (Wang, as quoted in 004 L71): one lung fewer than 3 up to 5 cm, both fewer than 5 up to 3 cm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Impossible, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class HccLungOligometastasisInputs(Inputs):
    """What is known of the case."""

    n_left: Annotated[int, Field(ge=0, le=500)] | None = optional("nodules in the left lung")
    n_right: Annotated[int, Field(ge=0, le=500)] | None = optional("nodules in the right lung")
    max_cm: Cm = optional("largest nodule, cm")


class HccLungOligometastasis(Calculator):
    """Lung oligometastases of HCC (Wang)."""

    name = "hcc_lung_oligometastasis"
    title = {"zh": "肝癌肺寡转移（Wang）", "en": "Lung oligometastases of HCC (Wang)"}
    inputs = HccLungOligometastasisInputs
    sources = (SourceAnchor("hcc-iiib-2025", "Wang等定义肝癌肺寡转移"),)
    required = ("n_left", "n_right", "max_cm")
    caveats = {
        "zh": ("按原文“少于”严格计算；原始文献未能核对。",),
        "en": ('"Fewer than" is taken strictly as printed; the original paper could not be checked.',),
    }

    def apply(self, values: HccLungOligometastasisInputs, language: Language) -> Calculation:
        left, right, size = values.n_left or 0, values.n_right or 0, values.max_cm or 0.0
        if left + right == 0:
            raise Impossible("没有肺结节", "There is no lung nodule")
        both = left > 0 and right > 0
        oligo = (left + right < 5 and size <= 3) if both else (left + right < 3 and size <= 5)
        return self.done(
            values,
            {"pattern": "bilateral" if both else "unilateral", "oligo": oligo},
            language,
            steps=[("左肺", "left", left), ("右肺", "right", right), ("最大径 cm", "largest, cm", size)],
            says="单侧肺内有少于3个最大直径≤5 cm的寡转移灶，或双侧肺内有少于5个最大直径≤3 cm的寡转移灶",
            near=[close_to(size, 3 if both else 5, "≤", "cm")],
        )
