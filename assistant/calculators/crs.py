"""Clinical Risk Score (Fong). Rule: 2023 guideline, appendix 3 (000 L364-368).

Identical to Fong Y et al., Ann Surg 1999;230:309-318 (PubMed 10493478). All five limits are strict.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import (
    Calculator,
    Impossible,
    Inputs,
    Item,
    SourceAnchor,
    additive,
    given,
    number,
    yes_no,
)
from corpus.model import Language


class CrsInputs(Inputs):
    """Findings of one patient."""

    node_positive: bool | None = Field(
        None, description="regional lymph nodes of the primary tumour positive"
    )
    synchronous: bool | None = Field(None, description="synchronous liver metastases")
    dfs_months: Annotated[float, Field(ge=0, le=600)] | None = Field(
        None, strict=False, description="months from resection of the primary to liver metastasis"
    )
    n_mets: Annotated[int, Field(ge=1, le=100)] | None = Field(None, description="number of liver metastases")
    cea_ng_ml: Annotated[float, Field(ge=0, le=100_000)] | None = Field(
        None, strict=False, description="CEA before treatment of the liver, ng/mL (= µg/L)"
    )
    max_diameter_cm: Annotated[float, Field(gt=0, le=30)] | None = Field(
        None, strict=False, description="largest metastasis, cm"
    )


class Crs(Calculator):
    """0-5 points; 0-2 low, 3-5 high."""

    name = "crs"
    title = {"zh": "临床危险评分（CRS）", "en": "Clinical Risk Score (CRS, Fong)"}
    inputs = CrsInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "包括以下5项参数"),
        SourceAnchor("crlm-guideline-2023", "临床危险评分（clinical risk score, CRS）<3"),
    )

    def compute(self, values: CrsInputs, language: Language) -> Calculation:
        if values.synchronous and values.dfs_months is not None and values.dfs_months > 0:
            raise Impossible(
                "“同时性”与“无病生存时间”矛盾：同时性转移没有无病生存时间",
                "Synchronous metastases and a disease-free interval contradict each other",
            )
        early = values.synchronous or (None if values.dfs_months is None else values.dfs_months < 12)
        interval = yes_no(True, language) if values.synchronous else number(values.dfs_months, "mo")
        items = (
            Item("node", {"zh": "原发肿瘤淋巴结阳性", "en": "node-positive primary"},
                 yes_no(values.node_positive, language), values.node_positive),
            Item("timing", {"zh": "同时性或无病生存时间<12个月", "en": "synchronous, or disease-free < 12 months"},
                 interval, early, _near(values.dfs_months, 12, "DFS <12", "mo")),
            Item("n_mets", {"zh": "肝转移数目>1", "en": "more than 1 metastasis"}, number(values.n_mets),
                 None if values.n_mets is None else values.n_mets > 1),
            Item("cea", {"zh": "术前CEA>200 ng/mL", "en": "CEA > 200 ng/mL"}, number(values.cea_ng_ml, "ng/mL"),
                 None if values.cea_ng_ml is None else values.cea_ng_ml > 200, _near(values.cea_ng_ml, 200, "CEA >200", "ng/mL")),
            Item("size", {"zh": "最大直径>5 cm", "en": "largest > 5 cm"}, number(values.max_diameter_cm, "cm"),
                 None if values.max_diameter_cm is None else values.max_diameter_cm > 5,
                 _near(values.max_diameter_cm, 5, ">5", "cm")),
        )  # fmt: skip
        groups = ((range(0, 3), "low"), (range(3, 6), "high"))
        calculation = additive(self.name, items, language, groups, given(values))
        return calculation.model_copy(update={"interpretation": "0~2分为CRS低评分，3~5分为CRS高评分"})


def _near(value: float | None, limit: float, rule: str, unit: str) -> dict[Language, str] | None:
    """A line when the value stands within 10 % of its limit."""
    if value is None or abs(value - limit) > 0.1 * limit:
        return None
    return {
        "zh": f"{value:g} {unit} 接近界值（{rule}，严格不等）", "en": f"{value:g} {unit} is near the limit ({rule}, strict)",
    }  # fmt: skip
