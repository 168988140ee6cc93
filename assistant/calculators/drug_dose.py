"""Dose of a single drug: by weight or flat (guideline appendices 4 and 6; ICG: surgery review)."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, Weight, optional
from assistant.calculators.doses import doses
from assistant.calculators.result_names import result_name, result_text
from corpus.model import Language


class DrugDoseInputs(Inputs):
    """Drug and weight."""

    drug: str | None = Field(
        None,
        description="drug id: " + ", ".join(doses().drugs),
        json_schema_extra={"options": list(doses().drugs)},
    )
    weight_kg: Weight = optional("weight, kg; not needed for flat doses")

    @field_validator("drug")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in doses().drugs:
            raise ValueError("unknown drug")
        return value


class DrugDose(Calculator):
    """Milligrams and schedule."""

    name = "drug_dose"
    title = {"zh": "单药剂量", "en": "Dose of a drug"}
    inputs = DrugDoseInputs
    sources = ()
    required = ("drug",)
    caveats = {
        "zh": ("按原文剂量计算，未取整；须由开方者核对。",),
        "en": ("Arithmetic on the source's dose, unrounded; for verification by the prescriber.",),
    }

    def anchors(self, calculation: Calculation) -> tuple[SourceAnchor, ...]:
        drug = doses().drugs.get(str(calculation.inputs.get("drug")))
        return (SourceAnchor(drug.document, drug.quote),) if drug else ()

    def apply(self, values: DrugDoseInputs, language: Language) -> Calculation:
        known = doses().drugs
        drug = known[values.drug or ""]
        result: dict[str, Any] = dict(drug.result)
        steps: list[tuple[str, str, object]] = []
        if drug.mg_per_kg is not None:
            if values.weight_kg is None:
                return self.done(
                    values,
                    {"mg_per_kg": drug.mg_per_kg, **result},
                    language,
                    status="incomplete",
                    missing=["weight_kg"],
                )
            result = {"mg": drug.mg_per_kg * values.weight_kg, **result}
            steps.append(
                (f"{drug.mg_per_kg:g} mg/kg × 体重", f"{drug.mg_per_kg:g} mg/kg × weight", result["mg"])
            )
        steps += [
            (result_name(key, "zh"), result_name(key, "en"), result_text(key, value, language))
            for key, value in drug.result.items()
        ]
        assumed = [(drug.note_zh, drug.note_en)] if drug.note_zh else []
        return self.done(
            values,
            result,
            language,
            steps=steps,
            says=drug.quote,
            assumed=assumed,
        )
