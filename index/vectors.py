"""Embedding many texts, those known already taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.embedding import Embedder

Progress = Callable[[str, float], None]
Known = Mapping[bytes, NDArray[np.float32]]
"""Vectors by ``hash_of`` their text."""
BATCH = 256


def hash_of(text: str) -> bytes:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:24].encode()


def embed(
    texts: Sequence[str], embedder: Embedder, known: Known, tell: Progress
) -> tuple[NDArray[np.float32], NDArray[np.generic], int]:
    """One row per text; an empty text is a zero row."""
    hashes = np.array([hash_of(text) for text in texts], dtype="S24")
    rows = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    todo = []
    for i, (text, key) in enumerate(zip(texts, hashes.tolist(), strict=True)):
        if key in known:
            rows[i] = known[key]
        elif text:
            todo.append(i)
    for a in range(0, len(todo), BATCH):
        part = todo[a : a + BATCH]
        rows[part] = embedder.encode([texts[i] for i in part])
        tell("dense", 0.4 + 0.5 * (a + len(part)) / len(todo))
    return rows, hashes, len(todo)
