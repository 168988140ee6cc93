"""Biologically effective dose, linear-quadratic model; threshold 100 Gy: guideline 6.2.2, treatment review (100 Gy10)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class BedInputs(Inputs):
    """What is known of the case."""

    fractions: Annotated[int, Field(ge=1, le=60)] | None = optional("number of fractions")
    dose_per_fraction_gy: Annotated[float, Field(gt=0, le=100)] | None = optional("dose per fraction, Gy")
    alpha_beta_gy: Annotated[float, Field(gt=0, le=30)] = Field(
        10.0, strict=False, description="alpha/beta, Gy"
    )


class Bed(Calculator):
    """Biologically effective dose (BED)."""

    name = "bed"
    title = {"zh": "生物等效剂量（BED）", "en": "Biologically effective dose (BED)"}
    inputs = BedInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "BED≥100 Gy有更高的局控率"),
        SourceAnchor("crlm-treatment-review", "使用相当于≥100Gy10的SBRT"),
    )
    publication = "Fowler JF, Br J Radiol 1989;62:679 (linear-quadratic model)"
    required = ("fractions", "dose_per_fraction_gy")

    def apply(self, values: BedInputs, language: Language) -> Calculation:
        count, dose, ratio = values.fractions or 0, values.dose_per_fraction_gy or 0.0, values.alpha_beta_gy
        total = count * dose
        bed = total * (1 + dose / ratio)
        result = {
            "total_gy": total,
            "bed_gy": bed,
            "ge_100": bed >= 100 - 1e-9,
            "eqd2_gy": bed / (1 + 2 / ratio),
        }
        assumed = [] if "alpha_beta_gy" in values.model_fields_set else [("α/β按10 Gy", "α/β taken as 10 Gy")]
        return self.done(
            values, result, language, assumed=assumed, says="BED≥100 Gy有更高的局控率",
            steps=[("总剂量 Gy", "total, Gy", total), ("n·d·(1 + d/(α/β))", "n·d·(1 + d/(α/β))", bed), ("≥100 Gy", "≥100 Gy", result["ge_100"])],
            near=[close_to(bed, 100, "≥100 Gy", "Gy", 0.05)],
        )  # fmt: skip
