"""Figures about what the user reads."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant
from corpus.corpus import read_source
from corpus.reading.cleaning import clean
from eval.questions import ReferenceQuestion, key_point_recall

LIMIT = {"zh": 600, "en": 1500}


@dataclass(frozen=True)
class Scored:
    """One question with its answer and figures."""

    question: ReferenceQuestion
    answer: Answer
    key_points: float
    fully_right: bool
    verbatim: bool
    seconds: float


def score_answers(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> list[Scored]:
    """Ask every question once and score the answer."""
    sources = {d.info.id: read_source(d.info) for d in assistant.retriever.documents}
    scored = []
    for question in questions:
        start = time.perf_counter()
        answer = assistant.ask(Conversation(turns=[Turn(text=question.question)]))
        seconds = time.perf_counter() - start
        recall = key_point_recall(question, answer.text)
        full = answer.status == "answered" and recall == 1.0 and len(answer.text) <= LIMIT[answer.language]
        verbatim = all(clean(sources[c.document_id][c.start : c.end]) == c.quote for c in answer.citations)
        scored.append(Scored(question, answer, recall, full and question.answerable, verbatim, seconds))
    return scored


def summary(scored: Sequence[Scored]) -> dict[str, float]:
    """Key-point recall, fully right answers, abstention, verbatim rate, language, latency (ms)."""
    answerable = [s for s in scored if s.question.answerable]
    refused = [s for s in scored if s.answer.status in ("not_found", "rejected")]
    rightly = [s for s in refused if not s.question.answerable]
    unanswerable = [s for s in scored if not s.question.answerable]
    nan = float("nan")
    return {
        "questions": len(scored),
        "key_point_recall": sum(s.key_points for s in answerable) / len(answerable) if answerable else nan,
        "fully_right": sum(s.fully_right for s in answerable) / len(answerable) if answerable else nan,
        "abstention_precision": len(rightly) / len(refused) if refused else nan,
        "abstention_recall": len(rightly) / len(unanswerable) if unanswerable else nan,
        "answerable_refused": sum(s in refused for s in answerable) / len(answerable) if answerable else nan,
        "verbatim": sum(s.verbatim for s in scored) / len(scored) if scored else nan,
        "language_of_reply": sum(s.answer.language == s.question.language for s in scored) / len(scored)
        if scored
        else nan,
        "median_ms": 1000 * median(s.seconds for s in scored) if scored else nan,
    }
