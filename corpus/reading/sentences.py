"""Cutting cleaned text into sentences."""

from __future__ import annotations

import re
from itertools import pairwise

_CHINESE_END = re.compile(r"[。！？]+[”’）)\]】》」]*")
_ENGLISH_END = re.compile(r"(?<=[.!?])(?:[\"”’)\]]*)\s+(?=[\"“(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:et al|vs|Fig|Figs|No|Dr|e\.g|i\.e|approx|resp|cf|St)\.|\b[A-Z]\.)$")


def split(text: str, language: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of ``text``, blanks at the edges left out."""
    cuts = [0]
    if language == "zh":
        cuts += [m.end() for m in _CHINESE_END.finditer(text) if _closed(text, cuts[-1], m.end())]
    else:
        cuts += [m.end() for m in _ENGLISH_END.finditer(text) if not _ABBREVIATION.search(text[: m.start()])]
    cuts.append(len(text))
    spans = []
    for a, b in pairwise(cuts):
        piece = text[a:b]
        if piece.strip():
            spans.append((a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())))
    return spans


def _closed(text: str, start: int, end: int) -> bool:
    """Whether brackets opened inside the sentence are closed: a full stop inside them ends nothing.

    A bracket that opens the sentence itself wraps several sentences and does not count.
    """
    piece = text[start:end].lstrip("（(［[ ")
    return sum(map(piece.count, "（(［[")) <= sum(map(piece.count, "）)］]")) or len(piece) > 400
