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
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, TypeAdapter, model_validator

from corpus.errors import CorpusError
from corpus.model import Frozen, Passage, Sentence

DIRECTORY = Path(__file__).parent
T = TypeVar("T")
Words = Annotated[tuple[str, ...], Field(min_length=1)]


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
    """A point on which sources differ, or one source with itself.

    Words in ``asked`` and ``not_asked`` match as ``assistant.registers.word`` says; ``@name`` stands for
    the list of that name in the file.
    """

    id: str
    topic_zh: str
    topic_en: str
    how: Literal["views", "situations", "details", "one_document"] = "views"
    """Opposed; about different patients or settings; one direction but other conditions; in one document."""
    asked: Annotated[tuple[Words, ...], Field(min_length=2)]
    """A question is about the point when it has a word of every group: the thing *and* the property."""
    not_asked: tuple[str, ...] = ()
    """Words of neighbouring questions, to which the sides are no answer."""
    figures: tuple[str, ...] = ()
    """Kinds of figures (``assistant.measures``) it answers although two sides do not print one."""
    sides: Annotated[tuple[Side, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _says_whether_it_is_one_document(self) -> Self:
        if (len({side.anchor.document_id for side in self.sides}) == 1) != (self.how == "one_document"):
            raise ValueError(f"{self.id}: how='one_document' exactly when all sides are of one document")
        return self


class DisagreementFile(Frozen):
    """``disagreements.json``: lists of words that several entries use, and the entries."""

    words: dict[str, Words]
    entries: tuple[DisagreementEntry, ...]

    def resolved(self) -> tuple[DisagreementEntry, ...]:
        """The entries with the lists in place of their names; KeyError when there is no such list."""
        return tuple(
            entry.model_copy(
                update={
                    "asked": tuple(self._listed(group) for group in entry.asked),
                    "not_asked": self._listed(entry.not_asked),
                }
            )
            for entry in self.entries
        )

    def _listed(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            word
            for item in words
            for word in (self._listed(self.words[item[1:]]) if item.startswith("@") else (item,))
        )


def folded(text: str) -> str:
    """Text as anchors are compared: NFKC, no blanks, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def load_errata(path: Path = DIRECTORY / "errata.json") -> tuple[Erratum, ...]:
    """The errata register; CorpusError when it is broken."""
    return tuple(_load(path, TypeAdapter(list[Erratum])))


def load_disagreements(path: Path = DIRECTORY / "disagreements.json") -> tuple[DisagreementEntry, ...]:
    """The disagreement register, lists of words in place; CorpusError when it is broken."""
    try:
        return _load(path, TypeAdapter(DisagreementFile)).resolved()
    except KeyError as error:
        raise _broken(path, error) from error


def _load(path: Path, adapter: TypeAdapter[T]) -> T:
    try:
        return adapter.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> CorpusError:
    return CorpusError(f"{path.name} 无法读取：{error}", f"{path.name} cannot be read: {error}")


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
