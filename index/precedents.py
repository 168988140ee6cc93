"""Questions decided before: the documents answer these, and do not answer those.

A new question that is put like an answered one is probably answered as well (nearest neighbours, Cover &
Hart 1967). Nearness is measured twice: by the cosine of the embeddings, and by the weighted Jaccard
coefficient (Ruzicka) of concepts and words, each with its idf among these questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from corpus.questions import load_answered, load_unanswered
from corpus.terminology import Terminology
from index.dense import DenseIndex
from index.lexical import BM25
from index.parts import Parts
from index.query import Query, understand
from index.storage import pack, unpack
from index.vectors import Known, Progress, embed, hash_of

if TYPE_CHECKING:
    from index.embedding import Embedder

Scores = NDArray[np.float32]
NEAR = 5
"""Answered questions whose words are looked at."""


@dataclass(frozen=True)
class Nearness:
    """How near a question is to those decided before; all figures between 0 and 1."""

    answered: float = 0.0
    """Cosine with the nearest answered question."""
    unanswered: float = 0.0
    answered_alike: float = 0.0
    """Weighted Jaccard coefficient with the most alike answered question."""
    unanswered_alike: float = 0.0
    answered_held: float = 0.0
    """Share of the question's concepts and words, by idf, that one answered question has."""
    unanswered_held: float = 0.0
    answered_terms: tuple[frozenset[str], ...] = ()
    """Terms of the nearest answered questions by cosine, nearest first; at most ``NEAR``."""
    unanswered_terms: frozenset[str] = frozenset()
    """Terms of the nearest unanswered question."""


@dataclass(frozen=True)
class Precedents:
    """The questions written for sentences come first (their vectors are in ``AskedIndex``), then the others."""

    answered: NDArray[np.bool_]
    """Shape (questions,)."""
    hashes: NDArray[np.generic]
    """Of the texts as searched, shape (questions,): what is learned from must not find itself."""
    words: BM25
    dense: DenseIndex
    """Of the questions that belong to no sentence."""

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        fields: Mapping[str, BM25],
        terminology: Terminology,
        embedder: Embedder,
        parts: Parts,
        known: Known,
        tell: Progress = lambda message, share: None,
    ) -> Precedents:
        """All questions decided so far; without the part ``questions`` those that are not answered only."""
        asked = [q.text for d in documents for q in d.questions] if parts.questions else []
        answered = load_answered() if parts.questions else ()
        texts = [*asked, *answered, *load_unanswered()]
        queries = [understand(text, terminology, fields) for text in texts]
        vectors, _, _ = embed([q.text for q in queries[len(asked) :]], embedder, known, tell)
        return cls(
            np.arange(len(texts)) < len(asked) + len(answered),
            np.array([hash_of(q.text) for q in queries], dtype="S24"),
            BM25.build([sorted(terms_of(q)) for q in queries], 0.0, 0.0),
            DenseIndex.build(vectors),
        )

    def near(self, query: Query, vector: Scores, asked: Scores, leave_out: bool = False) -> Nearness:
        """Nearness of one question.

        ``vector``: its embedding, shape (d,); ``asked``: cosine with each question written for a sentence;
        ``leave_out``: as if these very words had not been asked before.
        """
        if not len(self.answered):
            return Nearness()
        cosine = np.concatenate([asked, self.dense.scores(vector)])
        terms = sorted(terms_of(query))
        shared = self.words.scores(terms)
        total = sum(self.words.weight(term) for term in terms)
        alike = shared / np.maximum(total + self._weights - shared, 1e-6)
        held = shared / max(total, 1e-6)
        if leave_out:
            itself = self.hashes == hash_of(query.text)
            for scores in (cosine, alike, held):
                scores[itself] = 0.0
        yes, no = self.answered, ~self.answered
        return Nearness(
            _highest(cosine[yes]), _highest(cosine[no]), _highest(alike[yes]), _highest(alike[no]),
            _highest(held[yes]), _highest(held[no]),
            tuple(self._terms(i) for i in _nearest(cosine, yes, NEAR)),
            next((self._terms(i) for i in _nearest(cosine, no, 1)), frozenset()),
        )  # fmt: skip

    def _terms(self, question: int) -> frozenset[str]:
        first, last = self._places[question], self._places[question + 1]
        return frozenset(self._names[i] for i in self._by_question[first:last])

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self.words.vocabulary, key=self.words.vocabulary.__getitem__)

    @cached_property
    def _term_of_posting(self) -> NDArray[np.intp]:
        return np.repeat(np.arange(len(self.words.idf)), np.diff(self.words.pointers))

    @cached_property
    def _by_question(self) -> NDArray[np.intp]:
        """Numbers of the terms, question after question."""
        return self._term_of_posting[np.argsort(self.words.units, kind="stable")]

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        counts = np.bincount(self.words.units, minlength=len(self.answered))
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def _weights(self) -> Scores:
        """Sum of the idf of every question's terms, shape (questions,)."""
        total = np.zeros(len(self.answered), dtype=np.float32)
        np.add.at(total, self.words.units, self.words.idf[self._term_of_posting])
        return total

    def to_files(self) -> dict[str, bytes]:
        """As files of an index."""
        arrays = {**self.words.arrays(), "answered": self.answered, "hashes": self.hashes}
        return {"precedents.npz": pack(arrays), "precedents.faiss": self.dense.to_bytes()}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> Precedents:
        """The inverse of ``to_files``."""
        arrays = unpack(files["precedents.npz"])
        dense = DenseIndex.from_bytes(files["precedents.faiss"])
        return cls(arrays["answered"].astype(np.bool_), arrays["hashes"], BM25.from_arrays(arrays), dense)

    def known(self) -> dict[bytes, Scores]:
        """Vectors by hash of their text."""
        rows = self.dense.vectors()
        return dict(zip(self.hashes.tolist()[len(self.hashes) - len(rows) :], rows, strict=True))


def terms_of(query: Query) -> frozenset[str]:
    """Concepts, marked as such, and the words that belong to none."""
    return frozenset((*(f"#{concept}" for concept in query.concepts), *query.rest))


def _highest(scores: Scores) -> float:
    return max(0.0, float(scores.max())) if scores.size else 0.0


def _nearest(cosine: Scores, among: NDArray[np.bool_], k: int) -> list[int]:
    """Numbers of the ``k`` nearest, nearest first; ties in order."""
    places = np.flatnonzero(among)
    if len(places) > k:
        scores = cosine[places]
        places = places[scores >= np.partition(scores, -k)[-k]]
    return [int(i) for i in places[np.argsort(-cosine[places], kind="stable")[:k]]]
