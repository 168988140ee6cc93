"""Next questions the documents can answer: questions written for sentences near the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from corpus.model import Language, Passage
from index.retriever import Retriever

NEAR = 6
"""Passages whose questions are offered."""
ALIKE = 70
"""Similarity (0-100) from which two questions are the same question."""
ENOUGH = 3
"""Concepts that make a question clear by itself; those that name more of them are offered first."""
LONGEST = {"zh": 26, "en": 70}


class Suggester:
    """Offers questions of passages that were found but not used, each about something else."""

    def __init__(self, retriever: Retriever) -> None:
        self._asked: dict[str, list[tuple[str, str]]] = {}
        self._passages = retriever.passages
        questions = [q for document in retriever.documents for q in document.questions]
        concepts = np.bincount(retriever.asked.concepts.units, minlength=len(questions))
        ranked = zip(questions, np.minimum(concepts, ENOUGH).tolist(), strict=False)
        for question, _named in sorted(ranked, key=lambda pair: -pair[1]):
            if len(question.text) <= LONGEST[question.language]:
                entry = (question.sentence_id, question.text)
                self._asked.setdefault(f"{question.language} {question.passage_id}", []).append(entry)

    def opening(self, language: Language, limit: int = 3) -> list[str]:
        """Questions to begin with: one from the start of each third of the texts."""
        step = max(1, len(self._passages) // limit)
        return [
            question
            for start in range(0, step * limit, step)
            for question in self.suggest("", (), self._passages[start : start + step], language, 1)
        ]

    def suggest(
        self, asked: str, shown: Sequence[str], ranking: Sequence[Passage], language: Language, limit: int = 3
    ) -> list[str]:
        """At most ``limit`` questions; ``shown``: ids of the sentences already in the answer."""
        found: list[str] = []
        for passage in ranking[:NEAR]:
            for sentence_id, text in self._asked.get(f"{language} {passage.id}", ()):
                if sentence_id in shown or any(
                    fuzz.token_set_ratio(text, other) >= ALIKE or fuzz.ratio(text, other) >= ALIKE
                    for other in (asked, *found)
                ):
                    continue
                found.append(_worded(text, language))
                break
            if len(found) >= limit:
                break
        return found


def _worded(text: str, language: Language) -> str:
    mark = "？" if language == "zh" else "?"
    if text.endswith(("?", "？")):
        return text
    first = text.split()[0]
    opening = first.capitalize() if first.isascii() and first.isalpha() and first.islower() else first
    return opening + text[len(first) :] + mark
