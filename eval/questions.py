"""The reference questions and where their evidence stands in the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import CrlmError
from corpus.model import Language, Passage
from corpus.registers import Anchor, find_anchor, folded

REFERENCE = Path(__file__).parent / "reference" / "questions.jsonl"


class ReferenceQuestion(BaseModel):
    """A question with the evidence that answers it and what a full answer must say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    language: Language
    question: str
    type: str
    split: Literal["dev", "test"]
    answerable: bool
    all_of: bool = False
    """Whether every piece of evidence is needed; otherwise one of them answers."""
    evidence: tuple[Anchor, ...]
    key_points: tuple[tuple[str, ...], ...]
    """Each point with its accepted wordings; all points must stand in the answer."""


def load_questions(path: Path = REFERENCE, split: str = "all") -> list[ReferenceQuestion]:
    """Questions of one split; CrlmError names a broken line."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            questions.append(ReferenceQuestion.model_validate_json(line))
        except ValidationError as error:
            raise CrlmError(
                f"{path.name} 第{number}行无效", f"{path.name} line {number} is invalid"
            ) from error
    return [q for q in questions if split in ("all", q.split)]


def relevant_passages(question: ReferenceQuestion, passages: Sequence[Passage]) -> set[str]:
    """Ids of the passages that hold the evidence, with their published twins."""
    ids: set[str] = set()
    for anchor in question.evidence:
        for passage, _ in find_anchor(anchor, passages):
            ids.update((passage.id, *passage.translation_of))
    return ids


def subset(question: ReferenceQuestion, languages: dict[str, Language]) -> str:
    """``zh``, ``en on en`` or ``en on zh``: the language asked in, and read in."""
    if question.language == "zh":
        return "zh"
    return "en on en" if any(languages[a.quote] == "en" for a in question.evidence) else "en on zh"


def key_point_recall(question: ReferenceQuestion, text: str) -> float:
    """Share of the key points that stand in the text the user reads."""
    if not question.key_points:
        return 1.0
    shown = folded(text)
    hits = sum(any(folded(wording) in shown for wording in point) for point in question.key_points)
    return hits / len(question.key_points)
