"""The domain's nouns: documents, sections, passages, sentences, references, evidence grades.

All models are frozen. Character offsets count Unicode characters of the UTF-8 decoded source
file (newlines kept as they are), half open: ``source[start:end]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["zh", "en"]


class DocumentKind(StrEnum):
    """Kind of publication, from most to least binding for practice."""

    GUIDELINE = "guideline"
    REVIEW = "review"
    COHORT_STUDY = "cohort study"


class PassageKind(StrEnum):
    """What a passage is made of."""

    PROSE = "prose"
    TABLE_ROW = "table row"
    CAPTION = "caption"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceGrade(Frozen):
    """A recommendation tag as the guideline prints it, e.g. ``（1a类证据, A级推荐）``.

    Levels and grades are those of appendix 1 of the 2023 guideline (Oxford CEBM).
    """

    level: str
    recommendation: str
    printed: str
    start: int
    end: int


class Sentence(Frozen):
    """One sentence. ``clean(source[start:end]) == text`` (see ``corpus.reading.cleaning``)."""

    id: str
    text: str
    language: Language
    start: int
    end: int
    grades: tuple[EvidenceGrade, ...] = ()
    references: tuple[int, ...] = ()
    """Numbers of the document's references cited inside the sentence."""
    translation: str | None = None
    """Rendering in the other language: the published twin if there is one, else unofficial."""
    translation_official: bool = False
    """True when ``translation`` is printed in the same publication (001, the abstracts)."""


class Passage(Frozen):
    """One coherent point: a few sentences of one section, a table row, or a caption."""

    id: str
    document_id: str
    section: tuple[str, ...]
    """Heading path, outermost first, in the source's language."""
    kind: PassageKind
    language: Language
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    lead_in: str = ""
    """The sentence or phrase that introduces the list this passage is an item of."""
    translation_of: tuple[str, ...] = ()
    """Ids of passages in the same document that say the same in the other language."""

    def places(self) -> Iterator[tuple[int, int, Sentence]]:
        """Where each sentence stands in ``text``; one that is not there word for word (a table row) is left out."""
        cursor = 0
        for sentence in self.sentences:
            at = self.text.find(sentence.text, cursor)
            if at >= 0:
                cursor = at + len(sentence.text)
                yield at, cursor, sentence


class Reference(Frozen):
    """One entry of a document's reference list."""

    number: int
    text: str
    authors: str
    title: str
    year: int | None
    doi: str | None


class Question(Frozen):
    """A question that a sentence answers (``corpus/questions``)."""

    text: str
    language: Language
    passage_id: str
    sentence_id: str


class Section(Frozen):
    """A heading and where it stands."""

    path: tuple[str, ...]
    level: int
    start: int
    end: int
    language: Language


class DocumentInfo(Frozen):
    """Catalogue entry of one source (``corpus/sources/catalogue.json``)."""

    id: str
    file: str
    title_zh: str | None
    title_en: str | None
    short_zh: str
    """How the document is named in an answer, Chinese."""
    short_en: str
    authors: str | None
    journal: str | None
    year: int | None
    volume: str | None
    doi: str | None
    kind: DocumentKind
    languages: tuple[Language, ...]
    rights: str
    sha256: str
    note_zh: str = ""
    note_en: str = ""
    aliases: tuple[str, ...] = ()
    """What people call the document in a question, lower case."""


class Document(Frozen):
    """A source with everything read from it."""

    info: DocumentInfo
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    references: tuple[Reference, ...]
    questions: tuple[Question, ...] = ()
