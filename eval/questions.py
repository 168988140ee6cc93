"""The reference questions: what is asked, what answers it, what a full answer must say.

``reference/dev`` and ``reference/test`` hold the same four files. Nothing that trains or tunes may
read ``reference/test``: see ``index.training.seal``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CrlmError
from corpus.model import Language
from corpus.registers import Anchor, folded

REFERENCE = Path(__file__).parent / "reference"
Split = Literal["dev", "test"]
Kind = Literal["single", "dialogue", "numeric", "unanswerable"]
Difficulty = Literal["easy", "medium", "hard"]
SPLITS: tuple[Split, ...] = get_args(Split)
KINDS: tuple[Kind, ...] = get_args(Kind)


class ReferenceQuestion(BaseModel):
    """One question, or the user's turns of a dialogue of which the last is scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    language: Language
    turns: tuple[str, ...] = Field(min_length=1)
    type: str
    difficulty: Difficulty
    answerable: bool
    all_of: bool = False
    """Whether every piece of evidence is needed; otherwise one of them answers."""
    evidence: tuple[Anchor, ...] = ()
    key_points: tuple[tuple[str, ...], ...] = ()
    """Each point with its accepted wordings; all points must stand in the answer."""
    calculator: str | None = None
    status: str | None = None
    """Expected status of the calculation."""
    result: dict[str, Any] = Field(default_factory=dict)
    """Expected entries of the calculation's result; others are not compared."""

    @property
    def question(self) -> str:
        """What is asked last."""
        return self.turns[-1]


def load_questions(
    split: Split | Literal["all"] = "dev", kinds: tuple[Kind, ...] = KINDS, directory: Path = REFERENCE
) -> list[ReferenceQuestion]:
    """Questions of one half or both; CrlmError names a file that is missing or a line that is broken."""
    return [
        question
        for part in (SPLITS if split == "all" else (split,))
        for kind in kinds
        for question in _read(directory / part / f"{kind}.jsonl", kind)
    ]


def _read(path: Path, kind: Kind) -> list[ReferenceQuestion]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CrlmError(f"无法读取参考问题 {path}", f"Reference questions {path} cannot be read") from error
    questions = []
    for number, line in enumerate(lines, 1):
        try:
            question = ReferenceQuestion.model_validate_json(line)
        except ValidationError as error:
            raise CrlmError(
                f"{path.name} 第{number}行无效：{error}", f"{path.name} line {number} is invalid: {error}"
            ) from error
        if question.kind != kind:
            raise CrlmError(
                f"{path.name} 第{number}行的类别是 {question.kind}",
                f"{path.name} line {number} is of kind {question.kind}",
            )
        questions.append(question)
    return questions


def key_point_recall(question: ReferenceQuestion, text: str) -> float:
    """Share of the key points that stand in a text; 1 when there are none."""
    if not question.key_points:
        return 1.0
    shown = folded(text)
    return sum(stands(point, shown) for point in question.key_points) / len(question.key_points)


def stands(point: tuple[str, ...], shown: str) -> bool:
    """Whether one of the accepted wordings is in a folded text."""
    return any(folded(wording) in shown for wording in point)
