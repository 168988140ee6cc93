"""Names the documents do not treat: asked about, or only told of the patient."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from assistant.subquestions import asked_about, asking_spans
from corpus.terminology import Match, Terminology
from index.tokens import tokenise

CANCER = "outside_cancer"
SCORE = "outside_score"
_TREATED = re.compile(r"colorectal|^colon-cancer|rectal-cancer|sided-colon|hepatocellular-carcinoma$|^cnlc")
"""Concepts of the cancers that the documents are about."""
_SCORE = (
    re.compile(
        r"(?P<name>[A-Z][\w-]*)\s+(?:(?:risk|prognostic|staging|grading)\s+)?(?:score|index|scale|criteria|classification|grading|grade|nomogram|questionnaire)\b"
    ),
    re.compile(
        r"(?P<name>[A-Za-z][A-Za-z0-9+-]*)\s*(?:风险|预后)?(?:评分|分级|分型|分期|指数|量表|标准|积分|问卷)"
    ),
)
"""A score called by a Latin name."""
_BY = re.compile(
    r"(?:按照?|根据|依据|依照|参照|采用|使用|利用|用)\s*$|\b(?:according to|by|per|using|based on)\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
"""What stands before the standard that a question is to be answered by."""
_TNM = re.compile(r"[cpry]*[TNM]\d")


@dataclass(frozen=True)
class Foreign:
    """What a text names that the documents do not treat."""

    asked: tuple[Match, ...] = ()
    told: tuple[Match, ...] = ()
    """Those that only describe the patient: "on rivaroxaban, when do we stop bevacizumab?"."""


def unknown_scores(
    text: str, terminology: Terminology, vocabularies: Sequence[Container[str]]
) -> tuple[str, ...]:
    """Scores asked about by a name that no document has and the terminology does not know: "the Apgar score".

    ``vocabularies``: tokens of the documents and of the questions written for them.
    """
    named = [match for pattern in _SCORE for match in pattern.finditer(text)]
    if not named:
        return ()
    matches = [m for m in terminology.find(text) if not m.concept.outside]
    about = asked_about(text, matches)
    found: dict[str, None] = {}
    for match in named:
        start, end = match.span("name")
        tokens = tokenise(match["name"].rstrip("0123456789"))
        if not tokens or _TNM.match(match["name"]) or any(m.start < end and start < m.end for m in matches):
            continue
        if any(token in words for token in tokens for words in vocabularies):
            continue
        if not about or _within(start, about) or _BY.search(text[:start]):
            found[match["name"]] = None
    return tuple(found)


def foreign_names(text: str, terminology: Terminology) -> Foreign:
    """Another cancer is asked about unless the patient has one that the documents treat; anything else where a
    clause asks about it, or where no clause asks about anything the documents know."""
    matches = terminology.find(text)
    foreign = [m for m in matches if m.concept.outside]
    if not foreign:
        return Foreign()
    asking = asking_spans(text)
    about = asked_about(text, [m for m in matches if m not in foreign])
    other = other_cancer(text, terminology)

    def is_asked(match: Match) -> bool:
        if match.concept.category == CANCER:
            return other or _within(match.start, asking)
        by = match.concept.category == SCORE and _BY.search(text[: match.start])
        return not about or _within(match.start, about) or bool(by)

    return Foreign(
        tuple(m for m in foreign if is_asked(m)), tuple(m for m in foreign if not is_asked(m))
    )  # fmt: skip


def other_cancer(text: str, terminology: Terminology) -> bool:
    """Whether a text is about a cancer that the documents do not treat, and about none that they do."""
    named = [m.concept for m in terminology.find(text)]
    return any(c.category == CANCER for c in named) and not any(_TREATED.search(c.id) for c in named)


def without_told(text: str, terminology: Terminology) -> str:
    """The clauses that ask, when others only tell something foreign of the patient; else the whole text."""
    names = foreign_names(text, terminology)
    asking = asking_spans(text)
    if names.asked or not asking or all(_within(m.start, asking) for m in names.told):
        return text
    return " ".join(text[start:end] for start, end in asking)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
