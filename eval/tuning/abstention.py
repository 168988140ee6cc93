"""Learning when to answer: logistic regression on signs of how well the documents cover a question.

The limit is set so that at most ``REFUSED`` of the answerable reference questions of the development
half are refused, each judged by a rule learned without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.abstention import Rule
from assistant.conversation import readings
from assistant.evidence import Chooser
from assistant.question import read_question
from assistant.signs import signs
from assistant.support import FLAGS, Word, meanings, words_of
from corpus.questions import load_answered, load_unanswered
from eval.questions import ReferenceQuestion
from index.retriever import Retriever

Array = NDArray[np.float64]

REFUSED = 0.04
FOLDS = 10
L2_SIGNS = 0.005
L2_FLAGS = 0.0005
L2_MEANING = 0.0002
FAR = 50.0
"""Score of a place where a question has no word."""


@dataclass(frozen=True)
class Case:
    """One question with its signs and words, and whether the documents answer it."""

    question: str
    signs: dict[str, float]
    words: tuple[Word, ...]
    answerable: bool
    reference: bool = False
    """A reference question; the limit is set on these."""


def cases(questions: Sequence[ReferenceQuestion], retriever: Retriever) -> list[Case]:
    """The questions given, and the written lists of questions that the texts answer and do not answer.

    Half answerable ones and calculations teach nothing here.
    """
    chooser = Chooser(retriever)

    def case(text: str, shown: str, answerable: bool, reference: bool) -> Case:
        question, query = read_question(text), retriever.query(text)
        evidence = chooser.choose(question, query)
        near = retriever.near(query, leave_out=not reference)
        words = words_of(query, evidence, near, retriever)
        found = signs(question, query, evidence, words, near, retriever)
        return Case(shown, found, words, answerable, reference)

    written = [*((text, False) for text in load_unanswered()), *((text, True) for text in load_answered())]
    return [case(text, text, answerable, False) for text, answerable in written] + [
        case(readings(q.turns, retriever.terminology)[0], " → ".join(q.turns), q.answerable, True)
        for q in questions
        if q.type not in ("half", "instruction") and q.calculator is None
    ]


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
            certainty[i] = rule.certainty(data[i].signs, rule.word_scores(data[i].words))
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


@dataclass(frozen=True)
class _Words:
    """The words of all cases: flags, shape (cases, places, flags), and which vector of ``vectors`` each has."""

    flags: Array
    vector_of: NDArray[np.intp]
    there: Array
    """1 where a case has a word at a place."""
    vectors: Array

    @classmethod
    def of(cls, data: Sequence[Case]) -> _Words:
        names = {word.name: word for case in data for word in case.words}
        number = {name: i for i, name in enumerate(names)}
        places = max(1, *(len(case.words) for case in data))
        flags = np.zeros((len(data), places, len(FLAGS)))
        vector_of = np.zeros((len(data), places), dtype=np.intp)
        there = np.zeros((len(data), places))
        for i, case in enumerate(data):
            for j, word in enumerate(case.words):
                flags[i, j], vector_of[i, j], there[i, j] = word.flags, number[word.name], 1.0
        return cls(flags, vector_of, there, meanings(tuple(names.values())).astype(np.float64))

    @property
    def lacking(self) -> Array:
        """1 where the best sentence has not the word."""
        return self.flags[..., FLAGS.index("not_in_sentence")]

    def least(self, flags: Array, meaning: Array) -> tuple[Array, Array]:
        """``abstention.least`` of every case, and how much each of its words has to do with it."""
        scores = self.flags @ flags + self.lacking * (self.vectors @ meaning)[self.vector_of]
        scores = np.where(self.there > 0, scores, FAR)
        low = scores.min(axis=1, keepdims=True)
        parts = np.exp(low - scores) * self.there
        total = parts.sum(axis=1, keepdims=True)
        some = total > 0
        value = np.where(some, low - np.log(np.where(some, total, 1.0)), 0.0)[:, 0]
        return value, np.where(some, parts / np.where(some, total, 1.0), 0.0)

    def gradient(self, pull: Array) -> tuple[Array, Array]:
        """For flags and meaning, from what every word of every case pulls."""
        by_vector = np.bincount(
            self.vector_of.ravel(), (pull * self.lacking).ravel(), minlength=len(self.vectors)
        )
        return np.einsum("ij,ijf->f", pull, self.flags), self.vectors.T @ by_vector


def _learn(data: Sequence[Case], with_questions: bool) -> Rule:
    """Weights by penalised maximum likelihood on standardised signs, classes weighing the same."""
    from scipy.optimize import minimize

    names = [n for n in data[0].signs if with_questions or "asked" not in n]
    raw = np.array([[c.signs[n] for n in names] for c in data])
    middle, spread = raw.mean(axis=0), np.maximum(raw.std(axis=0), 1e-3)
    x = (raw - middle) / spread
    y = np.array([1.0 if c.answerable else -1.0 for c in data])
    balance = np.where(y > 0, 0.5 / (y > 0).sum(), 0.5 / (y < 0).sum())
    words = _Words.of(data)
    cuts = (len(names), len(names) + 1, len(names) + 1 + len(FLAGS))

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias, flags, meaning = np.split(flat, cuts)
        least, share = words.least(flags, meaning)
        margin = y * (x @ weights + bias + least)
        pull = -balance * y / (1.0 + np.exp(np.clip(margin, -60, 60)))
        for_flags, for_meaning = words.gradient(share * pull[:, None])
        penalties = ((L2_SIGNS, weights), (L2_FLAGS, flags), (L2_MEANING, meaning))
        value = (balance * np.logaddexp(0.0, -margin)).sum() + sum(l2 * (w @ w) / 2 for l2, w in penalties)
        gradient = (
            x.T @ pull + L2_SIGNS * weights, [pull.sum()],
            for_flags + L2_FLAGS * flags, for_meaning + L2_MEANING * meaning,
        )  # fmt: skip
        return float(value), np.concatenate(gradient)

    start = np.zeros(cuts[-1] + words.vectors.shape[1])
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    weights, bias, flags, meaning = np.split(solved.x, cuts)
    scaled = weights / spread
    return Rule(
        weights={n: round(float(w), 4) for n, w in zip(names, scaled, strict=True)},
        flags={n: round(float(w), 4) for n, w in zip(FLAGS, flags, strict=True)},
        meaning=tuple(round(float(w), 3) for w in meaning),
        bias=round(float(bias[0] - scaled @ middle), 4),
        answer_from=0.5,
    )
