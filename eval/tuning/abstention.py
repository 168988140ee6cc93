"""Learning when to answer: logistic regression on signs of how well the documents cover a question.

The limit is set so that at most ``REFUSED`` of the answerable reference questions of the development
half are refused, each judged by a rule learned without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.abstention import Rule
from assistant.conversation import readings
from assistant.evidence import Chooser
from assistant.question import read_question
from assistant.signs import signs
from corpus.questions import load_unanswered
from eval.questions import ReferenceQuestion
from index.retriever import Retriever

LABELLED = Path(__file__).parent / "labelled.tsv"
"""Queries by writers who saw only the sources, each with 1 (the documents answer it) or 0; half of them a few words long."""
REFUSED = 0.03
FOLDS = 10
L2 = 0.005


@dataclass(frozen=True)
class Case:
    """One question with its signs and whether the documents answer it."""

    question: str
    signs: dict[str, float]
    answerable: bool
    reference: bool = False
    """Asked in full, as the reference questions are; the limit is set on these."""


def load_labelled() -> list[tuple[str, bool]]:
    """Queries as typed, and whether the documents answer them."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [(text, label == "1") for label, text in (line.split("\t") for line in lines)]


def cases(questions: Sequence[ReferenceQuestion], retriever: Retriever) -> list[Case]:
    """The questions given, the written list of questions that the texts do not answer, and labelled queries of other writers.

    Half answerable ones and calculations teach nothing here.
    """
    chooser = Chooser(retriever)
    found = []
    for text, answerable in [*((t, False) for t in load_unanswered()), *load_labelled()]:
        query = retriever.query(text)
        evidence = chooser.choose(read_question(text), query)
        found.append(Case(text, signs(query, evidence, retriever, leave_out=True), answerable))
    for q in questions:
        if q.type in ("half", "instruction") or q.calculator is not None:
            continue
        text = readings(q.turns, retriever.terminology)[0]
        query = retriever.query(text)
        evidence = chooser.choose(read_question(text), query)
        found.append(Case(" → ".join(q.turns), signs(query, evidence, retriever), q.answerable, True))
    return found


def fit(data: Sequence[Case], certainty: Sequence[float], with_questions: bool) -> Rule:
    """The rule learned from all cases, with the limit that cross-validation (``held_out``) found."""
    sure = sorted(
        value for case, value in zip(data, certainty, strict=True) if case.reference and case.answerable
    )
    limit = sure[int(REFUSED * len(sure))]
    return _learn(data, with_questions).model_copy(update={"answer_from": round(limit - 1e-4, 4)})


def held_out(data: Sequence[Case], with_questions: bool) -> list[float]:
    """The certainty of every case by a rule learned without it."""
    certainty = [0.0] * len(data)
    for k in range(FOLDS):
        rule = _learn([c for i, c in enumerate(data) if i % FOLDS != k], with_questions)
        for i in range(k, len(data), FOLDS):
            certainty[i] = rule.certainty(data[i].signs)
    return certainty


def refused(data: Sequence[Case], certainty: Sequence[float], limit: float) -> dict[str, float]:
    """Shares refused at a limit, cross-validated: unanswerable and answerable, of the reference and of all."""
    return {
        f"{'reference' if reference else 'all'} {'answerable' if answerable else 'unanswerable'}": float(
            np.mean(
                [
                    value < limit
                    for case, value in zip(data, certainty, strict=True)
                    if case.answerable == answerable and (case.reference or not reference)
                ]
            )
        )
        for reference in (True, False)
        for answerable in (False, True)
    }


def _learn(data: Sequence[Case], with_questions: bool) -> Rule:
    """Weights by penalised maximum likelihood on standardised signs, classes weighing the same."""
    from scipy.optimize import minimize

    names = [n for n in data[0].signs if with_questions or "asked" not in n]
    raw = np.array([[c.signs[n] for n in names] for c in data])
    middle, spread = raw.mean(axis=0), np.maximum(raw.std(axis=0), 1e-3)
    x = (raw - middle) / spread
    y = np.array([1.0 if c.answerable else -1.0 for c in data])
    balance = np.where(y > 0, 0.5 / (y > 0).sum(), 0.5 / (y < 0).sum())

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = y * (x @ flat[:-1] + flat[-1])
        pull = -balance * y / (1.0 + np.exp(np.clip(margin, -60, 60)))
        gradient = np.append(x.T @ pull + L2 * flat[:-1], pull.sum())
        return float(
            (balance * np.logaddexp(0.0, -margin)).sum() + L2 * (flat[:-1] @ flat[:-1]) / 2
        ), gradient

    solved = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    scaled = solved.x[:-1] / spread
    weights = {n: round(float(w), 4) for n, w in zip(names, scaled, strict=True)}
    return Rule(weights=weights, bias=round(float(solved.x[-1] - scaled @ middle), 4), answer_from=0.5)
