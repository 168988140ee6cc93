"""MELD-Na, OPTN 2016: sodium counts when MELD(i) exceeds 11; the test uses the rounded score."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import (
    Bilirubin,
    Calculator,
    Creatinine,
    Inputs,
    Inr,
    Sodium,
    SourceAnchor,
    close_to,
    flag,
    half_up,
    optional,
)
from assistant.calculators.meld import meld_i
from corpus.model import Language


class MeldNaInputs(Inputs):
    """What is known of the case."""

    creatinine_mg_dl: Creatinine = optional("creatinine, mg/dL")
    bilirubin_mg_dl: Bilirubin = optional("bilirubin, mg/dL")
    inr: Inr = optional("INR")
    sodium_mmol_l: Sodium = optional("sodium, mmol/L")
    dialysis: bool | None = flag("dialysis twice in 7 days or 24 h CVVHD")


class MeldNa(Calculator):
    """MELD-Na."""

    name = "meld_na"
    title = {"zh": "MELD-Na评分", "en": "MELD-Na"}
    inputs = MeldNaInputs
    sources = (SourceAnchor("crlm-treatment-review", "低MELD评分"),)
    publication = "OPTN policy 9 (2016)"
    required = ("creatinine_mg_dl", "bilirubin_mg_dl", "inr", "sodium_mmol_l")

    def apply(self, values: MeldNaInputs, language: Language) -> Calculation:
        base = meld_i(
            values.creatinine_mg_dl or 1.0,
            values.bilirubin_mg_dl or 1.0,
            values.inr or 1.0,
            bool(values.dialysis),
        )
        gap = 137 - min(max(values.sodium_mmol_l or 137.0, 125.0), 137.0)
        score = (
            base if base <= 11 else min(40, int(half_up(round(base + 1.32 * gap - 0.033 * base * gap, 9))))
        )
        assumed = (
            [("未提透析，按无透析", "dialysis not mentioned: taken as none")]
            if values.dialysis is None
            else []
        )
        return self.done(
            values,
            {"meld_i": base, "meld_na": score},
            language,
            assumed=assumed,
            steps=[
                ("MELD(i)", "MELD(i)", base),
                ("137 − 钠（125~137）", "137 − sodium (125-137)", gap),
                ("MELD-Na", "MELD-Na", score),
            ],
            near=[close_to(base, 11, "MELD(i) > 11")],
        )
