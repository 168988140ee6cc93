"""What a learner does: begin, be asked, answer, rate, end. Each step counts once, however often it is sent."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from corpus.model import Language
from ui.study.asking import Asked, Response, Verdict, ask, judge
from ui.study.bank import Bank
from ui.study.learner import clean_name, file_of
from ui.study.model import KINDS, Item, Kind
from ui.study.scheduling import CardState, intervals, next_due, next_item, now, review, start_of_day
from ui.study.store import Store

MOST_NEW = 200
REST = timedelta(minutes=10)
"""For so long a question, and others about its sentence, make way for something else."""
KEPT_RESPONSE = 500
"""Characters of a typed answer that are kept."""


@dataclass(frozen=True)
class Settings:
    """What a session asks. Empty ``kinds`` or ``chapters`` mean all."""

    language: Language = "zh"
    kinds: tuple[Kind, ...] = ()
    chapters: tuple[str, ...] = ()
    new_per_day: int = 20


@dataclass(frozen=True)
class Session:
    id: str
    settings: Settings


@dataclass(frozen=True)
class Question:
    """A question as shown under its token; ``response`` once it is answered."""

    token: str
    session: str
    asked: Asked
    response: Response | None
    closed: bool
    card: str | None
    """The card before this review, as FSRS keeps it."""

    @property
    def verdict(self) -> Verdict:
        return judge(self.asked, self.response or Response())

    def intervals(self, at: datetime) -> dict[str, timedelta]:
        """How long until the next time, for each rating."""
        return intervals(self.card, at)


@dataclass(frozen=True)
class Reviewed:
    """One counted review."""

    item: str
    rating: str
    correct: bool
    at: datetime


class Study:
    """One learner's study. ``clock``: the time, for tests."""

    def __init__(
        self, name: str, bank: Bank, directory: Path | None = None, clock: Callable[[], datetime] = now
    ) -> None:
        self.name = clean_name(name)
        self.bank = bank
        self.store = Store(file_of(self.name, directory))
        self.clock = clock

    def begin(self, settings: Settings) -> Session:
        """A new session; one still open is ended."""
        session = Session(secrets.token_urlsafe(12), settings)
        at = self.clock().isoformat()
        with self.store.transaction() as db:
            self._known(db, at)
            db.execute("UPDATE shown SET closed = ? WHERE closed IS NULL", (at,))
            db.execute("UPDATE sessions SET ended = ? WHERE ended IS NULL", (at,))
            db.execute(
                "INSERT INTO sessions (id, settings, started) VALUES (?, ?, ?)",
                (session.id, json.dumps(asdict(settings), ensure_ascii=False), at),
            )
        return session

    def session(self) -> Session | None:
        """The open session."""
        with self.store.transaction() as db:
            return _session(db.execute("SELECT * FROM sessions WHERE ended IS NULL").fetchone())

    def last_settings(self) -> Settings | None:
        """What was chosen last."""
        if not self.store.exists:
            return None
        with self.store.transaction() as db:
            found = _session(db.execute("SELECT * FROM sessions ORDER BY started DESC LIMIT 1").fetchone())
        return found.settings if found else None

    def question(self) -> Question | None:
        """The question of the open session: the one already shown, else the next; None when there is none.

        Every tab is given the same question until it is rated.
        """
        at = self.clock()
        with self.store.transaction() as db:
            session = _session(db.execute("SELECT * FROM sessions WHERE ended IS NULL").fetchone())
            if session is None:
                return None
            row = db.execute(
                "SELECT * FROM shown WHERE session = ? AND closed IS NULL", (session.id,)
            ).fetchone()
            if row is not None and self.bank.get(row["item"]) is not None:
                return self._question(db, row)
            db.execute("UPDATE shown SET closed = ? WHERE closed IS NULL", (at.isoformat(),))
            item = self._next(db, session, at)
            if item is None:
                return None
            token = secrets.token_urlsafe(16)
            db.execute(
                "INSERT INTO shown (token, session, item, seed, shown) VALUES (?, ?, ?, ?, ?)",
                (token, session.id, item.id, secrets.randbits(48), at.isoformat()),
            )
            return self._question(db, db.execute("SELECT * FROM shown WHERE token = ?", (token,)).fetchone())

    def find(self, token: str) -> Question | None:
        """The question shown under a token."""
        with self.store.transaction() as db:
            row = db.execute("SELECT * FROM shown WHERE token = ?", (token,)).fetchone()
            return self._question(db, row) if row is not None and self.bank.get(row["item"]) else None

    def answer(self, token: str, response: Response) -> bool:
        """Keep the answer; False when there is nothing to answer or it was answered before."""
        with self.store.transaction() as db:
            row = db.execute(
                "SELECT * FROM shown WHERE token = ? AND answered IS NULL AND closed IS NULL", (token,)
            ).fetchone()
            item = self.bank.get(row["item"]) if row is not None else None
            if row is None or item is None:
                return False
            verdict = judge(ask(item, row["seed"], self.bank.documents), response)
            kept = {"chosen": response.chosen[:20], "text": response.text[:KEPT_RESPONSE]}
            done = db.execute(
                "UPDATE shown SET answered = ?, response = ?, correct = ? WHERE token = ? AND answered IS NULL",
                (self.clock().isoformat(), json.dumps(kept, ensure_ascii=False), verdict.correct, token),
            )
            return done.rowcount == 1

    def rate(self, token: str, rating: str, correct: bool | None = None) -> bool:
        """Count one review; False when it was counted before. KeyError for an unknown rating.

        ``correct``: the learner's own verdict where it differs from the grading's.
        """
        at = self.clock()
        with self.store.transaction() as db:
            row = db.execute(
                "SELECT * FROM shown WHERE token = ? AND answered IS NOT NULL AND closed IS NULL", (token,)
            ).fetchone()
            if row is None:
                return False
            before = db.execute("SELECT fsrs FROM cards WHERE item = ?", (row["item"],)).fetchone()
            card = review(before["fsrs"] if before else None, rating, at)
            db.execute("UPDATE shown SET closed = ? WHERE token = ?", (at.isoformat(), token))
            db.execute(
                "INSERT INTO reviews (token, item, session, rating, correct, first, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    token, row["item"], row["session"], rating,
                    row["correct"] if correct is None else correct, before is None, at.isoformat(),
                ),
            )  # fmt: skip
            db.execute(
                "INSERT INTO cards (item, fsrs, due) VALUES (?, ?, ?)"
                " ON CONFLICT (item) DO UPDATE SET fsrs = excluded.fsrs, due = excluded.due",
                (row["item"], card.raw, card.due.isoformat()),
            )
            return True

    def end(self) -> str | None:
        """End the open session; its id."""
        at = self.clock().isoformat()
        with self.store.transaction() as db:
            row = db.execute("SELECT id FROM sessions WHERE ended IS NULL").fetchone()
            db.execute("UPDATE shown SET closed = ? WHERE closed IS NULL", (at,))
            db.execute("UPDATE sessions SET ended = ? WHERE ended IS NULL", (at,))
            return str(row["id"]) if row else None

    def reviews(self, session: str | None = None) -> list[Reviewed]:
        """Counted reviews in order, of one session or all."""
        if not self.store.exists:
            return []
        with self.store.transaction() as db:
            rows = db.execute(
                "SELECT * FROM reviews WHERE ?1 IS NULL OR session = ?1 ORDER BY at, rowid", (session,)
            ).fetchall()
        return [
            Reviewed(r["item"], r["rating"], bool(r["correct"]), datetime.fromisoformat(r["at"]))
            for r in rows
        ]

    def cards(self) -> dict[str, CardState]:
        """Every card begun."""
        if not self.store.exists:
            return {}
        with self.store.transaction() as db:
            return _cards(db)

    def next_due(self, settings: Settings) -> datetime | None:
        """When the first card of these settings is due."""
        return next_due(self.items(settings), self.cards())

    def items(self, settings: Settings) -> list[Item]:
        """What these settings ask."""
        return self.bank.select(settings.language, settings.kinds, settings.chapters)

    def new_left(self, settings: Settings) -> int:
        """New cards still allowed today."""
        with self.store.transaction() as db:
            return self._new_left(db, settings, self.clock())

    def forget(self) -> None:
        """Delete everything kept of this learner."""
        self.store.delete()

    def _known(self, db: sqlite3.Connection, at: str) -> str:
        db.execute(
            "INSERT OR IGNORE INTO learner (one, name, salt, created) VALUES (1, ?, ?, ?)",
            (self.name, secrets.token_hex(8), at),
        )
        return str(db.execute("SELECT salt FROM learner").fetchone()["salt"])

    def _next(self, db: sqlite3.Connection, session: Session, at: datetime) -> Item | None:
        rows = db.execute(
            "SELECT item FROM shown WHERE session = ? AND shown > ? ORDER BY rowid DESC LIMIT 3",
            (session.id, (at - REST).isoformat()),
        ).fetchall()
        recent = [str(row["item"]) for row in rows]
        return next_item(
            self.items(session.settings), _cards(db), self._new_left(db, session.settings, at), at,
            self._beside(recent), recent[0] if recent else "", self._known(db, at.isoformat()),
        )  # fmt: skip

    def _beside(self, recent: Sequence[str]) -> set[str]:
        """The items just asked, and those of the same sentences: one would tell the answer of the other."""
        told = {s for name in recent if (item := self.bank.get(name)) for s in item.sources}
        return {*recent, *(item.id for item in self.bank.items if not told.isdisjoint(item.sources))}

    def _new_left(self, db: sqlite3.Connection, settings: Settings, at: datetime) -> int:
        since = start_of_day(at).isoformat()
        done = db.execute(
            "SELECT COUNT(*) AS n FROM reviews WHERE first = 1 AND at >= ?", (since,)
        ).fetchone()
        return max(0, settings.new_per_day - int(done["n"]))

    def _question(self, db: sqlite3.Connection, row: sqlite3.Row) -> Question:
        item = self.bank.get(row["item"])
        assert item is not None
        response = None
        if row["response"] is not None:
            kept = json.loads(row["response"])
            response = Response(tuple(kept["chosen"]), kept["text"])
        card = db.execute("SELECT fsrs FROM cards WHERE item = ?", (item.id,)).fetchone()
        asked = ask(item, row["seed"], self.bank.documents)
        return Question(
            row["token"], row["session"], asked, response, row["closed"] is not None,
            card["fsrs"] if card else None,
        )  # fmt: skip


def _cards(db: sqlite3.Connection) -> dict[str, CardState]:
    rows = db.execute("SELECT item, fsrs, due FROM cards").fetchall()
    return {row["item"]: CardState(row["fsrs"], datetime.fromisoformat(row["due"])) for row in rows}


def _session(row: sqlite3.Row | None) -> Session | None:
    if row is None:
        return None
    kept = json.loads(row["settings"])
    kinds = tuple(kind for kind in KINDS if kind in kept["kinds"])
    return Session(
        row["id"], Settings(kept["language"], kinds, tuple(kept["chapters"]), int(kept["new_per_day"]))
    )
