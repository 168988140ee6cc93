"""The five source texts and how they become passages. Imports nothing above itself."""

from corpus.corpus import Corpus, load_corpus

__all__ = ["Corpus", "load_corpus"]
