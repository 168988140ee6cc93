"""Standardised future liver remnant: measured remnant over estimated liver volume."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Bsa, Calculator, Impossible, Inputs, Millilitres, close_to, optional
from assistant.calculators.result_names import result_text
from assistant.calculators.total_liver_volume import LINEAR
from corpus.model import Language


class StandardisedRemnantInputs(Inputs):
    """What is known of the case."""

    flr_ml: Millilitres = optional("remnant volume, mL")
    tlv_ml: Millilitres = optional("estimated total liver volume, mL; else from bsa_m2")
    bsa_m2: Bsa = optional("body surface area, m²")
    formula: Literal["vauthey", "urata", "feng_chinese_2017"] = Field(
        "vauthey", description="formula for the liver volume"
    )


class StandardisedRemnant(Calculator):
    """Standardised future liver remnant (sFLR)."""

    name = "sflr"
    title = {"zh": "标准化残肝比（sFLR）", "en": "Standardised future liver remnant (sFLR)"}
    inputs = StandardisedRemnantInputs
    sources = ()
    publication = "Vauthey JN et al., Liver Transpl 2002;8:233; Urata K et al., Hepatology 1995;21:1317"
    required = ("flr_ml",)
    caveats = {
        "zh": ("指南没有说明残肝百分比如何测算。",),
        "en": ("The guideline does not say how the remnant percentage is measured.",),
    }

    def apply(self, values: StandardisedRemnantInputs, language: Language) -> Calculation:
        total = values.tlv_ml
        assumed: list[tuple[str, str]] = []
        if total is None and values.bsa_m2 is not None:
            slope, intercept = LINEAR[values.formula]
            total = slope * values.bsa_m2 + intercept
            assumed = [
                (
                    f"肝体积按 {result_text('formula', values.formula, 'zh')} 公式估算",
                    f"liver volume estimated by the {result_text('formula', values.formula, 'en')} formula",
                )
            ]
        if total is None:
            return self.done(values, {}, language, status="incomplete", missing=["tlv_ml"])
        flr = values.flr_ml or 0.0
        if flr >= total:
            raise Impossible(
                "残肝体积不可能大于或等于全肝体积", "The remnant cannot be as large as the whole liver"
            )
        percent = 100 * flr / total
        return self.done(
            values, {"sflr_percent": percent, "tlv_ml": total}, language, assumed=assumed,
            steps=[("残肝 mL", "remnant, mL", flr), ("全肝 mL", "liver, mL", total), ("sFLR %", "sFLR %", percent)],
            near=[
                close_to(percent, 30, "30%", "%", 0.05), close_to(percent, 40, "40%", "%", 0.05),
                _other_formula(values, flr, percent),
            ],
        )  # fmt: skip


def _other_formula(values: StandardisedRemnantInputs, flr: float, percent: float) -> tuple[str, str] | None:
    """A line when another formula for the liver volume puts the remnant on the other side of a limit."""
    if values.tlv_ml is not None or values.bsa_m2 is None:
        return None
    for name in ("vauthey", "urata"):
        slope, intercept = LINEAR[name]
        other = 100 * flr / (slope * values.bsa_m2 + intercept)
        for limit in (30, 40):
            if name != values.formula and (percent < limit) != (other < limit):
                shown = f"{other:.1f}"
                zh, en = result_text("formula", name, "zh"), result_text("formula", name, "en")
                return (
                    f"按 {zh} 公式为 {shown}%，在 {limit}% 的另一侧",
                    f"by the {en} formula {shown} %, on the other side of {limit} %",
                )
    return None
