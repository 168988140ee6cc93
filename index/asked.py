"""The questions written for sentences, as one more way to find them (doc2query; Nogueira et al. 2019).

They are kept apart from the text: a sentence is as near as the nearest of its questions, however many
it has, so that a sentence with six questions is not louder than one with three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Question
from corpus.terminology import Terminology
from index.dense import DenseIndex
from index.lexical import BM25
from index.query import content
from index.tokens import tokenise

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class AskedIndex:
    """Question ``i`` belongs to unit ``units[i]`` (a sentence)."""

    units: NDArray[np.int32]
    words: BM25
    concepts: BM25
    dense: DenseIndex

    @classmethod
    def build(
        cls, questions: Sequence[Question], unit_of_sentence: Mapping[str, int], terminology: Terminology,
        vectors: NDArray[np.float32],
    ) -> AskedIndex:  # fmt: skip
        """``vectors``: one row per question, in order."""
        return cls(
            np.array([unit_of_sentence[q.sentence_id] for q in questions], dtype=np.int32),
            BM25.build([tokenise(content(q.text)) for q in questions], 0.0, 0.0),
            BM25.build([sorted(concepts_of(q.text, terminology)) for q in questions], 0.0, 0.0),
            DenseIndex.build(vectors),
        )

    def lexical(self, tokens: Sequence[str], size: int) -> Scores:
        """Share (by idf) of the query's tokens in the best question of every unit, shape (size,)."""
        return self._best(_coverage(self.words, tokens), size)

    def conceptual(self, concepts: Sequence[str], size: int) -> Scores:
        """The same for concepts."""
        return self._best(_coverage(self.concepts, concepts), size)

    def nearest(self, cosines: Scores, size: int) -> Scores:
        """Cosine of the query with the nearest question of every unit, shape (size,).

        ``cosines``: with every question, shape (questions,), as ``dense.scores`` gives them.
        """
        return self._best(cosines, size)

    def _best(self, scores: Scores, size: int) -> Scores:
        best = np.zeros(size, dtype=np.float32)
        np.maximum.at(best, self.units, scores)
        return best


def concepts_of(text: str, terminology: Terminology) -> set[str]:
    """Ids of the concepts a question names."""
    return {m.concept.id for m in terminology.find(text) if m.concept.category != "question_word"}


def _coverage(field: BM25, terms: Sequence[str]) -> Scores:
    once = tuple(dict.fromkeys(terms))  # a set would add in another order in every process
    total = sum(field.weight(term) for term in once)
    scores: Scores = field.scores(once) / np.float32(max(total, 1e-6))
    return scores
