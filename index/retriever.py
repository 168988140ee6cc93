"""Finding passages and sentences: one object that answers every search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from corpus.model import Document, DocumentKind, Language, Passage, PassageKind
from corpus.terminology import Terminology, load_terminology
from index.build import build, stale
from index.contents import Contents, make_contents
from index.embedding import load_embedder
from index.fusion import Method, load_weights
from index.parts import ALL, Parts
from index.precedents import Nearness, Precedents
from index.query import Query, understand
from index.storage import IndexUnusable, Manifest, default_directory, read
from index.units import Unit, unit_of_sentence, units_of
from index.vectors import Known, Progress

if TYPE_CHECKING:
    from index.embedding import Embedder

Scores = NDArray[np.float32]
_ABSTRACTS = ("摘要", "Abstract")
_UNSTORED = Manifest(
    corpus="", model="", model_name="", dimension=0, settings="", passages=0, units=0, files={}
)  # fmt: skip
"""Stands in for the manifest of an index that was never written."""


@dataclass(frozen=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Signals:
    """Scores of every unit for one query, each of shape (units,) and between 0 and about 1."""

    lexical: Scores
    concept: Scores
    dense: Scores
    heading: Scores
    asked_words: Scores
    asked_concepts: Scores
    asked_dense: Scores
    """Against the questions written for the unit's sentences."""
    titled: Scores
    """One per passage: its innermost heading names what the question is about."""


class Retriever:
    """The loaded index."""

    def __init__(
        self,
        documents: Sequence[Document],
        contents: Contents,
        embedder: Embedder,
        manifest: Manifest | None = None,
        parts: Parts = ALL,
        precedents: Precedents | None = None,
    ) -> None:
        self.manifest = manifest or _UNSTORED
        self.embedder = embedder
        self.parts = parts
        self.weights = load_weights()
        self._contents = contents
        self.documents = tuple(documents)
        self.passages: tuple[Passage, ...] = tuple(p for d in self.documents for p in d.passages)
        self.units: Sequence[Unit] = units_of(self.passages)
        self.fields = contents.fields
        self.dense = contents.dense
        self.asked = contents.asked
        self.notices: list[tuple[str, str]] = []
        self._precedents = precedents
        self._last: tuple[str, Scores, Scores] | None = None

    @classmethod
    def of(
        cls, documents: Sequence[Document], embedder: Embedder, parts: Parts = ALL, known: Known | None = None
    ) -> Retriever:
        """An index in memory over any documents, with all parts or some."""
        return cls(documents, make_contents(documents, embedder, parts, known), embedder, parts=parts)

    @classmethod
    def open(
        cls, directory: Path | None = None, model: str | None = None, progress: Progress | None = None
    ) -> Retriever:
        """Load the index; build it first when it is missing, damaged, foreign or out of date.

        What was wrong is told in ``notices``. A folder that cannot be written raises CrlmError.
        """
        directory = directory or default_directory()
        embedder = load_embedder(model)
        notices: list[tuple[str, str]] = []
        try:
            manifest, files = read(directory)
            if stale(manifest, embedder.fingerprint):
                raise IndexUnusable(
                    "索引与当前文献、模型或设置不符", "The index does not match the texts, model or settings"
                )
        except IndexUnusable as problem:
            notices.append((f"{problem.zh}；已重新建立", f"{problem.en}; it was built anew"))
            build(directory, model, progress, force=True)
            manifest, files = read(directory)
        documents = TypeAdapter(list[Document]).validate_json(files["corpus.json"])
        retriever = cls(
            documents, Contents.from_files(files), embedder, manifest,
            precedents=Precedents.from_files(files),
        )  # fmt: skip
        retriever.notices = notices
        return retriever

    def known_vectors(self) -> Known:
        """Vectors by hash of their text, for building a variant of this index."""
        return self._contents.known()

    @cached_property
    def terminology(self) -> Terminology:
        return load_terminology() if self.parts.glossary else Terminology(())

    @cached_property
    def first_sentence_unit(self) -> int:
        """Units from here on are sentences; before it, passages."""
        return len(self.passages)

    @cached_property
    def sentence_passage(self) -> NDArray[np.int32]:
        """Passage number of every sentence unit."""
        return np.array([u.passage for u in self.units[self.first_sentence_unit :]], dtype=np.int32)

    def near(self, query: Query, leave_out: bool = False) -> Nearness:
        """How near a question is to those decided before.

        ``leave_out``: other than the text itself, for learning from these questions.
        """
        return self.precedents.near(query, *self._embedded(query.text), leave_out)

    def _embedded(self, text: str) -> tuple[Scores, Scores]:
        """A question's vector, and its cosine with every question written for a sentence.

        The last one is kept: what is searched for is judged next.
        """
        last = self._last
        if last is None or last[0] != text:
            vector = self.embedder.encode([text])[0]
            self._last = last = (text, vector, self.asked.dense.scores(vector))
        return last[1:]

    @cached_property
    def precedents(self) -> Precedents:
        """Questions decided before; an index in memory reads them when first needed."""
        return self._precedents or Precedents.build(
            self.documents, self.fields, self.terminology, self.embedder, self.parts, {}
        )

    @cached_property
    def passage_number(self) -> dict[str, int]:
        """Number of every passage id; also its unit."""
        return {p.id: i for i, p in enumerate(self.passages)}

    @cached_property
    def unit_of_sentence(self) -> dict[str, int]:
        """Unit number of every sentence id."""
        return unit_of_sentence(self.passages, self.units)

    def query(self, text: str) -> Query:
        """The text as the index sees it."""
        return understand(text, self.terminology, self.fields)

    def signals(self, query: Query) -> Signals:
        """Scores of every unit."""
        by_language = {language: self.fields[language].scores(query.tokens) for language in ("zh", "en")}
        weight = {language: query.weight(language) for language in ("zh", "en")}
        lexical: Scores = np.maximum(*(by_language[x] / max(weight[x], 1e-6) for x in ("zh", "en")))
        concept = self.fields["concept"].scores((*query.concepts, *query.focus)) / max(
            query.concept_weight, 1e-6
        )
        heading = self.fields["heading"].scores(query.heading) / max(query.heading_weight, 1e-6)
        vector, asked = self._embedded(query.text)
        n = len(self.units)
        dense = self.dense.scores(vector)
        return Signals(
            lexical.astype(np.float32),
            concept.astype(np.float32),
            np.maximum(dense[:n], dense[n:]),
            heading.astype(np.float32),
            self.asked.lexical(query.tokens, n),
            self.asked.conceptual(query.concepts, n),
            self.asked.nearest(asked, n),
            self._titled(query.focus),
        )

    def _titled(self, focus: Sequence[str]) -> Scores:
        """1 for passages whose innermost heading is what the question is about."""
        wanted = set(focus)
        named = {title: not wanted.isdisjoint(ids) for title, ids in self._heading_concepts.items()}
        return np.array([named[p.section[-1]] for p in self.passages], dtype=np.float32)

    @cached_property
    def _heading_concepts(self) -> dict[str, frozenset[str]]:
        titles = {p.section[-1] for p in self.passages}
        return {t: frozenset(m.concept.id for m in self.terminology.find(t)) for t in titles}

    def passage_scores(self, signals: Signals, language: Language, method: Method = "hybrid") -> Scores:
        """One score per passage, shape (passages,)."""
        n = self.first_sentence_unit
        if method == "lexical":
            return signals.lexical[:n]
        if method == "dense":
            return signals.dense[:n]
        w = self.weights
        best = {
            name: self.best_sentence(getattr(signals, name))
            for name in ("lexical", "concept", "dense", "asked_words", "asked_concepts", "asked_dense")
        }
        total: Scores = (
            w.lexical_passage * signals.lexical[:n] + w.lexical_sentence * best["lexical"]
            + w.concept_passage * signals.concept[:n] + w.concept_sentence * best["concept"]
            + w.dense_passage * signals.dense[:n] + w.dense_sentence * best["dense"]
            + w.asked_words * best["asked_words"] + w.asked_concepts * best["asked_concepts"]
            + w.asked_dense * best["asked_dense"]
            + w.heading * signals.heading[:n] + self._prior + w.twin_at_hand * self.twin_at_hand[language]
        )  # fmt: skip
        return total

    def best_sentence(self, unit_scores: Scores) -> Scores:
        """The score of every passage's best sentence, shape (passages,)."""
        sentence_scores = unit_scores[self.first_sentence_unit :]
        best = np.zeros(self.first_sentence_unit, dtype=np.float32)
        np.maximum.at(best, self.sentence_passage, sentence_scores)
        return best

    @cached_property
    def _prior(self) -> Scores:
        kinds = {d.info.id: d.info.kind for d in self.documents}
        w = self.weights
        return np.array(
            [
                w.caption * (p.kind is PassageKind.CAPTION) + w.table_row * (p.kind is PassageKind.TABLE_ROW)
                + w.abstract * (p.section[0] in _ABSTRACTS)
                + w.guideline * (kinds[p.document_id] is DocumentKind.GUIDELINE)
                for p in self.passages
            ],
            dtype=np.float32,
        )  # fmt: skip

    @cached_property
    def twin_at_hand(self) -> dict[Language, Scores]:
        """1 for passages in another language whose printed twin in this one is in the corpus."""
        return {
            language: np.array(
                [p.language != language and bool(p.translation_of) for p in self.passages], dtype=np.float32
            )
            for language in ("zh", "en")
        }

    def search(self, query: str, k: int = 10, method: Method = "hybrid") -> list[Hit]:
        """The best passages, best first."""
        understood = self.query(query)
        scores = self.passage_scores(self.signals(understood), understood.language, method)
        return [Hit(self.passages[i], float(scores[i])) for i in best_first(scores, k)]


def best_first(scores: Scores, k: int) -> list[int]:
    """Positions of the ``k`` highest scores; ties in reading order."""
    return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]
