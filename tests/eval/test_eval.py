"""Figures against cases computed by hand, and the reference set against the corpus."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from corpus.corpus import load_corpus
from eval.questions import key_point_recall, load_questions, relevant_passages
from eval.retrieval import mean, measure
from eval.run import evaluate, write


def test_measures_by_hand() -> None:
    qrels = {"a": {"p1": 1}, "b": {"p9": 1}}
    ranking = {"qa": [("p2", 2.0), ("p1", 1.0)], "qb": [("p2", 2.0)]}
    values = measure({"a": "qa", "b": "qb"}, qrels, lambda text, k: ranking[text])
    assert values["a"]["Success@1"] == 0.0
    assert values["a"]["Success@3"] == 1.0
    assert values["a"]["RR"] == 0.5
    assert mean(values, ["a", "b"], "RR") == 0.25


def test_reference_set() -> None:
    questions = load_questions()
    assert sum(q.language == "zh" for q in questions) >= 40
    assert sum(q.language == "en" for q in questions) >= 20
    assert sum(not q.answerable for q in questions) >= 10
    assert len({q.id for q in questions}) == len(questions)
    passages = load_corpus().passages
    for question in questions:
        assert bool(question.evidence) == question.answerable
        assert bool(relevant_passages(question, passages)) == question.answerable, question.id


def test_key_points() -> None:
    question = next(q for q in load_questions() if len(q.key_points) == 2)
    assert key_point_recall(question, "") == 0.0
    assert key_point_recall(question, "".join(p[0] for p in question.key_points)) == 1.0


def test_figures_do_not_fall(assistant: Assistant, tmp_path) -> None:  # type: ignore[no-untyped-def]
    result = evaluate(assistant)
    hybrid, answers = result["retrieval"]["hybrid"]["all"], result["answers"]["all"]
    assert hybrid["Success@5"] >= 0.90
    assert hybrid["Success@5"] > max(result["retrieval"][m]["all"]["Success@5"] for m in ("lexical", "dense"))
    assert answers["fully_right"] >= 0.70
    assert answers["verbatim"] == 1.0
    assert answers["abstention_recall"] >= 0.8
    assert answers["answerable_refused"] <= 0.10
    assert write(result, tmp_path / "out").exists()


def test_a_broken_question_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "questions.jsonl"
    path.write_text("{}\n")
    with pytest.raises(Exception, match="line 1"):
        load_questions(path)
