"""The weighted sum. Weights are learned by ``python -m eval.tuning`` on the development questions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.question import Question
from assistant.ranking.features import NAMES, FeatureTable
from corpus.model import Language
from index.query import Query
from index.retriever import Retriever

ELSEWHERE = 2.0
"""What a sentence about another disease loses besides its learned weight: a question that names none is about CRLM."""
NAMED = 2.0
"""What a sentence gains when the question names its document."""
CONTEXT = 1.0
"""What the whole question's score of a sentence counts for a part of it."""
PATH = Path(__file__).parent / "weights.json"


class RankingWeights(BaseModel):
    """One weight per feature and language of the question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: dict[str, float]
    en: dict[str, float]

    def vector(self, language: Language) -> NDArray[np.float32]:
        """Weights in the order of ``NAMES``; a feature without a weight counts nothing."""
        chosen = self.zh if language == "zh" else self.en
        return np.array([chosen.get(name, 0.0) for name in NAMES], dtype=np.float32)


@lru_cache(maxsize=1)
def load_weights(path: Path = PATH) -> RankingWeights:
    """The weights in the repository."""
    return RankingWeights.model_validate_json(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Ranked:
    """Scores of every sentence and passage for one question."""

    sentences: NDArray[np.float32]
    passages: NDArray[np.float32]
    """The score of a passage is that of its best sentence."""
    strongest: dict[str, float]
    """The highest value of every feature of a sentence's own match, wherever it stands."""
    best_features: dict[str, float]
    """Own and passage match of the best sentence."""


class Ranker:
    """Ranks sentences, and passages by their best sentence."""

    def __init__(self, retriever: Retriever, weights: RankingWeights | None = None) -> None:
        self.table = FeatureTable(retriever)
        self.weights = weights or load_weights()
        self._count = len(retriever.passages)

    def rank(
        self,
        question: Question,
        query: Query,
        documents: Sequence[str] = (),
        whole: NDArray[np.float32] | None = None,
    ) -> Ranked:
        """Score everything for one question; sentences of the documents named in it are preferred.

        ``whole``: scores of the sentences for the question that this one is a part of: what answers both is it.
        """
        features = self.table.compute(question, query, self.table.retriever.signals(query))
        scores = features @ self.weights.vector(query.language)
        scores = scores - ELSEWHERE * features[:, NAMES.index("other_disease")]
        if documents:
            scores = scores + NAMED * np.isin(self.table.document_of, list(documents))
        if whole is not None:
            scores = ((scores + CONTEXT * whole) / (1.0 + CONTEXT)).astype(np.float32)
        passages = np.full(self._count, -np.inf, dtype=np.float32)
        np.maximum.at(passages, self.table.passage_of, scores)
        highest = features.max(axis=0, initial=0.0) if len(features) else np.zeros(len(NAMES))
        strongest = {n: float(v) for n, v in zip(NAMES, highest, strict=True) if n.startswith("own_")}
        top = features[int(np.argmax(scores))] if len(features) else highest
        best = {
            n: float(v) for n, v in zip(NAMES, top, strict=True) if n.startswith(("own_", "best_", "heading"))
        }
        return Ranked(scores, passages, strongest, best)

    def best(self, scores: NDArray[np.float32], k: int) -> Sequence[int]:
        """Positions of the ``k`` highest scores; ties in reading order."""
        return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]
