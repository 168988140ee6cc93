"""One evaluation: retrieval by every method, answers by the assistant, printed and written down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from assistant.assistant import Assistant
from eval.answers import Scored, score_answers, summary
from eval.plain import plain_dense
from eval.questions import ReferenceQuestion, load_questions, relevant_passages, subset
from eval.retrieval import Search, mean, measure
from index.fusion import Method
from index.retriever import Retriever

SUBSETS = ("all", "zh", "en on en", "en on zh")


def evaluate(assistant: Assistant, split: str = "all", models: Sequence[str] = ()) -> dict[str, Any]:
    """All figures of one split: ``retrieval[method][subset][measure]`` and ``answers[subset][figure]``."""
    retriever = assistant.retriever
    questions = load_questions(split=split)
    groups = _groups(questions, retriever)
    answerable = [q for q in questions if q.answerable]
    qrels = {q.id: dict.fromkeys(relevant_passages(q, retriever.passages), 1) for q in answerable}
    texts = {q.id: q.question for q in answerable}
    searches: dict[str, Search] = {method: _search(retriever, method) for method in get_args(Method)}
    searches.update({f"plain {name}": plain_dense(name, retriever.passages) for name in models})
    retrieval: dict[str, Any] = {}
    for method, search in searches.items():
        values = measure(texts, qrels, search)
        names = sorted({name for row in values.values() for name in row})
        retrieval[method] = {
            group: {name: mean(values, [i for i in ids if i in values], name) for name in names}
            for group, ids in groups.items()
        }
    scored = score_answers(assistant, questions)
    answers = {group: summary([s for s in scored if s.question.id in ids]) for group, ids in groups.items()}
    return {
        "split": split,
        "retrieval": retrieval,
        "answers": answers,
        "misses": [_miss(s) for s in scored if _wrong(s)],
    }


def _search(retriever: Retriever, method: Method) -> Search:
    return lambda text, k: [(hit.passage.id, hit.score) for hit in retriever.search(text, k, method)]


def _groups(questions: Sequence[ReferenceQuestion], retriever: Retriever) -> dict[str, list[str]]:
    from corpus.reading.lines import language_of

    languages = {a.quote: language_of(a.quote) for q in questions for a in q.evidence}
    groups: dict[str, list[str]] = {name: [] for name in SUBSETS}
    for q in questions:
        groups["all"].append(q.id)
        groups[subset(q, languages)].append(q.id)
    return groups


def _wrong(scored: Scored) -> bool:
    if scored.question.answerable:
        return not scored.fully_right
    return scored.answer.status not in ("not_found", "rejected")


def _miss(scored: Scored) -> dict[str, Any]:
    return {
        "id": scored.question.id, "question": scored.question.question, "expected": scored.question.key_points,
        "status": scored.answer.status, "text": scored.answer.text,
    }  # fmt: skip


def write(result: dict[str, Any], directory: Path) -> Path:
    """The figures as ``figures.json`` in a folder."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "figures.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
