"""Scores of a FAISS index, small and large."""

from __future__ import annotations

import numpy as np
import pytest

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


def test_the_nearest_are_the_highest_scores() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(50, 8)).astype(np.float32)
    index = DenseIndex.build(vectors)
    scores = index.scores(vectors[7])
    near = index.nearest(vectors[7], 3)
    assert [i for i, _ in near] == np.argsort(-scores)[:3].tolist()
    assert near[0][1] == pytest.approx(float(scores.max()), rel=1e-6)
    assert len(index.nearest(vectors[7], 99)) == 50
    assert DenseIndex.build(np.zeros((0, 8), dtype=np.float32)).nearest(vectors[7], 3) == []
