"""Train the bundled model: ``python -m index.training --data ../shared/data --out FOLDER``."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

from index.embedding import load_embedder
from index.training import data, evaluate, export, tokenizer
from index.training.card import write_card
from index.training.seal import seal
from index.training.train import Settings, train

ROOT = Path(__file__).resolve().parents[2]
SOURCE_WEIGHT = 20
"""How often the words of the five documents count when the vocabulary is chosen."""


def gather(
    folder: Path, corpus: Path, limit: int | None, repeats: dict[str, float], everything: bool = False
) -> list[data.Group]:
    """All training pairs, by origin; translations kept for testing only with ``everything``."""
    translations = data.translation_pairs(corpus / "translations")
    if not everything:
        translations, _ = data.split_translations(translations)
    icd, _ = data.icd_pairs(folder / "icd10cm_en_zhhant.tsv")
    found = {
        "vocabulary": data.vocabulary_pairs(folder / "vocabulary_en_zh.tsv", limit),
        "icd": icd,
        "medquad": data.medquad_pairs(folder / "medquad_qa.jsonl"),
        "translations": translations,
        "clauses": data.clause_pairs(translations),
        "terminology": data.terminology_pairs(corpus / "terminology"),
        "neighbours": data.neighbour_pairs(corpus / "sources"),
        "questions": data.question_pairs(corpus / "questions"),
    }
    return [
        data.Group(name, pairs, repeats.get(name, 1.0), linked=name in ("terminology", "questions"))
        for name, pairs in found.items()
        if pairs
    ]


def make_tokenizer(groups: list[data.Group], folder: Path, corpus: Path, size: int) -> Tokenizer:
    """Count words over everything, choose the pieces."""
    medical = data.medical_words(folder / "thuocl_medical.tsv")
    terms = {name for g in groups if g.name == "terminology" for pair in g.pairs for name in (pair.a, pair.b)}
    tokenizer.teach_jieba({**dict.fromkeys(terms, 1), **medical})
    counts: Counter[str] = Counter()
    for group in groups:
        weight = SOURCE_WEIGHT if group.name in {"translations", "terminology", "questions"} else 1
        if group.name not in {"neighbours", "clauses"}:
            tokenizer.count((text for pair in group.pairs for text in (pair.a, pair.b)), counts, weight)
    for paragraph in data.source_paragraphs(corpus / "sources"):
        tokenizer.count(paragraph, counts, SOURCE_WEIGHT)
    return tokenizer.build(tokenizer.choose(counts, size, medical))


def main(arguments: list[str] | None = None) -> None:
    defaults = Settings()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the open data")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument(
        "--corpus", type=Path, default=ROOT / "corpus", help="sources, translations, terminology"
    )
    parser.add_argument("--dimension", type=int, default=defaults.dimension)
    parser.add_argument("--vocabulary", type=int, default=defaults.vocabulary)
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--batch", type=int, default=defaults.batch)
    parser.add_argument("--temperature", type=float, default=defaults.temperature)
    parser.add_argument("--rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--frequency-start", type=float, default=defaults.frequency_start)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--threads", type=int, default=defaults.threads)
    parser.add_argument("--limit", type=int, help="read only so many rows of the general vocabulary")
    parser.add_argument(
        "--repeat",
        action="append",
        default=[],
        metavar="GROUP=TIMES",
        help="times an epoch sees a group, e.g. translations=20",
    )
    parser.add_argument(
        "--all-translations", action="store_true", help="train on the held-out translations as well"
    )
    parser.add_argument("--no-evaluation", action="store_true")
    options = parser.parse_args(arguments)
    seal()

    begun = time.perf_counter()
    repeats = {
        "icd": 2.0,
        "medquad": 1.0,
        "translations": 10.0,
        "clauses": 5.0,
        "terminology": 4.0,
        "neighbours": 2.0,
        "questions": 1.5,
    }
    repeats |= {name: float(times) for name, _, times in (item.partition("=") for item in options.repeat)}
    data.refuse_outside_test(options.data)
    groups = gather(options.data, options.corpus, options.limit, repeats, options.all_translations)
    if not groups:
        parser.error(f"no training data in {options.data}")
    settings = Settings(
        dimension=options.dimension,
        vocabulary=options.vocabulary,
        epochs=options.epochs,
        batch=options.batch,
        temperature=options.temperature,
        learning_rate=options.rate,
        frequency_start=options.frequency_start,
        seed=options.seed,
        threads=options.threads,
    )
    pieces = make_tokenizer(groups, options.data, options.corpus, settings.vocabulary)
    prepared = time.perf_counter()
    print(f"data and {pieces.get_vocab_size()} pieces ready after {prepared - begun:.0f} s", flush=True)
    table = train(groups, pieces, settings, lambda line: print(line, flush=True))
    trained = time.perf_counter()
    export.export(options.out, pieces, table)
    figures = None
    if not options.no_evaluation:
        figures = evaluate.evaluate(load_embedder(str(options.out)), options.data, options.corpus)
        print(figures, flush=True)
    write_card(options.out, settings, groups, prepared - begun, trained - prepared, figures)


if __name__ == "__main__":
    main()
