"""How the lexical, conceptual and dense scores of a passage become one.

A weighted sum: equal-weight reciprocal-rank fusion made both sides worse than the better one alone
(measured, see ``docs/measurements.md``). The weights live in ``weights.json`` and are chosen on the
development questions with ``crlm eval run``; nothing here knows a question.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Method = Literal["lexical", "dense", "hybrid"]


class Weights(BaseModel):
    """Weight of each signal. All signals lie between 0 and about 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lexical_passage: float
    lexical_sentence: float
    concept_passage: float
    concept_sentence: float
    dense_passage: float
    dense_sentence: float
    asked_words: float
    asked_concepts: float
    asked_dense: float
    heading: float
    caption: float
    table_row: float
    abstract: float
    guideline: float
    titled: float
    twin_at_hand: float


def load_weights(path: Path = Path(__file__).parent / "weights.json") -> Weights:
    """The weights in the repository."""
    return Weights.model_validate(json.loads(path.read_text(encoding="utf-8")))
