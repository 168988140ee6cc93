"""The five source texts and how they become passages. Imports nothing above itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.corpus import Corpus

__all__ = ["load_corpus"]


def load_corpus() -> Corpus:
    """The five documents of the project (the readers are imported only when needed)."""
    from corpus.corpus import load_corpus as load

    return load()
