"""Radiofrequency ablation: guideline 6.2.1 (<3 cm, at most 5 a session) and the DLM review (at most 3). The sources differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Count, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language

RULES: dict[str, Callable[[float, int], bool]] = {
    "guideline2023": lambda size, count: size < 3 and count <= 5,
    "dlm_review": lambda size, count: size < 3 and count <= 3,
    "collision_as_printed_001": lambda size, count: size < 3 and count < 10,
    "collision_trial": lambda size, count: size <= 3 and count <= 10,
}


class RfaInputs(Inputs):
    """What is known of the case."""

    max_diameter_cm: Cm = optional("largest lesion, cm")
    n_lesions: Count = optional("lesions to be ablated in one session")
    rule: Literal["guideline2023", "dlm_review", "collision_as_printed_001", "collision_trial"] | None = (
        Field(None, description="one source's rule; all when not given")
    )


class Rfa(Calculator):
    """Radiofrequency ablation eligibility."""

    name = "rfa"
    title = {"zh": "射频消融条件", "en": "Radiofrequency ablation eligibility"}
    inputs = RfaInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "建议应用时选择肝转移灶最大直径<3 cm且1次消融最多5枚"),
        SourceAnchor("dlm-review", "且一次消融最多3枚"),
    )
    required = ("max_diameter_cm", "n_lesions")
    caveats = {
        "zh": ("两份文献对一次消融的枚数不一致：指南5枚，DLM综述3枚。",),
        "en": ("The sources differ on lesions per session: guideline 5, DLM review 3.",),
    }

    def apply(self, values: RfaInputs, language: Language) -> Calculation:
        size, count = values.max_diameter_cm or 0.0, values.n_lesions or 0
        verdicts = {name: check(size, count) for name, check in RULES.items()}
        if values.rule:
            result: dict[str, object] = {"eligible": verdicts[values.rule]}
        else:
            result = {"guideline2023": verdicts["guideline2023"], "dlm_review": verdicts["dlm_review"]}
        return self.done(
            values, result, language, says="建议应用时选择肝转移灶最大直径<3 cm且1次消融最多5枚",
            steps=[("最大径 cm", "largest, cm", size), ("个数", "number", count), ("指南2023：<3 cm，≤5枚", "guideline 2023: <3 cm, ≤5", verdicts["guideline2023"]), ("DLM综述：<3 cm，≤3枚", "DLM review: <3 cm, ≤3", verdicts["dlm_review"], 2)],
            near=[close_to(size, 3, "<3 cm", "cm")],
        )  # fmt: skip
