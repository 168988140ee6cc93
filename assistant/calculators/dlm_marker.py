"""Marker before chemotherapy: DLM review (003 L500-502); the criteria are read as all together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Inputs, SourceAnchor, flag, optional
from corpus.model import Language


class DlmMarkerInputs(Inputs):
    """What is known of the case."""

    diameter_cm: Cm = optional("lesion, cm")
    depth_cm: Annotated[float, Field(ge=0, le=20)] | None = optional("depth below the liver surface, cm")
    outside_planned_resection: bool | None = flag("outside the planned resection")


class DlmMarker(Calculator):
    """Marker before chemotherapy."""

    name = "dlm_marker"
    title = {"zh": "化疗前标记指征", "en": "Marker before chemotherapy"}
    inputs = DlmMarkerInputs
    sources = (SourceAnchor("dlm-review", "化疗前标记的推荐指征包括"),)
    caveats = {
        "zh": ("原文“以及”可作“且”或“或”解，这里按三项同时满足计算。",),
        "en": ('The source\'s "以及" may mean "and" or "or"; here all three must hold.',),
    }

    def apply(self, values: DlmMarkerInputs, language: Language) -> Calculation:
        checks = {
            "diameter_cm": None if values.diameter_cm is None else values.diameter_cm < 2,
            "depth_cm": None if values.depth_cm is None else values.depth_cm > 1,
            "outside_planned_resection": values.outside_planned_resection,
        }
        steps = [
            ("<2 cm", "<2 cm", checks["diameter_cm"]),
            ("距肝表面>1 cm", ">1 cm below the surface", checks["depth_cm"]),
            ("计划切除范围之外", "outside the planned resection", checks["outside_planned_resection"]),
        ]
        unknown = [name for name, ok in checks.items() if ok is None]
        says = "目前，化疗前标记的推荐指征包括<2 cm的转移灶、转移灶位于距离肝表面>1 cm的实质内以及在计划切除肝组织的范围之外。"
        if False in checks.values():
            return self.done(values, {"marker_recommended": False}, language, steps=steps, says=says)
        if unknown:
            return self.done(
                values, {}, language, status="incomplete", missing=unknown, steps=steps, says=says
            )
        return self.done(values, {"marker_recommended": True}, language, steps=steps, says=says)
