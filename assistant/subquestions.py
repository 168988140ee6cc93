"""Questions that ask for more than one thing: compared subjects, or several asking clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.terminology import Match, Terminology

_FAMILIES = (
    frozenset(("drug", "drug_class", "regimen")),
    frozenset(("procedure", "surgery", "ablation", "radiotherapy", "imaging")),
    frozenset(("stage", "anatomy", "population")),
    frozenset(("score", "gene", "biomarker")),
)
"""Subjects of one family can be compared."""
_JOINED = re.compile(
    r"^\s*(?:和|与|跟|及|以及|、|或|还是|比|对比|/|vs\.?|versus|and|or|to|than|compared (?:with|to))\s*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|吗|呢|几|多[少久大深长高宽远厚]|怎么|如何|哪|什么|啥|是否|能不能|要不要|有没有|为何|谁|何时|用法|剂量"
    r"|\b(?:how|what|when|which|who|why|where|is|are|does|do|can|should|dose|cost|survival|risk)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[?？；;。]+|、|[，,](?:\s*(?:and|&|plus|以及|还有|另外|那))?|\s+(?:and|&|plus)\s+(?=(?:its?|the|what|how|when|which|who|why|where|is|are|was|were|does|do|did|can|could|will|would|should|to|from when|from what|at what|in wh(?:om|ich))\b)|以及|还有",
    re.IGNORECASE,
)
_ANDS = frozenset(("and", "&", "plus"))
_QUESTION_MARK = re.compile(r"[?？]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
"""Examples in brackets are not what is compared."""
_PAUSE = re.compile(r"[，,。；;!！?？\n]+|\.\s|:\s|：")
_BETWEEN = re.compile(r"\bbetween\b(?!.*\band\b)", re.IGNORECASE)
_GAP = "\x00"
_LINK = r"(?:以及|和|与|跟|及|、|或|还是|/|\bvs\.?(?!\w)|\bversus\b|\band\b|\bor\b)"
_AND = r"(?:和|跟|与|\s*\bvs\.?\s+|\s*\bversus\s+)"
_EACH = r"(?:各自?|分别|区别|差别|不同|差异|相比|哪个|谁)"
_TWO = (
    re.compile(
        rf"^(?P<a>[^，,：:;；]{{2,22}}?){_AND}(?P<b>[^，,：:;；]{{2,22}})[，,：:]\s*(?P<z>[^，,;；]*{_EACH}[^，,;；]*)$"
    ),
    re.compile(
        r"^(?P<x>[^，,;；]{2,24})[，,]\s*(?P<a>[^，,;；]{2,12}?)(?:和|跟|与)(?P<b>[^，,;；]{2,12}?)(?:上|方面)?(?:各自?|分别|都)(?P<z>[^，,;；]*)$"
    ),
    re.compile(
        r"^(?P<a>[^，,;；]{2,18}?)(?:里|中)?的(?P<x>[^，,;；]{2,12}?)(?:和|跟|与|比)(?P<b>[^，,;；]{2,18}?)(?:里|中)的?(?P<z>[^，,;；]*(?:差|区别|不同|哪个)[^，,;；]*)$"
    ),
    re.compile(
        r"^(?P<x>[^:;?]{6,80})[:：]\s*(?P<a>[^:;?]{4,60}?)\s+(?:vs\.?|versus|compared with)\s+(?P<b>[^:;?]{4,60})$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<x>[^:;,?]{4,50}):\s*(?P<a>[^:;,?]{4,30}?)\s+and\s+(?P<b>[^:;,?]{4,30})$", re.IGNORECASE
    ),
)
"""Shared words before (x) or after (z), and the two sides."""
_JOINT_AFTER = re.compile(
    r"^.{0,4}(?:(?:一起|一块儿?|同时|联合|合并|叠加)(?:吃|用|使|应|上|打|给|做|切|服|治|手术|行|$)|合用|联用|[吗么]?.{0,2}一起)"
)
_JOINT = re.compile(r"\b(?:combin(?:e|ed|ing)|together|concurrent(?:ly)?|at the same time)\b", re.IGNORECASE)
"""Whether two may be used at once is one question, no comparison."""
_TOPICS = frozenset().union(*_FAMILIES, ("disease", "biomarker", "complication"))
MOST = 3
NAME_ONLY = 14
"""Characters of a clause like "仑伐替尼呢" that only names what the next one asks about."""
_MAIN = (
    frozenset(("drug", "regimen", "drug_class", "score", "gene", "biomarker")),
    frozenset(("ablation", "radiotherapy", "procedure", "surgery", "imaging")),
    frozenset(("complication", "adverse_event", "stage", "population", "disease", "anatomy")),
)
"""What a text is about: something of an earlier kind rather than of a later one."""
_NO_STUDY = re.compile(r"guideline|committee|protocol")


def subquestions(text: str, terminology: Terminology) -> list[str]:
    """The single questions in a text; empty when it is one question."""
    if len(_QUESTION_MARK.findall(text)) > 1 and (clauses := _clauses(text, terminology)):
        return clauses
    return _phrases(text) or _compared(text, terminology) or _clauses(text, terminology)


def asks(text: str) -> bool:
    """Whether a text has a word or a mark that asks."""
    return bool(_ASKS.search(text))


def asking_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses that ask; the others only tell."""
    spans, start = [], 0
    for end in (*_PAUSE.finditer(text), None):
        stop = end.end() if end else len(text)
        if _ASKS.search(text, start, stop):
            spans.append((start, stop))
        start = stop
    return spans


def asked_about(text: str, known: Sequence[Match]) -> list[tuple[int, int]]:
    """Spans of the clauses that ask something about one of these names; the rest only describes.

    Empty when no clause does: then the whole text may be what is asked.
    """
    topics = [m.start for m in known if m.concept.category in _TOPICS]
    return [(start, stop) for start, stop in asking_spans(text) if any(start <= t < stop for t in topics)]


def asking_clauses(text: str, terminology: Terminology) -> list[tuple[str, str]]:
    """The clauses of a text that each ask for something, as typed and with the subject; empty when there is one."""
    full = _clauses(text, terminology)
    typed = [
        next(
            (c for c, _ in _pieces(text, terminology) if c and whole.endswith(c)),
            whole,
        )
        for whole in full
    ]
    return list(zip(typed, full, strict=True))


def _phrases(text: str) -> list[str]:
    """Two phrases that one wish stands before or after: "A和B，Z各多少", "Z: A vs B", "X，A和B分别Z"."""
    for pattern in _TWO:
        if match := pattern.match(text.strip(" ?？。")):
            shared = [match.groupdict().get(name) or "" for name in ("x", "z")]
            return [
                " ".join(filter(None, (part.strip() for part in (shared[0], match[side], shared[1])))).strip(
                    " ,，"
                )
                for side in ("a", "b")
            ]
    return []


def _compared(text: str, terminology: Terminology) -> list[str]:
    """One question per compared subject: the text without the other subjects; none when their joint use is asked."""
    if _JOINT.search(text):
        return []
    asides = [match.span() for match in _ASIDE.finditer(text)]
    matches = [
        m for m in sorted(terminology.find(text), key=lambda m: m.start)
        if not any(start <= m.start < end for start, end in asides)
    ]  # fmt: skip
    for family in _FAMILIES:
        subjects = [m for m in matches if m.concept.category in family]
        run = _run(text, subjects)
        if len({m.concept.id for m in run}) >= 2:
            if _JOINT_AFTER.search(text[run[-1].end :]):
                return []
            return [
                _without(text, [m for m in run if m.concept.id != kept.concept.id]) for kept in run[:MOST]
            ]
    return []


def _run(text: str, subjects: list[Match]) -> list[Match]:
    """The longest run of subjects that only joining words stand between."""
    best: list[Match] = []
    run: list[Match] = []
    for match in subjects:
        if run and match.start >= run[-1].end and _JOINED.match(text[run[-1].end : match.start]):
            run.append(match)
        elif not run or match.start >= run[-1].end:
            run = [match]
        best = max(best, run, key=len)
    return list(best)


def _without(text: str, removed: list[Match]) -> str:
    for match in sorted(removed, key=lambda m: -m.start):
        text = text[: match.start] + _GAP + text[match.end :]
    text = re.sub(rf"{_LINK}?\s*{_GAP}\s*{_LINK}?", " ", text)
    return re.sub(r"\s+", " ", text).strip(" ，,和与及、")


def _clauses(text: str, terminology: Terminology) -> list[str]:
    """Asking clauses; one that names no subject takes over that of the first."""
    clauses, asking, mark = [], [], True
    for clause, end in _pieces(text, terminology):
        if len(clause) >= 3:
            clauses.append(clause)
            if _ASKS.search(clause) or (mark and end and _QUESTION_MARK.search(end.group())):
                asking.append(clause)
        mark = end is not None and end.group().strip().lower() not in _ANDS
    if not 2 <= len(asking) <= MOST:
        return []
    stated = " ".join(c for c in clauses[: clauses.index(asking[0])])
    subject = _subject(f"{stated} {asking[0]}", terminology)
    return [
        clause
        if i == 0 and not stated
        else " ".join(filter(None, (subject if not _subject(clause, terminology) else "", clause)))
        for i, clause in enumerate(asking)
    ]


def _pieces(text: str, terminology: Terminology) -> list[tuple[str, re.Match[str] | None]]:
    """The clauses of a text, each with the mark or word that ends it."""
    pieces: list[tuple[str, re.Match[str] | None]] = []
    matches, start = terminology.find(text), 0
    for end in _CLAUSE.finditer(text):
        clause = text[start : end.start()].strip()
        between = _BETWEEN.search(clause) and end.group().strip().lower() in _ANDS
        if not between and not _in_list(text, start, end, matches):
            pieces.append((clause, end))
            start = end.end()
    return [*pieces, (text[start:].strip(), None)]


def _in_list(text: str, start: int, end: re.Match[str], matches: Sequence[Match]) -> bool:
    """Whether a comma parts no questions: between names of one kind, or after "X呢"; ``、`` unless both sides ask."""
    if end.group() == "、":
        after = _CLAUSE.split(text[end.end() :], maxsplit=1)[0]
        return not (_ASKS.search(text, start, end.start()) and _ASKS.search(after))
    if end.group()[0] not in "，,":
        return False
    if text[start : end.start()].endswith("呢"):
        return end.start() - start <= NAME_ONLY
    next_word = len(text) - len(text[end.end() :].lstrip())
    kinds = {m.concept.category for m in matches if m.end == end.start()}
    return any(m.start == next_word and m.concept.category in kinds for m in matches)


def named_studies(text: str, terminology: Terminology) -> list[str]:
    """Studies by the name of their author or their acronym, as typed."""
    return [
        m.surface for m in terminology.find(text)
        if m.concept.category == "study" and m.concept.en and m.concept.en[0][0].isupper()
        and not _NO_STUDY.search(m.concept.id)
    ]  # fmt: skip


def main_subject(text: str, terminology: Terminology) -> str:
    """The one thing a text is about most likely: what "it" stands for in the next; empty if nothing."""
    if studies := named_studies(text, terminology):
        return studies[0]
    found = sorted(terminology.find(text), key=lambda m: m.start)
    for kinds in _MAIN:
        for match in found:
            if match.concept.category in kinds:
                return match.surface
    return ""


def narrower(part: str, text: str, terminology: Terminology) -> str | None:
    """A part that took over several subjects of the question, with the main one only."""
    clause = next((c for c, _ in _pieces(text, terminology) if c and part.endswith(f" {c}")), None)
    if clause is None:
        return None
    main = main_subject(part.removesuffix(clause), terminology)
    shorter = f"{main} {clause}"
    return shorter if main and shorter != part else None


def _subject(text: str, terminology: Terminology) -> str:
    """The names of what a clause is about."""
    matches = terminology.find(text)
    topics = [m.surface for m in matches if m.concept.category in _TOPICS or m.concept.outside]
    return " ".join(dict.fromkeys((*named_studies(text, terminology), *topics)))
