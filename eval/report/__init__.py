"""One self-contained HTML page of a run: tables, plots, and the worst misses with what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from assistant.answer import Answer
from eval.questions import ReferenceQuestion
from eval.report import plots
from eval.results import Results

WORST = 30
FORMATS = {"questions": "{:.0f}", "median_ms": "{:.1f}"}


def render(results: Results, questions: Sequence[ReferenceQuestion], answers: Mapping[str, Answer]) -> str:
    """The report. Nothing in it is loaded from anywhere else; text of questions and answers is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(), trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["figure"] = figure
    return environment.get_template("report.html").render(
        results=results,
        misses=misses(results, questions, answers),
        languages=plots.methods_by_language(results),
        types=plots.answers_by(results, "type"),
        documents=plots.answers_by(results, "document"),
        risk=plots.risk_coverage(results),
    )


def misses(
    results: Results,
    questions: Sequence[ReferenceQuestion],
    answers: Mapping[str, Answer],
    most: int | None = WORST,
) -> list[dict[str, Any]]:
    """The worst wrong answers: unanswerable ones answered first, then those with the fewest key points."""
    wrong = [q for q in questions if q.id in results.scored and not results.scored[q.id].right]
    wrong.sort(key=lambda q: (results.scored[q.id].key_points if q.answerable else -1.0, q.id))
    return [
        {"question": q, "scored": results.scored[q.id], "answer": answers.get(q.id)} for q in wrong[:most]
    ]


def figure(value: float | None, name: str = "") -> str:
    return "–" if value is None else FORMATS.get(name, "{:.3f}").format(value)
