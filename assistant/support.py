"""The words of a question, and where the best evidence has them: an answer is as good as its worst word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Evidence
from assistant.foreign import without_told
from index.embedding import bundled
from index.precedents import Nearness
from index.query import Query
from index.retriever import Retriever

RARE = 8.0
"""Brings an idf to about 1."""
FLAGS = (
    "weight", "concept", "not_in_sentence", "not_shown", "not_in_passage", "nowhere",
    "not_in_nearest", "not_in_near", "not_in_unanswered",
)  # fmt: skip
"""What is known of a word: its idf, whether it is a concept, where the evidence lacks it, and whether the
questions decided before that are most like this one lack it."""


GRADES = frozenset(("recommendation-grade", "level-of-evidence"))
"""Concepts that stand beside a sentence, as its grade, not in its words."""


@dataclass(frozen=True)
class Word:
    """A concept or another word of a question; a text "has" it in its words, its rendering or a question written for it."""

    name: str
    """Its first English name, or the word as typed."""
    weight: float
    """Idf over ``RARE``."""
    concept: bool
    sentence: bool
    """Whether the best sentence has it."""
    shown: bool
    """Whether anything that would be shown has it."""
    passage: bool
    """Whether the passage of the best sentence has it."""
    anywhere: bool
    nearest: bool = True
    """Whether the nearest answered question has it; true when there is none to compare with."""
    near: bool = True
    """Whether one of the nearest answered questions has it."""
    unanswered: bool = True
    """Whether the nearest unanswered question has it."""
    term: str = ""
    """Id of the concept, or the word."""

    @property
    def flags(self) -> tuple[float, ...]:
        """Values in the order of ``FLAGS``."""
        places = (self.sentence, self.shown, self.passage, self.anywhere)
        questions = (self.nearest, self.near, self.unanswered)
        return (self.weight, float(self.concept), *(float(not has) for has in (*places, *questions)))


def words_of(query: Query, evidence: Evidence, near: Nearness, retriever: Retriever) -> tuple[Word, ...]:
    """The question's concepts and other words, each once."""
    asked = without_told(query.text, retriever.terminology)
    query = query if asked == query.text else retriever.query(asked)
    fields, units = retriever.fields, retriever.unit_of_sentence
    best = evidence.best
    sentence = units[best.sentence.id] if best else -1
    passage = retriever.passage_number[best.passage.id] if best else -1
    shown = {units[pick.sentence.id] for pick in evidence.picks}
    named = [(c, fields["concept"].weight(c), True) for c in query.concepts]
    typed = [(t, fields[query.language].weight(t), False) for t in dict.fromkeys(query.rest)]
    words = []
    graded = {units[pick.sentence.id] for pick in evidence.picks if pick.sentence.grades}
    for term, weight, is_concept in (*named, *typed):
        holders = _holders(term, is_concept, retriever) | (graded if term in GRADES else set())
        passages = {int(retriever.sentence_passage[u - retriever.first_sentence_unit]) for u in holders
                    if u >= retriever.first_sentence_unit}  # fmt: skip
        words.append(
            Word(
                _name(term, retriever) if is_concept else term, weight / RARE, is_concept,
                sentence in holders, not shown.isdisjoint(holders),
                passage in holders or passage in passages, bool(holders),
                *_put(f"#{term}" if is_concept else term, near), term=term,
            )
        )  # fmt: skip
    return tuple(words)


def _put(term: str, near: Nearness) -> tuple[bool, bool, bool]:
    """Whether the nearest answered question, one of the nearest, and the nearest unanswered one have a term."""
    answered = near.answered_terms
    return (
        not answered or term in answered[0],
        not answered or any(term in terms for terms in answered),
        term in near.unanswered_terms,
    )


def meanings(words: tuple[Word, ...]) -> NDArray[np.float32]:
    """Vectors of the words by the bundled model, whatever model searches; shape (words, dimension)."""
    model = bundled()
    return model.encode([w.name for w in words]) if words else np.zeros((0, model.dimension), np.float32)


def _name(concept: str, retriever: Retriever) -> str:
    found = retriever.terminology[concept]
    return (found.en or found.zh)[0]


def _holders(term: str, is_concept: bool, retriever: Retriever) -> set[int]:
    """Units with a concept or word in their text or in a question written for them."""
    fields, asked = retriever.fields, retriever.asked
    if is_concept:
        own, questions = [fields["concept"].units_with(term)], asked.concepts.units_with(term)
    else:
        own, questions = [fields[x].units_with(term) for x in ("zh", "en")], asked.words.units_with(term)
    return {int(u) for u in np.concatenate([*own, asked.units[questions]])}
