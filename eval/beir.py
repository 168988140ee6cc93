"""The engine on any collection in BEIR format (Thakur et al., NeurIPS 2021).

A folder with ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and
``qrels/test.tsv`` (query-id, corpus-id, score). English and Chinese texts may be mixed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import R, nDCG

from corpus.errors import CrlmError
from corpus.model import Document, DocumentInfo, DocumentKind, Passage, PassageKind, Sentence
from corpus.reading.lines import language_of
from corpus.reading.sentences import split
from index.embedding import load_embedder
from index.fusion import Method
from index.retriever import Retriever
from index.training.data import medquad_held_out

MEASURES = (nDCG @ 10, R @ 100)
DEPTH = 100


@dataclass(frozen=True)
class Collection:
    """A retrieval test collection."""

    passages: tuple[Passage, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_collection(directory: Path) -> Collection:
    """The collection in a folder; CrlmError names the file and line that is missing or broken."""
    passages = tuple(_passage(row) for row in _rows(directory / "corpus.jsonl", ("_id", "text")))
    queries = {str(r["_id"]): str(r["text"]) for r in _rows(directory / "queries.jsonl", ("_id", "text"))}
    judged = _qrels(directory / "qrels" / "test.tsv")
    missing = next((q for q in judged if q not in queries), None)
    if missing is not None:
        raise CrlmError(
            f"qrels 中的查询 {missing} 不在 queries.jsonl 中",
            f"Query {missing} of qrels is not in queries.jsonl",
        )
    return Collection(passages, {q: queries[q] for q in judged}, judged)


def run_beir(
    collection: Collection, methods: Sequence[Method], model: str | None = None
) -> dict[str, dict[str, float]]:
    """``{method: {measure: value}}`` over the queries with judgements."""
    document = Document(info=_INFO, sections=(), passages=collection.passages, references=())
    retriever = Retriever.of([document], load_embedder(model))
    result: dict[str, dict[str, float]] = {}
    for method in methods:
        run = {
            query: {hit.passage.id: hit.score for hit in retriever.search(text, DEPTH, method)}
            for query, text in collection.queries.items()
        }
        figures = ir_measures.calc_aggregate(list(MEASURES), collection.qrels, run)
        result[method] = {str(measure): float(figures[measure]) for measure in MEASURES}
    return result


_INFO = DocumentInfo(
    id="beir", file="", title_zh=None, title_en=None, short_zh="", short_en="", authors=None, journal=None,
    year=None, volume=None, doi=None, kind=DocumentKind.REVIEW, languages=("zh", "en"), rights="", sha256="",
)  # fmt: skip


def _passage(row: dict[str, Any]) -> Passage:
    title, text = str(row.get("title") or ""), str(row["text"])
    language = language_of(text or title)
    whole = f"{title}\n{text}" if title else text
    sentences = tuple(
        Sentence(id=f"{row['_id']}#{i}", text=piece, language=language, start=0, end=len(piece))
        for i, piece in enumerate(whole[a:b] for a, b in split(whole, language) if whole[a:b].strip())
    )
    return Passage(
        id=str(row["_id"]), document_id="beir", section=(title,), kind=PassageKind.PROSE,
        language=language, text=whole, start=0, end=len(whole), sentences=sentences,
    )  # fmt: skip


def _rows(path: Path, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    try:
        stream = path.open(encoding="utf-8")
    except OSError as error:
        raise CrlmError(f"缺少 {path}", f"{path} is missing") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not all(field in row for field in fields):
                    raise ValueError(f"needs {', '.join(fields)}")
            except (ValueError, TypeError) as error:
                raise CrlmError(
                    f"{path.name} 第{number}行无效：{error}", f"{path.name} line {number} is invalid: {error}"
                ) from error
            yield row


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.reader(stream, delimiter="\t"), 1):
                if number == 1 and row[-1:] == ["score"]:
                    continue
                try:
                    query, passage, relevance = row
                    judged.setdefault(query, {})[passage] = int(relevance)
                except ValueError as error:
                    raise CrlmError(
                        f"{path.name} 第{number}行不是 查询、文档、分数",
                        f"{path.name} line {number} is not query, document, score",
                    ) from error
    except OSError as error:
        raise CrlmError(f"缺少 {path}", f"{path} is missing") from error
    return judged


def from_question_answers(
    source: Path, directory: Path, limit: int | None = None, held_out: bool = False
) -> int:
    """A BEIR folder out of ``{"question", "answer"}`` lines: each question's relevant document is its answer.

    ``held_out``: only lines that the training of the bundled model left out. Questions asked more than once have every answer relevant. Returns the number of documents.
    """
    (directory / "qrels").mkdir(parents=True, exist_ok=True)
    documents: dict[str, str] = {}
    queries: dict[str, str] = {}
    judged: list[tuple[str, str]] = []
    for row in _rows(source, ("question", "answer")):
        question, answer = " ".join(str(row["question"]).split()), str(row["answer"]).strip()
        if not question or not answer or (held_out and not medquad_held_out(row)):
            continue
        document = documents.setdefault(answer, f"d{len(documents)}")
        query = queries.setdefault(question.lower(), f"q{len(queries)}")
        judged.append((query, document))
        if limit is not None and len(documents) >= limit:
            break
    _write(directory / "corpus.jsonl", ({"_id": i, "title": "", "text": t} for t, i in documents.items()))
    _write(directory / "queries.jsonl", ({"_id": i, "text": t} for t, i in queries.items()))
    lines = [f"{q}\t{d}\t1" for q, d in dict.fromkeys(judged)]
    (directory / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "\n".join(lines) + "\n")
    return len(documents)


def _write(path: Path, rows: Iterator[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
