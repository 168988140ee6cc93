"""Estimated total liver volume: Vauthey 2002, Urata 1995, Feng 2017 (Chinese adults), Chan 2006 (Hong Kong, weight)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Bsa, Calculator, Inputs, Weight, flag, optional
from corpus.model import Language

LINEAR = {
    "vauthey": (1267.28, -794.41),
    "urata": (706.2, 2.4),
    "feng_chinese_2017": (758.259, -124.272),
}
"""mL per m² of body surface, and the intercept in mL."""


class TotalLiverVolumeInputs(Inputs):
    """What is known of the case."""

    bsa_m2: Bsa = optional("body surface area, m²")
    weight_kg: Weight = optional("weight, kg (Chan only)")
    male: bool | None = flag("male (Chan only)")
    formula: Literal["vauthey", "urata", "feng_chinese_2017", "chan_hongkong_2006"] = Field(
        "vauthey", description="formula"
    )


class TotalLiverVolume(Calculator):
    """Estimated total liver volume."""

    name = "total_liver_volume"
    title = {"zh": "标准肝体积（TLV）", "en": "Estimated total liver volume"}
    inputs = TotalLiverVolumeInputs
    sources = ()
    publication = "Vauthey JN et al., Liver Transpl 2002;8:233; Urata K et al., Hepatology 1995;21:1317; Feng LM et al., World J Gastroenterol 2017;23:4968; Chan SC et al., Liver Transpl 2006;12:1364"
    caveats = {
        "zh": ("指南没有指定公式；同一病人不同公式可差数个百分点，甚至跨过界值。",),
        "en": (
            "The guideline names no formula; for one patient formulas differ by several points and may cross its limits.",
        ),
    }

    def apply(self, values: TotalLiverVolumeInputs, language: Language) -> Calculation:
        if values.formula == "chan_hongkong_2006":
            missing = [n for n in ("weight_kg", "male") if getattr(values, n) is None]
            if missing:
                return self.done(values, {}, language, status="incomplete", missing=missing)
            grams = 218 + 12.3 * (values.weight_kg or 0.0) + 51 * bool(values.male)
            return self.done(
                values,
                {"standard_liver_weight_g": grams, "tlv_ml": grams},
                language,
                steps=[("g", "g", grams)],
            )
        if values.bsa_m2 is None:
            return self.done(values, {}, language, status="incomplete", missing=["bsa_m2"])
        slope, intercept = LINEAR[values.formula]
        tlv = slope * values.bsa_m2 + intercept
        return self.done(
            values,
            {"tlv_ml": tlv, "formula": values.formula},
            language,
            steps=[("公式", "formula", f"{slope} × BSA {intercept:+}"), ("mL", "mL", tlv)],
        )
