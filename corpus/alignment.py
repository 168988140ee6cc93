"""Linking two published versions of the same text sentence by sentence.

Length-based dynamic programming (Gale & Church, Computational Linguistics 1993;19:75-102) with
anchors that survive translation: reference numbers, figures, Latin terms and the concepts of the
terminology.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.model import Sentence
from corpus.terminology import Terminology, load_terminology

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,}|\d+(?:\.\d+)?")
_MOVES = (
    (1, 1, 0.0),
    (1, 2, 0.5),
    (2, 1, 0.5),
    (2, 2, 1.0),
    (1, 3, 1.2),
    (3, 1, 1.2),
    (1, 4, 1.4),
    (4, 1, 1.4),
    (1, 0, 1.6),
    (0, 1, 1.6),
)
_CHARACTERS_PER_CHINESE = 3.2
"""English characters per Chinese character in these texts."""

Link = tuple[tuple[int, ...], tuple[int, ...]]


def align(chinese: Sequence[Sentence], english: Sequence[Sentence]) -> list[Link]:
    """Groups of sentence positions that say the same; one side of a group may be empty."""
    n, m = len(chinese), len(english)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(n + 1):
        for j in range(m + 1):
            if (i, j) not in best:
                continue
            for a, b, penalty in _MOVES:
                if i + a > n or j + b > m:
                    continue
                cost = best[i, j][0] + penalty + _cost(chinese[i : i + a], english[j : j + b])
                if (i + a, j + b) not in best or cost < best[i + a, j + b][0]:
                    best[i + a, j + b] = (cost, (i, j))
    links: list[Link] = []
    position = (n, m)
    while position != (0, 0):
        previous = best[position][1]
        links.append((tuple(range(previous[0], position[0])), tuple(range(previous[1], position[1]))))
        position = previous
    return links[::-1]


def _cost(chinese: Sequence[Sentence], english: Sequence[Sentence]) -> float:
    if not chinese or not english:
        return 1.0
    a = sum(len(s.text) for s in chinese) * _CHARACTERS_PER_CHINESE
    b = sum(len(s.text) for s in english)
    length = abs(a - b) / max(a, b)
    left, right = _anchors(chinese), _anchors(english)
    union = len(left | right)
    overlap = len(left & right) / union if union else 0.4
    return (1.5 * length + 2.5 * (1.0 - overlap)) * (len(chinese) + len(english)) / 2


def _anchors(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset().union(*(_anchors_of(s.text, s.references) for s in sentences))


@lru_cache(maxsize=1)
def _terminology() -> Terminology:
    return load_terminology()


@lru_cache(maxsize=4096)
def _anchors_of(text: str, references: tuple[int, ...]) -> frozenset[str]:
    found = {token.lower() for token in _ANCHOR.findall(text) if not token.islower()}
    concepts = {match.concept.id for match in _terminology().find(text)}
    return frozenset(found | concepts | {f"ref{number}" for number in references})
