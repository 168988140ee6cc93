"""What is studied: an item, where it stands in the documents, and what makes it the same item tomorrow."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal, get_args

from corpus.model import Language

Kind = Literal["reference", "grade", "number", "term", "list", "case"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MAX_ANSWER = 2000
"""Characters of a typed answer that are read."""


@dataclass(frozen=True)
class Source:
    """A sentence of a document. ``start``/``end``: characters of the source file."""

    document_id: str
    passage_id: str
    start: int
    end: int
    quote: str
    language: Language
    section: tuple[str, ...]
    rendering: str = ""
    """The sentence in the other language, where there is one."""
    official: bool = False
    """The rendering is printed in the same publication."""


@dataclass(frozen=True)
class Option:
    """One possible answer of a choice; ``key`` names it in a form, whatever the order."""

    text: str
    right: bool

    @property
    def key(self) -> str:
        return digest(self.text)[:10]


@dataclass(frozen=True)
class Item:
    """One thing to learn. Everything but ``options`` is the same each time it is asked.

    ``prompt``: what is asked; ``stem``: words of a document it is asked about, with ``BLANK`` where a
    word is left out; ``points``: what a typed answer must say, each point with its accepted wordings.
    """

    id: str
    kind: Kind
    language: Language
    chapter: str
    """``document_id`` and its outermost heading, see ``chapter_of``."""
    prompt: str
    sources: tuple[Source, ...]
    stem: str = ""
    context: str = ""
    """The sentence before the stem in its passage."""
    unofficial: bool = False
    """Stem and options are an unofficial rendering of the source."""
    options: tuple[Option, ...] = ()
    points: tuple[tuple[str, ...], ...] = ()
    calculator: str = ""
    tags: tuple[str, ...] = field(default=(), compare=False)

    @property
    def several(self) -> bool:
        """Several options may be right."""
        return self.kind == "list"


BLANK = "____"


def digest(*parts: object) -> str:
    """A hash of content: the same on every machine and in every run."""
    raw = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()


def item_id(kind: Kind, language: Language, *content: object) -> str:
    """Name of an item by what it asks and what is true; wrong options may change without renaming it."""
    return digest(kind, language, *content)[:20]


def chapter_of(document_id: str, section: tuple[str, ...]) -> str:
    """Key of a document's part."""
    return f"{document_id}|{section[0] if section else ''}"
