"""Where the evidence of a reference question stands, and what counts as having found it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Language, Passage
from corpus.registers import folded
from eval.questions import ReferenceQuestion


@dataclass(frozen=True)
class Needed:
    """One piece of evidence: any of these passages holds it."""

    passages: frozenset[str]


class EvidenceFinder:
    """Looks quotes up in passages, each document folded once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.languages: dict[str, Language] = {p.id: p.language for p in passages}
        self._by_id = {p.id: p for p in passages}
        self._sentences: dict[str, list[tuple[str, Passage]]] = defaultdict(list)
        for passage in passages:
            for sentence in passage.sentences:
                self._sentences[passage.document_id].append((folded(sentence.text), passage))

    def holding(self, document_id: str, quote: str) -> set[str]:
        """Ids of the passages with the quote, and of their published twins."""
        wanted = folded(quote)
        ids: set[str] = set()
        for text, passage in self._sentences[document_id]:
            if wanted in text:
                ids.update((passage.id, *passage.translation_of))
        return ids

    def needed(self, question: ReferenceQuestion) -> tuple[Needed, ...]:
        """What has to be found: every piece for ``all_of``, else one piece that any evidence gives."""
        pieces = [frozenset(self.holding(a.document_id, a.quote)) for a in question.evidence]
        if not pieces:
            return ()
        if not question.all_of:
            return (Needed(frozenset[str]().union(*pieces)),)
        return tuple(dict.fromkeys(Needed(piece) for piece in pieces))

    def passages(self, question: ReferenceQuestion) -> frozenset[str]:
        """Every passage that holds evidence."""
        return frozenset[str]().union(*(n.passages for n in self.needed(question)))

    def text(self, question: ReferenceQuestion) -> str:
        """Everything the passages with evidence say, and its renderings, folded."""
        parts = []
        for passage_id in sorted(self.passages(question)):
            passage = self._by_id[passage_id]
            parts += [passage.text, *(s.text for s in passage.sentences)]
            parts += [s.translation for s in passage.sentences if s.translation]
            parts += [f"{g.level} {g.recommendation}级" for s in passage.sentences for g in s.grades]
        return folded("\n".join(parts))

    def subset(self, question: ReferenceQuestion) -> str:
        """``zh``, ``en on en`` or ``en on zh``: asked in one language, answered by a source in another."""
        if question.language == "zh":
            return "zh"
        languages = {self.languages[i] for i in self.passages(question)}
        return "en on en" if "en" in languages else "en on zh"

    def documents(self, question: ReferenceQuestion) -> tuple[str, ...]:
        """The documents asked about, in the order of the evidence."""
        return tuple(dict.fromkeys(anchor.document_id for anchor in question.evidence))


def qrels(questions: Iterable[ReferenceQuestion], finder: EvidenceFinder) -> dict[str, dict[str, int]]:
    """Relevance by piece of evidence: ``{question: {piece: 1}}``. R@k is then evidence recall."""
    return {q.id: {f"{q.id}/{i}": 1 for i in range(len(finder.needed(q)))} for q in questions if q.evidence}


def by_piece(
    question: ReferenceQuestion, ranking: Sequence[tuple[str, float]], finder: EvidenceFinder
) -> dict[str, float]:
    """A ranking of passages as one of pieces: the first passage that holds a piece stands for it.

    Further passages with the same piece (its twin, a repeat) are left out and neither help nor hurt.
    """
    needed = finder.needed(question)
    result: dict[str, float] = {}
    score = float(len(ranking))
    for passage_id, _ in ranking:
        pieces = [f"{question.id}/{i}" for i, n in enumerate(needed) if passage_id in n.passages]
        for name in pieces or [passage_id]:
            if name not in result:
                result[name] = score
                score -= 1.0
    return result


def passage_qrels(
    questions: Iterable[ReferenceQuestion], finder: EvidenceFinder
) -> Mapping[str, dict[str, int]]:
    """Relevance by passage, for TREC tools."""
    return {q.id: dict.fromkeys(sorted(finder.passages(q)), 1) for q in questions if q.evidence}
