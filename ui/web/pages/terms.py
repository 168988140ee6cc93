"""The words of a search, found again in what it brought up: by name and by synonym."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.terminology import Terminology, load_terminology
from index.query import content
from index.tokens import simplified

_WORD = re.compile(r"[A-Za-z][\w.+/-]*\w|\d[\w.%~-]*|[\u3400-\u9fff]{2,}")


class Stretch(NamedTuple):
    """A piece of a text; ``hit``: it is what was searched for."""

    text: str
    hit: bool


@lru_cache(maxsize=1)
def _terminology() -> Terminology:
    return load_terminology()


@lru_cache(maxsize=2000)
def _named(text: str) -> tuple[tuple[int, int, str], ...]:
    """Concepts in a text of the documents: searches look through all of them again and again."""
    return tuple((m.start, m.end, m.concept.id) for m in _terminology().find(text))


class Terms:
    """What a search names: concepts of the terminology, and the other words as they are typed."""

    def __init__(self, query: str) -> None:
        query = simplified(query)
        named = [m for m in _terminology().find(query) if m.concept.category != "question_word"]
        rest = list(query)
        for match in named:
            rest[match.start : match.end] = " " * (match.end - match.start)
        typed = {m.surface for m in named} | set(_WORD.findall(content("".join(rest))))
        typed |= {form for m in named for form in m.concept.variants if len(form) > 1}
        self.concepts = {match.concept.id for match in named}
        self.words = re.compile("|".join(map(_whole, sorted(typed, key=len, reverse=True))), re.IGNORECASE)
        self.empty = not typed

    def mark(self, text: str) -> list[Stretch]:
        """The text in stretches, hits apart."""
        spans = [] if self.empty else [m.span() for m in self.words.finditer(text)]
        if self.concepts:
            spans += [(start, end) for start, end, name in _named(text) if name in self.concepts]
        stretches: list[Stretch] = []
        position = 0
        for start, end in sorted(spans):
            start = max(start, position)
            if end <= start:
                continue
            if start > position:
                stretches.append(Stretch(text[position:start], False))
            stretches.append(Stretch(text[start:end], True))
            position = end
        if position < len(text):
            stretches.append(Stretch(text[position:], False))
        return stretches


def _whole(word: str) -> str:
    """A Latin word only as a whole word, Chinese anywhere."""
    if word[0].isascii() and word[-1].isascii():
        return rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])"
    return re.escape(word)
