"""BM25 over pre-tokenised units, scores computed at build time.

Formula: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), in
the Lucene variant described by Kamphuis et al., ECIR 2020. Impacts are stored per term, as bm25s
does (Lù 2024), so that a query is a few array additions. ``tests/index/test_lexical.py`` compares
every score with bm25s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
K1 = 1.2
B = 0.6


@dataclass(frozen=True)
class BM25:
    """``impacts[pointers[t]:pointers[t + 1]]`` are the scores of term ``t`` in ``units[...]``."""

    vocabulary: dict[str, int]
    pointers: NDArray[np.int32]
    units: NDArray[np.int32]
    impacts: Scores
    idf: Scores
    size: int

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]], k1: float = K1, b: float = B) -> BM25:
        """Index token lists; unit ``i`` is ``documents[i]``. An empty document scores 0."""
        vocabulary: dict[str, int] = {}
        postings: list[list[tuple[int, int]]] = []
        lengths = np.array([len(d) for d in documents], dtype=np.float64)
        for unit, document in enumerate(documents):
            for term, count in Counter(document).items():
                if term not in vocabulary:
                    vocabulary[term] = len(postings)
                    postings.append([])
                postings[vocabulary[term]].append((unit, count))
        average = float(lengths.mean()) if len(documents) and lengths.sum() else 1.0
        n = len(documents)
        frequency = np.array([len(p) for p in postings], dtype=np.float64)
        idf = np.log(1.0 + (n - frequency + 0.5) / (frequency + 0.5))
        pointers = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int32)
        units = np.array([u for p in postings for u, _ in p], dtype=np.int32)
        counts = np.array([c for p in postings for _, c in p], dtype=np.float64)
        norm = k1 * (1.0 - b + b * lengths[units] / average) if len(units) else np.zeros(0)
        impacts = np.repeat(idf, frequency.astype(int)) * counts / (counts + norm)
        return cls(vocabulary, pointers, units, impacts.astype(np.float32), idf.astype(np.float32), n)

    def scores(self, tokens: Iterable[str]) -> Scores:
        """Score of every unit, shape (size,); a token repeated in the query counts again."""
        total = np.zeros(self.size, dtype=np.float32)
        for token, count in Counter(tokens).items():
            term = self.vocabulary.get(token)
            if term is not None:
                a, b = self.pointers[term], self.pointers[term + 1]
                total[self.units[a:b]] += count * self.impacts[a:b]
        return total

    def units_with(self, token: str) -> NDArray[np.int32]:
        """Numbers of the units that hold the token."""
        term = self.vocabulary.get(token)
        return self.units[:0] if term is None else self.units[self.pointers[term] : self.pointers[term + 1]]

    def weight(self, token: str) -> float:
        """idf of a token; the weight of a term never seen is that of the rarest."""
        term = self.vocabulary.get(token)
        return float(self.idf[term]) if term is not None else float(np.log(1.0 + (self.size + 0.5) / 0.5))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """For ``numpy.savez``; the vocabulary is stored in term order."""
        terms = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        return {
            "terms": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
            "pointers": self.pointers,
            "units": self.units,
            "impacts": self.impacts,
            "idf": self.idf,
            "size": np.array(self.size),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> BM25:
        """The inverse of ``arrays``."""
        joined = arrays["terms"].tobytes().decode()
        terms = joined.split("\n") if joined else []
        return cls(
            {term: i for i, term in enumerate(terms)},
            arrays["pointers"],  # type: ignore[arg-type]
            arrays["units"],  # type: ignore[arg-type]
            arrays["impacts"],  # type: ignore[arg-type]
            arrays["idf"],  # type: ignore[arg-type]
            int(arrays["size"]),
        )
