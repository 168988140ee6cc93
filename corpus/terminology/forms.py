"""Forms of words: folding, light stemming and the dictionaries that find a form in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

ENGLISH_WORDS_IN_CAPITALS = frozenset(
    {"bed", "cam", "can", "cap", "cape", "cas", "cash", "clip", "deb", "ehm", "fire", "game", "gist", "her"}
    | {"ire", "lot", "may", "met", "net", "pan", "peak", "pet", "rest", "ring", "set", "sos", "tale"}
)
"""Abbreviations that are English words: in a text without Chinese they count only in capitals."""

_NOT_LATIN = r"[^\s\-/'’_·‐‑–—]"
_UNIT = re.compile(r"[a-z0-9à-öø-ÿ]+|" + _NOT_LATIN)
_LATIN_UNIT = re.compile(r"[a-z0-9à-öø-ÿ]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
ENDINGS = frozenset({"ly", "al", "y", "er", "ed", "ing", "ic"})
_ONLY_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
TURNS_AROUND = frozenset("不无非未结") | {"non", "not", "no", "without", "low", "ir", "un"}
"""Before a nested form these make it another thing: 不可切除, 非寡转移, 结直肠癌."""
_VOWEL = re.compile(r"[aeiouy]")


class Unit(NamedTuple):
    """A Latin word or any other single character of a text, with its offsets in the original."""

    exact: str
    stem: str
    latin: bool
    start: int
    end: int


class Entry(NamedTuple):
    """Where a form leads: its concept, the form, whether it needs its capitals or is a misspelling."""

    concept: int
    form: str
    capitals: bool
    misspelling: bool


def has_chinese(text: str) -> bool:
    """True when the text has at least one Chinese character."""
    return _CHINESE.search(text) is not None


def light_stem(word: str) -> str:
    """Take a plural, ``-ed`` or ``-ing`` off a lower-case Latin word, and the final ``e``."""
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and not word.endswith("eed") and len(root) > 2 and _VOWEL.search(root):
            if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root[:-1] if root.endswith("e") else root
    if word.endswith("e") and len(word) > 3:
        return word[:-1]
    return word


def needs_capitals(form: str) -> bool:
    """True for abbreviations of one or two letters and those that are English words."""
    if not form.isalpha() or not form.isascii() or not form.isupper():
        return False
    return len(form) <= 2 or form.lower() in ENGLISH_WORDS_IN_CAPITALS


def fold(text: str) -> tuple[str, list[int]]:
    """NFKC lower-case text, and for each of its characters the place it came from."""
    folded = unicodedata.normalize("NFKC", text).lower()
    if len(folded) == len(text) and unicodedata.is_normalized("NFKC", text):
        return folded, list(range(len(text)))
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        piece = unicodedata.normalize("NFKC", character).lower()
        pieces.append(piece)
        places.extend([place] * len(piece))
    return "".join(pieces), places


def units_of(text: str) -> list[Unit]:
    folded, places = fold(text)
    units = []
    for found in _UNIT.finditer(folded):
        piece = found.group()
        latin = _LATIN_UNIT.match(piece) is not None
        stem = light_stem(piece) if latin else piece
        units.append(Unit(piece, stem, latin, places[found.start()], places[found.end() - 1] + 1))
    return units


def keys_of(form: str) -> tuple[str, str]:
    """The dictionary keys of a form: exact and stemmed."""
    if _ONLY_CHINESE.fullmatch(form):
        return form, form
    folded = unicodedata.normalize("NFKC", form).lower()
    exact: list[str] = []
    stems: list[str] = []
    before = False
    for piece in _UNIT.findall(folded):
        latin = _LATIN_UNIT.match(piece) is not None
        if latin and before:
            exact.append(" ")
            stems.append(" ")
        exact.append(piece)
        stems.append(light_stem(piece) if latin else piece)
        before = latin
    return "".join(exact), "".join(stems)


class FormIndex:
    """A flat dictionary of forms, with the lengths that occur after each first pair of characters."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._descending: dict[str, tuple[int, ...]] = {}

    def add(self, key: str, entry: Entry) -> None:
        known = self.entries.get(key)
        if known is None:
            self.entries[key] = [entry]
            self._lengths.setdefault(key[:2], set()).add(len(key))
        elif entry not in known:
            known.append(entry)

    def seal(self) -> None:
        self._descending = {
            start: tuple(sorted(lengths, reverse=True)) for start, lengths in self._lengths.items()
        }

    def at(self, text: str, place: int) -> Iterator[tuple[str, int]]:
        """Forms that stand at ``place``, longest first, with the place each ends."""
        for length in self._descending.get(text[place : place + 2], ()):
            key = text[place : place + length]
            if key in self.entries:
                yield key, place + len(key)
        if place + 1 < len(text) and text[place] in self.entries:
            yield text[place], place + 1


def join_units(units: list[Unit], *, stemmed: bool) -> tuple[str, list[int], dict[int, int]]:
    """The units as one string (Latin words parted by a space), their starts, and ends to numbers."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: dict[int, int] = {}
    place = 0
    before = False
    for number, unit in enumerate(units):
        if before and unit.latin:
            pieces.append(" ")
            place += 1
        starts.append(place)
        piece = unit.stem if stemmed else unit.exact
        pieces.append(piece)
        place += len(piece)
        ends[place] = number
        before = unit.latin
    return "".join(pieces), starts, ends


class PreparedText:
    """A text cut into units, ready for both indexes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chinese = has_chinese(text)
        self.units = units_of(text)
        self.exact = join_units(self.units, stemmed=False)
        self.stemmed = join_units(self.units, stemmed=True)
