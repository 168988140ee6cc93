"""BEIR folders: read, searched in both languages, refused when broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.errors import CrlmError
from eval.beir import from_question_answers, read_collection, run_beir
from eval.cli import app

DOCUMENTS = {
    "d1": "Asthma is a chronic disease of the airways. Inhaled steroids are the mainstay of treatment.",
    "d2": "Gout is caused by uric acid crystals in the joints. Colchicine helps during an attack.",
    "d3": "糖尿病患者应定期检查眼底，以早期发现视网膜病变。",
    "d4": "高血压患者应限制食盐摄入，每日不超过5克。",
}
QUERIES = {
    "q1": ("what treats asthma", "d1"),
    "q2": ("gout attack drug", "d2"),
    "q3": ("血压高的人每天吃多少盐", "d4"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    corpus = [{"_id": i, "title": "", "text": t} for i, t in DOCUMENTS.items()]
    queries = [{"_id": i, "text": t} for i, (t, _) in QUERIES.items()]
    (tmp_path / "corpus.jsonl").write_text(
        "\n".join(json.dumps(r, ensure_ascii=False) for r in corpus), encoding="utf-8"
    )
    (tmp_path / "queries.jsonl").write_text(
        "\n".join(json.dumps(r, ensure_ascii=False) for r in queries), encoding="utf-8"
    )
    qrels = "".join(f"{q}\t{d}\t1\n" for q, (_, d) in QUERIES.items())
    (tmp_path / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}")
    return tmp_path


@pytest.mark.parametrize("method", ["lexical", "dense", "hybrid"])
def test_easy_questions_are_answered_by_every_method(folder: Path, method: str) -> None:
    figures = run_beir(read_collection(folder), [method])[method]  # type: ignore[list-item]
    assert figures["nDCG@10"] > 0.85
    assert figures["R@100"] == 1.0


def test_the_command_prints_a_table(folder: Path) -> None:
    done = CliRunner().invoke(app, ["beir", str(folder), "--method", "lexical"])
    assert done.exit_code == 0
    assert "nDCG@10" in done.output
    assert "4 documents, 3 queries" in done.output


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", '{"text": "no id"}', "line 1"),
        ("queries.jsonl", "nonsense", "line 1"),
        ("qrels/test.tsv", "only-one-column\n", "line 1"),
        ("qrels/test.tsv", "unknown\td1\t1\n", "unknown"),
    ],
)
def test_what_is_broken_is_named(folder: Path, name: str, content: str, said: str) -> None:
    (folder / name).write_text(content)
    with pytest.raises(CrlmError) as error:
        read_collection(folder)
    assert said in error.value.en


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CrlmError) as error:
        read_collection(tmp_path)
    assert "corpus.jsonl" in error.value.en


def test_a_folder_from_questions_and_answers(tmp_path: Path) -> None:
    source = tmp_path / "qa.jsonl"
    rows = [("What is X ?", "X is a."), ("what is x ?", "X is b."), ("Y?", "X is a."), ("Z?", "")]
    source.write_text("\n".join(json.dumps({"question": q, "answer": a}) for q, a in rows))
    assert from_question_answers(source, tmp_path / "out") == 2
    collection = read_collection(tmp_path / "out")
    assert collection.qrels == {"q0": {"d0": 1, "d1": 1}, "q1": {"d0": 1}}
