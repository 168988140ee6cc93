"""The graded sentences of the documents, and how many there are of each grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document, EvidenceGrade, Passage, Sentence


@dataclass(frozen=True)
class Recommendation:
    """A sentence with at least one grade."""

    document: Document
    passage: Passage
    sentence: Sentence


@dataclass(frozen=True)
class Counts:
    """Grades by level of evidence and letter. A sentence with two grades counts twice."""

    levels: tuple[str, ...]
    letters: tuple[str, ...]
    cells: dict[tuple[str, str], int]
    total: int
    """Sentences, each once."""


def recommendations(documents: Iterable[Document]) -> list[Recommendation]:
    """Every graded sentence in reading order."""
    return [
        Recommendation(document, passage, sentence)
        for document in documents
        for passage in document.passages
        for sentence in passage.sentences
        if sentence.grades
    ]


def graded(grades: Iterable[EvidenceGrade], level: str, letter: str) -> bool:
    """One of the grades has that level and that letter; an empty one stands for any."""
    return any(g.level.startswith(level) and letter in ("", g.recommendation) for g in grades)


def count(listed: Iterable[Recommendation]) -> Counts:
    """The table of what is listed."""
    listed = list(listed)
    pairs = [(g.level, g.recommendation) for r in listed for g in r.sentence.grades]
    return Counts(
        levels=tuple(sorted({level for level, _ in pairs})),
        letters=tuple(sorted({letter for _, letter in pairs})),
        cells=dict(Counter(pairs)),
        total=len(listed),
    )
