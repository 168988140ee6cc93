"""MELD 3.0 (Kim WR et al., Gastroenterology 2021;161:1887, PMC8608337)."""

from __future__ import annotations

import math

from assistant.answer import Calculation
from assistant.calculators.base import (
    Albumin,
    Bilirubin,
    Calculator,
    Creatinine,
    Inputs,
    Inr,
    Sodium,
    flag,
    half_up,
    optional,
)
from corpus.model import Language


class Meld3Inputs(Inputs):
    """What is known of the case."""

    female: bool | None = flag("female")
    creatinine_mg_dl: Creatinine = optional("creatinine, mg/dL")
    bilirubin_mg_dl: Bilirubin = optional("bilirubin, mg/dL")
    inr: Inr = optional("INR")
    sodium_mmol_l: Sodium = optional("sodium, mmol/L")
    albumin_g_dl: Albumin = optional("albumin, g/dL")
    dialysis: bool | None = flag("dialysis twice in 7 days")


class Meld3(Calculator):
    """MELD 3.0."""

    name = "meld3"
    title = {"zh": "MELD 3.0", "en": "MELD 3.0"}
    inputs = Meld3Inputs
    sources = ()
    publication = "Kim WR et al., Gastroenterology 2021;161:1887-1895"
    required = ("female", "creatinine_mg_dl", "bilirubin_mg_dl", "inr", "sodium_mmol_l", "albumin_g_dl")

    def apply(self, values: Meld3Inputs, language: Language) -> Calculation:
        creatinine = math.log(3.0 if values.dialysis else min(max(values.creatinine_mg_dl or 1.0, 1.0), 3.0))
        bilirubin, inr = (
            math.log(max(values.bilirubin_mg_dl or 1.0, 1.0)),
            math.log(max(values.inr or 1.0, 1.0)),
        )
        sodium = 137 - min(max(values.sodium_mmol_l or 137.0, 125.0), 137.0)
        albumin = 3.5 - min(max(values.albumin_g_dl or 3.5, 1.5), 3.5)
        raw = (
            1.33 * bool(values.female) + 4.56 * bilirubin + 0.82 * sodium - 0.24 * sodium * bilirubin + 9.09 * inr
            + 11.14 * creatinine + 1.85 * albumin - 1.83 * albumin * creatinine + 6
        )  # fmt: skip
        score = min(40, int(half_up(round(raw, 9))))
        return self.done(
            values,
            {"raw": round(raw, 9), "meld3": score},
            language,
            steps=[("未取整", "unrounded", raw), ("MELD 3.0", "MELD 3.0", score)],
        )
