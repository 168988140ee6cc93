"""The contract other programs rely on: what one question comes back as.

``crlm ask --json`` prints an ``Answer``; ``crlm batch`` writes one per line. The JSON Schema is
``docs/answer.schema.json`` (``Answer.model_json_schema()``).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.model import Language

Status = Literal["answered", "needs_input", "not_found", "rejected"]
CalculationStatus = Literal["ok", "incomplete", "rejected", "ambiguous", "no_parameter"]
"""``ambiguous``: the source's clauses overlap or leave a gap here; ``no_parameter``: the source gives no figure."""
LIMIT: dict[Language, int] = {"zh": 600, "en": 1500}
"""Characters an answer stays below, if it can (architecture.md)."""


class _Contract(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Citation(_Contract):
    """One quoted sentence. ``quote`` is ``clean(source_file[start:end])``, in the source's language."""

    marker: int
    document_id: str
    title: str
    year: int | None
    section: str
    """Heading path joined with `` › ``."""
    passage_id: str
    quote: str
    start: int
    end: int
    evidence_level: str | None = None
    recommendation: str | None = None
    translation: str | None = None
    """Rendering shown to readers of the other language."""
    translation_official: bool = False
    references: list[str] = Field(default_factory=list)
    """The literature the sentence itself cites, as printed in the document's reference list."""


class RetrievedPassage(_Contract):
    """One retrieved passage, in the source's own language."""

    passage_id: str
    document_id: str
    section: str
    text: str
    score: float


class BreakdownItem(_Contract):
    """One item of a rule: what was used and what it gave."""

    item: str
    value: str
    points: float | None = None
    note: str = ""
    marker: int | None = None
    """Number of the citation the item's rule stands in."""


class Calculation(_Contract):
    """A rule applied to given values."""

    calculator: str
    status: CalculationStatus
    inputs: dict[str, Any] = Field(default_factory=dict)
    assumptions: list[str] = Field(default_factory=list)
    result: dict[str, Any] = Field(default_factory=dict)
    interpretation: str = ""
    breakdown: list[BreakdownItem] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)
    reason: str = ""
    """Why the input was rejected, in the reader's language."""
    sensitivity: list[str] = Field(default_factory=list)
    """Which input near a boundary would change the result, and from what value."""
    citations: list[Citation] = Field(default_factory=list)


class Statement(_Contract):
    """One side of a disagreement."""

    marker: int
    text: str


class Disagreement(_Contract):
    """Where sources differ on what was asked."""

    topic: str
    statements: list[Statement]


class Trace(_Contract):
    """Same question on the same trace gives the same bytes."""

    corpus: str
    index: str
    model: str
    version: str


class Answer(_Contract):
    """What one question comes back as."""

    status: Status
    language: Language
    text: str
    citations: list[Citation] = Field(default_factory=list)
    passages: list[RetrievedPassage] = Field(default_factory=list)
    calculation: Calculation | None = None
    further_calculations: list[Calculation] = Field(default_factory=list)
    """The others, when one question asks for several."""
    understood: str | None = None
    """How a question that leans on earlier ones was read; None when it was taken as typed."""
    disagreements: list[Disagreement] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
    confidence: float | None = None
    """How surely the documents answer; comparable between questions, no probability. None for calculations."""
    trace: Trace


class Turn(_Contract):
    """One message of a conversation."""

    role: Literal["user", "assistant"] = "user"
    text: str
    facts: dict[str, bool | int | float | str | None] = Field(default_factory=dict)
    """Facts about the patient the user set by hand before this turn (keys: ``assistant.patient``); null forgets one."""


class Conversation(_Contract):
    """The user's turns so far, oldest first; the last is the question to answer."""

    turns: list[Turn]
    language: Literal["auto", "zh", "en"] = "auto"
