"""What a sentence is judged by: its own match, its passage's match, its form, its place.

Every feature is between 0 and about 1. ``own_*`` belong to the sentence, ``passage_*`` to the passage it
stands in, ``form_*`` are 1 when the question asks for something of a form and the sentence has it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.measures import MEASURES, figures
from assistant.question import FORMS, Question
from corpus.model import DocumentKind, Passage, PassageKind, Sentence
from index.query import Query
from index.retriever import Retriever, Signals

Array = NDArray[np.float32]

TEXT = ("lexical", "concept", "dense")
"""Signals of a sentence's or passage's own text."""
SIGNALS = (*TEXT, "asked_words", "asked_concepts", "asked_dense")
"""And those of the questions written for a sentence."""
NAMES: tuple[str, ...] = (
    *(f"own_{name}" for name in SIGNALS),
    *(f"passage_{name}" for name in TEXT),
    *(f"best_{name}" for name in SIGNALS),
    "heading",
    "titled_dose",
    *(f"form_{name}" for name in FORMS),
    "figure_asked",
    "measure_asked",
    "short",
    "opens_list",
    "lead_in",
    "caption",
    "table_row",
    "abstract",
    "frame_section",
    "guideline",
    "cohort_study",
    "twin_at_hand",
    "other_disease",
)
_FRAME = re.compile(r"引言|结语|小结|Introduction|Summary|修订专家")
_ABSTRACT = re.compile(r"^(?:摘要|Abstract)$")
_OPENS = re.compile(r"[：:]$|如下|以下|following", re.IGNORECASE)
_DISEASES = frozenset(("disease", "stage"))


class FeatureTable:
    """Features of every sentence of an index for any query."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.sentences: list[tuple[Passage, Sentence]] = [
            (p, s) for p in retriever.passages for s in p.sentences
        ]
        self.passage_of: NDArray[np.int32] = retriever.sentence_passage
        self.document_of = np.array([p.document_id for p, _ in self.sentences])

    def compute(self, question: Question, query: Query, signals: Signals) -> Array:
        """Shape (sentences, features), columns as in ``NAMES``."""
        r, n = self.retriever, self.retriever.first_sentence_unit
        columns: list[Array] = []
        for name in SIGNALS:
            columns.append(getattr(signals, name)[n:])
        for name in TEXT:
            columns.append(getattr(signals, name)[:n][self.passage_of])
        for name in SIGNALS:
            columns.append(r.best_sentence(getattr(signals, name))[self.passage_of])
        columns.append(signals.heading[:n][self.passage_of])
        columns.append(signals.titled[self.passage_of] * np.float32(question.wants("dose")))
        for i, name in enumerate(FORMS):
            columns.append(self._forms[:, i] * np.float32(question.wants(name)))
        columns.append(self._figures(query.text))
        columns.append(self._measures(query.text))
        fixed = self._fixed
        columns += [fixed[:, i] for i in range(fixed.shape[1])]
        columns.append(r.twin_at_hand[question.language][self.passage_of])
        columns.append(self._other_disease(query))
        return np.stack(columns, axis=1).astype(np.float32)

    def _other_disease(self, query: Query) -> Array:
        """1 for sentences of a document on another disease than the others', when the question does not name it."""
        asked = set(query.concepts)
        named = {d for d, subjects in self._diseases.items() if not subjects or asked & subjects}
        return np.array([d not in named for d in self.document_of], dtype=np.float32)

    @cached_property
    def _diseases(self) -> dict[str, frozenset[str]]:
        """What a document's title says it is about where that is not what most documents are about."""
        terms = self.retriever.terminology
        titles = {
            d.info.id: frozenset(
                m.concept.id
                for title in (d.info.title_zh, d.info.title_en, d.info.short_zh, d.info.short_en)
                for m in terms.find(title or "")
                if m.concept.category in _DISEASES
            )
            for d in self.retriever.documents
        }
        counts = Counter(c for found in titles.values() for c in found)
        common = {c for c, n in counts.items() if n > 1}
        return {d: found - common if not found & common else frozenset() for d, found in titles.items()}

    @cached_property
    def _forms(self) -> Array:
        return np.array(
            [[form(s, readable(p, s)) for form in FORMS.values()] for p, s in self.sentences],
            dtype=np.float32,
        )

    @cached_property
    def _fixed(self) -> Array:
        kinds = {d.info.id: d.info.kind for d in self.retriever.documents}
        return np.array(
            [
                [
                    len(readable(p, s)) < 14,
                    bool(_OPENS.search(s.text)),
                    bool(p.lead_in),
                    p.kind is PassageKind.CAPTION,
                    p.kind is PassageKind.TABLE_ROW,
                    bool(_ABSTRACT.search(p.section[0])),
                    bool(_FRAME.search(p.section[0])),
                    kinds[p.document_id] is DocumentKind.GUIDELINE,
                    kinds[p.document_id] is DocumentKind.COHORT_STUDY,
                ]
                for p, s in self.sentences
            ],
            dtype=np.float32,
        )

    @cached_property
    def _figures_of(self) -> list[frozenset[str]]:
        return [figures(f"{readable(p, s)} {' '.join(p.section[-1:])}") for p, s in self.sentences]

    def _figures(self, text: str) -> Array:
        """Share of the figures in the question that stand in the sentence."""
        asked = figures(text)
        if not asked:
            return np.zeros(len(self.sentences), dtype=np.float32)
        return np.array([len(asked & own) / len(asked) for own in self._figures_of], dtype=np.float32)

    @cached_property
    def _measured(self) -> dict[str, Array]:
        """By measure, whether each sentence has a figure of it; shape (sentences,)."""
        texts = [f"{readable(p, s)} {s.translation or ''}" for p, s in self.sentences]
        return {
            m.name: np.array([bool(m.written.search(t)) for t in texts], dtype=np.float32) for m in MEASURES
        }

    def _measures(self, text: str) -> Array:
        """Share of the kinds of figures asked for that a sentence has."""
        wanted = [self._measured[m.name] for m in MEASURES if m.asked.search(text)]
        return np.mean(wanted, axis=0) if wanted else np.zeros(len(self.sentences), dtype=np.float32)


def readable(passage: Passage, sentence: Sentence) -> str:
    """What a reader would see: a table row is shown with its column names."""
    return passage.text if passage.kind is PassageKind.TABLE_ROW else sentence.text
