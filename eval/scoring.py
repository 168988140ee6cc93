"""What one answer is worth, whoever wrote it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.answer import LIMIT, Answer, Calculation
from corpus.reading.cleaning import clean
from corpus.registers import folded
from eval.questions import ReferenceQuestion, key_point_recall, stands

TOLERANCE = 1e-6
_MARKER = re.compile(r"\[(\d{1,2})\]")

REFUSING = frozenset(("not_found", "rejected"))
"""Statuses of an answer that is none."""


class Scored(BaseModel):
    """Figures of one question."""

    model_config = ConfigDict(frozen=True)

    id: str
    status: str
    key_points: float
    fully_right: bool
    """Answered, with every key point, inside the length limit; for a calculation also exact."""
    abstained: bool
    right: bool
    """What the reader needed: fully right, or rightly refused."""
    verbatim: float
    """Share of citations whose quote is the cleaned text of the source at its offsets."""
    supported: float | None
    """Share of cited sentences that hold evidence or a key point; None without citations or key points."""
    claims: float | None
    """Share of sentences carrying a marker that are the cited sentence or its rendering."""
    language: bool
    calculation: bool | None
    """Whether status and results are the expected ones; None when nothing was to be computed."""
    confidence: float | None
    characters: int
    seconds: float | None = None


def score(
    question: ReferenceQuestion, answer: Answer, sources: Mapping[str, str], seconds: float | None = None
) -> Scored:
    """Figures of an answer. ``sources``: text of every source file by document id."""
    recall = key_point_recall(question, answer.text)
    abstained = answer.status in REFUSING
    exact = _calculation(question, answer.calculation)
    fits = len(answer.text) <= LIMIT[answer.language]
    told = (answer.status == "answered" and recall == 1.0) if question.calculator is None else True
    full = question.answerable and told and fits and exact is not False
    return Scored(
        id=question.id,
        status=answer.status,
        key_points=recall,
        fully_right=full,
        abstained=abstained,
        right=full or _rightly_refused(question, answer),
        verbatim=_verbatim(answer, sources),
        supported=_supported(question, answer),
        claims=_claims(answer),
        language=answer.language == question.language,
        calculation=exact,
        confidence=answer.confidence,
        characters=len(answer.text),
        seconds=seconds,
    )


def _rightly_refused(question: ReferenceQuestion, answer: Answer) -> bool:
    """An unanswerable question refused; a half answerable one refused, or its half told with what is missing."""
    if question.answerable:
        return False
    if answer.status in REFUSING:
        return True
    told = question.type == "half" and key_point_recall(question, answer.text) == 1.0
    return told and bool(answer.notes)


def _verbatim(answer: Answer, sources: Mapping[str, str]) -> float:
    cited = answer.citations
    good = [
        c.document_id in sources and clean(sources[c.document_id][c.start : c.end]) == c.quote for c in cited
    ]
    return sum(good) / len(cited) if cited else 1.0


def _supported(question: ReferenceQuestion, answer: Answer) -> float | None:
    """A cited sentence supports the answer when it is evidence or says one of the key points."""
    if not answer.citations or not question.key_points or answer.calculation is not None:
        return None
    good = 0
    for citation in answer.citations:
        shown = folded(f"{citation.quote} {citation.translation or ''}")
        evidence = any(folded(a.quote) in folded(citation.quote) for a in question.evidence)
        good += evidence or any(stands(point, shown) for point in question.key_points)
    return good / len(answer.citations)


def _claims(answer: Answer) -> float | None:
    """Every stretch of text that ends in ``[n]`` must stand in what ``n`` quotes.

    A table row may be shown with its column names: as the passage's text.
    """
    passages = {p.passage_id: p.text for p in answer.passages}
    cited = {
        c.marker: [folded(t) for t in (c.quote, c.translation, passages.get(c.passage_id)) if t]
        for c in answer.citations
    }
    if not cited or answer.calculation is not None:
        return None
    checked = good = 0
    for line in answer.text.splitlines():
        last = 0
        for marker in _MARKER.finditer(line):
            claim = folded(re.sub(r"`[^`]*`|\\", "", line[last : marker.start()])).lstrip("->*(")
            last = marker.end()
            number = int(marker.group(1))
            if number in cited and len(claim) > 3:
                checked += 1
                good += _says(claim, cited[number])
    return good / checked if checked else None


def _says(claim: str, sources: list[str]) -> bool:
    """A claim may carry a frame in front (the source's name, a heading) but must end verbatim."""
    return any(claim in source or (claim.endswith(source) and len(source) >= 4) for source in sources)


def _calculation(question: ReferenceQuestion, calculation: Calculation | None) -> bool | None:
    """Whether the expected calculator gave the expected status and results."""
    if question.calculator is None:
        return None
    if calculation is None or calculation.calculator not in question.calculator.split("|"):
        return False
    if question.status is not None and calculation.status != question.status:
        return False
    return all(
        key in calculation.result and same(calculation.result[key], value)
        for key, value in question.result.items()
    )


def same(actual: Any, expected: Any) -> bool:
    """Equal, figures to within rounding, lists and tables entry by entry."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return actual is expected
    if isinstance(expected, (int, float)) and isinstance(actual, (int, float)):
        return math.isclose(actual, expected, rel_tol=TOLERANCE, abs_tol=5e-3)
    if isinstance(expected, dict) and isinstance(actual, dict):
        return all(key in actual and same(actual[key], value) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(actual, (list, tuple)):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    return bool(actual == expected)
