"""Follow-up questions: what a terse turn may mean after the turns before it.

A turn that leans on earlier ones is completed in several ways; ``assistant.finding`` takes the reading that
the documents answer best. The reading taken is shown to the user.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.subquestions import asks, main_subject, named_studies
from corpus.terminology import Match, Terminology
from corpus.terminology.forms import has_chinese

_LEANS = re.compile(
    r"^(?:那|那么|那如果|如果|假如|它|其|这|该|上述|前面|刚才|同样|换成|再|还有|另外|不是|不对|说错|打错|错了|改成|回到|配|要是|光)"
    r"|呢[？?。!！]?$|的话[？?。!！]?$"
    r"|^(?:and|what if|what about|how about|then|so|also|but|or|if|same|back to|sorry|no[,，]|my mistake|i mean[t]?|actually|not|their|his|her)\b"
    r"|\b(?:it|its|they|them|their|those|these|that one|this one|instead)\b|刚才|前面那|那个|这个|这(?:就|样|种)|他们|它",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:那么|那如果|那|不是|不对|说错了?|打错了?|错了|回到刚才(?:那个)?|回到|(?:and|what about|how about|then|so|but|also|sorry|no|my mistake|i mean[t]?|actually|back to)\b)"
    r"[\s,，:：]*(?:i mean[t]?\s*|我问的是|我是说|是|the\s+)?|呢(?=[？?。!！]?$)|的话(?=[？?。!！]?$)|\binstead\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"回到|刚才|前面|最初|第一个|\bback to\b|\bearlier\b|\bfirst question\b", re.IGNORECASE)
_ADDS = re.compile(
    r"联合|联用|合用|加|配|和|与|跟|比|还是|一起|同时|\b(?:with|plus|add(?:ed|ing)?|and|or|combined|versus|vs|than|both)\b|\+",
    re.IGNORECASE,
)
"""Words that set something beside what was asked before, instead of in its place."""
_FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?=\s*(?:cm|mm|gy|mg|%|％|厘米|毫米|个|枚)?)", re.IGNORECASE)
SUBJECTS = frozenset(
    ("disease", "stage", "drug", "drug_class", "regimen", "gene", "biomarker", "imaging", "procedure", "surgery",
     "ablation", "radiotherapy", "score", "complication", "adverse_event", "population", "anatomy")
)  # fmt: skip
"""Categories a conversation can be about."""
_PRONOUN = re.compile(r"它们?|\b(?:its?|they|them|their)\b", re.IGNORECASE)
REPLACEABLE = SUBJECTS | {"statistic"}
"""What a terse turn may put in the place of something of the same kind."""
_NOUNS: dict[str, tuple[str, ...]] = {
    "药 方案 drug regimen": ("drug", "regimen", "drug_class"), "评分 score": ("score",),
    "检查 scan test": ("imaging", "biomarker"), "手术 治疗 operation procedure treatment": ("surgery", "procedure", "ablation", "radiotherapy"),
    "基因 突变 gene mutation": ("gene", "biomarker"),
}  # fmt: skip
_POINTS = re.compile(
    r"(?:刚才|上面|前面|回到)*(?:说的)?(?:那个|这个|该|那种|这种)(药|方案|评分|检查|手术|治疗|基因|突变)"
    r"|\b(?:that|this) (drug|regimen|score|scan|test|operation|procedure|treatment|gene|mutation)\b",
    re.IGNORECASE,
)
DESCRIPTION = {True: 8, False: 25}
"""Characters from which a turn that asks nothing describes a case, in Chinese and otherwise."""
_TELLS = re.compile(
    r"[。.]\s*$|岁|患者|病人|我们|我[的家妈爸]|[他她]|已|了|刚"
    r"|\b(?:patients?|pt|we|he|she|they|has|had|have|was|were|my|our|years? old|y/?o)\b|\b\d{2}\s?[MF]\b",
    re.IGNORECASE,
)
"""Marks of a statement."""
_STOP = {True: "，", False: ". "}
SHORT = {"zh": 14, "en": 45}
"""A turn of at most so many characters may lean even without a word that says so."""


def describes(text: str) -> bool:
    """Whether a turn asks nothing and only tells what the next one is about; bare keywords are a question."""
    return (
        len(text.strip()) >= DESCRIPTION[has_chinese(text)] and bool(_TELLS.search(text)) and not asks(text)
    )


def leans(text: str, terminology: Terminology) -> bool:
    """Whether a turn may need the ones before it."""
    chinese = has_chinese(text)
    if len(text) > (120 if chinese else 200):
        return False
    short = len(text) <= SHORT["zh" if chinese else "en"]
    return short or bool(_LEANS.search(text)) or not subjects(text, terminology)


def readings(turns: Sequence[str], terminology: Terminology) -> list[str]:
    """What the last turn may mean, the likeliest kind first; the turn itself is the last.

    Only that when it does not lean on the others.
    """
    last = turns[-1]
    if len(turns) == 1:
        return [last]
    if describes(turns[-2]):
        return [f"{turns[-2].strip(' 。.,，')}{_STOP[has_chinese(last)]}{last}", last]
    if not leans(last, terminology):
        return [last]
    found: dict[str, None] = {}
    if resolved := _resolved(last, turns[:-1], terminology):
        return [resolved, last]
    before = list(reversed(turns[:-1]))
    if told := study_told(turns, terminology):
        found[f"{told} {last}"] = None
    if replaced := _replaced(last, before[0], terminology):
        found[replaced] = None
    new = _FILLER.sub("", last).strip(" ,，") or last
    for earlier in before if _BACK.search(last) else before[:2]:
        substituted = _substituted(earlier, new, terminology)
        for reading in (
            substituted,
            _joined(earlier, new, terminology),
            None if substituted and not _ADDS.search(last) else f"{earlier.strip(' ？?。,，')} {new}",
        ):
            if reading:
                found[reading] = None
    if len(before) > 1 and not _BACK.search(last):
        named = dict.fromkeys(m.surface for t in reversed(before) for m in subjects(t, terminology))
        found[f"{' '.join(named)} {new}".strip()] = None
    found[last] = None
    return list(found)


def study_told(turns: Sequence[str], terminology: Terminology) -> str | None:
    """The study the conversation is about: named in one of the two turns before, while the last names none."""
    if named_studies(turns[-1], terminology):
        return None
    return next(
        (named[-1] for turn in reversed(turns[-3:-1]) if (named := named_studies(turn, terminology))), None
    )


def _replaced(last: str, earlier: str, terminology: Terminology) -> str | None:
    """The turn with "it" put into words: what the turn before was about."""
    match = _PRONOUN.search(last)
    named = main_subject(earlier, terminology)
    if match is None or not named:
        return None
    return f"{last[: match.start()]}{named}{last[match.end() :]}"


def _resolved(last: str, earlier: Sequence[str], terminology: Terminology) -> str | None:
    """The turn with "that drug" put into words: the latest subject of the kind it points to."""
    match = _POINTS.search(last)
    if match is None:
        return None
    noun = next(g for g in match.groups() if g).lower()
    kinds = next(kinds for words, kinds in _NOUNS.items() if noun in words.split())
    for turn in reversed(earlier):
        named = [m.surface for m in subjects(turn, terminology) if m.concept.category in kinds]
        if named:
            return f"{last[: match.start()]}{named[-1]}{last[match.end() :]}"
    return None


def marked(text: str) -> bool:
    """Whether a word of a turn says that it leans on the ones before."""
    return bool(_LEANS.search(text))


def subjects(text: str, terminology: Terminology) -> list[Match]:
    """What a turn names that a conversation can be about."""
    return [m for m in terminology.find(text) if m.concept.category in SUBJECTS]


def _substituted(earlier: str, new: str, terminology: Terminology) -> str | None:
    """The earlier question about the new subject or figure; None when there is nothing to put in."""
    old = [m for m in terminology.find(earlier) if m.concept.category in REPLACEABLE]
    given = terminology.find(new)
    text, changed = earlier, False
    for match in sorted(old, key=lambda m: -m.start):
        if any(match.concept.id == g.concept.id for g in given):
            continue
        put = next((g.surface for g in given if _kind(g) == _kind(match)), None)
        if put and put not in text:
            text, changed = text[: match.start] + put + text[match.end :], True
    figures, wanted = _FIGURE.findall(text), _FIGURE.findall(new)
    if not changed and len(figures) == 1 and len(wanted) == 1:
        text, changed = text.replace(figures[0], wanted[0], 1), True
    if not changed:
        return None
    words = [
        g.surface
        for g in given
        if g.concept.category not in SUBJECTS and g.concept.category != "question_word"
    ]
    return " ".join([text, *(w for w in words if w not in text)])


def _kind(match: Match) -> str:
    """What may stand in its place: one examination for another."""
    return "examination" if match.concept.category in ("imaging", "biomarker") else match.concept.category


def _joined(earlier: str, new: str, terminology: Terminology) -> str | None:
    """The subjects of the earlier question that the new turn does not replace, then the new turn."""
    replaced = {m.concept.category for m in terminology.find(new)}
    kept = [m.surface for m in subjects(earlier, terminology) if m.concept.category not in replaced]
    return f"{' '.join(dict.fromkeys(kept))} {new}" if kept else None
