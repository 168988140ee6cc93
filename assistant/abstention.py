"""When the documents do not answer: say what is missing, never stretch what is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.evidence import Evidence
from corpus.model import Language
from corpus.terminology import Terminology
from index.query import Query
from index.retriever import Retriever
from index.tokens import STOP_WORDS, tokenise

_INSTRUCTION = re.compile(
    r"忽略.{0,8}(?:指令|规则|提示|设定)|无视.{0,8}(?:规则|指令)|system prompt|系统提示|扮演|假装你是|你现在是"
    r"|ignore (?:all |any |the |your )*(?:previous|above|prior|instructions|rules)|pretend (?:to be|you)|act as|jailbreak",
    re.IGNORECASE,
)


_ENTITIES = frozenset(("outside_cancer", "outside_drug", "outside_score"))
"""A question about one of these is about nothing else."""


class Limits(BaseModel):
    """Calibrated on the development questions; see ``docs/measurements.md``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coverage_weight: float
    unknown_weight: float
    foreign_weight: float
    answer_from: float
    """Confidence + weighted coverage - weighted unknown share from which a question is answered."""


@lru_cache(maxsize=1)
def limits(path: Path = Path(__file__).parent / "thresholds.json") -> Limits:
    """The thresholds in the repository."""
    return Limits.model_validate_json(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, and what is missing when not."""

    answer: bool
    missing: tuple[str, ...] = ()
    rejected: bool = False
    certainty: float = 0.0
    """See ``certainty``."""


def judge(query: Query, evidence: Evidence, retriever: Retriever, terminology: Terminology) -> Verdict:
    """Decide from what was found and from what the documents never mention."""
    if _INSTRUCTION.search(query.text):
        return Verdict(False, rejected=True)
    outside = _never_mentioned(query, retriever, terminology)
    if outside:
        return Verdict(False, outside)
    sure = certainty(query, evidence, retriever)
    if sure < limits().answer_from:
        return Verdict(False, _unknown(query, retriever), certainty=sure)
    return Verdict(True, certainty=sure)


def _never_mentioned(query: Query, retriever: Retriever, terminology: Terminology) -> tuple[str, ...]:
    """Cancers, drugs and scores of the question that no document names, as typed."""
    mentioned = retriever.fields["concept"].vocabulary
    return tuple(
        dict.fromkeys(
            m.surface
            for m in terminology.find(query.text)
            if m.concept.category in _ENTITIES and m.concept.id not in mentioned
        )
    )


def certainty(query: Query, evidence: Evidence, retriever: Retriever) -> float:
    """One figure for how surely the documents answer: what ``limits`` cuts, and a risk-coverage curve sorts by."""
    rule = limits()
    return (
        evidence.confidence
        + rule.coverage_weight * evidence.coverage
        - rule.unknown_weight * _unknown_share(query, retriever)
        - rule.foreign_weight * _foreign_share(query, retriever)
    )


def _foreign_share(query: Query, retriever: Retriever) -> float:
    """Share (by idf) of the question's concepts that no document names: half of it is not in the texts."""
    field = retriever.fields["concept"]
    total = sum(field.weight(c) for c in query.concepts)
    return sum(field.weight(c) for c in query.concepts if c not in field.vocabulary) / total if total else 0.0


def _unknown_share(query: Query, retriever: Retriever) -> float:
    """Share of the question's weight in tokens that stand in no document."""
    fields = retriever.fields
    total = seen = 0.0
    for concept in query.concepts:
        weight = fields["concept"].weight(concept)
        total += weight
        seen += weight * (concept in fields["concept"].vocabulary)
    for token in set(query.rest):
        weight = fields[query.language].weight(token)
        total += weight
        seen += weight * any(token in fields[language].vocabulary for language in ("zh", "en"))
    return 1.0 - seen / total if total else 1.0


def _unknown(query: Query, retriever: Retriever) -> tuple[str, ...]:
    """Latin words of the question that no document has, as typed."""
    known = [retriever.fields[language].vocabulary for language in ("zh", "en")]
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]{3,}", query.text)
    return tuple(
        dict.fromkeys(
            w for w in words
            if w.lower() not in STOP_WORDS and not any(t in v for t in tokenise(w) for v in known)
        )
    )  # fmt: skip


def nothing_found(language: Language, missing: tuple[str, ...]) -> str:
    """The first sentence of a ``not_found`` answer."""
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
