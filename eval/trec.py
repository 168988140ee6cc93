"""Runs and relevance judgements in the formats of trec_eval."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from eval.retrieval import Ranking


def write_run(path: Path, name: str, rankings: Mapping[str, Ranking]) -> None:
    """``query Q0 passage rank score run``; blanks in ids are percent-encoded."""
    tag = name.replace(" ", "_")
    lines = [
        f"{query} Q0 {_id(passage)} {position} {score:.6f} {tag}"
        for query, ranking in rankings.items()
        for position, (passage, score) in enumerate(ranking, 1)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_qrels(path: Path, judged: Mapping[str, Mapping[str, int]]) -> None:
    """``query 0 passage relevance``."""
    lines = [f"{query} 0 {_id(p)} {value}" for query, row in judged.items() for p, value in row.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _id(passage_id: str) -> str:
    return quote(passage_id, safe=":/#().,-")
