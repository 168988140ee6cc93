"""Concepts a passage is about without naming them: a line with ``85 mg/m²`` is about a dose."""

from __future__ import annotations

import re

_IMPLIED = (
    ("dose", re.compile(r"\d\s*(?:mg|Gy|μg|mL)\b|mg/|Gy", re.IGNORECASE)),
)  # fmt: skip


def implied_concepts(text: str) -> set[str]:
    """Ids of the concepts that the figures of a text imply."""
    return {concept for concept, pattern in _IMPLIED if pattern.search(text)}
