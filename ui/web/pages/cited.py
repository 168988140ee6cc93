"""``?at=120-150,300-340``: from character ranges of the source file to the sentences they name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import Document, Sentence

MOST = 50
"""Ranges read of one address; an answer cites far fewer sentences."""
_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)
Range = tuple[int, int]


def read_ranges(raw: str) -> tuple[list[Range], list[str]]:
    """Half-open ranges in ``raw``, and the pieces of it that are none (each shortened)."""
    ranges: list[Range] = []
    wrong: list[str] = []
    pieces = [piece.strip() for piece in raw.split(",")] if raw.strip() else []
    for piece in pieces[:MOST]:
        match = _RANGE.fullmatch(piece)
        if match and int(match[1]) < int(match[2]):
            ranges.append((int(match[1]), int(match[2])))
        else:
            wrong.append(piece[:40])
    wrong.extend(piece[:40] for piece in pieces[MOST : MOST + 1])
    return ranges, wrong


def sentences_at(document: Document, wanted: Range) -> list[Sentence]:
    """The sentence of exactly that range; else those inside it; else those it touches.

    In this order because a sentence that runs over a figure or a page may enclose the range of another.
    """
    start, end = wanted
    touched = [s for s in _sentences(document) if s.start < end and start < s.end]
    exact = [s for s in touched if (s.start, s.end) == wanted]
    inside = [s for s in touched if start <= s.start and s.end <= end]
    return exact or inside or touched


def _sentences(document: Document) -> Iterable[Sentence]:
    return (sentence for passage in document.passages for sentence in passage.sentences)
