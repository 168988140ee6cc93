"""Oligometastatic colorectal cancer: ESMO 2016 as quoted in 004 L71."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Count, Inputs, SourceAnchor, optional
from corpus.model import Language


class CrcOligometastasisInputs(Inputs):
    """What is known of the case."""

    organs: Count = optional("organs with metastases")
    lesions: Count = optional("metastatic lesions")


class CrcOligometastasis(Calculator):
    """Oligometastatic colorectal cancer (ESMO 2016)."""

    name = "crc_oligometastasis"
    title = {"zh": "结直肠癌寡转移（ESMO 2016）", "en": "Oligometastatic colorectal cancer (ESMO 2016)"}
    inputs = CrcOligometastasisInputs
    sources = (SourceAnchor("hcc-iiib-2025", "转移器官尽量不超过2个"),)
    required = ("organs", "lesions")
    caveats = {
        "zh": ("原文为“尽量不超过”，不是绝对界值。",),
        "en": ('The source says "as far as possible not more than": no absolute limit.',),
    }

    def apply(self, values: CrcOligometastasisInputs, language: Language) -> Calculation:
        organs, lesions = values.organs or 0, values.lesions or 0
        return self.done(
            values,
            {"oligo": organs <= 2 and lesions <= 5},
            language,
            steps=[("器官数（≤2）", "organs (≤2)", organs), ("病灶数（≤5）", "lesions (≤5)", lesions)],
            says="即转移器官尽量不超过2个，转移灶也尽量不超过5个。",
        )
