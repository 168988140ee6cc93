"""Is the future liver remnant enough? Rule: 2023 guideline 4.1.4 (000 L169), limits inclusive.

The guideline does not say how the percentage is measured, and its 同时性/异时性肝切除 is the timing of
the hepatectomy, not of the metastases.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.answer import BreakdownItem, Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, given, number
from corpus.model import Language

LIMIT = {"synchronous": 40.0, "metachronous": 30.0}


class LiverRemnantInputs(Inputs):
    """Volume and operation."""

    flr_percent: Annotated[float, Field(gt=0, lt=100)] | None = Field(
        None, strict=False, description="future liver remnant, percent of the liver"
    )
    timing: Literal["synchronous", "metachronous"] | None = Field(
        None, description="hepatectomy with the bowel resection, or later"
    )
    hepatic_veins_preserved: Annotated[int, Field(ge=0, le=3)] | None = Field(
        None, description="hepatic veins kept, of 3"
    )


class LiverRemnant(Calculator):
    """At least 40 % for synchronous, 30 % for metachronous hepatectomy, and one hepatic vein."""

    name = "liver_remnant"
    title = {"zh": "残肝容积", "en": "Future liver remnant"}
    inputs = LiverRemnantInputs
    sources = (SourceAnchor("crlm-guideline-2023", "残肝容积≥40%"),)
    caveats = {
        "zh": ("指南未说明残肝百分比的测量方法；这里的“同时性/异时性”指肝切除的时机。",),
        "en": (
            "The guideline does not say how the percentage is measured; timing here is that of the hepatectomy.",
        ),
    }

    def compute(self, values: LiverRemnantInputs, language: Language) -> Calculation:
        flr, timing = values.flr_percent, values.timing
        result: dict[str, Any] = {}
        missing: list[str] = []
        if flr is None:
            missing.append("flr_percent")
        if flr is not None and timing is None:
            verdicts = {key: flr >= limit for key, limit in LIMIT.items()}
            if len(set(verdicts.values())) == 1:
                result["meets"] = verdicts["synchronous"]
            else:
                missing.append("timing")
            result.update({f"meets_if_{key}": ok for key, ok in verdicts.items()})
        elif timing is not None:
            result["threshold"] = LIMIT[timing]
            if flr is not None:
                result["meets"] = flr >= LIMIT[timing]
        else:
            missing.append("timing")
        if values.hepatic_veins_preserved == 0:
            result["meets"] = False
        limit = f"≥{LIMIT[timing]:g}%" if timing else "≥40% / ≥30%"
        breakdown = [
            BreakdownItem(
                item={"zh": "残肝容积", "en": "liver remnant"}[language],
                value=number(flr, "%"),
                note=limit,
                marker=1,
            )
        ]
        if values.hepatic_veins_preserved is not None:
            breakdown.append(
                BreakdownItem(
                    item={"zh": "保留肝静脉", "en": "hepatic veins kept"}[language],
                    value=str(values.hepatic_veins_preserved),
                    note="≥1 / 3",
                    marker=1,
                )
            )
        near = []
        if flr is not None and any(abs(flr - x) <= 2 for x in LIMIT.values()):
            near = [
                {"zh": f"{flr:g}% 接近界值（含界值）", "en": f"{flr:g} % is near a limit (inclusive)"}[
                    language
                ]
            ]
        return Calculation(
            calculator=self.name, status="incomplete" if missing else "ok", inputs=given(values), result=result,
            breakdown=breakdown, missing=missing, sensitivity=near,
            interpretation="残肝容积≥40%(同时性肝切除)或≥30%(异时性肝切除)",
        )  # fmt: skip
