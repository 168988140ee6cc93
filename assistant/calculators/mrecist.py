"""mRECIST (Lencioni R, Llovet JM, Semin Liver Dis 2010;30:52): sums of viable diameters; HCC only."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, flag, optional
from corpus.model import Language


class MrecistInputs(Inputs):
    """What is known of the case."""

    baseline_viable: Annotated[float, Field(gt=0, le=5000)] | None = optional(
        "baseline sum of viable diameters, mm"
    )
    nadir_viable: Annotated[float, Field(ge=0, le=5000)] | None = optional(
        "smallest sum so far, mm; the baseline when not given"
    )
    current_viable: Annotated[float, Field(ge=0, le=5000)] | None = optional("sum now, mm")
    new_lesion: bool | None = flag("new lesion")


class Mrecist(Calculator):
    """mRECIST response (HCC)."""

    name = "mrecist"
    title = {"zh": "mRECIST疗效（HCC）", "en": "mRECIST response (HCC)"}
    inputs = MrecistInputs
    sources = (SourceAnchor("hcc-iiib-2025", "但按照mRECIST标准"),)
    publication = "Lencioni R, Llovet JM, Semin Liver Dis 2010;30:52-60"
    required = ("baseline_viable", "current_viable")
    caveats = {"zh": ("只用于肝细胞癌。",), "en": ("For hepatocellular carcinoma only.",)}

    def apply(self, values: MrecistInputs, language: Language) -> Calculation:
        baseline, current = (
            values.baseline_viable or 1.0,
            values.current_viable if values.current_viable is not None else 0.0,
        )
        nadir = min(baseline, values.nadir_viable if values.nadir_viable is not None else baseline)
        from_baseline = 100 * (current - baseline) / baseline
        grown = current > nadir and (nadir == 0 or (current - nadir) / nadir >= 0.2 - 1e-12)
        assumed = (
            [("未提新病灶，按无", "new lesions not mentioned: taken as none")]
            if values.new_lesion is None
            else []
        )
        category = (
            "PD"
            if values.new_lesion or grown
            else "CR"
            if current == 0
            else "PR"
            if from_baseline <= -30 + 1e-9
            else "SD"
        )
        return self.done(
            values, {"category": category, "change_from_baseline_percent": from_baseline}, language, assumed=assumed,
            steps=[("较基线 %", "from baseline %", from_baseline), ("结论", "category", category)],
        )  # fmt: skip
