"""A bilingual paper prints its sentences twice: the reader is shown the one in his language."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.evidence import Pick, twins
from corpus.model import Language
from index.retriever import Retriever


def printed_in(pick: Pick, language: Language, retriever: Retriever) -> Pick:
    """The pick's published twin in the reader's language, when one sentence says it all; else the pick."""
    if pick.sentence.language == language or not pick.passage.translation_of:
        return pick
    numbers = retriever.passage_number
    printed = [retriever.passages[numbers[i]] for i in pick.passage.translation_of if i in numbers]
    found = [
        Pick(passage, sentence, pick.score)
        for passage in printed
        for sentence in passage.sentences
        if twins(sentence, pick.sentence)
    ]
    return found[0] if len(found) == 1 else pick


def all_printed_in(picks: Iterable[Pick], language: Language, retriever: Retriever) -> list[Pick]:
    """The same for several, each sentence once."""
    kept: dict[str, Pick] = {}
    for pick in picks:
        printed = printed_in(pick, language, retriever)
        kept.setdefault(printed.sentence.id, printed)
    return list(kept.values())
