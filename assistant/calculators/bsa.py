"""Body surface area. Mosteller, NEJM 1987;317:1098; Du Bois 1916; Haycock 1978; Stevenson (Chinese, coefficients only partly verified)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Height, Inputs, Weight, optional
from corpus.model import Language

FORMULAS: dict[str, Callable[[float, float], float]] = {
    "mosteller": lambda height, weight: math.sqrt(height * weight / 3600),
    "dubois": lambda height, weight: 0.007184 * weight**0.425 * height**0.725,
    "haycock": lambda height, weight: 0.024265 * weight**0.5378 * height**0.3964,
    "stevenson": lambda height, weight: 0.0061 * height + 0.0128 * weight - 0.1529,
}


class BodySurfaceInputs(Inputs):
    """What is known of the case."""

    height_cm: Height = optional("height, cm")
    weight_kg: Weight = optional("weight, kg")
    formula: Literal["mosteller", "dubois", "haycock", "stevenson"] = Field(
        "mosteller", description="formula"
    )


class BodySurface(Calculator):
    """Body surface area."""

    name = "bsa"
    title = {"zh": "体表面积（BSA）", "en": "Body surface area"}
    inputs = BodySurfaceInputs
    sources = ()
    publication = "Mosteller RD, N Engl J Med 1987;317:1098; Du Bois 1916; Haycock 1978"
    required = ("height_cm", "weight_kg")

    def apply(self, values: BodySurfaceInputs, language: Language) -> Calculation:
        height, weight = values.height_cm or 0.0, values.weight_kg or 0.0
        bsa = FORMULAS[values.formula](height, weight)
        return self.done(
            values,
            {"bsa_m2": bsa, "formula": values.formula},
            language,
            steps=[
                ("身高 cm", "height, cm", height),
                ("体重 kg", "weight, kg", weight),
                ("公式", "formula", values.formula),
                ("m²", "m²", bsa),
            ],
        )
