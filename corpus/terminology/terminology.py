"""Find the domain's concepts in a text, in Chinese and in English.

The table ``concepts.tsv`` is read once into two flat dictionaries (exact forms and lightly stemmed
forms). A text is cut into units, Latin words and single other characters, and matched against them
from left to right, longest form first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from corpus.model import Language
from corpus.terminology.forms import (
    ENDINGS,
    LATIN_WORD,
    TURNS_AROUND,
    Entry,
    FormIndex,
    PreparedText,
    has_chinese,
    keys_of,
    light_stem,
    needs_capitals,
)

Category = Literal[
    "disease",
    "stage",
    "drug",
    "drug_class",
    "regimen",
    "gene",
    "biomarker",
    "imaging",
    "procedure",
    "surgery",
    "anatomy",
    "ablation",
    "radiotherapy",
    "score",
    "statistic",
    "complication",
    "adverse_event",
    "population",
    "study",
    "dose_term",
    "general_clinical",
    "question_word",
    "outside_cancer",
    "outside_drug",
    "outside_score",
    "outside_topic",
]

LONG_WORD = 10
"""From this length on a Latin word may be repaired across two wrong letters, below it across one."""

NOT_REPAIR_TARGETS = frozenset(
    {"general_clinical", "question_word", "study", "population", "outside_topic", "outside_score"}
)
"""Categories of everyday words: a rare English word must not be bent towards one of them."""


class Concept(BaseModel):
    """One thing people ask about, with every way of writing it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    category: Category
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()

    @property
    def outside(self) -> bool:
        """True for what the five documents say nothing about (or only mention in passing)."""
        return self.category.startswith("outside_")

    @property
    def variants(self) -> tuple[str, ...]:
        """All correct forms, both languages, without repetition."""
        return tuple(dict.fromkeys((*self.zh, *self.en, *self.abbreviations, *self.brands, *self.lay)))

    def forms(self, language: Language) -> tuple[str, ...]:
        """Correct forms a writer of ``language`` uses; Latin abbreviations serve both languages."""
        if language == "zh":
            chosen = (*self.zh, *self.abbreviations, *(f for f in self._either if has_chinese(f)))
        else:
            chosen = (*self.en, *self.abbreviations, *(f for f in self._either if not has_chinese(f)))
        return tuple(dict.fromkeys(chosen))

    @property
    def _either(self) -> tuple[str, ...]:
        return (*self.brands, *self.lay)

    def preferred(self, language: Language) -> str:
        """The form to show: the first of its language, else the first there is."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return (first or second)[0]


class Match(NamedTuple):
    """A concept named in a text: ``text[start:end] == surface``."""

    concept: Concept
    start: int
    end: int
    surface: str


class Correction(NamedTuple):
    """A misspelt piece of a text and what it should be: ``text[start:end] == surface``."""

    surface: str
    replacement: str
    start: int
    end: int


class Terminology:
    """The concepts, ready to be looked up."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._by_id = {concept.id: concept for concept in self.concepts}
        self._exact = FormIndex()
        self._stems = FormIndex()
        self._words: dict[str, None] = {}
        for number, concept in enumerate(self.concepts):
            for form in concept.variants:
                self._add(form, number, misspelling=False)
            for form in concept.misspellings:
                self._add(form, number, misspelling=True)
        self._exact.seal()
        self._stems.seal()
        self._repairable: tuple[str, ...] | None = None

    def _add(self, form: str, number: int, *, misspelling: bool) -> None:
        capitals = needs_capitals(form)
        exact, stems = keys_of(form)
        entry = Entry(number, form, capitals, misspelling)
        self._exact.add(exact, entry)
        if not capitals and not has_chinese(form):
            self._stems.add(stems, entry)

    def __len__(self) -> int:
        return len(self.concepts)

    def __getitem__(self, concept_id: str) -> Concept:
        return self._by_id[concept_id]

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._by_id

    def find(self, text: str) -> list[Match]:
        """Concepts named in the text, longest form first, no two spans overlapping.

        A form that belongs to two concepts gives two matches with the same span.
        """
        return [
            Match(self.concepts[entry.concept], start, end, text[start:end])
            for start, end, entries in self._spans(text)
            for entry in entries
        ]

    def find_nested(self, text: str) -> list[Match]:
        """As ``find``, and after each match the concepts whose forms stand inside it.

        ``RAS wild-type`` gives ``RAS`` as well, but 不可切除 not 可切除. Meant for indexing passages.
        """
        cut = PreparedText(text)
        found: dict[Match, None] = {}
        for first, last, entries in self._unit_spans(cut):
            inner = [
                (place, end, inside)
                for place in range(first, last + 1)
                for index in (self._exact, self._stems)
                for end, inside in self._forms(index, cut, place)
                if end <= last and (place, end) != (first, last)
                if place == first or cut.units[place - 1].exact not in TURNS_AROUND
            ]
            for place, end, some in ((first, last, entries), *inner):
                begin, stop = cut.units[place].start, cut.units[end].end
                for entry in _one_per_concept(some):
                    found[Match(self.concepts[entry.concept], begin, stop, text[begin:stop])] = None
        return list(found)

    def _spans(self, text: str) -> list[tuple[int, int, list[Entry]]]:
        cut = PreparedText(text)
        return [
            (cut.units[first].start, cut.units[last].end, _one_per_concept(entries))
            for first, last, entries in self._unit_spans(cut)
        ]

    def _unit_spans(self, cut: PreparedText) -> Iterator[tuple[int, int, list[Entry]]]:
        """First unit, last unit and meaning of each form, left to right, longest first."""
        number = 0
        nothing: tuple[int, list[Entry]] = (-1, [])
        while number < len(cut.units):
            last, entries = next(self._forms(self._exact, cut, number), nothing)
            stem_last, stem_entries = next(self._forms(self._stems, cut, number), nothing)
            if stem_last > last:
                last, entries = stem_last, stem_entries
            if last < 0:
                number += 1
                continue
            yield number, last, entries
            number = last + 1

    def _forms(self, index: FormIndex, cut: PreparedText, number: int) -> Iterator[tuple[int, list[Entry]]]:
        """Forms that start at a unit, longest first: the last unit of each and what it stands for."""
        joined, starts, ends = cut.stemmed if index is self._stems else cut.exact
        for key, end in index.at(joined, starts[number]):
            last = ends.get(end)
            if last is None or _cuts_a_word(key, joined, end, index):
                continue
            surface = unicodedata.normalize("NFKC", cut.text[cut.units[number].start : cut.units[last].end])
            entries = [e for e in index.entries[key] if not e.capitals or cut.chinese or e.form == surface]
            if len(entries) > 1:
                entries = [e for e in entries if e.form == surface] or entries
            if entries:
                yield last, entries

    def outside(self, text: str) -> list[Concept]:
        """Concepts in the text that the five documents do not treat, in order, each once."""
        return list(dict.fromkeys(match.concept for match in self.find(text) if match.concept.outside))

    def expand(self, text: str, language: Language, *, question_words: bool = False) -> list[str]:
        """Other ways of writing what the text names, both languages, the reader's own first.

        Forms that stand in the text already are left out, and so are misspellings. Question words
        (how, when, 多少) are expanded only on request: they help no search. Drugs, scores and topics
        outside the documents are never expanded.
        """
        matches = self.find(text)
        present = {keys_of(match.surface)[0] for match in matches}
        other: Language = "en" if language == "zh" else "zh"
        forms: dict[str, None] = {}
        left_out = {"outside_drug", "outside_score", "outside_topic"}
        if not question_words:
            left_out.add("question_word")
        concepts = dict.fromkeys(m.concept for m in matches if m.concept.category not in left_out)
        for concept in concepts:
            for form in (*concept.forms(language), *concept.forms(other)):
                if keys_of(form)[0] not in present:
                    forms[form] = None
        return list(forms)

    def corrections(self, text: str, vocabulary: Collection[str] = ()) -> list[Correction]:
        """Misspelt terms in the text: those listed in the table, then Latin words close to a term.

        ``vocabulary`` holds lower-case words that are right as they stand (the sources' own words).
        """
        found: list[Correction] = []
        for start, end, entries in self._spans(text):
            if entries and all(entry.misspelling for entry in entries):
                surface = text[start:end]
                replacement = self._correct_form(self.concepts[entries[0].concept], surface)
                found.append(Correction(surface, replacement, start, end))
        taken = [(c.start, c.end) for c in found]
        for word in LATIN_WORD.finditer(text):
            if any(start < word.end() and word.start() < end for start, end in taken):
                continue
            near = self._near(word.group().lower(), vocabulary)
            if near is not None:
                found.append(Correction(word.group(), near, word.start(), word.end()))
        return sorted(found, key=lambda correction: correction.start)

    def repair(self, text: str, vocabulary: Collection[str] = ()) -> str:
        """The text with its ``corrections`` made."""
        for correction in reversed(self.corrections(text, vocabulary)):
            text = text[: correction.start] + correction.replacement + text[correction.end :]
        return text

    def _correct_form(self, concept: Concept, surface: str) -> str:
        """The correct form nearest to a listed misspelling, in the same script."""
        from rapidfuzz.distance import OSA

        chinese = has_chinese(surface)
        candidates = [form for form in concept.variants if has_chinese(form) == chinese]
        if not candidates:
            return concept.preferred("zh" if chinese else "en")
        folded = surface.lower()
        return min(candidates, key=lambda form: OSA.distance(form.lower(), folded))

    def _near(self, word: str, vocabulary: Collection[str]) -> str | None:
        """The known word a long unknown Latin word was meant to be, if one is close enough."""
        if len(word) < 6 or word in vocabulary or light_stem(word) in vocabulary:
            return None
        known = self._known_words()
        if word in self._words or light_stem(word) in self._words:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= LONG_WORD else 1
        best = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=3)
        return next((form for form, distance, _ in best if _typing_error(word, form, distance)), None)

    def _known_words(self) -> tuple[str, ...]:
        """Latin words of six letters and more in the table's correct forms; built when first needed."""
        if self._repairable is None:
            words: dict[str, None] = {}
            for concept in self.concepts:
                for form in concept.variants:
                    for word in LATIN_WORD.findall(form):
                        self._words[word.lower()] = None
                        self._words[light_stem(word.lower())] = None
                        if len(word) >= 6 and concept.category not in NOT_REPAIR_TARGETS:
                            words[word.lower()] = None
            self._repairable = tuple(words)
        return self._repairable


def _cuts_a_word(key: str, joined: str, end: int, index: FormIndex) -> bool:
    """True when 切除术 would take the first half of 术后, 术前 or 术中 and 切除 is a form as well."""
    return key.endswith("术") and joined[end : end + 1] in ("后", "前", "中") and key[:-1] in index.entries


def _typing_error(word: str, form: str, distance: float) -> bool:
    """True when ``word`` can hardly be anything but ``form`` mistyped.

    Endings (significant, significantly) are no errors, and words in -ion lie so close together
    (conversion, conversation; ligation, legation) that only a lost, doubled or swapped letter counts.
    """
    if word[0] != form[0]:
        return False
    shorter, longer = sorted((word, form), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in ENDINGS:
        return False
    if form.endswith("ion"):
        return distance == 1 and (len(word) != len(form) or sorted(word) == sorted(form))
    return True


def _one_per_concept(entries: list[Entry]) -> list[Entry]:
    """Each concept once; a correct form wins over a misspelling of the same concept."""
    chosen: dict[int, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.misspelling):
        chosen.setdefault(entry.concept, entry)
    return list(chosen.values())
