"""How far a learner is, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.model import Language
from ui.study.bank import Bank, Chapter
from ui.study.flow import Reviewed
from ui.study.scheduling import CardState


@dataclass(frozen=True)
class Progress:
    """Numbers of items of one part: all, begun, known for weeks, due now; and answers, right ones."""

    chapter: Chapter
    items: int
    begun: int
    known: int
    due: int
    answers: int
    right: int

    @property
    def percent_begun(self) -> int:
        return round(100 * (self.begun - self.known) / self.items) if self.items else 0

    @property
    def percent_known(self) -> int:
        return round(100 * self.known / self.items) if self.items else 0

    @property
    def percent_right(self) -> int:
        return round(100 * self.right / self.answers) if self.answers else 0


def progress(
    bank: Bank, language: Language, cards: Mapping[str, CardState], reviews: Sequence[Reviewed], at: datetime
) -> list[Progress]:
    """One row per part of the documents that has items in the language."""
    rows = []
    for chapter in bank.chapters(language):
        names = {item.id for item in bank.select(language, (), (chapter.key,))}
        begun = [cards[name] for name in names if name in cards]
        answers = [r for r in reviews if r.item in names]
        rows.append(
            Progress(
                chapter=chapter,
                items=len(names),
                begun=len(begun),
                known=sum(card.known for card in begun),
                due=sum(card.due <= at for card in begun),
                answers=len(answers),
                right=sum(r.correct for r in answers),
            )
        )
    return rows
