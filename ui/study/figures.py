"""Cloze of figures: a number with its unit is left out; other numbers with that unit are the wrong options."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from corpus.model import Document, Language, Passage, Sentence
from corpus.registers import folded
from ui.study.grades import WRONG, graded
from ui.study.model import BLANK, Item, Option, chapter_of, item_id
from ui.study.prompts import prompt
from ui.study.sourcing import before, prose, read_in, source_of

_ONE = r"\d+(?:\.\d+)?"
_UNITS: dict[Language, str] = {
    "zh": r"%|个月|个?周期|年|周|天|d(?![a-z])|h(?![a-z])|mg/m²|mg/kg|mg|cm|mm|mL|Gy|岁|枚|根|次|项|例|个(?![月周])",
    "en": r"%|percent|months?|years?|weeks?|days?|cycles?|hours?|mg/m²|mg/kg|mg|cm|mm|mL|Gy|hepatic veins|lesions|patients|times",
}
_FIGURE = {
    language: re.compile(
        rf"(?<![A-Za-z0-9.\-/~第])(?P<low>{_ONE})(?P<percent>%)?(?:\s?[~–-]\s?(?P<high>{_ONE}))?(?P<gap>[ -]?)(?P<unit>{units})(?![a-zA-Z/²]|\s?[~–]\s?\d)"
    )
    for language, units in _UNITS.items()
}


FIRST_YEAR = 1900
"""From here on a number of years is a date."""


class Figure(NamedTuple):
    """A number or range with its unit; ``text[start:end]`` is the number as printed, with its sign when that is %."""

    low: float
    high: float
    unit: str
    printed: str
    start: int
    end: int

    def meets(self, other: Figure) -> bool:
        """The two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def figures(text: str, language: Language) -> list[Figure]:
    """Numbers with a unit, in reading order."""
    found = []
    for match in _FIGURE[language].finditer(text):
        if match["percent"] and not match["high"]:
            continue  # "30%" followed by another unit is no figure of that unit
        low, high = float(match["low"]), float(match["high"] or match["low"])
        end = match.end("unit") if match["unit"] == "%" else match.end("high" if match["high"] else "low")
        unit = match["unit"] if language == "zh" else match["unit"].rstrip("s")
        a_date = match["unit"] == "年" and low >= FIRST_YEAR
        if low <= high and not a_date:
            found.append(Figure(low, high, unit, text[match.start() : end], match.start(), end))
    return found


def figure_items(documents: Sequence[Document]) -> list[Item]:
    """One item per figure of each graded recommendation for which there are enough sure wrong options."""
    everything = {language: _told(documents, language) for language in get_args(Language)}
    pools = {language: _pool(texts, language) for language, texts in everything.items()}
    stated = {language: "\n".join(map(folded, texts)) for language, texts in everything.items()}
    items = []
    for passage, sentence in graded(documents):
        for language in get_args(Language):
            shown = read_in(sentence, language)
            for figure in figures(shown[0], language) if shown else []:
                item = _item(passage, sentence, language, figure, pools[language], stated[language])
                if item is not None:
                    items.append(item)
    return list({item.id: item for item in items}.values())


def _told(documents: Iterable[Document], language: Language) -> list[str]:
    return [shown[0] for _, s in prose(documents) if (shown := read_in(s, language)) is not None]


def _pool(texts: Iterable[str], language: Language) -> dict[str, list[Figure]]:
    pool: dict[str, dict[str, Figure]] = {}
    for text in texts:
        for figure in figures(text, language):
            pool.setdefault(figure.unit, {}).setdefault(figure.printed, figure)
    return {unit: sorted(named.values(), key=lambda f: (f.low, f.high)) for unit, named in pool.items()}


def _item(
    passage: Passage, sentence: Sentence, language: Language, figure: Figure,
    pool: dict[str, list[Figure]], stated: str,
) -> Item | None:  # fmt: skip
    shown = read_in(sentence, language)
    assert shown is not None
    text, unofficial = shown
    here = figures(text, language)
    if sum(f.meets(figure) and f.unit == figure.unit for f in here) > 1:
        return None  # the rest of the sentence would give it away, or make it a matter of opinion
    name = item_id("number", language, passage.document_id, sentence.text, text, figure.printed, figure.unit)
    wrong = _wrong(text, figure, here, pool.get(figure.unit, []), stated, name)
    if len(wrong) < WRONG:
        return None
    context = before(passage, sentence, language)
    if any(f.unit == figure.unit and f.meets(figure) for f in figures(context, language)):
        context = ""
    return Item(
        id=name,
        kind="number",
        language=language,
        chapter=chapter_of(passage.document_id, passage.section),
        prompt=prompt("number", language),
        sources=(source_of(passage, sentence),),
        stem=text[: figure.start] + BLANK + text[figure.end :],
        context=context,
        unofficial=unofficial,
        options=(Option(figure.printed, True), *(Option(f.printed, False) for f in wrong)),
    )


def _wrong(
    text: str, figure: Figure, here: Sequence[Figure], pool: Sequence[Figure], stated: str, name: str
) -> list[Figure]:
    """Figures near in size that share no value with the true one nor with each other, and are stated nowhere so."""
    chance = random.Random(name)
    sure = [
        other for other in pool
        if not other.meets(figure)
        and not any(f.unit == other.unit and f.meets(other) for f in here)
        and folded(text[: figure.start] + other.printed + text[figure.end :]) not in stated
    ]  # fmt: skip

    def far(other: Figure) -> float:
        shape = (other.low == other.high) == (figure.low == figure.high)
        whole = ("." in other.printed) == ("." in figure.printed)
        size = abs(math.log((other.high + 0.01) / (figure.high + 0.01)))
        return size + (0 if shape else 1.0) + (0 if whole else 2.0) + chance.random() * 0.4

    chosen: list[Figure] = []
    for other in sorted(sure, key=far):
        if not any(other.meets(taken) for taken in chosen):
            chosen.append(other)
    return chosen[:WRONG]
