"""Learning the ranking weights: listwise softmax regression over all sentences of the corpus.

Loss of a question: minus the log of the probability mass on the sentences with evidence (ListNet's top-one
model, Cao et al., ICML 2007, with several right answers), plus an L2 penalty towards zero, and a second one
towards equal weights for both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import read_question
from assistant.ranking import NAMES, FeatureTable
from assistant.ranking.model import RankingWeights
from corpus.model import Language
from corpus.registers import folded
from eval.evidence import EvidenceFinder
from eval.questions import ReferenceQuestion, stands
from index.query import language_of_question
from index.retriever import Retriever

POOL = 150
"""Sentences per question that the loss looks at: those that the plain sum of signals puts first."""
MATCHES = sum(name.startswith(("own_", "passage_", "best_")) for name in NAMES)
"""The features that say how well a text matches; they come first."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Example:
    """One question: features of its pool, which rows are right, its group for cross-validation."""

    question: ReferenceQuestion
    language: Language
    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def examples(questions: Sequence[ReferenceQuestion], retriever: Retriever) -> list[Example]:
    """Training examples of the questions whose evidence the pool holds."""
    table, finder = FeatureTable(retriever), EvidenceFinder(retriever.passages)
    found = []
    for q in questions:
        text = q.question
        question, query = read_question(text), retriever.query(text)
        features = table.compute(question, query, retriever.signals(query)).astype(np.float64)
        positive = _positive(q, table, finder)
        pool = np.argsort(-features[:, :MATCHES].sum(axis=1), kind="stable")[:POOL]
        pool = np.union1d(pool, np.flatnonzero(positive))
        if positive.any():
            found.append(Example(q, language_of_question(text), features[pool], positive[pool]))
    return found


def _positive(q: ReferenceQuestion, table: FeatureTable, finder: EvidenceFinder) -> NDArray[np.bool_]:
    """Sentences with evidence; their published twins count where they say every key point."""
    relevant = finder.passages(q)
    quotes = {(a.document_id, folded(a.quote)) for a in q.evidence}
    right = []
    for passage, sentence in table.sentences:
        text = folded(sentence.text)
        evidence = any(d == passage.document_id and quote in text for d, quote in quotes)
        twin = passage.id in relevant and bool(q.key_points) and all(stands(k, text) for k in q.key_points)
        right.append(evidence or twin)
    return np.array(right)


def fit(data: Sequence[Example], l2: float = 0.003, tie: float = 0.2) -> RankingWeights:
    """Weights for both languages."""
    from scipy.optimize import minimize

    size = len(NAMES)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = {"zh": flat[:size], "en": flat[size:]}
        gradient = {"zh": np.zeros(size), "en": np.zeros(size)}
        total = 0.0
        for e in data:
            scores = e.features @ weights[e.language]
            p = np.exp(scores - scores.max())
            p /= p.sum()
            mass = p[e.right].sum()
            total -= np.log(max(mass, 1e-12))
            target = np.where(e.right, p, 0.0) / max(mass, 1e-12)
            gradient[e.language] += e.features.T @ (p - target)
        n = len(data)
        apart = weights["zh"] - weights["en"]
        total = float(total / n + l2 * (flat @ flat) / 2 + tie * (apart @ apart) / 2)
        flat_gradient = np.concatenate([gradient["zh"], gradient["en"]]) / n + l2 * flat
        flat_gradient += tie * np.concatenate([apart, -apart])
        return total, flat_gradient

    start = np.concatenate([np.array([1.0 if i < MATCHES else 0.0 for i in range(size)])] * 2)
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return RankingWeights(
        zh={n: round(float(v), 4) for n, v in zip(NAMES, solved.x[:size], strict=True)},
        en={n: round(float(v), 4) for n, v in zip(NAMES, solved.x[size:], strict=True)},
    )


def hits(data: Sequence[Example], weights: RankingWeights) -> list[bool]:
    """Whether the best sentence of each question is a right one."""
    return [bool(e.right[np.argmax(e.features @ weights.vector(e.language))]) for e in data]


def cross_validate(data: Sequence[Example], folds: int = 5, **settings: float) -> float:
    """Share of questions whose best sentence is right, each judged by weights learned without it.

    Questions that share evidence stay in one fold.
    """
    groups = {e.question.id: (e.question.evidence[0].quote if e.question.evidence else "") for e in data}
    order = {quote: i for i, quote in enumerate(sorted(set(groups.values())))}
    fold = [order[groups[e.question.id]] % folds for e in data]
    right = 0
    for k in range(folds):
        weights = fit([e for e, f in zip(data, fold, strict=True) if f != k], **settings)
        right += sum(hits([e for e, f in zip(data, fold, strict=True) if f == k], weights))
    return right / len(data)
