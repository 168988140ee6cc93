"""MELD(i) of OPTN: 0.957 ln creatinine + 0.378 ln bilirubin + 1.120 ln INR + 0.643, times 10, half rounded up."""

from __future__ import annotations

import math

from assistant.answer import Calculation
from assistant.calculators.base import (
    Bilirubin,
    Calculator,
    Creatinine,
    Inputs,
    Inr,
    SourceAnchor,
    flag,
    half_up,
    optional,
)
from corpus.model import Language


class MeldInputs(Inputs):
    """What is known of the case."""

    creatinine_mg_dl: Creatinine = optional("creatinine, mg/dL")
    bilirubin_mg_dl: Bilirubin = optional("bilirubin, mg/dL")
    inr: Inr = optional("INR")
    dialysis: bool | None = flag("dialysis twice in 7 days or 24 h CVVHD")


class Meld(Calculator):
    """MELD."""

    name = "meld"
    title = {"zh": "MELD评分", "en": "MELD"}
    inputs = MeldInputs
    sources = (SourceAnchor("crlm-treatment-review", "低MELD评分"),)
    publication = "OPTN policy 9 (2016); Kamath PS et al., Hepatology 2001;33:464"
    required = ("creatinine_mg_dl", "bilirubin_mg_dl", "inr")
    caveats = {
        "zh": ("文献提到“低MELD评分”但未说明版本与界值。",),
        "en": ('The review mentions "low MELD" without version or limit.',),
    }

    def apply(self, values: MeldInputs, language: Language) -> Calculation:
        score = meld_i(
            values.creatinine_mg_dl or 1.0,
            values.bilirubin_mg_dl or 1.0,
            values.inr or 1.0,
            bool(values.dialysis),
        )
        assumed = (
            [("未提透析，按无透析", "dialysis not mentioned: taken as none")]
            if values.dialysis is None
            else []
        )
        return self.done(
            values, {"meld": score}, language, steps=[("MELD(i)", "MELD(i)", score)], assumed=assumed
        )


def meld_i(creatinine: float, bilirubin: float, inr: float, dialysis: bool) -> int:
    """MELD(i): values below 1 count as 1, creatinine above 4 or dialysis as 4; at least 6, at most 40."""
    creatinine = 4.0 if dialysis else min(max(creatinine, 1.0), 4.0)
    raw = (
        0.957 * math.log(creatinine)
        + 0.378 * math.log(max(bilirubin, 1.0))
        + 1.12 * math.log(max(inr, 1.0))
        + 0.643
    )
    return min(40, int(half_up(round(raw * 10, 9))))
