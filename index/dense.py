"""Nearest vectors by inner product of L2-normalised embeddings, through FAISS (Douze et al. 2024)."""

from __future__ import annotations

from functools import cached_property

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
SORTED_MOST = 4096
"""FAISS sorts all it returns; where every score of a larger index is wanted, a product is several times faster."""


class DenseIndex:
    """Exact search; unit ``i`` is row ``i`` of the vectors it was built from."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """From vectors of shape (n, d), rows of length 1 (or 0 for an empty text)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def scores(self, vector: Vectors) -> NDArray[np.float32]:
        """Cosine of the query vector, shape (d,), with every unit, shape (size,)."""
        if self.size == 0:
            return np.zeros(0, dtype=np.float32)
        if self.size > SORTED_MOST:
            # not "@": BLAS adds in another order with another number of threads
            products = np.einsum("nd,d->n", self._matrix, vector.astype(np.float32))
            return np.asarray(products, dtype=np.float32)
        found, ids = self._index.search(vector.reshape(1, -1), self.size)
        total = np.empty(self.size, dtype=np.float32)
        total[ids[0]] = found[0]
        return total

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The ``k`` nearest units with their cosine, best first."""
        if self.size == 0:
            return []
        found, ids = self._index.search(vector.reshape(1, -1), min(k, self.size))
        return [(int(i), float(score)) for i, score in zip(ids[0], found[0], strict=True)]

    @cached_property
    def _matrix(self) -> Vectors:
        return self.vectors()

    def vectors(self) -> Vectors:
        """All stored vectors, shape (n, d)."""
        if self.size == 0:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32)

    def to_bytes(self) -> bytes:
        return bytes(faiss.serialize_index(self._index))

    @classmethod
    def from_bytes(cls, raw: bytes) -> DenseIndex:
        return cls(faiss.deserialize_index(np.frombuffer(raw, dtype=np.uint8)))
