"""Measuring a model: ``python -m index.training.evaluate --data ../shared/data [--model NAME_OR_PATH]``.

TICO-19: 3,071 English sentences and their human translations into Chinese; how often the nearest of all
3,071 is the right one. ICD: names of diseases whose codes were held out of training. Twins: sentences of
document 001, published in both languages, matched by the references they cite; each looks for its twin
among all sentences of the five documents in the other language. Translations: the same with the tenth of
the project's own renderings that training leaves out (unless it was told to use all).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np

from index.embedding import Embedder, load_embedder
from index.training.data import (
    Pair,
    clause_pairs,
    icd_pairs,
    is_han,
    source_paragraphs,
    split_translations,
    translation_pairs,
)


def tico_pairs(data: Path) -> list[Pair]:
    """The outside test."""
    lines = (data / "tico19_en_zh.tsv").read_text(encoding="utf-8").splitlines()
    return [Pair(fields[1], fields[2]) for fields in (line.split("\t") for line in lines) if len(fields) >= 3]


def alignment(embedder: Embedder, pairs: Sequence[Pair]) -> dict[str, float]:
    """How often the right translation ranks first, and among the first five, both ways."""
    a, b = embedder.encode([p.a for p in pairs]), embedder.encode([p.b for p in pairs])
    scores = a @ b.T
    own = np.diag(scores)
    figures: dict[str, float] = {}
    for name, rank in (
        ("a→b", (scores > own[:, None]).sum(axis=1)),
        ("b→a", (scores > own[None]).sum(axis=0)),
    ):
        figures[f"{name} first"] = round(float((rank < 1).mean()), 4)
        figures[f"{name} in five"] = round(float((rank < 5).mean()), 4)
    return figures


_CITED = re.compile(r"\^?\[(\d+(?:\s*[-,，–]\s*\d+)*)\]")


def _sentences(sources: Path, only: str = "") -> tuple[list[str], list[str]]:
    """English and Chinese sentences of the documents, without reference lists."""
    english: list[str] = []
    chinese: list[str] = []
    for paragraph in source_paragraphs(sources, only):
        for sentence in paragraph:
            if len(sentence) >= 12 and not re.match(r"(- )?\[\d+\]", paragraph[0]):
                (chinese if is_han(sentence) else english).append(sentence)
    return english, chinese


def twins(sources: Path) -> list[Pair]:
    """Sentences of document 001 that alone cite the same references, English and Chinese."""

    def by_citation(sentences: list[str]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for sentence in sentences:
            if cited := "|".join(re.sub(r"\s", "", c) for c in _CITED.findall(sentence)):
                found[cited] = None if cited in found else sentence
        return found

    english, chinese = (by_citation(side) for side in _sentences(sources, "001"))
    return [Pair(e, z) for cited, e in english.items() if e and (z := chinese.get(cited))]


def _pool(answers: Sequence[str], others: Sequence[str]) -> list[str]:
    """All different texts, answers first; spacing, signs and citations make no difference."""
    found: dict[str, str] = {}
    for text in (*answers, *others):
        found.setdefault(re.sub(r"\W|\$", "", _CITED.sub("", text)).casefold(), text)
    found.pop("", None)
    return list(dict.fromkeys((*answers, *found.values())))


def twin_figures(embedder: Embedder, pairs: Sequence[Pair], others: Sequence[Pair]) -> dict[str, float]:
    """How high a sentence's twin ranks among all sentences in its language; citations are not read."""

    def bare(text: str) -> str:
        return _CITED.sub("", text)

    figures: dict[str, float] = {"pairs": len(pairs)}
    for name, ask, answer, pool in (
        ("en→zh", [p.a for p in pairs], [p.b for p in pairs], [p.b for p in others]),
        ("zh→en", [p.b for p in pairs], [p.a for p in pairs], [p.a for p in others]),
    ):
        pool = _pool(answer, pool)
        scores = embedder.encode([bare(t) for t in ask]) @ embedder.encode([bare(t) for t in pool]).T
        own = scores[np.arange(len(answer)), [pool.index(t) for t in answer]]
        rank = (scores > own[:, None]).sum(axis=1)
        figures[f"{name} first"] = round(float((rank < 1).mean()), 4)
        figures[f"{name} in five"] = round(float((rank < 5).mean()), 4)
        figures[f"{name} mrr"] = round(float((1 / (rank + 1)).mean()), 4)
        figures[f"{name} among"] = len(pool)
    return figures


def clause_figures(embedder: Embedder, pairs: Sequence[Pair], others: Sequence[Pair]) -> dict[str, float]:
    """The same with one clause asking for the whole sentence in the other language: nearer to a question."""
    whole = {p.a for p in pairs} | {p.b for p in pairs}
    figures: dict[str, float] = {}
    for name, side in (("en→zh", "b"), ("zh→en", "a")):
        pool = _pool([getattr(p, side) for p in pairs], [getattr(p, side) for p in others])
        asked = [(p.a, p.b) if side == "b" else (p.b, p.a) for p in clause_pairs(pairs)]
        asked = [(clause, sentence) for clause, sentence in asked if clause not in whole]
        scores = embedder.encode([c for c, _ in asked]) @ embedder.encode(pool).T
        own = scores[np.arange(len(asked)), [pool.index(sentence) for _, sentence in asked]]
        rank = (scores > own[:, None]).sum(axis=1)
        figures[f"{name} clauses"] = len(asked)
        figures[f"{name} first"] = round(float((rank < 1).mean()), 4)
        figures[f"{name} in five"] = round(float((rank < 5).mean()), 4)
        figures[f"{name} among"] = len(pool)
    return figures


def evaluate(embedder: Embedder, data: Path, corpus: Path | None = None) -> dict[str, dict[str, float]]:
    """All figures of a model; a is English, b is Chinese."""
    _, held = icd_pairs(data / "icd10cm_en_zhhant.tsv")
    figures = {"tico19": alignment(embedder, tico_pairs(data)), "icd10 held out": alignment(embedder, held)}
    if corpus is not None:
        english, chinese = _sentences(corpus / "sources")
        all_of_them = [Pair(e, z) for e, z in zip_longest(english, chinese, fillvalue="")]
        figures["twins in 001"] = twin_figures(embedder, twins(corpus / "sources"), all_of_them)
        every = translation_pairs(corpus / "translations")
        _, held_translations = split_translations(every)
        if held_translations:
            figures["translations held out"] = twin_figures(embedder, held_translations, every)
            figures["clauses held out"] = clause_figures(embedder, held_translations, every)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="folder or name; the bundled model if left out")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[2] / "corpus")
    options = parser.parse_args()
    figures = evaluate(load_embedder(options.model), options.data, options.corpus)
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
