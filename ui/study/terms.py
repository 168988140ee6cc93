"""Cloze of names: a drug, regimen or gene is left out; others of its kind are the wrong options."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from rapidfuzz import fuzz

from corpus.model import Document, Language, Passage, Sentence
from corpus.registers import folded
from corpus.terminology import Concept, Match, Terminology, load_terminology
from ui.study.grades import WRONG, graded
from ui.study.model import BLANK, Item, Option, chapter_of, item_id
from ui.study.prompts import prompt
from ui.study.sourcing import before, prose, read_in, source_of

CATEGORIES = ("drug", "regimen", "gene")
ALIKE = 82
"""A sentence of the documents this much like the one with the wrong word in it (out of 100) forbids the word."""


ENDING = 2
"""Characters at the end of a Chinese name that tell its class."""
SAME_TOPICS = 2
"""So many topics shared with a sentence that names a word forbid the word as well; one, where the stem has no more."""
RARE = 0.08
"""A topic is a concept in less than this share of the sentences."""
COMMON = ("general_clinical", "question_word", "statistic", "study", "population", "dose_term")

_GROUP = re.compile(r"类$|抑制剂|造影剂|对比剂|药$|fluoropyrimidine|agent|medium|media|inhibitor|medicine")
_CAPITALS = re.compile(r"[A-Za-z0-9/-]*[A-Z]{2,}[A-Za-z0-9/-]*")


class Terms:
    """Names of drugs, regimens and genes in the documents, by language."""

    def __init__(self, documents: Sequence[Document], terminology: Terminology) -> None:
        self.terminology = terminology
        self.told: dict[Language, list[tuple[str, frozenset[str]]]] = {}
        self.known: dict[Language, list[Concept]] = {}
        self.surface: dict[Language, dict[str, str]] = {}
        self._sections: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        self._named: dict[tuple[str, tuple[str, ...]], list[Match]] = {}
        for passage, sentence in prose(documents):
            told_here = (sentence.text, sentence.translation or "")
            self._sections.setdefault((passage.document_id, passage.section), []).extend(told_here)
        self._about: dict[Language, list[frozenset[str]]] = {}
        self._rare: dict[Language, frozenset[str]] = {}
        for language in get_args(Language):
            told: list[tuple[str, frozenset[str]]] = []
            surface: dict[str, str] = {}
            for _, sentence in prose(documents):
                shown = read_in(sentence, language)
                if shown is not None:
                    found = self.names(shown[0])
                    told.append((shown[0], frozenset(m.concept.id for m in found)))
                    for match in found:
                        surface.setdefault(match.concept.id, plain(match.surface))
            self.told[language], self.surface[language] = told, surface
            about = [frozenset(m.concept.id for m in terminology.find(text)) for text, _ in told]
            often = Counter(name for names in about for name in names)
            self._about[language] = about
            self._rare[language] = frozenset(
                name for name, count in often.items()
                if count < RARE * len(about) and terminology[name].category not in COMMON
            )  # fmt: skip
            self.known[language] = [terminology[name] for name in sorted(surface)]

    def company(self, concept: Concept, language: Language) -> set[str]:
        """Names that stand beside this one in a sentence."""
        beside = (ids for _, ids in self.told[language] if concept.id in ids)
        return {name for ids in beside for name in ids} - {concept.id}

    def names(self, text: str) -> list[Match]:
        """Single drugs, regimens with a name of their own and genes, as written."""
        return [m for m in self.terminology.find(text) if m.concept.category in CATEGORIES and _proper(m)]

    def rivals(self, passage: Passage, concept: Concept) -> set[str]:
        """Names of the concept's own class that its section may mean: named there, or covered by a group named there."""
        place = (passage.document_id, passage.section)
        if place not in self._named:
            self._named[place] = self.terminology.find("\n".join(self._sections[place]))
        found = [match for match in self._named[place] if match.concept.id != concept.id]
        named = {match.concept.id for match in found}
        group = any(
            match.concept.category == "drug_class" and _ending(concept) == match.surface[-ENDING:]
            for match in found
        )
        return {
            c.id for c in self.terminology.concepts if same_class(concept, c) and (group or c.id in named)
        }

    def told_alike(self, stem: str, other: Concept, language: Language) -> bool:
        """The documents say of the other one what the stem says, or something in the same circumstances."""
        filled = stem.replace(BLANK, self.surface[language][other.id])
        topics = {m.concept.id for m in self.terminology.find(stem.replace(BLANK, " "))} & self._rare[
            language
        ]
        topics = {name for name in topics if self.terminology[name].category != other.category}
        enough = SAME_TOPICS if len(topics) > SAME_TOPICS else 1
        return any(
            other.id in ids and (len(topics & about) >= enough or fuzz.ratio(filled, text) >= ALIKE)
            for (text, ids), about in zip(self.told[language], self._about[language], strict=True)
        )

    def inside(self, text: str) -> set[str]:
        """Ids of every concept of a text, nested ones too."""
        return {match.concept.id for match in self.terminology.find_nested(text)}


def _proper(match: Match) -> bool:
    """A drug's own name, or a thing that goes by capitals: not a word for a whole group."""
    if match.concept.category == "drug":
        return not _GROUP.search(match.surface)
    return all(_CAPITALS.fullmatch(name) for name in (match.surface, match.concept.preferred("zh")))


def plain(surface: str) -> str:
    """A word as it stands within a sentence, where only its first letter is a capital at the beginning."""
    return surface.lower() if surface[1:] and surface[0].isupper() and surface[1:].islower() else surface


def related(one: Concept, other: Concept) -> bool:
    """The same thing, or one's name within the other's: such a pair is never true against false."""
    ours, theirs = {folded(f) for f in one.variants}, {folded(f) for f in other.variants}
    return any(a in b or b in a for a in ours for b in theirs if min(len(a), len(b)) >= 2)


def term_items(documents: Sequence[Document], terminology: Terminology | None = None) -> list[Item]:
    """One item per name in each graded recommendation."""
    terms = Terms(documents, terminology or load_terminology())
    items: dict[str, Item] = {}
    for passage, sentence in graded(documents):
        for language in get_args(Language):
            shown = read_in(sentence, language)
            if shown is None:
                continue
            for concept in _distinct(terms.names(shown[0])):
                item = _item(passage, sentence, language, concept, terms)
                if item is not None:
                    items.setdefault(item.id, item)
    return list(items.values())


def _distinct(matches: Iterable[Match]) -> list[Concept]:
    """Concepts named by one span only: a word with two meanings is left alone."""
    spans: dict[tuple[int, int], list[Concept]] = {}
    for match in matches:
        spans.setdefault((match.start, match.end), []).append(match.concept)
    return list({c[0].id: c[0] for c in spans.values() if len(c) == 1}.values())


def _item(
    passage: Passage, sentence: Sentence, language: Language, concept: Concept, terms: Terms
) -> Item | None:
    shown = read_in(sentence, language)
    assert shown is not None
    text, unofficial = shown
    places = [m for m in terms.terminology.find(text) if m.concept.id == concept.id]
    stem = text
    for match in sorted(places, key=lambda m: -m.start):
        stem = stem[: match.start] + BLANK + stem[match.end :]
    if any(folded(form) in folded(stem) for form in concept.variants if len(form) > 2):
        return None  # the rest of the sentence would give it away
    answer = plain(places[0].surface)
    name = item_id("term", language, passage.document_id, sentence.text, text, concept.id)
    wrong = _wrong(passage, stem, language, concept, terms, name)
    if len(wrong) < WRONG:
        return None
    context = before(passage, sentence, language)
    if concept.id in terms.inside(context):
        context = ""
    return Item(
        id=name,
        kind="term",
        language=language,
        chapter=chapter_of(passage.document_id, passage.section),
        prompt=prompt("term", language),
        sources=(source_of(passage, sentence),),
        stem=stem,
        context=context,
        unofficial=unofficial,
        options=(
            Option(answer, True),
            *(Option(terms.surface[language][other.id], False) for other in wrong),
        ),
    )


def _wrong(
    passage: Passage, stem: str, language: Language, concept: Concept, terms: Terms, name: str
) -> list[Concept]:
    """Concepts of the same category, of the same class first, then those that keep the same
    company in the documents, that the passage does not name."""
    chance = random.Random(name)
    near = " ".join(shown[0] for s in passage.sentences if (shown := read_in(s, language)))
    here = terms.inside(near)
    shown_here = [terms.terminology[name] for name in sorted(here)]
    rivals = terms.rivals(passage, concept)
    beside = terms.company(concept, language)
    candidates = [
        other for other in terms.known[language]
        if other.category == concept.category
        and other.id not in rivals
        and not any(related(other, named) for named in (concept, *shown_here) if named.category == other.category)
        and (same_class(concept, other) or beside & (terms.company(other, language) | {other.id}))
    ]  # fmt: skip
    candidates.sort(
        key=lambda other: (
            not same_class(concept, other),
            -len(beside & terms.company(other, language)),
            chance.random(),
        )
    )
    chosen: list[Concept] = []
    for other in candidates:
        if len(chosen) == WRONG:
            break
        if not any(related(other, taken) for taken in chosen) and not terms.told_alike(stem, other, language):
            chosen.append(other)
    return chosen


def same_class(one: Concept, other: Concept) -> bool:
    """Names of one class of drugs end alike: 单抗, 替尼."""
    return one.category == other.category and _ending(one) == _ending(other)


def _ending(concept: Concept) -> str:
    return concept.preferred("zh").lower()[-ENDING:]
