"""From figures per question to figures per group of questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import mean, median

from eval.evidence import EvidenceFinder
from eval.questions import ReferenceQuestion
from eval.risk import Curve, risk_coverage
from eval.scoring import Scored

Groups = dict[str, list[str]]


def groups(questions: Sequence[ReferenceQuestion], finder: EvidenceFinder) -> dict[str, Groups]:
    """Ids of the questions by language, type, document, difficulty and kind."""

    def by(names: Callable[[ReferenceQuestion], Iterable[str]]) -> Groups:
        result: Groups = {}
        for question in questions:
            for name in names(question):
                result.setdefault(name, []).append(question.id)
        return dict(sorted(result.items()))

    return {
        "language": {"all": [q.id for q in questions], **by(lambda q: [finder.subset(q)])},
        "type": by(lambda q: [q.type]),
        "document": by(finder.documents),
        "difficulty": by(lambda q: [q.difficulty]),
        "kind": by(lambda q: [q.kind]),
    }


def mean_of(values: Mapping[str, Mapping[str, float]], ids: Iterable[str], name: str) -> float | None:
    """Mean of one figure over the questions that have it."""
    found = [values[i][name] for i in ids if i in values and name in values[i]]
    return mean(found) if found else None


def answer_figures(
    questions: Mapping[str, ReferenceQuestion], scored: Mapping[str, Scored], ids: Sequence[str]
) -> dict[str, float | None]:
    """What the answers to some questions are worth; None where nothing can be said.

    Impossible values that a calculator is meant to reject are neither answerable nor wrongly refused.
    """
    rows = [(questions[i], scored[i]) for i in ids if i in scored]
    answerable = [s for q, s in rows if q.answerable and q.status != "rejected"]
    textual = [s for q, s in rows if q.answerable and q.calculator is None]
    unanswerable = [s for q, s in rows if not q.answerable and q.type != "half"]
    half = [s for q, s in rows if q.type == "half"]
    refused = [s for q, s in rows if s.abstained and q.status != "rejected"]
    rightly = [s for q, s in rows if s.abstained and not q.answerable]
    return {
        "questions": float(len(rows)),
        "key_point_recall": _mean(s.key_points for s in textual),
        "fully_right": _mean(s.fully_right for s in textual),
        "citation_precision": _mean(s.supported for s in textual),
        "claims_verbatim": _mean(s.claims for _, s in rows),
        "verbatim": _mean(s.verbatim for _, s in rows),
        "language_of_reply": _mean(s.language for _, s in rows),
        "abstention_precision": len(rightly) / len(refused) if refused else None,
        "abstention_recall": _mean(s.abstained for s in unanswerable),
        "half_answered_well": _mean(s.right for s in half),
        "answerable_refused": _mean(s.abstained for s in answerable),
        "calculations_exact": _mean(s.calculation for _, s in rows),
        "median_ms": _milliseconds(s.seconds for _, s in rows),
    }


def _mean(values: Iterable[float | bool | None]) -> float | None:
    known = [float(v) for v in values if v is not None]
    return mean(known) if known else None


def _milliseconds(seconds: Iterable[float | None]) -> float | None:
    known = [s for s in seconds if s is not None]
    return 1000 * median(known) if known else None


def curve(questions: Mapping[str, ReferenceQuestion], scored: Mapping[str, Scored]) -> Curve:
    """Risk and coverage over the questions asked of the texts: any answer but a fully right one is a risk."""
    return risk_coverage(
        [
            (s.confidence, s.fully_right)
            for i, s in scored.items()
            if questions[i].calculator is None and s.confidence is not None
        ]
    )
