"""Whether a typed answer says a key point: tolerant of width, case, blanks and a slip, not of another meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from corpus.terminology.forms import has_chinese

_DASH = re.compile(r"(?<=[\d%])\s*(?:[~～〜∼–—−‐-]|至|到|\bto\b)\s*(?=\d)")
_BLANK = re.compile(r"(?<=[a-z]) (?=[a-z])|(?<=\d) (?=\d)")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)")
_COMPARISON = re.compile(r"[<>≤≥]")
_NO_ZH = re.compile(r"(?:不|未|无|非|没有|没|并非|并未)[^，。；,;.]{0,2}$")
_NO_ZH_HARMLESS = re.compile(
    r"(?:不仅|不但|不同|不良|无病|不足|不少于|不超过|不低于|不小于|非常|无论)[^，。；,;.]{0,2}$"
)
_NO_EN = re.compile(
    r"\b(?:not|no|never|without|non|cannot|isn't|aren't|don't|doesn't)\b[ -]?(?:[a-z]+ ){0,2}$"
)
_NO = re.compile(r"不|未|无|非|没|\bnot\b|\bno\b|\bnever\b|\bwithout\b|\bnon|\bun|n't\b|cannot")
_OPPOSITES = (
    "增减", "升降", "高低", "多少", "大小", "左右", "前后", "早晚", "先后", "上下", "内外", "阴阳", "同异", "好差", "长短",
    "优劣", "有无", "强弱", "快慢", "首末",
)  # fmt: skip
_OPPOSITES_EN = (
    ("increas", "decreas"), ("high", "low"), ("more", "less"), ("more", "fewer"), ("large", "small"), ("left", "right"),
    ("pre", "post"), ("before", "after"), ("early", "late"), ("positive", "negative"), ("syn", "meta"), ("better", "worse"),
    ("hyper", "hypo"), ("longer", "shorter"), ("above", "below"), ("upper", "lower"), ("wild", "mut"), ("resectab", "unresect"),
)  # fmt: skip
SIMILAR = {True: 85, False: 90}
"""Likeness out of 100 from which a slip of the pen is taken for the wording; True: Chinese."""
LONG = {True: 6, False: 9}
"""Characters from which a wording is long enough for that; True: Chinese."""


def normal(text: str) -> str:
    """NFKC, lower case, one kind of range sign, no blanks but between two words or two numbers."""
    text = unicodedata.normalize("NFKC", text).lower().replace(">=", "≥").replace("<=", "≤").replace("μ", "µ")
    text = _DASH.sub("~", re.sub(r"\s+", " ", text)).strip()
    kept = {match.start() for match in _BLANK.finditer(text)}
    return "".join(char for place, char in enumerate(text) if char != " " or place in kept)


def says(answer: str, wordings: Sequence[str]) -> bool:
    """One of the wordings stands in the answer, or nearly, and is not denied there."""
    shown = normal(answer)
    return bool(shown) and any(_says(shown, wanted) for wording in wordings if (wanted := normal(wording)))


def points_met(answer: str, points: Sequence[Sequence[str]]) -> tuple[bool, ...]:
    """For each key point, whether the answer says it."""
    return tuple(says(answer, wordings) for wordings in points)


def _says(shown: str, wanted: str) -> bool:
    start = shown.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if _whole(shown, start, end) and not _denied(shown, start, wanted):
            return True
        start = shown.find(wanted, start + 1)
    return _nearly(shown, wanted)


def _whole(shown: str, start: int, end: int) -> bool:
    """The piece is not part of a longer number, range or word."""
    left, right = shown[:start], shown[end:]
    first, last = shown[start], shown[end - 1]
    if first.isdigit() and re.search(r"(?:\d|\d[.,~]|\d%~|[<>≤≥]\d*\.)$", left):
        return False
    if first.isascii() and first.isalpha() and left[-1:].isascii() and left[-1:].isalpha():
        return False
    if last.isdigit() and re.match(r"\d|[.,~]\d|%?~\d", right):
        return False
    if last == "%" and re.match(r"~\d", right):
        return False
    if last.isascii() and last.isalpha():
        tail = re.match(r"[a-z]*", right)
        more = tail.group() if tail else ""
        word = re.search(r"[a-z]+$", shown[start:end])
        return more in ("", "s", "es") or len(word.group() if word else "") >= 5
    return True


def _denied(shown: str, start: int, wanted: str) -> bool:
    """A "not" right before, which the wording itself does not have."""
    if _NO.search(wanted):
        return False
    left = shown[:start]
    if _NO_EN.search(left) or re.search(r"\b(?:un|non|in|ir)-?$", left):
        return True
    return bool(_NO_ZH.search(left)) and not _NO_ZH_HARMLESS.search(left)


def _nearly(shown: str, wanted: str) -> bool:
    chinese = has_chinese(wanted)
    if len(wanted) < LONG[chinese] or len(shown) < len(wanted) - 1:
        return False
    place = fuzz.partial_ratio_alignment(wanted, shown, score_cutoff=SIMILAR[chinese])
    if place is None:
        return False
    start, end = place.dest_start, place.dest_end
    while start > 0 and shown[start].isdigit() and shown[start - 1] in "0123456789.~":
        start -= 1
    while end < len(shown) and shown[end - 1].isdigit() and shown[end] in "0123456789.~%":
        end += 1
    while start > 0 and _letters(shown[start - 1 : start + 1]):
        start -= 1
    while end < len(shown) and _letters(shown[end - 1 : end + 1]):
        end += 1
    window = shown[start:end]
    same = (
        fuzz.ratio(window, wanted) >= SIMILAR[chinese]
        and sorted(_NUMBER.findall(window)) == sorted(_NUMBER.findall(wanted))
        and _COMPARISON.findall(window) == _COMPARISON.findall(wanted)
        and len(_NO.findall(window)) == len(_NO.findall(wanted))
        and _whole_numbers(shown, start, end)
    )
    return same and not _opposite(window, wanted) and not _denied(shown, start, wanted)


def _letters(pair: str) -> bool:
    """Both within one Latin word."""
    return pair.isascii() and pair.isalpha()


def _whole_numbers(shown: str, start: int, end: int) -> bool:
    cut_left = shown[start].isdigit() and shown[max(0, start - 1) : start].isdigit()
    cut_right = shown[end - 1].isdigit() and shown[end : end + 1].isdigit()
    return not (cut_left or cut_right)


def _opposite(window: str, wanted: str) -> bool:
    pairs = [*(tuple(pair) for pair in _OPPOSITES), *_OPPOSITES_EN]
    return any(
        window.count(one) != wanted.count(one) and window.count(other) != wanted.count(other)
        for one, other in pairs
    )
