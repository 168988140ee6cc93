"""What is indexed: every sentence and every passage, in both languages where there is a rendering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Language, Passage, PassageKind

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be found. ``sentence`` is None for a whole passage."""

    passage: int
    sentence: int | None


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Passages first, in order; then their sentences, in order."""
    whole = [Unit(i, None) for i in range(len(passages))]
    return whole + [Unit(i, j) for i, p in enumerate(passages) for j in range(len(p.sentences))]


def text_of(passages: Sequence[Passage], unit: Unit, language: Language) -> str:
    """The unit's text in one language, source or rendering; empty when there is none."""
    passage = passages[unit.passage]
    if unit.sentence is not None and passage.kind is not PassageKind.TABLE_ROW:
        sentence = passage.sentences[unit.sentence]
        return sentence.text if sentence.language == language else sentence.translation or ""
    if passage.language == language:
        return passage.text
    return " ".join(s.translation for s in passage.sentences if s.translation)


def context_of(passages: Sequence[Passage], unit: Unit, language: Language) -> str:
    """Heading path and lead-in: what a reader of the printed page knows before the unit starts."""
    passage = passages[unit.passage]
    return " ".join((*passage.section, passage.lead_in)) if passage.language == language else ""


def unit_of_sentence(passages: Sequence[Passage], units: Sequence[Unit]) -> dict[str, int]:
    """Unit number of every sentence id."""
    return {
        passages[unit.passage].sentences[unit.sentence].id: number
        for number, unit in enumerate(units)
        if unit.sentence is not None
    }
