"""One evaluation: every method ranks, the assistant answers, everything is scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant
from corpus.corpus import catalogue, read_source
from eval.aggregate import answer_figures, curve, groups, mean_of
from eval.evidence import EvidenceFinder, passage_qrels
from eval.methods import OURS, methods
from eval.questions import ReferenceQuestion
from eval.results import Compared, Results
from eval.retrieval import MEASURES, Ranking, measure, rank
from eval.scoring import Scored, score
from eval.significance import paired

Tell = Callable[[str], None]
TESTED = "R@5"
"""The figure whose difference between methods is tested."""


@dataclass(frozen=True)
class Run:
    """Everything a run produced."""

    results: Results
    answers: Mapping[str, Answer]
    rankings: Mapping[str, Mapping[str, Ranking]]
    qrels: Mapping[str, Mapping[str, int]]


def evaluate(
    assistant: Assistant,
    questions: Sequence[ReferenceQuestion],
    split: str,
    models: Sequence[str] = (),
    baselines: bool = True,
    tell: Tell = lambda message: None,
) -> Run:
    """Rank single questions by every method, answer all questions, score both."""
    finder = EvidenceFinder(assistant.retriever.passages)
    single = [q for q in questions if q.kind == "single"]
    rankings: dict[str, dict[str, Ranking]] = {}
    ranks: dict[str, dict[str, dict[str, float]]] = {}
    for name, search in methods(assistant, models, baselines):
        tell(name)
        rankings[name] = rank(single, search)
        ranks[name] = measure(single, rankings[name], finder)
    tell("answers")
    answers, seconds = _answers(assistant, questions)
    scored = _scored(questions, answers, seconds)
    results = summarise("ours", split, questions, scored, finder)
    results.ranks = ranks
    results.retrieval = _retrieval(ranks, groups(single, finder))
    results.compared = _compared(ranks)
    results.trace = next(iter(answers.values())).trace.model_dump() if answers else {}
    return Run(results, answers, rankings, passage_qrels(single, finder))


def score_all(
    name: str,
    split: str,
    questions: Sequence[ReferenceQuestion],
    answers: Mapping[str, Answer],
    finder: EvidenceFinder,
) -> Results:
    """Figures of answers that exist already, written by this program or another one.

    Rank figures come from the passages each answer names.
    """
    asked = [q for q in questions if q.id in answers]
    results = summarise(name, split, asked, _scored(asked, answers, {}), finder)
    single = [q for q in asked if q.kind == "single"]
    rankings = {q.id: [(p.passage_id, p.score) for p in answers[q.id].passages] for q in single}
    results.ranks = {name: measure(single, rankings, finder)}
    results.retrieval = _retrieval(results.ranks, groups(single, finder))
    return results


def summarise(
    name: str,
    split: str,
    questions: Sequence[ReferenceQuestion],
    scored: Mapping[str, Scored],
    finder: EvidenceFinder,
) -> Results:
    """Answer figures of every group."""
    by_id = {q.id: q for q in questions}
    grouped = groups(questions, finder)
    risk = curve(by_id, scored)
    return Results(
        name=name,
        split=split,
        groups=grouped,
        answers={
            grouping: {group: answer_figures(by_id, scored, ids) for group, ids in members.items()}
            for grouping, members in grouped.items()
        },
        scored=dict(scored),
        risk_coverage=list(zip(risk.coverage, risk.risk, strict=True)),
        risk_area=risk.area if risk.risk else None,
    )


def _answers(
    assistant: Assistant, questions: Sequence[ReferenceQuestion]
) -> tuple[dict[str, Answer], dict[str, float]]:
    answers, seconds = {}, {}
    for question in questions:
        start = time.perf_counter()
        answers[question.id] = assistant.ask(Conversation(turns=[Turn(text=t) for t in question.turns]))
        seconds[question.id] = time.perf_counter() - start
    return answers, seconds


def _scored(
    questions: Sequence[ReferenceQuestion], answers: Mapping[str, Answer], seconds: Mapping[str, float]
) -> dict[str, Scored]:
    sources = {info.id: read_source(info) for info in catalogue()}
    return {q.id: score(q, answers[q.id], sources, seconds.get(q.id)) for q in questions}


def _retrieval(
    ranks: Mapping[str, Mapping[str, Mapping[str, float]]], grouped: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, dict[str, dict[str, dict[str, float | None]]]]:
    return {
        method: {
            grouping: {
                group: {
                    "questions": float(sum(i in values for i in ids)),
                    **{str(m): mean_of(values, ids, str(m)) for m in MEASURES},
                }
                for group, ids in members.items()
            }
            for grouping, members in grouped.items()
        }
        for method, values in ranks.items()
    }


def _compared(ranks: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[Compared]:
    if OURS not in ranks:
        return []
    ours = {i: row[TESTED] for i, row in ranks[OURS].items()}
    result = []
    for method, values in ranks.items():
        if method != OURS:
            difference = paired({i: row[TESTED] for i, row in values.items()}, ours)
            result.append(
                Compared(
                    method=method, n=difference.n, ours=difference.b, theirs=difference.a, p=difference.p
                )
            )
    return result
