"""Follow-up questions: what a terse turn means after the turns before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Conversation
from corpus.terminology import Terminology

_LEANS = re.compile(
    r"^(?:那|那么|那如果|它|其|这个|这种|该|上述|前面|刚才|同样|换成|如果是|再|还有|另外)|呢[？?。!！]?$"
    r"|^(?:and|what about|how about|then|so|also|but|or|if so|same)\b|\b(?:it|its|they|them|that one|this one|those)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:那么|那|and|what about|how about|then|so|but|also)\s*[,，]?\s*|呢(?=[？?。!！]?$)", re.IGNORECASE
)


_TOPICS = frozenset(
    [
        "disease",
        "stage",
        "drug",
        "drug_class",
        "regimen",
        "gene",
        "biomarker",
        "imaging",
        "procedure",
        "surgery",
        "ablation",
        "radiotherapy",
        "score",
        "complication",
        "adverse_event",
        "population",
        "anatomy",
    ]
)
"""Categories a conversation can be about; a follow-up inherits these and nothing else."""


@dataclass(frozen=True)
class Resolved:
    """The question to answer. ``understood`` is set when earlier turns were needed."""

    text: str
    understood: str | None = None


def resolve(conversation: Conversation, terminology: Terminology) -> Resolved:
    """The last user turn, completed from the turn it leans on."""
    turns = [turn.text.strip() for turn in conversation.turns if turn.role == "user" and turn.text.strip()]
    if not turns:
        return Resolved("")
    text = turns[-1]
    for earlier in reversed(turns[:-1]):
        if not _leans(text, terminology):
            break
        text = _join(earlier, text, terminology)
    return Resolved(text) if text == turns[-1] else Resolved(text, text)


def _leans(text: str, terminology: Terminology) -> bool:
    if (len(text) > 60 and not re.search(r"[\u4e00-\u9fff]", text)) or len(text) > 120:
        return False
    return bool(_LEANS.search(text)) or not terminology.find(text)


def _join(earlier: str, text: str, terminology: Terminology) -> str:
    """What the earlier question was about, without what the new turn replaces, then the new turn."""
    matches = terminology.find(earlier)
    replaced = {match.concept.category for match in terminology.find(text)}
    kept = [
        m.surface for m in matches if m.concept.category not in replaced and m.concept.category in _TOPICS
    ]
    new = _FILLER.sub("", text).strip()
    if kept:
        return f"{' '.join(dict.fromkeys(kept))} {new}"
    rest = earlier
    for match in sorted(matches, key=lambda m: -m.start):
        if match.concept.category in replaced:
            rest = rest[: match.start] + rest[match.end :]
    return f"{rest.strip(' ？?。,，')} {new}".strip()
