"""Two curated registers: what is misprinted in the sources, and where the sources disagree.

``errata.json`` and ``disagreements.json`` point at sentences by a distinctive piece of their text
(blanks and width of characters do not count), so a changed passage id cannot make them stale unseen:
``tests/corpus/test_registers.py`` checks that every piece is found exactly where it is said to be.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError
from corpus.model import Frozen, Passage, Sentence

DIRECTORY = Path(__file__).parent
T = TypeVar("T")


class Anchor(Frozen):
    """A sentence, named by its document and a piece of its cleaned text."""

    document_id: str
    quote: str


class Erratum(Frozen):
    """A misprint or apparent error: what is printed, what is right and why."""

    id: str
    anchors: tuple[Anchor, ...]
    printed: str
    right: str
    note_zh: str
    note_en: str


class Side(Frozen):
    """What one source says."""

    anchor: Anchor
    says_zh: str = ""
    """Which population or setting the statement is about, when that explains the difference."""
    says_en: str = ""


class DisagreementEntry(Frozen):
    """A point on which sources differ. ``terms``: words that show a question is about the point."""

    id: str
    topic_zh: str
    topic_en: str
    terms_zh: tuple[str, ...]
    terms_en: tuple[str, ...]
    sides: tuple[Side, ...]


def folded(text: str) -> str:
    """Text as anchors are compared: NFKC, no blanks, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def load_errata(path: Path = DIRECTORY / "errata.json") -> tuple[Erratum, ...]:
    """The errata register; CorpusError when it is broken."""
    return tuple(_load(path, TypeAdapter(list[Erratum])))


def load_disagreements(path: Path = DIRECTORY / "disagreements.json") -> tuple[DisagreementEntry, ...]:
    """The disagreement register; CorpusError when it is broken."""
    return tuple(_load(path, TypeAdapter(list[DisagreementEntry])))


def _load(path: Path, adapter: TypeAdapter[list[T]]) -> list[T]:
    try:
        return adapter.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise CorpusError(f"{path.name} 无法读取：{error}", f"{path.name} cannot be read: {error}") from error


def find_anchor(anchor: Anchor, passages: Iterable[Passage]) -> list[tuple[Passage, Sentence]]:
    """Sentences of the document that contain the anchor's text."""
    wanted = folded(anchor.quote)
    return [
        (passage, sentence)
        for passage in passages
        if passage.document_id == anchor.document_id
        for sentence in passage.sentences
        if wanted in folded(sentence.text)
    ]
