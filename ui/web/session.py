"""What one browser session remembers: the last exchanges, in memory only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.answer import Answer, Calculation, Conversation, RetrievedPassage, Turn
from assistant.patient import PatientFact
from corpus.model import Document, DocumentInfo, Language, Passage

KEPT = 20
"""Exchanges shown and sent along as context; older ones are dropped."""
PASSAGES_KEPT = 8
"""Retrieved passages kept of each answer."""
Facts = dict[str, bool | int | float | str | None]
"""As ``Turn.facts``."""


class Assistant(Protocol):
    """What the page needs of ``assistant.assistant.Assistant``."""

    def ask(self, conversation: Conversation) -> Answer: ...

    def search(self, query: str, k: int = 10) -> list[RetrievedPassage]: ...

    def calculate(self, name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation: ...

    def patient(self, conversation: Conversation) -> list[PatientFact]: ...

    def passage(self, passage_id: str) -> Passage: ...

    def document(self, document_id: str) -> DocumentInfo: ...

    def full_document(self, document_id: str) -> Document: ...

    def full_documents(self) -> tuple[Document, ...]: ...


@dataclass
class Exchange:
    """One question and what came of it: an answer, an error, or nothing yet."""

    turn: int
    question: str
    answer: Answer | None = None
    failed: bool = False
    started: bool = False
    """The assistant is at work on it."""
    asked: Conversation | None = None
    """What the assistant was asked, earlier turns included, for the answer's record."""
    verdict: str = ""
    """What the reader thought of the answer, once told."""
    message: str = ""
    """Why it failed, where the assistant gave a reason meant for the reader."""
    facts: Facts = field(default_factory=dict)
    """What the reader set by hand about the patient before asking; None forgets one."""
    infos: dict[str, DocumentInfo] = field(default_factory=dict)
    """The documents the answer cites."""
    by_hand: dict[int, Calculation] = field(default_factory=dict)
    """Calculations the reader repeated with other values, by their place in the answer."""
    revision: int = 0
    """Counts those repetitions."""

    @property
    def pending(self) -> bool:
        return self.answer is None and not self.failed


class Session:
    """The state of one browser tab. (Not a dataclass: Gradio would turn one into a dictionary.)"""

    def __init__(self, language: Language = "zh", feedback: bool = False) -> None:
        self.language: Language = language
        self.feedback = feedback
        """Readers are asked what they think of an answer."""
        self.user = ""
        """Who is logged in, percent-encoded; empty where there is no login."""
        self.exchanges: list[Exchange] = []
        self.shown: int | None = None
        """Turn whose sources are shown."""
        self.turns = 0
        """Questions asked so far; numbers are never used twice in a session."""
        self.forgotten = False
        """Earlier exchanges were dropped to keep the session small."""
        self.edits: Facts = {}
        """Facts about the patient changed since the last question."""
        self.opened: list[str] = []
        """Facts shown although nothing is known about them: being added, or emptied."""
        self.problems: dict[str, tuple[str, str]] = {}
        """Refused values of facts: what was typed, and why it cannot be."""
        self.version = 0
        """Counts the changes of the patient panel."""

    def begin(self, question: str) -> Exchange:
        """Add a question, with the facts changed since the last one; forget what is too old."""
        self.turns += 1
        self.version += 1
        exchange = Exchange(self.turns, question, facts=self.edits)
        self.edits, self.opened = {}, []
        self.forgotten = self.forgotten or len(self.exchanges) >= KEPT
        self.exchanges = [*self.exchanges[1 - KEPT :], exchange]
        return exchange

    def waiting(self) -> Exchange | None:
        """The question that is being answered."""
        return next((exchange for exchange in self.exchanges if exchange.pending), None)

    def clear(self) -> None:
        """Start a new chat. An answer still on its way belongs to the old one and is dropped."""
        self.exchanges = []
        self.shown = None
        self.forgotten = False
        self.edits, self.opened, self.problems = {}, [], {}
        self.version += 1

    def finish(self, exchange: Exchange, answer: Answer) -> None:
        """Keep the answer to a question, without the long tail of its retrieval."""
        exchange.answer = answer.model_copy(update={"passages": answer.passages[:PASSAGES_KEPT]})
        if exchange in self.exchanges:
            self.shown = exchange.turn

    def exchange(self, turn: int | None) -> Exchange | None:
        return next((exchange for exchange in self.exchanges if exchange.turn == turn), None)

    def conversation(self) -> Conversation:
        """The questions so far; the reply is in the language of the last one."""
        return Conversation(turns=[Turn(text=each.question, facts=each.facts) for each in self.exchanges])
