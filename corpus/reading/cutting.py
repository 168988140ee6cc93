"""Cutting one block of source into sentences with offsets, citations and grades."""

from __future__ import annotations

import re

from corpus.model import EvidenceGrade, Language
from corpus.reading.cleaning import CITATION, GRADE_TAG, clean_mapped
from corpus.reading.lines import language_of
from corpus.reading.mapped import MappedText
from corpus.reading.sentences import split

_RANGE = re.compile(r"(\d+)(?:\s*[-–~⁃]\s*(\d+))?")


class Cut:
    """A sentence before it belongs to a passage."""

    __slots__ = ("end", "grades", "language", "references", "start", "text")

    def __init__(self, source: str, text: str, start: int, end: int) -> None:
        raw = source[start:end]
        self.text = text
        self.start = start
        self.end = end
        self.language: Language = language_of(text)
        self.references = cited_numbers(raw)
        self.grades = grades_in(raw, start)


def cited_numbers(raw: str) -> tuple[int, ...]:
    """Reference numbers cited in a raw slice, ranges expanded, in order of appearance."""
    numbers: dict[int, None] = {}
    for match in CITATION.finditer(raw):
        inner = next(group for group in match.groups() if group is not None)
        for first, last in _RANGE.findall(inner):
            numbers.update(dict.fromkeys(range(int(first), int(last or first) + 1)))
    return tuple(numbers)


def grades_in(raw: str, offset: int) -> tuple[EvidenceGrade, ...]:
    """Recommendation tags printed in a raw slice that starts at ``offset`` in its file."""
    return tuple(
        EvidenceGrade(
            level=m.group(1), recommendation=m.group(2), printed=m.group(0),
            start=offset + m.start(), end=offset + m.end(),
        )
        for m in GRADE_TAG.finditer(raw)
    )  # fmt: skip


def cut_block(source: str, start: int, end: int) -> list[Cut]:
    """Sentences of a prose block."""
    mapped = clean_mapped(MappedText.from_source(source, start, end))
    cuts = []
    for a, b in split(mapped.text, language_of(mapped.text)):
        cuts.append(Cut(source, mapped.text[a:b], mapped.starts[a], mapped.ends[b - 1]))
    return cuts
