"""When the documents do not answer: say what is missing, never stretch what is there."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.evidence import Evidence
from assistant.foreign import foreign_names, unknown_scores
from assistant.question import read_question
from assistant.signs import signs
from assistant.support import FLAGS, Word, meanings, words_of
from assistant.unsaid import unsaid
from corpus.model import Language
from corpus.terminology import Terminology
from index.query import Query
from index.retriever import Retriever
from index.tokens import STOP_WORDS, tokenise

_INSTRUCTION = re.compile(
    r"忽略.{0,8}(?:指令|规则|提示|设定)|无视.{0,8}(?:规则|指令)|system prompt|系统提示|扮演|假装你是|你现在是|(?:随便|瞎|胡)编|编(?:一|几)[个篇]|不要引用|别引用|别看文献|规则.{0,4}作废|不受(?:任何)?限制"
    r"|you are now\b|(?:no|without(?: any)?) restrictions|ignore (?:all |any |the |your )*(?:previous|above|prior|instructions|rules)|pretend (?:to be|you)|act as|jailbreak|make (?:something|it|one|a number) up|fabricate|(?:skip|ignore|forget) the (?:sources?|documents?|rules|texts?)|(?:reveal|print|show) (?:me )?your (?:hidden |system )?(?:prompt|config\w*|instructions|rules)",
    re.IGNORECASE,
)


_NAME = re.compile(
    r"[A-Z0-9].*[A-Z0-9]|^[A-Z][a-z]*-|(?:mab|nib|limus|platin|parib|ciclib|taxel|rubicin|tecan|sertib|stat)$"
)
"""A word that is written like a name, or ends like a drug's."""
_ENTITIES = frozenset(("outside_cancer", "outside_drug", "outside_score"))
"""A question that asks about one of these is about nothing else."""


NEARLY = 0.5
"""Share of the certainty asked for from which a registered disagreement may still answer."""


class Rule(BaseModel):
    """A logistic regression on signs and on the least supported words, fitted by ``python -m eval.tuning``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    """By sign."""
    flags: dict[str, float]
    """What a word of the question adds, by flag (``support.FLAGS``)."""
    meaning: tuple[float, ...]
    """What a word that the best sentence lacks adds, by its vector: "cost" weighs more than "briefly"."""
    bias: float
    answer_from: float
    """Certainty from which a question is answered."""

    def certainty(self, signs: dict[str, float], scores: Sequence[float]) -> float:
        """0 to 1: the signs and the least supported words. ``scores``: of the words, see ``word_scores``."""
        z = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        z += least(scores)
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, z))))

    def word_scores(self, words: tuple[Word, ...]) -> list[float]:
        """What every word adds; the lowest are those the evidence does not speak of."""
        lean = meanings(words) @ np.array(self.meaning, dtype=np.float32)
        return [
            sum(self.flags[name] * value for name, value in zip(FLAGS, word.flags, strict=True))
            + float(lean[i]) * (not word.sentence)
            for i, word in enumerate(words)
        ]


def least(scores: Sequence[float]) -> float:
    """A smooth minimum, ``-log(sum(exp(-score)))``; 0 of nothing."""
    if not scores:
        return 0.0
    low = min(scores)
    return low - math.log(sum(math.exp(low - score) for score in scores))


class Rules(BaseModel):
    """One rule for texts with questions written for them, one for texts without."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    with_questions: Rule
    without_questions: Rule


@lru_cache(maxsize=1)
def load_rules(path: Path = Path(__file__).parent / "thresholds.json") -> Rules:
    """The rules in the repository."""
    return Rules.model_validate_json(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, and what is missing when not."""

    answer: bool
    missing: tuple[str, ...] = ()
    """What no document names, as typed."""
    rejected: bool = False
    certainty: float = 0.0
    """0 to 1: what the rule cuts and a risk-coverage curve sorts by."""
    unsaid: tuple[str, ...] = ()
    """What the documents name and the nearest passage does not speak of, as typed."""
    nearly: bool = False
    """Not to be answered by the evidence alone, and not far from it."""


def judge(query: Query, evidence: Evidence, retriever: Retriever, terminology: Terminology) -> Verdict:
    """Decide from what was found and from what the documents never mention."""
    if _INSTRUCTION.search(query.text):
        return Verdict(False, rejected=True)
    outside = _never_mentioned(query, retriever, terminology)
    if outside:
        return Verdict(False, outside)
    rules = load_rules()
    rule = rules.with_questions if retriever.asked.dense.size else rules.without_questions
    near = retriever.near(query)
    words = words_of(query, evidence, near, retriever)
    scores = rule.word_scores(words)
    sure = rule.certainty(signs(read_question(query.text), query, evidence, words, near, retriever), scores)
    if sure < rule.answer_from:
        unknown = _unknown(query, retriever)
        lacking = () if unknown else unsaid(query.text, words, scores, terminology)
        nearly = sure >= NEARLY * rule.answer_from
        return Verdict(False, unknown, certainty=sure, unsaid=lacking, nearly=nearly)
    return Verdict(True, certainty=sure)


def _never_mentioned(query: Query, retriever: Retriever, terminology: Terminology) -> tuple[str, ...]:
    """Cancers, drugs and scores asked about that no document names, as typed."""
    mentioned = retriever.fields["concept"].vocabulary
    asked = foreign_names(query.text, terminology).asked
    names = [m.surface for m in asked if m.concept.category in _ENTITIES and m.concept.id not in mentioned]
    words = (*(retriever.fields[x].vocabulary for x in ("zh", "en")), retriever.asked.words.vocabulary)
    scores = unknown_scores(query.text, terminology, words)
    return tuple(dict.fromkeys((*names, *(s for s in scores if not any(s in name for name in names)))))


def _unknown(query: Query, retriever: Retriever) -> tuple[str, ...]:
    """Latin names of the question that no document has, as typed: a plain word of an English question is none."""
    known = [retriever.fields[language].vocabulary for language in ("zh", "en")]
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]{3,}", query.text)
    return tuple(
        dict.fromkeys(
            w for w in words
            if (query.language == "zh" or _NAME.search(w))
            and w.lower() not in STOP_WORDS
            and not any(t in v for t in (*tokenise(w), *tokenise(w.rstrip("0123456789"))) for v in known)
        )
    )  # fmt: skip


def nothing_found(language: Language, missing: tuple[str, ...], lacking: tuple[str, ...] = ()) -> str:
    """The first sentence of a ``not_found`` answer."""
    if lacking and not missing:
        if language == "zh":
            return f"这五份文献没有回答这个问题（找到的内容没有谈到：{'、'.join(lacking)}）。"
        return (
            f"The five documents do not answer this (what was found does not speak of: {', '.join(lacking)})."
        )
    if language == "zh":
        return (
            f"这五份文献没有回答这个问题（未涉及：{'、'.join(missing)}）。"
            if missing
            else "这五份文献没有回答这个问题。"
        )
    return (
        f"The five documents do not answer this (not covered: {', '.join(missing)})."
        if missing
        else "The five documents do not answer this."
    )
