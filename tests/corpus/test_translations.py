"""No unofficial rendering loses a number, a sign, a drug, a gene or an abbreviation of its source."""

import json
import re
from collections import Counter
from functools import cache

import pytest

from corpus import load_corpus
from corpus.translations import DIRECTORY

FILES = sorted(DIRECTORY.glob("*.jsonl"))

SIGNS = "≥≤<>±×①②③④⑤⑥⑦⑧⑨"
"""Each as often in the rendering as in the source."""

ALLOWED: dict[str, frozenset[str]] = {}
"""Start of a source text -> tokens its rendering need not carry, each with its reason beside it."""

ONCE = re.compile(r"(?<![\d第])1次")
"""How often: ``每6个月1次`` is "once every 6 months", the digit need not be kept (``第1次`` must)."""

NUMBER = re.compile(r"\d+(?:\.\d+)?")
LATIN = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(text))


def lost(text: str, translation: str) -> list[str]:
    """What the rendering of a Chinese text leaves out, adds or leaves in Chinese."""
    allowed = {token for start, tokens in ALLOWED.items() if text.startswith(start) for token in tokens}
    found = [f"missing {n}" for n in numbers(ONCE.sub("", text)) - numbers(translation) if n not in allowed]
    found += [f"added {n}" for n in numbers(translation) - numbers(text) if n not in allowed]
    found += [f"sign {s}" for s in SIGNS if text.count(s) != translation.count(s) and s not in allowed]
    # whole words: "LV" is not found in "LVD"; digits and hyphens end a word ("KRAS", "G12C")
    words = {word.lower() for word in LATIN.findall(translation)}
    found += [
        f"missing {word}"
        for word in sorted(set(LATIN.findall(text)))
        if word.lower() not in words and word not in allowed
    ]
    if CHINESE.search(translation):
        found.append("Chinese left in the rendering")
    return found


def rows(name: str) -> list[dict[str, str]]:
    lines = (DIRECTORY / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def corpus_texts() -> dict[str, frozenset[str]]:
    """Sentence and passage texts (a table row is rendered with its headers) by document."""
    return {
        document.info.id: frozenset(
            text for p in document.passages for text in (p.text, *(s.text for s in p.sentences))
        )
        for document in load_corpus().documents
    }


def test_there_are_renderings() -> None:
    assert FILES


@pytest.mark.parametrize("name", [f.name for f in FILES])
def test_every_line_is_one_text_and_one_rendering(name: str) -> None:
    for row in rows(name):
        assert row.keys() == {"text", "translation"}
        assert row["translation"].strip() == row["translation"] != ""


@pytest.mark.parametrize("name", [f.name for f in FILES])
def test_nothing_is_lost_or_added(name: str) -> None:
    failures = {
        row["text"]: found
        for row in rows(name)
        if CHINESE.search(row["text"]) and (found := lost(row["text"], row["translation"]))
    }
    assert not failures


@pytest.mark.parametrize("name", [f.name for f in FILES])
def test_every_text_is_in_the_corpus(name: str) -> None:
    document = next(d for d in corpus_texts() if name.startswith(d))
    assert [row["text"] for row in rows(name) if row["text"] not in corpus_texts()[document]] == []


def test_no_text_is_rendered_twice() -> None:
    # keyed by document: two documents may print the same short sentence
    seen = Counter(
        (next(d for d in corpus_texts() if f.name.startswith(d)), row["text"])
        for f in FILES
        for row in rows(f.name)
    )
    assert [key for key, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "translation", "found"),
    [
        ("每3~6个月1次", "once every 3-6 months", []),
        ("每3~6个月1次", "once every 3-5 months", ["missing 6", "added 5"]),
        ("第1次切除", "first resection", ["missing 1"]),
        ("直径<3 cm", "diameter ≤3 cm", ["sign ≤", "sign <"]),
        ("LV静脉滴注", "LVD by infusion", ["missing LV"]),
        ("HER-2阳性", "HER-2-positive", []),
        ("最佳支持治疗", "最佳 supportive care", ["Chinese left in the rendering"]),
    ],
)
def test_the_check_itself(text: str, translation: str, found: list[str]) -> None:
    assert lost(text, translation) == found
