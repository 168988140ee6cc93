"""Labelled queries: read strictly, counted by label and language, never learned from."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.assistant import Assistant
from corpus.corpus import load_corpus
from corpus.errors import CrlmError
from corpus.questions import load_answered, load_unanswered
from eval.cli import app
from eval.refusals import Labelled, load_labelled, refusals


def test_held_out_queries_are_held_out() -> None:
    queries = load_labelled()
    assert sum(q.answerable for q in queries) > 1500
    assert sum(not q.answerable for q in queries) > 2500
    assert {q.language for q in queries} == {"zh", "en"}
    written = {q.text for d in load_corpus().documents for q in d.questions}
    assert not {q.text for q in queries} & {*load_answered(), *load_unanswered(), *written}


def test_a_tenth_of_them_is_refused_and_answered_as_it_should(assistant: Assistant) -> None:
    everything = refusals(assistant, load_labelled()[::10])[0]
    assert everything.unanswerable_refused is not None and everything.unanswerable_refused >= 0.94
    assert everything.answerable_refused is not None and everything.answerable_refused <= 0.04


def test_groups_and_empty_shares(assistant: Assistant) -> None:
    queries = [
        Labelled(text="门静脉栓塞适应证", answerable=True),
        Labelled(text="osimertinib dose", answerable=False),
    ]
    everything, zh, en = refusals(assistant, queries)
    assert (everything.answerable_refused, everything.unanswerable_refused) == (0.0, 1.0)
    assert (zh.group, zh.answerable, zh.unanswerable_refused) == ("zh", 1, None)
    assert (en.group, en.unanswerable, en.answerable_refused) == ("en", 1, None)
    assert refusals(assistant, [])[0].answerable_refused is None


@pytest.mark.parametrize("line", ["2\tquery", "query", "1\t ", "1 query"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text(f"1\tPVE\n{line}\n", encoding="utf-8")
    with pytest.raises(CrlmError, match="line 2"):
        load_labelled(path)
    with pytest.raises(CrlmError, match="cannot be read"):
        load_labelled(tmp_path / "missing.tsv")


def test_the_command_prints_both_shares(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text("1\t门静脉栓塞适应证\n0\tosimertinib dose\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["refusals", str(path)])
    assert done.exit_code == 0
    assert "unanswerable" in done.output and "1.000" in done.output
