"""SBRT of the guideline (6.2.2): lesion at most 3 cm, 1-5 fractions of 5-30 Gy, BED at least 100 Gy."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Inputs, SourceAnchor, optional
from corpus.model import Language


class SbrtInputs(Inputs):
    """What is known of the case."""

    diameter_cm: Cm = optional("lesion, cm")
    fractions: Annotated[int, Field(ge=1, le=60)] | None = optional("number of fractions")
    dose_per_fraction_gy: Annotated[float, Field(gt=0, le=100)] | None = optional("dose per fraction, Gy")


class Sbrt(Calculator):
    """SBRT criteria of the guideline."""

    name = "sbrt"
    title = {"zh": "立体定向放疗（SBRT）条件", "en": "SBRT criteria of the guideline"}
    inputs = SbrtInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "对于直径不超过3 cm的肝脏寡转移灶"),
        SourceAnchor("crlm-guideline-2023", "采用单次高剂量(5~30 Gy)大分割(1~5次)照射"),
        SourceAnchor("crlm-guideline-2023", "BED≥100 Gy有更高的局控率"),
    )
    required = ("fractions", "dose_per_fraction_gy")

    def apply(self, values: SbrtInputs, language: Language) -> Calculation:
        size, count, dose = values.diameter_cm, values.fractions or 0, values.dose_per_fraction_gy or 0.0
        bed = count * dose * (1 + dose / 10)
        checks = {
            "size_ok": None if size is None else size <= 3, "fractions_ok": 1 <= count <= 5,
            "dose_per_fraction_ok": 5 <= dose <= 30, "bed_ok": bed >= 100 - 1e-9,
        }  # fmt: skip
        return self.done(
            values, {**checks, "bed_gy": bed}, language, status="incomplete" if size is None else "ok",
            missing=["diameter_cm"] if size is None else [],
            steps=[("直径≤3 cm", "diameter ≤3 cm", checks["size_ok"]), ("1~5次", "1-5 fractions", checks["fractions_ok"], 2), ("单次5~30 Gy", "5-30 Gy each", checks["dose_per_fraction_ok"], 2), ("BED≥100 Gy", "BED ≥100 Gy", bed, 3)],
            says="对于直径不超过3 cm的肝脏寡转移灶",
        )  # fmt: skip
