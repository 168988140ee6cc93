"""Scores of a FAISS index, small and large."""

from __future__ import annotations

import numpy as np

from index.dense import SORTED_MOST, DenseIndex


def test_small_and_large_indexes_score_alike() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(SORTED_MOST + 50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = vectors[7]
    large = DenseIndex.build(vectors).scores(query)
    small = DenseIndex.build(vectors[:100]).scores(query)
    assert np.allclose(large[:100], small, atol=1e-6)
    assert np.allclose(large, vectors @ query, atol=1e-6)
    assert int(large.argmax()) == 7


def test_an_empty_index_scores_nothing() -> None:
    assert DenseIndex.build(np.zeros((0, 4), dtype=np.float32)).scores(np.ones(4, dtype=np.float32)).size == 0
