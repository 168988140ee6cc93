"""High-risk stage II (pMMR): guideline 2.4 (000 L118), any one factor."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, flag
from corpus.model import Language

FACTORS = {
    "T4": ("T4", "T4"),
    "poor_diff": ("分化差", "poor differentiation"),
    "lvi_pni": ("脉管/神经侵犯", "lymphovascular or perineural invasion"),
    "obstruction": ("肠梗阻", "obstruction"),
    "perforation": ("T3伴局部穿孔", "T3 with perforation"),
    "margin_uncertain": ("切缘不确定或阳性", "margin uncertain or positive"),
    "nodes_lt_12": ("淋巴结<12枚", "fewer than 12 nodes"),
}


class StageIiRiskInputs(Inputs):
    """What is known of the case."""

    T4: bool | None = flag("T4")
    poor_diff: bool | None = flag("poor differentiation")
    lvi_pni: bool | None = flag("lymphovascular or perineural invasion")
    obstruction: bool | None = flag("bowel obstruction")
    perforation: bool | None = flag("T3 with local perforation")
    margin_uncertain: bool | None = flag("margin uncertain or positive")
    nodes_lt_12: bool | None = flag("fewer than 12 nodes examined")


class StageIiRisk(Calculator):
    """High-risk features of stage II."""

    name = "stage_ii_risk"
    title = {"zh": "II期结肠癌高危因素", "en": "High-risk features of stage II"}
    inputs = StageIiRiskInputs
    sources = (SourceAnchor("crlm-guideline-2023", "pMMR/MSS/MSI-L的II期患者如不存在"),)

    def apply(self, values: StageIiRiskInputs, language: Language) -> Calculation:
        given = {name: getattr(values, name) for name in FACTORS}
        present = sum(value is True for value in given.values())
        unknown = [name for name, value in given.items() if value is None]
        steps = [(FACTORS[name][0], FACTORS[name][1], value) for name, value in given.items()]
        says = "不存在复发转移高危因素(T4、组织分化差、肿瘤周围淋巴管神经侵犯、肠梗阻，或T3伴有局部穿孔、切缘不确定或阳性、淋巴结活检数量少于12个)"
        if present or not unknown:
            return self.done(
                values,
                {
                    "n_factors": present,
                    "high_risk": present > 0,
                    **({"n_factors_max": present + len(unknown)} if unknown else {}),
                },
                language,
                steps=steps,
                says=says,
            )
        return self.done(
            values,
            {"n_factors_min": 0, "n_factors_max": len(unknown)},
            language,
            status="incomplete",
            missing=unknown,
            steps=steps,
            says=says,
        )
