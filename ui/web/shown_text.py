"""An answer's text less what the page shows in a place of its own: notes, the working, how it was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Answer, Calculation
from assistant.compose import frame

_TABLE = re.compile(r"(?:^|\n\n)(?:\|[^\n]*(?:\n|$))+")
_LABEL = r"[^\n]{0,12}"
"""A short word before a repeated line, such as ``注：``."""


def calculations(answer: Answer) -> list[Calculation]:
    """All of an answer's calculations, the first one first."""
    return [c for c in (answer.calculation, *answer.further_calculations) if c is not None]


def shown_text(answer: Answer) -> str:
    """The Markdown of the direct answer alone."""
    body = answer.text
    if answer.understood:
        body = body.removeprefix(frame("understood", answer.language, answer.understood)).lstrip("\n")
    body = _without(body, answer.notes)
    for calculation in calculations(answer):
        if calculation.breakdown:
            body = _TABLE.sub("\n\n", body)
        told = (calculation.assumptions, calculation.sensitivity)
        body = _without(body, [mark.join(lines) for lines in told if lines for mark in ("；", "; ")])
    return re.sub(r"\n{3,}", "\n\n", body).strip("\n")


def _without(body: str, paragraphs: Iterable[str]) -> str:
    """Without the paragraphs that only repeat one of these."""
    for told in paragraphs:
        body = re.sub(rf"(?:^|\n\n){_LABEL}{re.escape(told)}[ \t]*(?=\n\n|$)", "", body)
    return body
