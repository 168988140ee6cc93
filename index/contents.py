"""What an index holds, made from documents: the same for the disk, for memory, for any corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Language, Passage
from corpus.terminology import Terminology, load_terminology
from index import lexical
from index.asked import AskedIndex
from index.dense import DenseIndex
from index.implied import implied_concepts
from index.lexical import BM25
from index.parts import ALL, Parts
from index.storage import pack, unpack
from index.tokens import tokenise
from index.units import LANGUAGES, Unit, context_of, text_of, unit_of_sentence, units_of
from index.vectors import Known, Progress, embed

if TYPE_CHECKING:
    from index.embedding import Embedder

FIELDS = ("zh", "en", "concept", "heading")
SATURATION = {
    "zh": (lexical.K1, lexical.B),
    "en": (lexical.K1, lexical.B),
    "concept": (0.0, 0.0),
    "heading": (0.5, 0.5),
}
"""k1 and b of each field. A concept counts once however often it is named: the field is idf coverage."""


@dataclass(frozen=True)
class Contents:
    """Everything a search reads."""

    fields: Mapping[str, BM25]
    dense: DenseIndex
    hashes: NDArray[np.generic]
    """One per row of ``dense``, then one per question: texts already embedded need no second time."""
    asked: AskedIndex
    embedded: int = 0
    """Texts that had to be embedded; the others were known."""

    def to_files(self) -> dict[str, bytes]:
        """As files of an index."""
        asked = self.asked
        files = {f"lexical-{name}.npz": pack(field.arrays()) for name, field in self.fields.items()}
        files["dense.faiss"] = self.dense.to_bytes()
        files["texts.npz"] = pack({"hashes": self.hashes})
        files["asked-words.npz"] = pack({**asked.words.arrays(), "of_unit": asked.units})
        files["asked-concepts.npz"] = pack(asked.concepts.arrays())
        files["asked.faiss"] = asked.dense.to_bytes()
        return files

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> Contents:
        """The inverse of ``to_files``."""
        words = unpack(files["asked-words.npz"])
        return cls(
            {name: BM25.from_arrays(unpack(files[f"lexical-{name}.npz"])) for name in FIELDS},
            DenseIndex.from_bytes(files["dense.faiss"]),
            unpack(files["texts.npz"])["hashes"],
            AskedIndex(
                words["of_unit"].astype(np.int32),
                BM25.from_arrays(words),
                BM25.from_arrays(unpack(files["asked-concepts.npz"])),
                DenseIndex.from_bytes(files["asked.faiss"]),
            ),
        )

    def known(self) -> dict[bytes, NDArray[np.float32]]:
        """Vectors by hash of their text."""
        rows = np.concatenate([self.dense.vectors(), self.asked.dense.vectors()])
        return dict(zip(self.hashes.tolist(), rows, strict=True))


def make_contents(
    documents: Sequence[Document],
    embedder: Embedder,
    parts: Parts = ALL,
    known: Known | None = None,
    progress: Progress | None = None,
) -> Contents:
    """Index documents. ``known``: vectors this embedder made before, by hash of the text."""
    tell = progress or (lambda message, share: None)
    passages = [p for d in documents for p in d.passages]
    questions = [q for d in documents for q in d.questions] if parts.questions else []
    units = units_of(passages)
    terminology = load_terminology() if parts.glossary else Terminology(())
    tell("lexical", 0.2)
    fields = _fields(passages, units, terminology, parts)
    tell("dense", 0.4)
    texts = [_text(passages, u, x, parts) for x in LANGUAGES for u in units] + [q.text for q in questions]
    vectors, hashes, embedded = embed(texts, embedder, known or {}, tell)
    rows = len(texts) - len(questions)
    asked = AskedIndex.build(questions, unit_of_sentence(passages, units), terminology, vectors[rows:])
    return Contents(fields, DenseIndex.build(vectors[:rows]), hashes, asked, embedded)


def _text(passages: Sequence[Passage], unit: Unit, language: Language, parts: Parts) -> str:
    if not parts.translations and passages[unit.passage].language != language:
        return ""
    return text_of(passages, unit, language)


def _fields(
    passages: Sequence[Passage], units: Sequence[Unit], terminology: Terminology, parts: Parts
) -> dict[str, BM25]:
    fields: dict[str, list[list[str]]] = {field: [] for field in FIELDS}
    for unit in units:
        concepts: set[str] = set()
        for language in LANGUAGES:
            text = _text(passages, unit, language, parts)
            context = context_of(passages, unit, language)
            fields[language].append(tokenise(f"{context} {text}") if text else [])
            if parts.glossary:
                concepts.update(m.concept.id for m in terminology.find_nested(f"{context}\n{text}"))
                concepts |= implied_concepts(text)
        fields["concept"].append(sorted(concepts))
        fields["heading"].append(
            _heading(passages[unit.passage], terminology) if unit.sentence is None else []
        )
    return {field: BM25.build(texts, *SATURATION[field]) for field, texts in fields.items()}


def _heading(passage: Passage, terminology: Terminology) -> list[str]:
    """Tokens and concepts of the heading path; the innermost heading counts twice."""
    path = [*passage.section, passage.section[-1]]
    return [token for title in path for token in heading_tokens(title, terminology)]


def heading_tokens(text: str, terminology: Terminology) -> list[str]:
    """What a heading and a question are compared by: concepts, then the words no concept covers."""
    matches = terminology.find(text)
    rest = list(text)
    for match in matches:
        rest[match.start : match.end] = " " * (match.end - match.start)
    return [match.concept.id for match in matches] + tokenise("".join(rest))
