"""One item as it is put to a learner, and what an answer to it is worth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Calculation
from corpus.model import Document
from ui.study.cases import options_of, pose, right_number
from ui.study.model import MAX_ANSWER, Item, Option, Source
from ui.study.wording import points_met


@dataclass(frozen=True)
class Asked:
    """An item with its options in the order shown, and a case with its patient."""

    item: Item
    options: tuple[Option, ...]
    sources: tuple[Source, ...]
    facts: tuple[tuple[str, str], ...] = ()
    calculation: Calculation | None = None
    answer: str = ""
    number: float | None = None
    within: float = 0.0

    @property
    def typed(self) -> bool:
        """Answered in words or figures, not by choosing."""
        return not self.options


@dataclass(frozen=True)
class Verdict:
    """``met``: which key points a typed answer says."""

    correct: bool
    met: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Response:
    """What a learner gave: keys of options, or words."""

    chosen: tuple[str, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        return not self.chosen and not self.text.strip()


def ask(item: Item, seed: int, documents: Sequence[Document]) -> Asked:
    """The item as the seed puts it: same seed, same order and same patient."""
    if item.kind == "case":
        posed = pose(item, seed, documents)
        return Asked(
            item, options_of(item, posed), posed.sources, posed.facts, posed.calculation, posed.answer,
            posed.number, posed.within,
        )  # fmt: skip
    options = list(item.options)
    if item.kind == "grade":
        options.sort(key=lambda option: option.text)
    else:
        random.Random(seed).shuffle(options)
    answer = next((o.text for o in options if o.right), "") if not item.several else ""
    return Asked(item, tuple(options), item.sources, answer=answer)


def judge(asked: Asked, response: Response) -> Verdict:
    """Right or wrong; keys that are not among the options are wrong."""
    if asked.options:
        right = {option.key for option in asked.options if option.right}
        return Verdict(set(response.chosen) == right)
    text = response.text[:MAX_ANSWER]
    if asked.number is not None:
        return Verdict(right_number(text, asked.number, asked.within))
    met = points_met(text, asked.item.points)
    return Verdict(all(met) and bool(met), met)
