"""ALBI (Johnson PJ et al., J Clin Oncol 2015;33:550): 0.66 log10 bilirubin (µmol/L) − 0.085 albumin (g/L)."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, close_to, optional
from corpus.model import Language


class AlbiInputs(Inputs):
    """What is known of the case."""

    bili_umol: Annotated[float, Field(ge=1.7, le=1026)] | None = optional("bilirubin, µmol/L")
    alb_g_l: Annotated[float, Field(ge=10, le=70)] | None = optional("albumin, g/L")


class Albi(Calculator):
    """ALBI."""

    name = "albi"
    title = {"zh": "ALBI评分", "en": "ALBI"}
    inputs = AlbiInputs
    sources = ()
    publication = "Johnson PJ et al., J Clin Oncol 2015;33:550-558"
    required = ("bili_umol", "alb_g_l")

    def apply(self, values: AlbiInputs, language: Language) -> Calculation:
        albi = 0.66 * math.log10(values.bili_umol or 1.0) - 0.085 * (values.alb_g_l or 0.0)
        grade = 1 if albi <= -2.60 else 2 if albi <= -1.39 else 3
        return self.done(
            values,
            {"albi": albi, "grade": grade},
            language,
            steps=[
                ("0.66 × log10(胆红素) − 0.085 × 白蛋白", "0.66 × log10(bilirubin) − 0.085 × albumin", albi),
                ("等级", "grade", grade),
            ],
            near=[close_to(albi, -2.6, "≤ -2.60", "", 0.03), close_to(albi, -1.39, "≤ -1.39", "", 0.05)],
        )
