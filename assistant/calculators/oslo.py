"""Oslo score for liver transplantation. Rule: surgery review 2025 (001 L41, L211).

The review prints the CEA limit as µg/mL in both languages; the score's publications use µg/L
(= ng/mL), as TRANSMET does. Survival for scores 3 and 4 is not stated. All limits are strict.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import (
    NOT_STATED,
    Calculator,
    Inputs,
    Item,
    SourceAnchor,
    additive,
    given,
    number,
    yes_no,
)
from assistant.calculators.crs import _near
from corpus.model import Language

_SURVIVAL = {0: 50, 1: 50, 2: 33}


class OsloInputs(Inputs):
    """Findings of one patient."""

    max_diameter_cm: Annotated[float, Field(gt=0, le=30)] | None = Field(
        None, strict=False, description="largest metastasis, cm"
    )
    progression_after_chemo: bool | None = Field(None, description="progression on or after chemotherapy")
    interval_months: Annotated[float, Field(ge=0, le=600)] | None = Field(
        None, strict=False, description="months from bowel resection to transplantation"
    )
    cea_ug_l: Annotated[float, Field(ge=0, le=100_000)] | None = Field(
        None, strict=False, description="CEA, µg/L (= ng/mL)"
    )


class Oslo(Calculator):
    """0-4 points with the 10-year survival the review gives."""

    name = "oslo"
    title = {"zh": "Oslo肝移植评分", "en": "Oslo score"}
    inputs = OsloInputs
    sources = (
        SourceAnchor("crlm-surgery-2025", "有学者提出Oslo肠癌肝转移肝移植评分"),
        SourceAnchor("crlm-surgery-2025", "Oslo评分为0~1的患者10年生存率"),
    )
    caveats = {
        "zh": ("原文CEA单位印作μg/mL，应为μg/L（=ng/mL），按80 μg/L计算。",),
        "en": (
            "Misprint noted: the source prints CEA in µg/mL; the published score uses µg/L (= ng/mL), 80 µg/L is applied.",
        ),
    }

    def compute(self, values: OsloInputs, language: Language) -> Calculation:
        items = (
            Item("size", {"zh": "最大直径>5.5 cm", "en": "largest > 5.5 cm"}, number(values.max_diameter_cm, "cm"),
                 None if values.max_diameter_cm is None else values.max_diameter_cm > 5.5,
                 _near(values.max_diameter_cm, 5.5, ">5.5", "cm")),
            Item("progression", {"zh": "化疗后进展", "en": "progression on chemotherapy"},
                 yes_no(values.progression_after_chemo, language), values.progression_after_chemo),
            Item("interval", {"zh": "切除至移植<24个月", "en": "resection to transplant < 24 months"},
                 number(values.interval_months, "mo"),
                 None if values.interval_months is None else values.interval_months < 24,
                 _near(values.interval_months, 24, "<24", "mo")),
            Item("cea", {"zh": "CEA>80 μg/L", "en": "CEA > 80 µg/L"}, number(values.cea_ug_l, "µg/L"),
                 None if values.cea_ug_l is None else values.cea_ug_l > 80, _near(values.cea_ug_l, 80, "CEA >80", "µg/L")),
        )  # fmt: skip
        calculation = additive(self.name, items, language, (), given(values))
        result = dict(calculation.result)
        interpretation = ""
        if "score" in result:
            result["os10_percent"] = _SURVIVAL.get(result["score"])
            interpretation = (
                "Oslo评分为0~1的患者10年生存率为50%，Oslo评分为2的患者10年生存率为33%"
                if result["os10_percent"] is not None
                else NOT_STATED[language]
            )
        return calculation.model_copy(update={"result": result, "interpretation": interpretation})
