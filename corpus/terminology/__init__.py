"""The domain's vocabulary: one concept per row, in both languages, as people really write it.

``load_terminology()`` reads and checks ``concepts.tsv``; the rest is look-up.
"""

from __future__ import annotations

from corpus.terminology.loading import TerminologyError, load_terminology
from corpus.terminology.terminology import Concept, Correction, Match, Terminology

__all__ = ["Concept", "Correction", "Match", "Terminology", "TerminologyError", "load_terminology"]
