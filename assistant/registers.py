"""Errata and disagreements that touch what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Disagreement, Statement
from assistant.compose import Citations, statement
from assistant.evidence import Pick, same, twins
from corpus.model import Language
from corpus.registers import DisagreementEntry, Erratum, find_anchor, folded, load_disagreements, load_errata
from index.retriever import Retriever

ROOM: dict[Language, int] = {"zh": 520, "en": 1300}
"""Characters a disagreement may take; two sides are always shown."""
NAMES: dict[Language, int] = {"zh": 45, "en": 110}
"""Characters for who says it, grade and marks."""
NEARLY = 0.5
"""A side must score at most so much below the best sentence: a disagreement must not hide a better answer."""


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

    def touched(self, question: str, picks: list[Pick]) -> tuple[DisagreementEntry, list[Pick]] | None:
        """The disagreement a question is about: its words are asked and one of its sides is the best evidence."""
        asked = folded(question)
        best_score = max((pick.score for pick in picks), default=0.0)
        shown = [pick for pick in picks if pick.score >= best_score - NEARLY]
        best: tuple[int, tuple[DisagreementEntry, list[Pick]]] | None = None
        for entry, sides in self._entries:
            words = _named(asked, (*entry.terms_zh, *entry.terms_en))
            hit = any(same(side, pick) for side in sides for pick in shown)
            rank = words + hit
            if words and hit and (best is None or rank > best[0]):
                best = (rank, (entry, sides))
        return best[1] if best else None

    def _printed_in(self, side: Pick, language: Language) -> Pick:
        """The side's published twin in the reader's language, when one sentence says it all."""
        if side.sentence.language == language:
            return side
        found = [
            Pick(passage, sentence, side.score)
            for passage in self.retriever.passages
            if passage.id in side.passage.translation_of
            for sentence in passage.sentences
            if twins(sentence, side.sentence)
        ]
        return found[0] if len(found) == 1 else side

    def show(
        self, entry: DisagreementEntry, sides: list[Pick], found: Sequence[Pick], citations: Citations
    ) -> Shown:
        """Who says what, newest and most binding kind first as the register orders them.

        At least two sides; those that the question ``found`` go before the others when room is short.
        """
        language = citations.language
        sides = [self._printed_in(side, language) for side in sides]
        chosen: list[int] = []
        room = ROOM[language]
        for number in sorted(range(len(sides)), key=lambda n: not any(same(sides[n], f) for f in found)):
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
            "\n".join(lines),
            tuple(sides[number] for number in sorted(chosen)),
        )


def _named(asked: str, terms: Sequence[str]) -> int:
    """How many of the terms a text has, without those inside a longer one."""
    found = [term for term in map(folded, terms) if term in asked]
    return sum(not any(term != other and term in other for other in found) for term in found)


def _length(pick: Pick, language: Language) -> int:
    """About how many characters a side takes."""
    rendering = pick.sentence.translation if language != pick.sentence.language else None
    return len(pick.sentence.text) + len(rendering or "") + NAMES[language]
