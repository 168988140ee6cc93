"""Doses of a regimen for a body surface: arithmetic on the guideline's figures (appendices 4, 5, 7, 8), unrounded."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from assistant.answer import Calculation
from assistant.calculators.base import Bsa, Calculator, Inputs, SourceAnchor, optional
from assistant.calculators.doses import doses
from assistant.calculators.result_names import result_name, result_text
from assistant.calculators.tas102_tablets import label_dose
from corpus.model import Language


class RegimenDoseInputs(Inputs):
    """Regimen and body surface."""

    regimen: str | None = Field(
        None,
        description="regimen id: " + ", ".join(doses().regimens),
        json_schema_extra={"options": list(doses().regimens)},
    )
    bsa_m2: Bsa = optional("body surface area, m²")

    @field_validator("regimen")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in doses().regimens:
            raise ValueError("unknown regimen")
        return value


class RegimenDose(Calculator):
    """Milligrams of every drug; only TAS-102 is capped, because only there the source caps."""

    name = "regimen_dose"
    title = {"zh": "方案剂量", "en": "Doses of a regimen"}
    inputs = RegimenDoseInputs
    sources = ()
    required = ("regimen", "bsa_m2")
    caveats = {
        "zh": ("按原文剂量计算，未取整，未按器官功能调整；须由开方者核对。",),
        "en": (
            "Arithmetic on the source's doses, unrounded, not adjusted to organ function; for verification by the prescriber.",
        ),
    }

    def anchors(self, calculation: Calculation) -> tuple[SourceAnchor, ...]:
        regimen = doses().regimens.get(str(calculation.inputs.get("regimen")))
        return (SourceAnchor("crlm-guideline-2023", regimen.quote),) if regimen else ()

    def apply(self, values: RegimenDoseInputs, language: Language) -> Calculation:
        known, bsa = doses().regimens, values.bsa_m2 or 0.0
        regimen = known[values.regimen or ""]
        result: dict[str, Any] = {name: dose * bsa for name, dose in regimen.per_m2.items()}
        result.update({name: dose * bsa for name, dose in regimen.label_per_m2.items()})
        steps: list[tuple[str, str, object]] = [("体表面积 m²", "body surface, m²", bsa)]
        for name, dose in regimen.per_m2.items():
            rule = f"{dose:g} mg/m² × BSA"
            value = result_text(name, result[name], language)
            steps.append((f"{result_name(name, 'zh')}：{rule}", f"{result_name(name, 'en')}: {rule}", value))
        near: list[tuple[str, str] | None] = []
        if regimen.cap_mg_per_dose is not None:
            raw, cap = result["mg_per_dose"], regimen.cap_mg_per_dose
            result = {
                "raw_mg_per_dose": raw,
                "mg_per_dose": min(raw, cap),
                "mg_per_day": 2 * min(raw, cap),
                "capped": raw > cap,
            }
            steps.append((f"单次不超过 {cap:g} mg", f"single dose at most {cap:g} mg", result["mg_per_dose"]))
            result["label_table_mg"] = label_dose(bsa)
            if abs(raw - cap) < 0.05 * cap:
                near = [(f"{raw:g} mg 接近单次上限 {cap:g} mg", f"{raw:g} mg is near the cap of {cap:g} mg")]
        assumed = [(regimen.note_zh, regimen.note_en)] if regimen.note_zh else []
        index = regimen.schedule_zh if language == "zh" else regimen.schedule_en
        return self.done(values, result, language, steps=steps, says=index, near=near, assumed=assumed)
