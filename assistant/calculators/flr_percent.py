"""Remnant by CT volumetry: remnant over the liver without tumour."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Impossible, Inputs, Millilitres, close_to, optional
from corpus.model import Language


class RemnantPercentInputs(Inputs):
    """What is known of the case."""

    flr_ml: Millilitres = optional("remnant volume, mL")
    total_liver_ml: Millilitres = optional("total liver volume, mL")
    tumor_ml: Annotated[float, Field(ge=0, le=10_000)] | None = optional("tumour volume, mL")


class RemnantPercent(Calculator):
    """Future liver remnant by CT volumetry."""

    name = "flr_percent"
    title = {"zh": "残肝比（CT容积法）", "en": "Future liver remnant by CT volumetry"}
    inputs = RemnantPercentInputs
    sources = ()
    publication = "Vauthey JN et al., Surgery 2000;127:512"
    required = ("flr_ml", "total_liver_ml")

    def apply(self, values: RemnantPercentInputs, language: Language) -> Calculation:
        flr, total = values.flr_ml or 0.0, values.total_liver_ml or 0.0
        tumor = values.tumor_ml
        if tumor is None:
            tumor, assumed = (
                0.0,
                [("未给出肿瘤体积，按未扣除计算", "tumour volume not given: none subtracted")],
            )
        else:
            assumed = []
        functional = total - tumor
        if functional <= 0 or flr >= functional:
            raise Impossible(
                "体积互相矛盾：残肝必须小于全肝减去肿瘤",
                "The volumes contradict each other: the remnant must be smaller than the liver without tumour",
            )
        percent = 100 * flr / functional
        return self.done(
            values, {"flr_percent": percent}, language, assumed=assumed,
            steps=[("残肝 mL", "remnant, mL", flr), ("全肝−肿瘤 mL", "liver − tumour, mL", functional), ("%", "%", percent)],
            near=[close_to(percent, 30, "30%", "%", 0.05), close_to(percent, 40, "40%", "%", 0.05)],
        )  # fmt: skip
