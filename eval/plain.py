"""A plain dense baseline: any sentence-transformers model over the same passages, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from eval.retrieval import Search
from index.embedding import load_embedder


def plain_dense(model: str, passages: Sequence[Passage]) -> Search:
    """Cosine over whole passages with the model of that name or path."""
    embedder = load_embedder(model)
    vectors = embedder.encode([p.text for p in passages])

    def search(text: str, k: int) -> list[tuple[str, float]]:
        scores = vectors @ embedder.encode([text])[0]
        return [(passages[i].id, float(scores[i])) for i in np.argsort(-scores, kind="stable")[:k]]

    return search
