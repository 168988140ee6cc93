"""Reading the training pairs: tolerant of missing files, lazy with large ones, repeatable.

Every reader yields :class:`Pair`. TICO-19 is the outside test, so a path that names it is refused.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[A-Z(])")

CLAUSE_END = re.compile(r"[，。；：,;:()（）]\s*")

ICD_MAX_CODE = 5
"""Longest code kept, dot included: longer ones repeat the same disease by side and encounter."""
ICD_TEST_EVERY = 50
"""One code in so many is never trained on; it tests medical terms."""
MEDQUAD_TEST_EVERY = 5
"""One MedQuAD topic in so many is never trained on; it tests retrieval in English."""
TRANSLATION_TEST_EVERY = 10
"""One translated sentence in so many is tested on, unless the final model is trained on all."""


class OutsideTestError(ValueError):
    """Somebody tried to train on the data that is kept for testing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same. ``a`` and ``b`` may be of either language."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of one origin, and how many times an epoch sees them."""

    name: str
    pairs: tuple[Pair, ...]
    repeat: float = 1.0
    linked: bool = False
    """Texts joined by a chain of pairs mean the same, so none of them is a counter-example of another."""


def refuse_outside_test(path: Path) -> None:
    """Raise if ``path`` is the TICO-19 test set."""
    if "tico" in path.name.lower():
        raise OutsideTestError(f"{path.name} is the outside test (TICO-19): never train on it")


def is_han(text: str) -> bool:
    """True if the text is Chinese rather than Latin: a fifth of its letters are Han."""
    han = len(HAN.findall(text))
    return han > 0 and han * 4 >= len(LATIN.findall(text)) / 2


def rows(path: Path) -> Iterator[list[str]]:
    """The tab separated rows of a file, one at a time; nothing if the file does not exist."""
    refuse_outside_test(path)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\r\n").split("\t")


EXTRA_COLUMNS = {"abbreviations", "brands", "lay"}
"""Columns of the terminology whose names may be of either language."""


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional to Simplified characters."""
    return str(_converter().convert(text))


def unique(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs in their order, without empty ones, identical sides and repetitions."""
    kept: dict[Pair, None] = {}
    for pair in pairs:
        pair = Pair(pair.a.strip(), pair.b.strip())
        if pair.a and pair.b and pair.a.casefold() != pair.b.casefold():
            kept.setdefault(pair)
    return tuple(kept)


def vocabulary_pairs(path: Path, limit: int | None = None) -> tuple[Pair, ...]:
    """General language: definitions, phrases and example sentences; and each word with its definition."""

    def read() -> Iterator[Pair]:
        for number, fields in enumerate(rows(path)):
            if limit is not None and number >= limit:
                return
            if len(fields) < 4 or not is_han(fields[3]):
                continue
            kind, word, english, chinese = fields[:4]
            yield Pair(english, chinese)
            if kind == "def" and len(chinese) <= 24:
                yield Pair(word, chinese)

    return unique(read())


def icd_pairs(path: Path) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Names of diseases: those to train on and those held out. The text decides, not only the code."""
    train: list[Pair] = []
    test: list[Pair] = []
    for fields in rows(path):
        if len(fields) < 4 or len(fields[0]) > ICD_MAX_CODE:
            continue
        pair = Pair(fields[2], simplified(fields[3]))
        held = zlib.crc32(fields[0].encode()) % ICD_TEST_EVERY == 0
        (test if held else train).append(pair)
    tested = unique(pair for pair in test if is_han(pair.b))
    seen = {pair.a.casefold() for pair in tested} | {pair.b for pair in tested}
    return unique(p for p in train if p.a.casefold() not in seen and p.b not in seen), tested


def medquad_held_out(record: dict[str, Any]) -> bool:
    """Whether a question is kept for testing (``crlm eval make-beir --held-out``): by its topic, one in five."""
    return zlib.crc32(str(record.get("focus")).encode()) % MEDQUAD_TEST_EVERY == 0


def medquad_pairs(path: Path, sentences: int = 2) -> tuple[Pair, ...]:
    """English questions with the first sentences of their answers, without those held out."""
    if not path.exists():
        return ()

    def read() -> Iterator[Pair]:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if medquad_held_out(record):
                    continue
                answer = re.sub(r"\s+", " ", str(record.get("answer") or ""))
                start = [part for part in SENTENCE_END.split(answer) if part][:sentences]
                yield Pair(str(record.get("question") or ""), " ".join(start)[:400])

    return unique(read())


def question_pairs(folder: Path) -> tuple[Pair, ...]:
    """Questions of the documents' sentences with what answers them, and with each other across languages."""
    from corpus.corpus import load_corpus

    if not any(folder.glob("*.jsonl")):
        return ()
    corpus = load_corpus()
    texts = {s.id: s for s in corpus.sentences()}
    asked: dict[str, dict[str, list[str]]] = {}
    for document in corpus.documents:
        for question in document.questions:
            asked.setdefault(question.sentence_id, {}).setdefault(question.language, []).append(question.text)

    def read() -> Iterator[Pair]:
        for sentence_id, by_language in asked.items():
            sentence = texts[sentence_id]
            for questions in by_language.values():
                for text in questions:
                    yield Pair(text, sentence.text)
                    if sentence.translation:
                        yield Pair(text, sentence.translation)
            yield from (Pair(e, z) for e in by_language.get("en", ()) for z in by_language.get("zh", ()))

    return unique(read())


def medical_words(path: Path) -> dict[str, int]:
    """Chinese medical words with their document frequency."""
    words: dict[str, int] = {}
    for fields in rows(path):
        if len(fields) >= 2 and fields[1].strip().isdigit():
            words[fields[0].strip()] = int(fields[1])
    return words


def terminology_pairs(folder: Path) -> tuple[Pair, ...]:
    """Names of the same concept. Any ``*.tsv`` whose heading has columns for Chinese and English
    names (``zh…``, ``en…``), several names in a cell separated by ``|``; abbreviations, brands and lay names
    join the language they are written in. Names pair across the languages
    and with the first name of their own language."""

    def names(header: list[str], fields: list[str], language: str) -> list[str]:
        found: list[str] = []
        for title, value in zip(header, fields, strict=False):
            title = title.strip().lstrip("#").strip().lower()
            given = [name.strip() for name in value.split("|") if name.strip()]
            if title == language or title.startswith((language + "_", language + "-")):
                found += given
            elif title in EXTRA_COLUMNS:
                found += [name for name in given if is_han(name) == (language == "zh")]
        return list(dict.fromkeys(found))

    def read() -> Iterator[Pair]:
        for path in sorted(folder.glob("*.tsv")):
            header: list[str] | None = None
            for fields in rows(path):
                if header is None:
                    if fields[0].startswith("#") and len(fields) < 2:
                        continue
                    header = fields
                    continue
                chinese, english = names(header, fields, "zh"), names(header, fields, "en")
                yield from (Pair(e, z) for e, z in product(english, chinese))
                yield from (Pair(chinese[0], z) for z in chinese[1:])
                yield from (Pair(english[0], e) for e in english[1:])

    return unique(read())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def translation_pairs(folder: Path) -> tuple[Pair, ...]:
    """Aligned sentences of the five documents. Of each line of ``*.jsonl`` the longest Chinese and the
    longest other string with letters in it are the two sides, whatever the keys are called."""

    def read() -> Iterator[Pair]:
        for path in sorted(folder.glob("*.jsonl")):
            refuse_outside_test(path)
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    if not line.strip():
                        continue
                    strings = list(_strings(json.loads(line)))
                    chinese = max((s for s in strings if is_han(s)), key=len, default="")
                    others = (s for s in strings if not is_han(s) and LATIN.search(s))
                    english = max(others, key=len, default="")
                    yield Pair(english, chinese)

    return unique(read())


def clause_pairs(pairs: Iterable[Pair], shortest: int = 5, longest: int = 40) -> tuple[Pair, ...]:
    """A clause of a sentence with the whole sentence in the other language: a question is shorter than
    what answers it. Lengths in Chinese characters; three letters count as one."""

    def size(text: str) -> int:
        return len(text) if is_han(text) else len(text) // 3

    def clauses(text: str) -> list[str]:
        found = [part.strip() for part in CLAUSE_END.split(text)]
        return [part for part in found if shortest <= size(part) <= longest] if len(found) > 1 else []

    def read() -> Iterator[Pair]:
        for pair in pairs:
            yield from (Pair(clause, pair.b) for clause in clauses(pair.a))
            yield from (Pair(pair.a, clause) for clause in clauses(pair.b))

    return unique(read())


def split_translations(pairs: Iterable[Pair]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Pairs to train on and pairs (one in ten) to test on, the same ones each time."""
    train: list[Pair] = []
    test: list[Pair] = []
    for pair in pairs:
        held = zlib.crc32(pair.b.encode()) % TRANSLATION_TEST_EVERY == 0
        (test if held else train).append(pair)
    return tuple(train), tuple(test)


def source_paragraphs(folder: Path, only: str = "") -> list[list[str]]:
    """The documents (or those whose file name starts with ``only``) as paragraphs of sentences, in their
    order, reference lists included."""
    paragraphs: list[list[str]] = []
    for path in sorted(folder.glob(f"{only}*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentences = [part.strip() for part in SENTENCE_END.split(line) if part.strip()]
            if sentences:
                paragraphs.append(sentences)
    return paragraphs


def neighbour_pairs(folder: Path, shortest: int = 12) -> tuple[Pair, ...]:
    """Sentences that follow each other in a paragraph: near in meaning, same language."""

    def read() -> Iterator[Pair]:
        for paragraph in source_paragraphs(folder):
            for first, second in pairwise(paragraph):
                if min(len(first), len(second)) >= shortest and is_han(first) == is_han(second):
                    yield Pair(first, second)

    return unique(read())
