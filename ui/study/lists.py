"""Several right answers: items of one list of the documents against items of other lists of the same part."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from rapidfuzz import fuzz

from corpus.model import Document, Language, Passage, PassageKind, Sentence
from corpus.registers import folded
from corpus.terminology import Terminology, load_terminology
from ui.study.model import Item, Option, Source, chapter_of, item_id
from ui.study.prompts import prompt
from ui.study.sourcing import prose, read_in, source_of

LONGEST = {"zh": 90, "en": 260}
"""Characters of an item that still reads as one option."""
SHORTEST = {"zh": 2, "en": 4}
MOST_RIGHT = 4
WRONG = 3
ALIKE = 68
"""Likeness (of 100) to a right item from which another item is not surely wrong."""

_MARK = re.compile(r"\s*(?:[(（]\d{1,2}[)）]|[①-⑳])\s*")
_HEAD: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"^(?P<head>.{2,120}?(?:[:：]|包括|主要有|分为))(?P<rest>[^:：]+)$", re.S),
    "en": re.compile(r"^(?P<head>.{4,260}?(?::|\b(?:include|includes|including|comprise|comprises|comprising)\b))(?P<rest>[^:]+)$", re.S),
}  # fmt: skip
_CLAUSE = re.compile(
    r"^(?:which|who|whose|to|so|as|during|with|without|then|but|combined|for|in|on|if|may|while|when|resulting|at|by|after)\b"
)
"""How an English piece begins that is no item but a part of the sentence."""
_TAIL = " ，,；;。、"


@dataclass(frozen=True)
class Listing:
    """A list as the document prints it. ``whole``: all that is said where it stands."""

    passage: Passage
    language: Language
    head: str
    items: tuple[str, ...]
    sources: tuple[Source, ...]
    unofficial: bool
    whole: str


def list_items(documents: Sequence[Document], terminology: Terminology | None = None) -> list[Item]:
    """One item per list and language for which the same part, or else the document, has wrong options."""
    terms = terminology or load_terminology()
    listings = list(listings_of(documents))
    concepts = {
        text: _concepts(text, terms) for listing in listings for text in (*listing.items, listing.whole)
    }
    items: dict[str, Item] = {}
    for listing in listings:
        item = _item(listing, listings, concepts)
        if item is not None:
            items.setdefault(item.id, item)
    return list(items.values())


def listings_of(documents: Iterable[Document]) -> Iterator[Listing]:
    """Lists within sentences, and passages that are items under one lead-in, in both languages."""
    for passage, sentence in prose(documents := list(documents)):
        for language in get_args(Language):
            shown = read_in(sentence, language)
            if language != sentence.language and passage.translation_of:
                continue  # printed in both languages: the other passage has it
            parts = split_list(shown[0], language) if shown else None
            if shown and parts:
                whole = " ".join(r[0] for s in passage.sentences if (r := read_in(s, language)))
                source = (source_of(passage, sentence),)
                yield Listing(passage, language, parts[0], parts[1], source, shown[1], whole)
    for document in documents:
        yield from _led_in(document)


def split_list(text: str, language: Language) -> tuple[str, tuple[str, ...]] | None:
    """Head and items of a sentence that is a list; every item is a verbatim piece of it."""
    marked = list(_MARK.finditer(text))
    marked = marked if len(marked) >= 3 else []
    if marked and marked[0].start() >= 4:
        head, rest = text[: marked[0].start()], text[marked[0].start() :]
        pieces = _MARK.split(rest)
    else:
        match = _HEAD[language].match(_MARK.sub("", text, count=1) if _MARK.match(text) else text)
        if match is None:
            return None
        head, rest = match["head"], match["rest"]
        if _MARK.search(rest):
            return None  # one part of a larger list
        pieces = re.split(r"[；;]", rest)
        if len(pieces) < 3:
            pieces = _words(rest, language)
    texts = (_bare(re.split(r"[；;]", piece.strip(_TAIL))[0]) for piece in pieces)
    items = tuple(dict.fromkeys(text for text in texts if text))
    sized = all(SHORTEST[language] <= len(item) <= LONGEST[language] and _balanced(item) for item in items)
    return (head.strip(), items) if len(items) >= 3 and sized else None


def _words(rest: str, language: Language) -> list[str]:
    """A list of words within a sentence; nothing where its commas may divide clauses."""
    rest = rest.rstrip(_TAIL + ".")
    if language == "zh":
        if re.search(r"[，。；;]", rest):
            return []
        pieces = rest.split("、")
        return [*pieces[:-1], re.split(r"(?<![中平相同均优])等", pieces[-1])[0]]
    pieces = [re.sub(r"^\s*(?:and|or) ", "", piece).strip() for piece in rest.split(",")]
    short = all(len(piece) <= 60 and not _CLAUSE.match(piece) for piece in pieces)
    return pieces if short and not re.search(r"[;]|\.\s", rest) else []


def _bare(text: str) -> str:
    """Without full stop, and without the "etc." that ends a Chinese list."""
    text = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    text = text.strip(_TAIL)
    text = text[:-1] if text.endswith(".") and not text.endswith("etc.") else text
    return text.removesuffix("等").strip(_TAIL)


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "（）", "“”", "[]"))


def _led_in(document: Document) -> Iterator[Listing]:
    groups: dict[tuple[tuple[str, ...], str], list[tuple[Passage, Sentence]]] = {}
    for passage in document.passages:
        if passage.lead_in and passage.kind is PassageKind.PROSE and passage.language == "zh":
            groups.setdefault((passage.section, passage.lead_in), []).append((passage, passage.sentences[0]))
    for (_, lead_in), members in groups.items():
        pieces = [_MARK.sub("", s.text, count=1).strip(_TAIL + ".") for _, s in members]
        if len(members) >= 2 and all(
            p in s.text and len(p) <= LONGEST["zh"] for p, (_, s) in zip(pieces, members, strict=True)
        ):
            whole = " ".join(p.text for p, _ in members)
            sources = tuple(source_of(p, s) for p, s in members)
            yield Listing(members[0][0], "zh", lead_in, tuple(pieces), sources, False, lead_in + whole)


def _concepts(text: str, terminology: Terminology) -> frozenset[str]:
    plain = re.sub(r"[(（][^()（）]*[)）]", "", text)  # where somebody works is not what the item is about
    return frozenset(match.concept.id for match in terminology.find_nested(plain))


def surely_wrong(text: str, listing: Listing, concepts: dict[str, frozenset[str]]) -> bool:
    """The text is neither an item of the list nor anything said where it stands, in these or other words;
    it speaks of something of the field that is not named there."""
    mine, whole = folded(text), folded(listing.whole + listing.head)
    if mine in whole or any(folded(item) in mine for item in listing.items):
        return False
    if any(
        max(fuzz.ratio(mine, folded(i)), fuzz.partial_ratio(mine, folded(i))) >= ALIKE for i in listing.items
    ):
        return False
    about = concepts[text]
    return bool(about) and not about <= concepts[listing.whole]


def _item(listing: Listing, listings: Sequence[Listing], concepts: dict[str, frozenset[str]]) -> Item | None:
    passage, language = listing.passage, listing.language
    if sum(bool(concepts[text]) for text in listing.items) * 2 < len(listing.items):
        return None  # names of people, or words that are not of the field
    name = item_id("list", language, passage.document_id, listing.head, listing.items)
    chance = random.Random(name)
    near, far = _others(listing, listings)
    chance.shuffle(near)
    chance.shuffle(far)
    size = sum(map(len, listing.items)) / len(listing.items)
    about = frozenset().union(*(concepts[text] for text in listing.items))

    figures = 2 * sum(any(c.isdigit() for c in text) for text in listing.items) > len(listing.items)

    def unlike(text: str) -> tuple[bool, bool, bool]:
        with_figure = any(c.isdigit() for c in text)
        return with_figure != figures, abs(len(text) - size) > size, not concepts[text] & about

    near.sort(key=unlike)
    far.sort(key=unlike)
    wrong: list[str] = []
    for text in (*near, *far):
        apart = all(fuzz.partial_ratio(folded(text), folded(taken)) < ALIKE for taken in wrong)
        if len(wrong) < WRONG and apart and surely_wrong(text, listing, concepts):
            wrong.append(text)
    if len(wrong) < 2:
        return None
    right = chance.sample(listing.items, min(len(listing.items), MOST_RIGHT))
    return Item(
        id=name,
        kind="list",
        language=language,
        chapter=chapter_of(passage.document_id, passage.section),
        prompt=prompt("list", language),
        sources=listing.sources,
        stem=f"{listing.head} ……",
        unofficial=listing.unofficial,
        options=(*(Option(t, True) for t in right), *(Option(t, False) for t in wrong)),
    )


def _others(listing: Listing, listings: Sequence[Listing]) -> tuple[list[str], list[str]]:
    """Items of other lists in this language: of the same part, and of the rest of the document."""
    near: list[str] = []
    far: list[str] = []
    here = chapter_of(listing.passage.document_id, listing.passage.section)
    for other in listings:
        same_place = other is listing or other.passage.id == listing.passage.id
        if same_place or other.language != listing.language:
            continue
        if other.passage.document_id == listing.passage.document_id:
            part = chapter_of(other.passage.document_id, other.passage.section)
            (near if part == here else far).extend(other.items)
    return list(dict.fromkeys(near)), list(dict.fromkeys(far))
