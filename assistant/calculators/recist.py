"""RECIST 1.1 (Eisenhauer EA et al., Eur J Cancer 2009;45:228), sums of target lesions in mm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, flag, optional
from corpus.model import Language


class RecistInputs(Inputs):
    """What is known of the case."""

    baseline_mm: Annotated[float, Field(gt=0, le=5000)] | None = optional("baseline sum, mm")
    nadir_mm: Annotated[float, Field(ge=0, le=5000)] | None = optional(
        "smallest sum so far, mm; the baseline when not given"
    )
    current_mm: Annotated[float, Field(ge=0, le=5000)] | None = optional("sum now, mm")
    new_lesion: bool | None = flag("new lesion")
    all_gone: bool | None = flag("all targets gone and nodes below 10 mm")


class Recist(Calculator):
    """RECIST 1.1 response."""

    name = "recist"
    title = {"zh": "RECIST 1.1疗效", "en": "RECIST 1.1 response"}
    inputs = RecistInputs
    sources = (SourceAnchor("crlm-guideline-2023", "依据RECIST标准予以评估"),)
    publication = "Eisenhauer EA et al., Eur J Cancer 2009;45:228-247"
    required = ("baseline_mm", "current_mm")
    caveats = {
        "zh": ("指南只写RECIST，未写版本；这里用1.1版。",),
        "en": ("The guideline says RECIST without a version; 1.1 is used.",),
    }

    def apply(self, values: RecistInputs, language: Language) -> Calculation:
        baseline, current = (
            values.baseline_mm or 1.0,
            values.current_mm if values.current_mm is not None else 0.0,
        )
        nadir = min(baseline, values.nadir_mm if values.nadir_mm is not None else baseline)
        from_baseline = 100 * (current - baseline) / baseline
        rise = current - nadir
        grown = rise >= 5 and (nadir == 0 or rise / nadir >= 0.2 - 1e-12)
        assumed = (
            [("未提新病灶，按无", "new lesions not mentioned: taken as none")]
            if values.new_lesion is None
            else []
        )
        gone = values.all_gone if values.all_gone is not None else current == 0
        category = (
            "PD"
            if values.new_lesion or grown
            else "CR"
            if gone
            else "PR"
            if from_baseline <= -30 + 1e-9
            else "SD"
        )
        return self.done(
            values, {"category": category, "change_from_baseline_percent": from_baseline}, language, assumed=assumed,
            steps=[("较基线 %", "from baseline %", from_baseline), ("较最低值 mm", "over nadir, mm", rise), ("结论", "category", category)],
            near=[close_to(from_baseline, -30, "-30%", "%", 0.1), close_to(rise, 5, "≥5 mm", "mm", 0.2)],
        )  # fmt: skip
