"""Choosing the sentences that answer: the smallest verbatim set that covers the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question, fits
from corpus.model import Passage, PassageKind, Sentence
from index.query import Query
from index.retriever import Retriever, Signals, best_first
from index.tokens import tokenise

POOL = 12
"""Passages whose sentences are looked at."""
BUDGET = {"zh": 420, "en": 1150}
"""Characters of evidence in one answer: room for the marks, grades and notes around them."""
MAX_SENTENCES = 4
CLOSE = 0.88
"""A further sentence is shown when it scores at least this share of the best."""

_LEADS_ON = re.compile(r"[：:]$|如下|以下|following", re.IGNORECASE)
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
    """Best first: what the answer shows, before related sentences."""
    confidence: float
    """Score of the best sentence, 0 to about 1.6 (see ``abstention``)."""
    coverage: float
    """Share of the question's concepts, by idf, that one of the best passages names."""


class Chooser:
    """Ranks sentences of the best passages and decides how many are needed."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever

    def choose(self, question: Question, query: Query) -> Evidence:
        """Evidence for one question."""
        r = self.retriever
        signals = r.signals(query)
        plain = r.passage_scores(signals, question.language)
        titled = r.weights.titled * signals.titled if question.wants("dose") else np.zeros_like(plain)
        passage_scores = plain + titled
        top = best_first(passage_scores, POOL)
        ranked = self._sentences(question, query, signals, passage_scores, top)
        ranking = tuple((r.passages[i], float(passage_scores[i])) for i in top)
        if not ranked:
            return Evidence(ranking, (), 0.0, 0.0)
        confidence = max(pick.score for pick in self._sentences(question, query, signals, plain, top))
        return Evidence(
            ranking, tuple(self._select(question, ranked)), confidence, self._coverage(query, top[:5])
        )

    def _sentences(
        self,
        question: Question,
        query: Query,
        signals: Signals,
        passage_scores: NDArray[np.float32],
        top: Sequence[int],
    ) -> list[Pick]:
        picks = []
        w = self.retriever.weights
        for i in top:
            passage = self.retriever.passages[i]
            for sentence in passage.sentences:
                unit = self.retriever.unit_of_sentence[sentence.id]
                own = (
                    (w.lexical_passage + w.lexical_sentence) * float(signals.lexical[unit])
                    + (w.concept_passage + w.concept_sentence) * float(signals.concept[unit])
                    + (w.dense_passage + w.dense_sentence) * float(signals.dense[unit])
                )
                form = 0.3 * (fits(question, _readable(passage, sentence)) - 0.5)
                length = -0.05 if len(sentence.text) < 14 and passage.kind is PassageKind.PROSE else 0.0
                picks.append(
                    Pick(passage, sentence, 0.55 * own + 0.6 * float(passage_scores[i]) + form + length)
                )
        return sorted(picks, key=lambda pick: -pick.score)

    def _select(self, question: Question, ranked: list[Pick]) -> list[Pick]:
        best = ranked[0]
        chosen = self._with_list(question, best)
        limit = BUDGET[question.language]
        room = limit - sum(self._cost(question, p) for p in chosen)
        for pick in ranked[1:]:
            if len(chosen) >= max(MAX_SENTENCES, len(self._with_list(question, best))):
                break
            if pick.score < CLOSE * best.score:
                break
            cost = self._cost(question, pick)
            if cost > room or any(_same(pick, other) for other in chosen):
                continue
            chosen.append(pick)
            room -= cost
        return _reading_order(chosen)

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
        fits_in = sum(self._cost(question, item) for item in items) <= BUDGET[question.language]
        return items if fits_in else [best]

    def _cost(self, question: Question, pick: Pick) -> int:
        text = _readable(pick.passage, pick.sentence)
        if question.language == pick.sentence.language or not pick.sentence.translation:
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
        for token in () if query.concepts else set(query.rest):
            holders = {u for language in ("zh", "en") for u in fields[language].units_with(token).tolist()}
            total += _credit(found, holders, fields[query.language].weight(token))
        return max(found.values()) / total if total else 0.0


def _credit(found: dict[int, float], holders: set[int], weight: float) -> float:
    for passage in found:
        if passage in holders:
            found[passage] += weight
    return weight


def _readable(passage: Passage, sentence: Sentence) -> str:
    return passage.text if passage.kind is PassageKind.TABLE_ROW else sentence.text


def _same(a: Pick, b: Pick) -> bool:
    """Whether two picks say the same thing: one sentence, or its twin in the other language."""
    if a.sentence.id == b.sentence.id:
        return True
    twins = a.passage.id in b.passage.translation_of or b.passage.id in a.passage.translation_of
    return twins or a.sentence.text == b.sentence.text or _overlap(a.sentence.text, b.sentence.text) > 0.75


def _overlap(a: str, b: str) -> float:
    left, right = set(tokenise(a)), set(tokenise(b))
    return len(left & right) / max(1, min(len(left), len(right)))


def _reading_order(picks: list[Pick]) -> list[Pick]:
    """Best passage first; inside a passage the order of the page."""
    order: dict[str, int] = {}
    for pick in picks:
        order.setdefault(pick.passage.id, len(order))
    return sorted(picks, key=lambda pick: (order[pick.passage.id], pick.sentence.start))
