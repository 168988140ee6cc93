"""Choosing the sentences that answer: the smallest verbatim set that covers the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.measures import figures
from assistant.question import Question
from assistant.ranking import Ranker
from assistant.ranking.features import readable
from corpus.model import Language, Passage, PassageKind, Sentence
from index.asked import Scores
from index.query import Query
from index.retriever import Retriever
from index.tokens import tokenise

SHOWN_PASSAGES = 50
"""Passages in the ranking that comes with an answer."""
CANDIDATES = 25
"""Sentences considered for the answer."""
NEXT = 20
"""Sentences that the best one is compared with."""
BUDGET = {"zh": 420, "en": 1150}
"""Characters of evidence in one answer: room for the marks, grades and notes around them."""
MAX_SENTENCES = 4
CLOSE = 1.5
"""A further sentence is shown when its score is at most so much below the best: e to the power of minus
this is how much less likely it is to be the answer."""
CLOSE_BESIDE = 2.0
"""The same for a sentence of the best one's passage: a result stands beside the study it belongs to."""
CLOSE_ELSEWHERE = 2.2
"""And for the first sentence of another document: what a second source says is worth knowing."""
CLOSE_NEXT = 4.5
"""And for the sentence that goes straight on from a shown one ("However, …")."""
COVER = 4.0
"""And for a sentence of the best one's document that has a result asked for which nothing shown has."""
CLEARLY = 0.5
"""The best sentence goes first when it is so much better than the one that would."""
RESULTS = frozenset(("statistic", "complication", "adverse_event"))
"""Kinds of concepts that are asked for as results."""
SHORT = {"zh": 12, "en": 30}
"""A sentence this short says nothing by itself (``每3周重复。``) and goes with the one before it."""

_LEADS_ON = re.compile(r"[：:]$|如下|以下|following", re.IGNORECASE)
_STUDIED = re.compile(
    r"(?:进行了?(?:比较|对比|研究|分析|深入)|比较了|对比了|探讨了|评估了|研究了|纳入了?|开展了)|\b(?:compared|evaluated|investigated|studied|analy[sz]ed|enrolled|conducted|assessed|explored)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\d+(?:\.\d+)?\s*[%％]|[Pp]\s*[=<>]|优于|高于|低于|无(?:显著|明显)?差异|相似|相同|显示|发现|表明|证实|结果|得出|提示|延长|改善|明显|更[好佳长高]|risk|found|showed|superior|inferior|no (?:significant )?difference|similar|better|improv|longer|higher|lower",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:然而|但|而|此外|另外|同时|并且|且|其中|因此|故|若|如果|对于那些|如)|(?:However|In addition|Additionally|Meanwhile|While|But|If|Therefore|Thus|Otherwise)\b"
)
_THEREAFTER = re.compile(r"(?:以后|此后|其后)(?:每|的|第)|(?:Thereafter|Subsequently)\b")
"""The rest of a schedule: half of it by itself would be taken for the whole."""
_ITEM = re.compile(r"^(?:[（(]\s*(\d{1,2})\s*[)）]|([①-⑳]))")


@dataclass(frozen=True)
class Pick:
    """One sentence chosen to be shown."""

    passage: Passage
    sentence: Sentence
    score: float


@dataclass(frozen=True)
class Evidence:
    """What was found for one question."""

    ranking: tuple[tuple[Passage, float], ...]
    picks: tuple[Pick, ...]
    """What the answer shows, best passage first."""
    confidence: float
    """Score of the best sentence (see ``abstention``)."""
    coverage: float
    """Share of the question's concepts, by idf, that one of the best passages names."""
    strongest: dict[str, float]
    """See ``Ranked``."""
    best: Pick | None = None
    """The best sentence."""
    best_features: dict[str, float] = field(default_factory=dict)
    """How the best sentence and its passage match."""
    gap: float = 0.0
    """How far the best sentence stands above the mean of the next ones."""
    scores: Scores | None = field(default=None, compare=False, repr=False)
    """Of every sentence, shape (sentences,)."""
    at: int = -1
    """Place of the best sentence among them."""


class Chooser:
    """Ranks sentences and decides how many are needed."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.ranker = Ranker(retriever)
        self._named: dict[str, frozenset[str]] = {}

    def choose(
        self,
        question: Question,
        query: Query,
        share: int = 1,
        documents: Sequence[str] = (),
        whole: Scores | None = None,
    ) -> Evidence:
        """Evidence for one question; with ``share`` it may take only that part of the room.

        ``documents``: ids of those the question names; what they say goes first. ``whole``: scores of the
        sentences, shape (sentences,), for the question that this one is a part of.
        """
        ranked = self.ranker.rank(question, query, documents, whole)
        passages = self.retriever.passages
        top = self.ranker.best(ranked.passages, SHOWN_PASSAGES)
        ranking = tuple((passages[i], float(ranked.passages[i])) for i in top)
        order = self.ranker.best(ranked.sentences, CANDIDATES)
        picks = [Pick(*self.ranker.table.sentences[i], float(ranked.sentences[i])) for i in order]
        if not picks:
            return Evidence((), (), 0.0, 0.0, ranked.strongest)
        chosen = tuple(self._select(question, query, picks, share))
        coverage = self._coverage(query, top[:5])
        others = [pick.score for pick in picks[1:NEXT]]
        return Evidence(
            ranking, chosen, picks[0].score, coverage, ranked.strongest, picks[0], ranked.best_features,
            picks[0].score - sum(others) / len(others) if others else 0.0, ranked.sentences,
            order[0],
        )  # fmt: skip

    def _select(self, question: Question, query: Query, ranked: list[Pick], share: int) -> list[Pick]:
        best = ranked[0]
        chosen = self._with_list(question, best)
        room = BUDGET[question.language] // share - sum(self.cost(question.language, p) for p in chosen)

        def add(pick: Pick) -> None:
            nonlocal room
            cost = self.cost(question.language, pick)
            if cost <= room and not any(same(pick, other) for other in chosen):
                chosen.append(pick)
                room -= cost

        asked = self._results(query)
        for pick in self._covering(asked, chosen, ranked) if len(asked) > 1 else ():
            add(pick)
        most = max(MAX_SENTENCES, len(chosen)) if share == 1 else max(2, len(chosen))
        for pick in ranked[1:]:
            beside = pick.passage.id == best.passage.id
            if len(chosen) >= most:
                break
            if pick.passage.kind is PassageKind.CAPTION:
                continue
            elsewhere = all(p.passage.document_id != pick.passage.document_id for p in chosen)
            follows = beside and _GOES_ON.match(pick.sentence.text) and _follows(pick, chosen)
            near = CLOSE_BESIDE if beside else CLOSE_ELSEWHERE if elsewhere else CLOSE
            if pick.score >= best.score - (CLOSE_NEXT if follows else near):
                add(pick)
        for pick in (*self._covering(asked, chosen, ranked), *_graded(question, chosen, ranked)):
            add(pick)
        return _answer_first(_reading_order(_completed(chosen)), best)

    def _results(self, query: Query) -> list[str]:
        """Concepts that are asked for as results."""
        terminology = self.retriever.terminology
        return [c for c in query.concepts if terminology[c].category in RESULTS or "recurrence" in c]

    def _covering(self, asked: Sequence[str], chosen: Sequence[Pick], ranked: Sequence[Pick]) -> list[Pick]:
        """For each result asked for that no chosen sentence has, the best sentence beside the best one that has it."""
        added: list[Pick] = []
        for concept in asked:
            if any(concept in self._named_in(pick.sentence) for pick in (*chosen, *added)):
                continue
            added += [
                pick for pick in ranked
                if pick.passage.document_id == ranked[0].passage.document_id
                and pick.score >= ranked[0].score - COVER
                and concept in self._named_in(pick.sentence)
            ][:1]  # fmt: skip
        return added

    def _named_in(self, sentence: Sentence) -> frozenset[str]:
        """Concepts a sentence names, without those inside longer names."""
        if sentence.id not in self._named:
            found = self.retriever.terminology.find(sentence.text)
            self._named[sentence.id] = frozenset(m.concept.id for m in found)
        return self._named[sentence.id]

    def _with_list(self, question: Question, best: Pick) -> list[Pick]:
        """The best sentence; with its whole list when it opens or belongs to one that was asked for."""
        sentences = best.passage.sentences
        position = sentences.index(best.sentence)
        if best.passage.kind is PassageKind.TABLE_ROW:
            return [best]
        whole = len(best.passage.text) <= BUDGET["zh"] * (1 if best.passage.language == "zh" else 3)
        opens = bool(_LEADS_ON.search(best.sentence.text)) or (
            position + 1 < len(sentences) and bool(_ITEM.match(sentences[position + 1].text))
        )
        if (question.wants("dose") and whole and len(sentences) <= 3) or (opens and whole):
            return [Pick(best.passage, s, best.score) for s in sentences[position if opens else 0 :]]
        if question.wants("list") and _ITEM.match(best.sentence.text) and best.passage.lead_in:
            return self._siblings(question, best)
        return [best]

    def _siblings(self, question: Question, best: Pick) -> list[Pick]:
        """Items under the same lead-in, when together they fit."""
        items = [
            Pick(p, s, best.score)
            for p in self.retriever.passages
            if p.document_id == best.passage.document_id
            and best.passage.lead_in in (p.lead_in, *(s.text for s in p.sentences))
            for s in p.sentences
        ]
        fits_in = sum(self.cost(question.language, item) for item in items) <= BUDGET[question.language]
        return items if fits_in else [best]

    def fitting(self, language: Language | None, picks: Sequence[Pick]) -> tuple[Pick, ...]:
        """The first of the picks that together fit into one answer, in reading order."""
        room = BUDGET[language or "zh"]
        kept: list[Pick] = []
        for pick in picks:
            cost = self.cost(language or "zh", pick)
            if cost <= room or not kept:
                kept.append(pick)
                room -= cost
        return tuple(_reading_order(_completed(kept)))

    def cost(self, language: Language, pick: Pick) -> int:
        """Characters a sentence takes in an answer of that language: with its original under a rendering."""
        text = readable(pick.passage, pick.sentence)
        if language == pick.sentence.language or not pick.sentence.translation:
            return len(text)
        return len(text) + len(pick.sentence.translation)

    def _coverage(self, query: Query, top: Sequence[int]) -> float:
        """Share (by idf) of the question's concepts that one of the best passages names.

        A question without any known concept is measured by its words instead.
        """
        fields = self.retriever.fields
        found = dict.fromkeys(top, 0.0)
        total = 0.0
        for concept in query.concepts:
            holders = set(fields["concept"].units_with(concept).tolist())
            total += _credit(found, holders, fields["concept"].weight(concept))
        for token in () if query.concepts else dict.fromkeys(query.rest):
            holders = {u for language in ("zh", "en") for u in fields[language].units_with(token).tolist()}
            total += _credit(found, holders, fields[query.language].weight(token))
        return max(found.values()) / total if total else 0.0


def _graded(question: Question, chosen: Sequence[Pick], ranked: Sequence[Pick]) -> list[Pick]:
    """The best graded sentence of the best one's section, when a grade is asked for and nothing chosen has one."""
    if not question.wants("grade") or any(pick.sentence.grades for pick in chosen):
        return []
    return [
        pick for pick in ranked
        if pick.sentence.grades and pick.passage.section == ranked[0].passage.section
        and pick.passage.document_id == ranked[0].passage.document_id
    ][:1]  # fmt: skip


def _credit(found: dict[int, float], holders: set[int], weight: float) -> float:
    for passage in found:
        if passage in holders:
            found[passage] += weight
    return weight


def _follows(pick: Pick, chosen: Sequence[Pick]) -> bool:
    """Whether a sentence stands right after one of the chosen."""
    sentences = pick.passage.sentences
    before = sentences.index(pick.sentence) - 1
    return before >= 0 and any(sentences[before].id == other.sentence.id for other in chosen)


def without_weakest(picks: list[Pick]) -> list[Pick]:
    """Without the one that answers least; the best of a passage goes only after the others."""
    best_of = {p.passage.id: max(q.score for q in picks if q.passage.id == p.passage.id) for p in picks}
    weakest = min(picks, key=lambda pick: (pick.score == best_of[pick.passage.id], pick.score))
    return [pick for pick in picks if pick is not weakest]


def _completed(picks: list[Pick]) -> list[Pick]:
    """With what only makes sense beside a chosen sentence.

    The one before a sentence that leans on it; short ones, and the rest of a schedule, after one; what an
    announced study found.
    """
    complete = list(picks)
    for pick in picks:
        sentences = pick.passage.sentences
        position = sentences.index(pick.sentence)
        if position and _THEREAFTER.match(pick.sentence.text):
            before = sentences[position - 1]
            if all(other.sentence.id != before.id for other in complete):
                complete.append(Pick(pick.passage, before, pick.score))
        wanted = announces(pick.sentence.text)
        for sentence in sentences[position + 1 :]:
            short = len(sentence.text) <= SHORT[pick.sentence.language]
            if not (wanted or short or _THEREAFTER.match(sentence.text)):
                break
            wanted = False
            if all(other.sentence.id != sentence.id for other in complete):
                complete.append(Pick(pick.passage, sentence, pick.score))
    return complete


def announces(text: str) -> bool:
    """Whether a sentence only says that something was studied: the next one has what was found."""
    return bool(_STUDIED.search(text)) and not _RESULT.search(text)


def same(a: Pick, b: Pick) -> bool:
    """Whether two picks say the same thing: one sentence, or its twin in the other language."""
    if a.sentence.id == b.sentence.id:
        return True
    if a.sentence.text == b.sentence.text or twins(a.sentence, b.sentence):
        return True
    return (
        figures(a.sentence.text) == figures(b.sentence.text)
        and _overlap(a.sentence.text, b.sentence.text) > 0.75
    )


def twins(a: Sentence, b: Sentence) -> bool:
    """Whether one is (part of) the other's published rendering."""
    return a.text in (b.translation or "") or b.text in (a.translation or "")


def _overlap(a: str, b: str) -> float:
    left, right = set(tokenise(a)), set(tokenise(b))
    return len(left & right) / max(1, min(len(left), len(right)))


def _answer_first(picks: list[Pick], best: Pick) -> list[Pick]:
    """The sentence that answers clearly best before those that stand above it on the page."""
    item = _ITEM.match(best.sentence.text) or _THEREAFTER.match(best.sentence.text)
    if item or picks[0].score > best.score - CLEARLY:
        return picks
    answer = next(pick for pick in picks if pick.sentence.id == best.sentence.id)
    return [answer, *(pick for pick in picks if pick is not answer)]


def _reading_order(picks: list[Pick]) -> list[Pick]:
    """Best passage first; inside a passage the order of the page."""
    order: dict[str, int] = {}
    for pick in picks:
        order.setdefault(pick.passage.id, len(order))
    return sorted(picks, key=lambda pick: (order[pick.passage.id], pick.sentence.start))
