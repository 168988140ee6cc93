"""How questions are put, in Chinese and English."""

from __future__ import annotations

from corpus.model import Language

_PROMPTS: dict[str, dict[Language, str]] = {
    "grade": {
        "zh": "指南给这条推荐标注的证据级别和推荐等级是？",
        "en": "Which level of evidence and grade of recommendation does the guideline give for this?",
    },
    "grade_option": {"zh": "{0}类证据，{1}级推荐", "en": "level {0}, grade {1}"},
    "number": {
        "zh": "原文这句话的空格处写的是哪个数值？",
        "en": "Which figure does this sentence of the source give in the gap?",
    },
    "term": {
        "zh": "原文这句话的空格处写的是哪一个？",
        "en": "Which one does this sentence of the source name in the gap?",
    },
    "list": {
        "zh": "下列哪些是原文在此处列出的？（可多选）",
        "en": "Which of these does the source list at this place? (several may be right)",
    },
    "case": {"zh": "{0}：按下面的情况算出“{1}”。", "en": "{0}: work out “{1}” from the following."},
    "case_choice": {"zh": "{0}：按下面的情况，“{1}”是哪一项？", "en": "{0}: which “{1}” follows from this?"},
}


def prompt(key: str, language: Language, *values: object) -> str:
    """One prompt in the language of the item."""
    return _PROMPTS[key][language].format(*values)
