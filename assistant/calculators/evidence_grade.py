"""From evidence level to grade of recommendation: guideline appendix 1, row shift repaired from Oxford CEBM."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor
from corpus.model import Language

PRINTED = {"3b": "C"}
"""Levels that the extracted table shows in the row of another grade."""


def _printed(level: str, grade: str, language: Language) -> str:
    """How the appendix prints a level; a corrected one is said to be."""
    printed = PRINTED.get(level)
    if printed is None:
        return f"附录1：{level} → {grade}" if language == "zh" else f"appendix 1: {level} → {grade}"
    if language == "zh":
        return f"附录1中{level}印在{printed}级一行；更正为{grade}级"
    return f"appendix 1 prints {level} in the row of grade {printed}; corrected to {grade}"


class EvidenceGradeOfInputs(Inputs):
    """What is known of the case."""

    level: Literal["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4", "5"] | None = Field(
        None, description="evidence level"
    )


class EvidenceGradeOf(Calculator):
    """Grade of recommendation of an evidence level."""

    name = "evidence_grade"
    title = {"zh": "证据级别对应推荐等级", "en": "Grade of recommendation of an evidence level"}
    inputs = EvidenceGradeOfInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "RCTs的系统综述"),
        SourceAnchor("crlm-guideline-2023", "没有分析评价的专家意见"),
    )
    publication = "Oxford Centre for Evidence-Based Medicine levels (2001), as used by appendix 1"
    required = ("level",)
    caveats = {
        "zh": (
            "提取文本中3b印在C级一行，属表格错位；按Oxford标准和正文用法，3b为B级。正文有一处例外（1c、B级）。",
        ),
        "en": (
            "In the extracted text 3b stands in the row of grade C, a table shift; by Oxford and by the text itself 3b is B. One passage of the text gives 1c with B.",
        ),
    }

    def notes(self, calculation: Calculation, language: Language) -> tuple[str, ...]:
        """Why a level is corrected, and the one passage that grades another way."""
        level = str(calculation.inputs.get("level"))
        if level in PRINTED:
            zh = f"提取文本的表格错位：按Oxford标准和正文用法，{level}为B级。"
            en = f"A shift of the extracted table: by Oxford and by the text itself {level} is B."
        elif level == "1c":
            zh, en = "正文有一处例外（1c、B级）。", "One passage of the text gives 1c with B."
        else:
            return ()
        return (zh if language == "zh" else en,)

    def apply(self, values: EvidenceGradeOfInputs, language: Language) -> Calculation:
        level = values.level or ""
        grade = {"1": "A", "2": "B", "3": "B", "4": "C", "5": "D"}[level[0]]
        return self.done(
            values,
            {"grade": grade},
            language,
            steps=[
                ("证据级别", "evidence level", level),
                ("推荐等级", "grade", grade, 2 if level == "5" else 1),
            ],
            says=_printed(level, grade, language),
        )
