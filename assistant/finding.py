"""From a question to its evidence: one ranking, or one for each thing that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.abstention import Verdict, judge
from assistant.conversation import SUBJECTS, describes, marked, readings, study_told, subjects
from assistant.documents import asks_all, named, without_names
from assistant.evidence import BUDGET, CLOSE, Chooser, Evidence, Pick, same
from assistant.foreign import foreign_names, other_cancer
from assistant.measures import figures
from assistant.question import Question, read_question
from assistant.subquestions import narrower, subquestions
from assistant.support import GRADES
from corpus.model import Language, Passage
from corpus.terminology import Terminology
from index.asked import Scores
from index.retriever import Retriever

AGAIN = 0.3
"""A new turn asks for something new: what a reading loses that finds the sentence just shown."""
OWN = 0.05
"""What the bare turn gains when nothing in it leans and it has a subject of its own."""
ALONE = 0.3
"""What the bare turn loses when a word in it leans on earlier turns, or it has no subject."""
ORDER = 0.05
"""What each reading loses against the one before it: replacing is likelier than adding."""
SIDE = 2.5
"""How far the best sentence of a document may fall behind that of another and still be a side."""
PART = 0.7
"""How sure one part must be of its answer when the question as a whole has none."""
EVERY = 0.5
"""And how sure every part must be when all of them have one."""
_GRADED = SUBJECTS - {"score", "complication", "adverse_event", "anatomy"}
"""What a recommendation with a grade is about."""
STAYS = 0.4
"""What a reading gains that stays with the study the turns before named."""
ON_TOPIC = 0.65
"""Share of the whole question's best score from which a sentence that answers a part is about the same."""
MAY_ANSWER = 0.1
"""Certainty from which a part is not called unanswered when its best sentence is shown for another part."""
FEWER = 0.05
"""How much surer a part must be with one of the subjects it took over than with all."""
MEMORY = 4
"""Earlier turns that count."""


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
        """The reading of the last turn that the documents answer best, with its evidence."""
        texts = readings(turns, self.retriever.terminology)
        if len(texts) == 1:
            return self.find(texts[0], language)
        before = self.understand(turns[:-1][-MEMORY:], language)
        if before.text != turns[-2]:
            resolved = readings([*turns[:-2], before.text, turns[-1]], self.retriever.terminology)
            texts = list(dict.fromkeys((*texts[:-1], *resolved[:-1], texts[-1])))
        found = [self.find(text, language) for text in texts]
        if len(found) == 1 or found[-1].verdict.rejected:
            return found[-1]
        why = read_question(turns[-1]).wants("why")  # the reason may stand in the sentence shown before
        told = set() if why else {p.sentence.id for p in before.picks[:1]}
        own = (
            not marked(turns[-1])
            and not describes(turns[-2])
            and bool(subjects(turns[-1], self.retriever.terminology))
        )

        study = study_told(turns, self.retriever.terminology)

        def worth(number: int) -> float:
            reading = found[number]
            again = bool(reading.picks) and reading.picks[0].sentence.id in told
            stays = study is not None and reading.text == f"{study} {turns[-1]}"
            value = reading.verdict.certainty - AGAIN * again + STAYS * stays
            if number < len(found) - 1:
                return value - ORDER * number
            return value + OWN if own else value - ALONE - ORDER * number

        return found[max(range(len(found)), key=worth)]

    def find(self, text: str, language: Language | None = None) -> Found:
        """Evidence and verdict. Every part of a question gets its own best sentence."""
        names = named(text, [d.info for d in self.retriever.documents])
        whole, verdict = self._one(text, language, names if len(names) == 1 else ())
        if verdict.rejected:
            return Found(text, whole.ranking, whole.picks, verdict)
        if len(names) > 1 or asks_all(text):
            bare = without_names(text, [d.info for d in self.retriever.documents])
            other, again = self._one(bare, language)
            if again.certainty > verdict.certainty:
                whole, verdict = other, again
            every = names or tuple(d.info.id for d in self.retriever.documents)
            return self._each(text, bare, language, every, whole, verdict)
        if not verdict.answer and other_cancer(text, self.retriever.terminology):
            return Found(text, whole.ranking, whole.picks, verdict)
        parts = subquestions(text, self.retriever.terminology)
        if not parts:
            return Found(text, whole.ranking, whole.picks, verdict)
        found = [self._part(part, text, parts, language, names, whole, verdict) for part in parts]
        sure = [own.answer and (verdict.answer or self._has_subject(part)) for part, _, own in found]
        enough = 0.0 if verdict.answer else EVERY if all(sure) else PART
        stands = [good and own.certainty >= enough for good, (_, _, own) in zip(sure, found, strict=True)]
        answered = [evidence for (_, evidence, _), good in zip(found, stands, strict=True) if good]
        if not answered:
            return Found(text, whole.ranking, whole.picks, verdict)
        leading = _leading(whole.picks) if verdict.answer else []
        picks = self._within(language, [e.picks for e in answered], leading)
        missing = tuple(
            part for (part, evidence, own), good in zip(found, stands, strict=True)
            if not good and not (verdict.answer and _told_by(picks, part, evidence, own))
        )  # fmt: skip
        ranking = _merged([evidence.ranking for evidence in answered], whole.ranking)
        surest = max(verdict.certainty, max(own.certainty for _, _, own in found))
        return Found(text, ranking, picks, Verdict(True, certainty=surest), missing)

    def _has_subject(self, part: str) -> bool:
        """Whether a part says itself what it is about."""
        return bool(subjects(part, self.retriever.terminology))

    def _within(
        self, language: Language | None, parts: Sequence[Sequence[Pick]], leading: Sequence[Pick]
    ) -> tuple[Pick, ...]:
        """What fits into one answer: the best sentence of every part before the others."""
        shown = _distinct([*leading, *(pick for picks in parts for pick in picks)])
        first = [max(picks, key=lambda pick: pick.score) for picks in parts if picks]
        room, kept = BUDGET[language or "zh"], set[str]()
        for pick in (*first, *shown):
            cost = self.chooser.cost(language or "zh", pick)
            if pick.sentence.id not in kept and (cost <= room or pick in first):
                kept.add(pick.sentence.id)
                room -= cost
        return tuple(pick for pick in shown if pick.sentence.id in kept)

    def _part(
        self,
        part: str,
        text: str,
        parts: Sequence[str],
        language: Language | None,
        names: Sequence[str],
        whole: Evidence,
        judged_whole: Verdict,
    ) -> tuple[str, Evidence, Verdict]:
        """One part of a question, with fewer of the subjects it took over when that is answered better.

        One that nothing answers by itself may be about what the first was about. Where the whole question is
        answered, what answers it too is preferred: a part may have lost what it is about.
        """
        beside = whole.scores if judged_whole.answer else None
        evidence, verdict = self._one(part, language, names, len(parts), beside)
        if beside is not None:
            alone, own = self._one(part, language, names, len(parts))
            if own.answer and _adds(whole, evidence, alone):
                evidence = alone
            verdict = max(verdict, own, key=lambda v: (v.answer, v.certainty))
        if part == parts[0] or foreign_names(part, self.retriever.terminology).asked:
            return part, evidence, verdict
        others = []
        if shorter := narrower(part, text, self.retriever.terminology):
            others.append((FEWER, shorter))
        if not verdict.answer:
            named = dict.fromkeys(m.surface for m in subjects(parts[0], self.retriever.terminology))
            others.append((0.0, f"{' '.join(named)} {part}".strip()))
        for handicap, other in others:
            again, judged = self._one(other, language, names, len(parts), beside)
            if judged.answer and judged.certainty > verdict.certainty + handicap:
                evidence, verdict = again, judged
        return part, evidence, verdict

    def _each(
        self,
        text: str,
        bare: str,
        language: Language | None,
        names: Sequence[str],
        whole: Evidence,
        verdict: Verdict,
    ) -> Found:
        """What each of several documents says: its best sentence, if it comes near the best of all.

        ``bare``: the question without the names of documents.
        """
        sides = [self._one(bare, language, (name,), len(names))[0] for name in names]
        best = max((side.picks[0].score for side in sides if side.picks), default=0.0)
        near = [
            side for name, side in zip(names, sides, strict=True)
            if side.picks and side.picks[0].passage.document_id == name and side.picks[0].score >= best - SIDE
        ]  # fmt: skip
        picks = _distinct([side.picks[0] for side in near])
        if not verdict.answer or not picks:
            return Found(text, whole.ranking, whole.picks, verdict)
        return Found(text, _merged([side.ranking for side in near], whole.ranking), picks, verdict)

    def _one(
        self,
        text: str,
        language: Language | None,
        documents: Sequence[str] = (),
        share: int = 1,
        whole: Scores | None = None,
    ) -> tuple[Evidence, Verdict]:
        question = read_question(text, language)
        query = self.retriever.query(_without_grade(text, question, self.retriever.terminology))
        evidence = self.chooser.choose(question, query, share, documents, whole)
        return evidence, judge(query, evidence, self.retriever, self.retriever.terminology)


def _without_grade(text: str, question: Question, terminology: Terminology) -> str:
    """What a grade is asked of, without the words for the grade: they stand in the table of grades only."""
    matches = terminology.find(text)
    if not question.wants("grade") or not any(m.concept.category in _GRADED for m in matches):
        return text
    for match in reversed(matches):
        if match.concept.id in GRADES:
            text = f"{text[: match.start]} {text[match.end :]}"
    return text


def _adds(whole: Evidence, beside: Evidence, alone: Evidence) -> bool:
    """Whether what answers a part by itself is to be shown beside what answers the whole question.

    ``beside``: the part's evidence with the whole question in view, ``alone``: without.
    """
    if whole.best is None or beside.best is None or alone.best is None or whole.scores is None:
        return False
    return same(whole.best, beside.best) and whole.scores[alone.at] >= ON_TOPIC * whole.best.score


def _told_by(shown: Sequence[Pick], text: str, part: Evidence, verdict: Verdict) -> bool:
    """Whether the best sentence for a part is shown anyway, has its figures and may well answer it.

    Never for foreign names.
    """
    if part.best is None or verdict.missing or verdict.certainty < MAY_ANSWER:
        return False
    told = f"{part.best.sentence.text} {part.best.sentence.translation or ''}"
    return figures(text) <= figures(told) and any(same(part.best, pick) for pick in shown)


def _leading(picks: Sequence[Pick]) -> list[Pick]:
    """Those that answer about as well as the best one."""
    best = max((pick.score for pick in picks), default=0.0)
    return [pick for pick in picks if pick.score >= best - CLOSE]


def _distinct(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    kept: list[Pick] = []
    for pick in picks:
        if not any(same(pick, other) for other in kept):
            kept.append(pick)
    return tuple(kept)


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
