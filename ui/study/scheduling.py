"""When a card is due again: FSRS, and which card comes next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from fsrs import Card, Rating, Scheduler, State

from ui.study.model import Item

AHEAD = timedelta(minutes=20)
"""A card still being learnt is shown this much early when nothing else is left."""
KNOWN_DAYS = 21
"""From this stability (days until recall falls to 90 %) on a card counts as known."""
RATINGS: dict[str, Rating] = {
    "again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy,
}  # fmt: skip
_SCHEDULER = Scheduler(enable_fuzzing=False)


@dataclass(frozen=True)
class CardState:
    """What is stored of a card."""

    raw: str
    due: datetime

    @property
    def learning(self) -> bool:
        return _card(self.raw).state is not State.Review

    @property
    def known(self) -> bool:
        return (_card(self.raw).stability or 0.0) >= KNOWN_DAYS


def _card(raw: str) -> Card:
    return Card.from_dict(cast(Any, json.loads(raw)))


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def review(raw: str | None, rating: str, at: datetime) -> CardState:
    """The card after a rating; ``raw`` None: its first one. KeyError for an unknown rating."""
    card = _card(raw) if raw else Card(card_id=0, due=at)
    card, _ = _SCHEDULER.review_card(card, RATINGS[rating], review_datetime=at)
    return CardState(json.dumps(card.to_dict()), card.due)


def intervals(raw: str | None, at: datetime) -> dict[str, timedelta]:
    """How long until the card is due again, for each rating."""
    return {rating: review(raw, rating, at).due - at for rating in RATINGS}


def start_of_day(at: datetime) -> datetime:
    """Midnight of this machine's day, in UTC."""
    local = at.astimezone()
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def next_item(
    items: Sequence[Item], cards: Mapping[str, CardState], new_left: int, at: datetime,
    avoid: Collection[str] = (), last: str = "", salt: str = "",
) -> Item | None:  # fmt: skip
    """What to ask: the longest overdue card, else a new one, else one being learnt that is nearly due.

    ``avoid``: ids not to be asked again so soon where there is another; ``last``: what was asked just now.
    """
    due = sorted((cards[i.id].due, i.id) for i in items if i.id in cards and cards[i.id].due <= at)
    by_id = {item.id: item for item in items}
    ready = [by_id[name] for _, name in due]
    if new_left > 0:
        ready += _fresh(items, cards, salt)
    soon = sorted(
        (cards[i.id].due, i.id) for i in items if i.id in cards and at < cards[i.id].due <= at + AHEAD
    )
    ready += [by_id[name] for _, name in soon if cards[name].learning]
    rested = (item for item in ready if item.id not in avoid)
    return next(rested, next((item for item in ready if item.id != last), ready[0] if ready else None))


def _fresh(items: Sequence[Item], cards: Mapping[str, CardState], salt: str) -> list[Item]:
    """New items, kind by kind in turn, within a kind in an order of the learner's own."""
    begun: dict[str, int] = {}
    queues: dict[str, list[Item]] = {}
    for item in items:
        if item.id in cards:
            begun[item.kind] = begun.get(item.kind, 0) + 1
        else:
            queues.setdefault(item.kind, []).append(item)
    for kind in sorted(queues, key=lambda kind: (begun.get(kind, 0), kind)):
        queues[kind].sort(key=lambda item: hashlib.sha256((salt + item.id).encode()).digest())
        return [*queues[kind], *(i for k, queue in queues.items() if k != kind for i in queue)]
    return []


def next_due(items: Sequence[Item], cards: Mapping[str, CardState]) -> datetime | None:
    """When the first of these cards is due."""
    return min((cards[item.id].due for item in items if item.id in cards), default=None)
