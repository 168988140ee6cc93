"""From a question to its evidence: one ranking, or one for each thing that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.abstention import Verdict, judge
from assistant.conversation import SUBJECTS, readings
from assistant.evidence import Chooser, Evidence, Pick, same
from assistant.question import read_question
from assistant.subquestions import subquestions
from corpus.model import Language, Passage
from corpus.terminology import Terminology
from index.retriever import Retriever

CLEARLY = 0.05


@dataclass(frozen=True)
class Found:
    """What the documents say to a question."""

    text: str
    ranking: tuple[tuple[Passage, float], ...]
    picks: tuple[Pick, ...]
    verdict: Verdict
    unanswered: tuple[str, ...] = ()
    """Parts of the question that the documents do not answer, as typed."""


class Finder:
    """Finds evidence for whole questions and for their parts."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.chooser = Chooser(retriever)

    def understand(self, turns: Sequence[str], language: Language | None = None) -> Found:
        """The reading of the last turn that the documents answer best, with its evidence.

        A reading that leans on earlier turns wins only clearly: by ``CLEARLY``.
        """
        found = [self.find(text, language) for text in readings(turns, self.retriever.terminology)]
        if any(f.verdict.rejected for f in found[-1:]):
            return found[-1]
        alone = found[-1].verdict.certainty if _own_subject(turns[-1], self.retriever.terminology) else -1.0
        best = max(found, key=lambda f: f.verdict.certainty)
        return best if best.verdict.certainty > alone + CLEARLY or alone < 0 else found[-1]

    def find(self, text: str, language: Language | None = None) -> Found:
        """Evidence and verdict. Every part of a question gets its own best sentence."""
        whole, verdict = self._one(text, language)
        parts = subquestions(text, self.retriever.terminology)
        if not parts or verdict.rejected:
            return Found(text, whole.ranking, whole.picks, verdict)
        found = [(part, *self._one(part, language, share=len(parts))) for part in parts]
        answered = [(part, evidence) for part, evidence, own in found if own.answer]
        missing = tuple(part for part, _, own in found if not own.answer)
        if not answered or (missing and not verdict.answer and len(answered) < 1):
            return Found(text, whole.ranking, whole.picks, verdict)
        picks: list[Pick] = []
        for _, evidence in answered:
            picks += [p for p in evidence.picks if not any(same(p, other) for other in picks)]
        if verdict.answer and whole.picks and not any(same(whole.picks[0], other) for other in picks):
            picks.insert(0, whole.picks[0])
        ranking = _merged([evidence.ranking for _, evidence in answered], whole.ranking)
        sure = max(verdict.certainty, max(own.certainty for _, _, own in found))
        return Found(text, ranking, tuple(picks), Verdict(True, certainty=sure), missing)

    def _one(self, text: str, language: Language | None, share: int = 1) -> tuple[Evidence, Verdict]:
        query = self.retriever.query(text)
        evidence = self.chooser.choose(read_question(text, language), query, share)
        return evidence, judge(query, evidence, self.retriever, self.retriever.terminology)


def _merged(
    parts: list[tuple[tuple[Passage, float], ...]], whole: tuple[tuple[Passage, float], ...]
) -> tuple[tuple[Passage, float], ...]:
    """The best passage of the whole and of each part first, then their second best, and so on."""
    scores: dict[str, float] = {}
    passages: dict[str, Passage] = {}
    for rank in range(max(len(r) for r in (*parts, whole))):
        for ranking in (*parts, whole):
            if rank < len(ranking):
                passage, score = ranking[rank]
                passages.setdefault(passage.id, passage)
                scores[passage.id] = max(score, scores.get(passage.id, score))
    falling = sorted(scores.values(), reverse=True)
    return tuple((passages[i], score) for i, score in zip(passages, falling, strict=True))


def _own_subject(text: str, terminology: Terminology) -> bool:
    return any(m.concept.category in SUBJECTS for m in terminology.find(text))
