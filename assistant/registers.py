"""Errata and disagreements that touch what is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answer import Disagreement, Statement
from assistant.compose import Citations, frame, statement
from assistant.documents import asks_all, named
from assistant.evidence import Pick, same
from assistant.measures import MEASURES
from assistant.printed import printed_in
from corpus.model import Language
from corpus.registers import DisagreementEntry, Erratum, find_anchor, load_disagreements, load_errata
from index.retriever import Retriever
from index.tokens import normalise

ROOM: dict[Language, int] = {"zh": 520, "en": 1300}
"""Characters a disagreement may take; two sides are always shown."""
NAMES: dict[Language, int] = {"zh": 45, "en": 110}
"""Characters for who says it, grade and marks."""
GAP = 24
"""Characters that "…" in a word of the register may stand for."""
_COMPARES = re.compile(
    r"一样|一致|不同|不一|分歧|打架|矛盾|说法|口径|差异|争议|[和跟与]|\b(?:agree|differ|same|and|vs|than|consensus|debate)",
    re.IGNORECASE,
)
"""A question that names one document and sets something beside it."""


Touched = tuple[DisagreementEntry, list[Pick]]
"""A disagreement and its sides."""


@dataclass(frozen=True)
class Shown:
    """A disagreement ready to be shown."""

    disagreement: Disagreement
    text: str
    sides: tuple[Pick, ...]


class Registers:
    """Looks cited sentences up in the two curated registers."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever

    @cached_property
    def _errata(self) -> dict[str, list[Erratum]]:
        """Errata by sentence id."""
        found: dict[str, list[Erratum]] = {}
        for erratum in load_errata():
            for anchor in erratum.anchors:
                for _, sentence in find_anchor(anchor, self.retriever.passages):
                    found.setdefault(sentence.id, []).append(erratum)
        return found

    @cached_property
    def _entries(self) -> list[tuple[DisagreementEntry, list[Pick]]]:
        entries = []
        for entry in load_disagreements():
            picks = [
                Pick(passage, sentence, 0.0)
                for side in entry.sides
                for passage, sentence in find_anchor(side.anchor, self.retriever.passages)[:1]
            ]
            entries.append((entry, picks))
        return entries

    def notes(self, picks: list[Pick], language: Language) -> list[str]:
        """Notes on misprints in the shown sentences, each once."""
        errata = dict.fromkeys(e.id for pick in picks for e in self._errata.get(pick.sentence.id, ()))
        by_id = {e.id: e for group in self._errata.values() for e in group}
        return [by_id[i].note_zh if language == "zh" else by_id[i].note_en for i in errata]

    @cached_property
    def _printed(self) -> dict[str, frozenset[str]]:
        """Kinds of figures that an entry answers, by its id: what at least two sides print, and ``figures``."""
        texts = {entry.id: [side.sentence.text for side in sides] for entry, sides in self._entries}
        return {
            entry.id: frozenset(entry.figures)
            | {m.name for m in MEASURES if sum(bool(m.written.search(t)) for t in texts[entry.id]) >= 2}
            for entry, _ in self._entries
        }

    def asked(self, question: str) -> list[tuple[DisagreementEntry, list[Pick], int]]:
        """The disagreements a question is about, each with its sides and how many of its words it has.

        It is about one when it has a word of every group, none that excludes it, and each kind of figure
        it wants is one that the entry answers. What one named document says is not what several say.
        """
        if self._asks_one_document(question):
            return []
        text, wanted = normalise(question), {m.name for m in MEASURES if m.asked.search(question)}
        return [
            (entry, sides, words)
            for entry, sides in self._entries
            if wanted <= self._printed[entry.id] and (words := words_of(text, entry))
        ]

    def _asks_one_document(self, question: str) -> bool:
        infos = [document.info for document in self.retriever.documents]
        return len(named(question, infos)) == 1 and not asks_all(question) and not _COMPARES.search(question)

    def touched(self, question: str, picks: list[Pick]) -> Touched | None:
        """The disagreement a question is about; of several the one among the evidence, then the most named."""
        found = self.asked(question)
        if not found:
            return None
        entry, sides, _ = max(found, key=lambda f: (any(same(s, p) for s in f[1] for p in picks), f[2]))
        return entry, sides

    def show(
        self, entry: DisagreementEntry, sides: list[Pick], found: Sequence[Pick], citations: Citations
    ) -> Shown:
        """Who says what, newest and most binding kind first as the register orders them.

        At least two sides; those that the question ``found`` go before the others when room is short.
        A best sentence that is no side keeps its room: a disagreement must not hide a better answer.
        """
        language = citations.language
        sides = [printed_in(side, language, self.retriever) for side in sides]
        chosen: list[int] = []
        room = ROOM[language]
        best = max(found, key=lambda pick: pick.score, default=None)
        if best and not any(same(side, best) for side in sides):
            room -= _length(best, language)
        for number in _by_need(sides, found):
            room -= _length(sides[number], language)
            if len(chosen) < 2 or room >= 0:
                chosen.append(number)
        lines: list[str] = []
        statements: list[Statement] = []
        for number in sorted(chosen):
            side, pick = entry.sides[number], sides[number]
            info = citations.documents[pick.passage.document_id].info
            name = info.short_zh if language == "zh" else info.short_en
            about = side.says_zh if language == "zh" else side.says_en
            text = statement(pick, citations)
            marker = citations.add(pick)
            head = f"**{name}**" + (
                f"（{about}）" if about and language == "zh" else f" ({about})" if about else ""
            )
            lines.append(
                f"- {head}{'：' if language == 'zh' else ': '}{text.replace(chr(10) + chr(10), chr(10) + '  ')}"
            )
            rendering = pick.sentence.translation if language != pick.sentence.language else None
            statements.append(Statement(marker=marker, text=rendering or pick.sentence.text))
        topic = entry.topic_zh if language == "zh" else entry.topic_en
        return Shown(
            Disagreement(topic=topic, statements=statements),
            f"{frame(entry.how, language)}\n" + "\n".join(lines),
            tuple(sides[number] for number in sorted(chosen)),
        )


def words_of(text: str, entry: DisagreementEntry) -> int:
    """How many words of the entry a normalised text has; 0 without one of every group or with an excluded one."""
    found = [{w for w in group if word(w).search(text)} for group in entry.asked]
    if not all(found) or any(word(w).search(text) for w in entry.not_asked):
        return 0
    named = set().union(*found)
    return sum(not any(w != other and w in other for other in named) for w in named)


@lru_cache(maxsize=4096)
def word(term: str) -> re.Pattern[str]:
    """A word of the register as it is found in a normalised text.

    Chinese anywhere; Latin from the beginning of a word, to its end with ``$`` ("live$" is not "liver");
    a figure not inside a longer one; "…" stands for at most ``GAP`` characters, a blank for blanks and
    hyphens.
    """
    parts = []
    for part in map(normalise, term.removesuffix("$").split("…")):
        body = re.sub(r"(?:\\?[ -])+", r"[\\s-]*", re.escape(part))
        before = "(?<![a-z])" if re.match("[a-z]", part) else r"(?<![\d.])" if re.match(r"\d", part) else ""
        parts.append(before + body)
    end = r"(?![a-z0-9])" if term.endswith("$") else ""
    return re.compile(rf".{{0,{GAP}}}?".join(parts) + end)


def _by_need(sides: Sequence[Pick], found: Sequence[Pick]) -> list[int]:
    """Places of the sides: those found first, but the second from another document where there is one."""
    places = sorted(range(len(sides)), key=lambda n: not any(same(sides[n], f) for f in found))
    first = sides[places[0]].passage.document_id
    other = next((n for n in places if sides[n].passage.document_id != first), places[1])
    return [places[0], other, *(n for n in places[1:] if n != other)]


def _length(pick: Pick, language: Language) -> int:
    """About how many characters a side takes."""
    rendering = pick.sentence.translation if language != pick.sentence.language else None
    return len(pick.sentence.text) + len(rendering or "") + NAMES[language]
