"""Tumor Burden Score (Sasaki K et al., Ann Surg 2018;267:132-141); mentioned in the surgery review."""

from __future__ import annotations

import math

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Count, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language


class TumorBurdenScoreInputs(Inputs):
    """What is known of the case."""

    max_diameter_cm: Cm = optional("largest lesion, cm")
    n_lesions: Count = optional("number of lesions")


class TumorBurdenScore(Calculator):
    """Tumor burden score (TBS)."""

    name = "tumor_burden_score"
    title = {"zh": "肿瘤负荷评分（TBS）", "en": "Tumor burden score (TBS)"}
    inputs = TumorBurdenScoreInputs
    sources = (SourceAnchor("crlm-surgery-2025", "肿瘤负荷评分(tumor burden score, TBS)"),)
    publication = "Sasaki K et al., Ann Surg 2018;267:132-141"
    required = ("max_diameter_cm", "n_lesions")

    def apply(self, values: TumorBurdenScoreInputs, language: Language) -> Calculation:
        tbs = math.hypot(values.max_diameter_cm or 0.0, values.n_lesions or 0)
        zone = 1 if tbs < 3 else 2 if tbs < 9 else 3
        return self.done(
            values, {"tbs": tbs, "zone": zone}, language,
            steps=[("√(最大径² + 个数²)", "√(diameter² + number²)", tbs), ("分区（<3、3~<9、≥9）", "zone (<3, 3 to <9, ≥9)", zone)],
            near=[close_to(tbs, 3, "TBS 3"), close_to(tbs, 9, "TBS 9")],
        )  # fmt: skip
