"""All items, made once per process when they are first asked for."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.model import Document, Language, Passage
from ui.study.cases import NO_DOCUMENT, case_items
from ui.study.figures import figure_items
from ui.study.grades import grade_items
from ui.study.lists import list_items
from ui.study.model import Item, Kind
from ui.study.references import reference_items
from ui.study.terms import term_items

NAMES: dict[Language, str] = {"zh": "公式（文献未给出）", "en": "Formulas (not given in the documents)"}


@dataclass(frozen=True)
class Chapter:
    """A part of a document, with the number of its items."""

    key: str
    document: str
    heading: str
    count: int
    language: Language
    """The heading's, which is the source's."""


class Bank:
    """Items by id, kind, language and chapter."""

    def __init__(self, documents: Sequence[Document], items: Iterable[Item]) -> None:
        self.documents = tuple(documents)
        self._items = {item.id: item for item in items}
        self._passages = {p.id: p for document in documents for p in document.passages}

    @classmethod
    def build(cls, documents: Sequence[Document]) -> Bank:
        """Every item of the documents; takes a few seconds."""
        makers = (reference_items, grade_items, figure_items, term_items, list_items, case_items)
        items = [item for make in makers for item in make(documents)]
        return cls(documents, [replace(item, tags=_tags(item)) for item in items])

    def __len__(self) -> int:
        return len(self._items)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    def get(self, item_id: str) -> Item | None:
        """The item of that id, if it still is one."""
        return self._items.get(item_id)

    def select(
        self, language: Language, kinds: Collection[Kind] = (), chapters: Collection[str] = ()
    ) -> list[Item]:
        """Items of a language; empty ``kinds`` or ``chapters`` mean all."""
        return [
            item for item in self._items.values()
            if item.language == language
            and (not kinds or item.kind in kinds)
            and (not chapters or item.chapter in chapters)
        ]  # fmt: skip

    def chapters(self, language: Language) -> list[Chapter]:
        """Parts of the documents that have items, in reading order; formulas last."""
        counts: dict[str, int] = {}
        for item in self.select(language):
            counts[item.chapter] = counts.get(item.chapter, 0) + 1
        ordered: list[str] = []
        for document in self.documents:
            for passage in document.passages:
                key = f"{document.info.id}|{passage.section[0] if passage.section else ''}"
                if key in counts and key not in ordered:
                    ordered.append(key)
        ordered += [key for key in counts if key not in ordered]
        return [self.chapter(key, language, counts[key]) for key in ordered]

    def chapter(self, key: str, language: Language, count: int = 0) -> Chapter:
        """How a chapter is called."""
        document_id, _, heading = key.partition("|")
        if key == NO_DOCUMENT:
            return Chapter(key, "", NAMES[language], count, language)
        chinese = any("\u4e00" <= char <= "\u9fff" for char in heading)
        spoken: Language = "zh" if chinese else "en"
        return Chapter(key, self.short_name(document_id, language), heading, count, spoken)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id."""
        return self._passages.get(passage_id)

    def short_name(self, document_id: str, language: Language) -> str:
        """What a document is called in short; its id when it is unknown."""
        for document in self.documents:
            if document.info.id == document_id:
                return document.info.short_zh if language == "zh" else document.info.short_en
        return document_id


def _tags(item: Item) -> tuple[str, ...]:
    document, _, heading = item.chapter.partition("|")
    words = ("crlm", f"kind::{item.kind}", f"section::{document or 'formulas'}::{heading}")
    return tuple("_".join(word.split()).rstrip(":") for word in words)


class LazyBank:
    """The bank, built by whoever asks first; the others wait for it."""

    def __init__(self, documents: Sequence[Document] | None = None) -> None:
        self._documents = documents
        self._lock = threading.Lock()
        self._bank: Bank | None = None

    def __call__(self) -> Bank:
        with self._lock:
            if self._bank is None:
                if self._documents is None:
                    from corpus.corpus import load_corpus

                    self._documents = load_corpus().documents
                self._bank = Bank.build(self._documents)
            return self._bank
