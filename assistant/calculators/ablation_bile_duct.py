"""Ablation near the main bile duct: surgery review (001 L58, L221), contraindicated below 1 cm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class AblationBileDuctInputs(Inputs):
    """What is known of the case."""

    distance_mm: Annotated[float, Field(ge=0, le=300)] | None = optional("distance to the main bile duct, mm")


class AblationBileDuct(Calculator):
    """Ablation near the main bile duct."""

    name = "ablation_bile_duct"
    title = {"zh": "消融与主胆管距离", "en": "Ablation near the main bile duct"}
    inputs = AblationBileDuctInputs
    sources = (
        SourceAnchor("crlm-surgery-2025", "对于距离主胆管小于1 cm的病灶"),
        SourceAnchor("crlm-surgery-2025", "Lesions located<1 cm from the main bile duct"),
    )
    required = ("distance_mm",)

    def apply(self, values: AblationBileDuctInputs, language: Language) -> Calculation:
        distance = values.distance_mm if values.distance_mm is not None else 0.0
        return self.done(
            values,
            {"contraindicated": distance < 10},
            language,
            steps=[("距离 mm", "distance, mm", distance), ("<10 mm", "<10 mm", distance < 10)],
            says="对于距离主胆管小于1 cm的病灶是消融的禁忌症，会造成胆管损伤、胆管狭窄或脓肿形成。",
            near=[close_to(distance, 10, "<10 mm", "mm")],
        )
