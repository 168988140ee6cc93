"""Degree of hypertrophy and kinetic growth rate (Shindoh J et al., J Am Coll Surg 2013;216:201; PMC3632508)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Percent, close_to, optional
from corpus.model import Language


class LiverGrowthInputs(Inputs):
    """What is known of the case."""

    sflr_pre_percent: Percent = optional("sFLR before embolisation, percent")
    sflr_post_percent: Percent = optional("sFLR at the first volumetry after, percent")
    days: Annotated[float, Field(gt=0, le=365)] | None = optional("days between embolisation and volumetry")


class LiverGrowth(Calculator):
    """Degree of hypertrophy and kinetic growth rate."""

    name = "liver_growth"
    title = {"zh": "肝增生度与动力学增长率（DH、KGR）", "en": "Degree of hypertrophy and kinetic growth rate"}
    inputs = LiverGrowthInputs
    sources = ()
    publication = "Shindoh J et al., J Am Coll Surg 2013;216:201-209"
    required = ("sflr_pre_percent", "sflr_post_percent", "days")
    caveats = {
        "zh": ("增长按百分点计，用栓塞后第一次测量的体积。",),
        "en": ("Growth is in percentage points, from the first volumetry after embolisation.",),
    }

    def apply(self, values: LiverGrowthInputs, language: Language) -> Calculation:
        growth = (values.sflr_post_percent or 0.0) - (values.sflr_pre_percent or 0.0)
        rate = growth / ((values.days or 1.0) / 7)
        return self.done(
            values, {"dh_points": growth, "kgr_per_week": rate, "kgr_ge_2": rate >= 2, "dh_gt_7_5": growth > 7.5}, language,
            steps=[("DH（百分点）", "DH (points)", growth), ("KGR（百分点/周）", "KGR (points per week)", rate)],
            near=[close_to(rate, 2, "≥2 / week"), close_to(growth, 7.5, ">7.5")],
        )  # fmt: skip
