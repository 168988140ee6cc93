"""Tablets of trifluridine/tipiracil: the dose table of the US label by body surface (drugs.com/lonsurf), not of the guideline."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Bsa, Calculator, Inputs, SourceAnchor, half_up, optional
from corpus.model import Language

TABLE = (
    (1.07, 35), (1.23, 40), (1.38, 45), (1.53, 50), (1.69, 55), (1.84, 60), (1.99, 65), (2.15, 70), (2.30, 75), (9.0, 80),
)  # fmt: skip
"""Body surface below which a dose (mg) applies."""


class TasTabletsInputs(Inputs):
    """What is known of the case."""

    bsa_m2: Bsa = optional("body surface area, m²")


class TasTablets(Calculator):
    """TAS-102 dose by the label table."""

    name = "tas102_tablets"
    title = {"zh": "TAS-102片剂剂量（说明书分段表）", "en": "TAS-102 dose by the label table"}
    inputs = TasTabletsInputs
    sources = (SourceAnchor("crlm-guideline-2023", "曲氟尿苷替匹嘧啶(TAS-102) 35 mg/m²"),)
    publication = "US prescribing information of Lonsurf, dose table"
    required = ("bsa_m2",)
    caveats = {
        "zh": ("剂量须由开方者核对。说明书另有“就近取5 mg”的说法，与其分段表并不处处一致。",),
        "en": (
            'For verification by the prescriber. The label also says "round to the nearest 5 mg", which its own table does not always do.',
        ),
    }

    def apply(self, values: TasTabletsInputs, language: Language) -> Calculation:
        bsa = values.bsa_m2 or 0.0
        dose = label_dose(bsa)
        raw = 35 * bsa
        return self.done(
            values,
            {"mg_per_dose": dose, "raw_mg_per_dose": raw},
            language,
            steps=[("35 mg/m² × BSA", "35 mg/m² × BSA", raw), ("说明书分段表 mg", "label table, mg", dose)],
        )


def label_dose(bsa: float) -> int:
    """Milligrams per dose of the label's table for a body surface in m²."""
    return next(mg for below, mg in TABLE if half_up(bsa, 2) < below)
