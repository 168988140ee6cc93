"""Oligometastatic CNLC IIIb HCC: cohort study (004 L114): one organ, at most 5 lesions. Not a rule for CRLM."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Count, Inputs, SourceAnchor, optional
from corpus.model import Language


class HccOligometastasisInputs(Inputs):
    """What is known of the case."""

    organs: Count = optional("extrahepatic organs with metastases")
    lesions: Count = optional("extrahepatic lesions")


class HccOligometastasis(Calculator):
    """Oligometastatic HCC of the cohort study."""

    name = "hcc_oligometastasis"
    title = {"zh": "CNLC IIIb期HCC寡转移", "en": "Oligometastatic HCC of the cohort study"}
    inputs = HccOligometastasisInputs
    sources = (SourceAnchor("hcc-iiib-2025", "肝外转移器官为单个，且肝外转移病灶不超过5个"),)
    required = ("organs", "lesions")
    caveats = {
        "zh": ("研究对象是肝细胞癌，不用于结直肠癌肝转移。",),
        "en": ("For hepatocellular carcinoma, not for colorectal liver metastases.",),
    }

    def apply(self, values: HccOligometastasisInputs, language: Language) -> Calculation:
        organs, lesions = values.organs or 0, values.lesions or 0
        return self.done(
            values,
            {"oligo": organs == 1 and lesions <= 5},
            language,
            steps=[("器官数（需1）", "organs (1)", organs), ("病灶数（≤5）", "lesions (≤5)", lesions)],
            says="肝外转移器官为单个，且肝外转移病灶不超过5个。",
        )
