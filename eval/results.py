"""What a run leaves behind, and reading it back: figures, values per question, answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer
from corpus.errors import CrlmError
from eval.scoring import Scored

Figures = dict[str, float | None]


class Compared(BaseModel):
    """Our ranking against another method on the same questions."""

    method: str
    n: int
    ours: float
    theirs: float
    p: float


class Results(BaseModel):
    """One evaluation."""

    model_config = ConfigDict(extra="forbid")

    name: str
    split: str
    trace: dict[str, str] = Field(default_factory=dict)
    """Versions and hashes of what was measured."""
    groups: dict[str, dict[str, list[str]]]
    retrieval: dict[str, dict[str, dict[str, Figures]]] = Field(default_factory=dict)
    """``retrieval[method][grouping][group][measure]``."""
    ranks: dict[str, dict[str, dict[str, float]]] = Field(default_factory=dict)
    """``ranks[method][question][measure]``."""
    compared: list[Compared] = Field(default_factory=list)
    answers: dict[str, dict[str, Figures]]
    """``answers[grouping][group][figure]``."""
    scored: dict[str, Scored]
    risk_coverage: list[tuple[float, float]] = Field(default_factory=list)
    risk_area: float | None = None


def read_results(directory: Path) -> Results:
    """``results.json`` of a folder; CrlmError when there is none or it is not one."""
    path = directory / "results.json"
    try:
        return Results.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise CrlmError(f"无法读取评测结果 {path}", f"No evaluation results in {path}") from error


def write_answers(path: Path, answers: Iterable[tuple[str, Answer]]) -> None:
    """``{"id", "answer"}`` per line, as ``crlm batch`` writes them."""
    with path.open("w", encoding="utf-8") as stream:
        for question_id, answer in answers:
            stream.write(
                json.dumps({"id": question_id, "answer": answer.model_dump()}, ensure_ascii=False) + "\n"
            )


def read_answers(path: Path) -> dict[str, Answer]:
    """Answers by question id, written by any program; CrlmError names the first broken line."""
    answers: dict[str, Answer] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CrlmError(f"无法读取 {path}", f"{path} cannot be read") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answers[str(row["id"])] = Answer.model_validate(_completed(row["answer"]))
        except (ValueError, KeyError, TypeError) as error:
            raise CrlmError(
                f"{path.name} 第{number}行不是 {{id, answer}}：{error}",
                f"{path.name} line {number} is not {{id, answer}}: {error}",
            ) from error
    return answers


def _completed(answer: Any) -> Any:
    """Other programs need not know our trace."""
    if isinstance(answer, dict) and "trace" not in answer:
        return {**answer, "trace": {"corpus": "", "index": "", "model": "", "version": ""}}
    return answer
