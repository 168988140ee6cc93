"""Short answers: the development half of the reference questions, graded by their key points."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Document, Passage
from corpus.registers import find_anchor
from ui.study.model import Item, Source, chapter_of, item_id
from ui.study.sourcing import source_of


def reference_items(documents: Sequence[Document]) -> list[Item]:
    """One item per answerable single question that has key points and evidence. Never the test half."""
    from eval.questions import load_questions  # eval stands outside: only when it is asked for

    passages: dict[str, tuple[Passage, ...]] = {d.info.id: d.passages for d in documents}
    items = []
    for question in load_questions("dev", ("single",)):
        if not question.answerable or not question.key_points:
            continue
        sources: dict[tuple[str, int], Source] = {}
        for anchor in question.evidence:
            for passage, sentence in find_anchor(anchor, passages.get(anchor.document_id, ()))[:1]:
                sources.setdefault((passage.id, sentence.start), source_of(passage, sentence))
        if not sources:
            continue
        first = next(iter(sources.values()))
        items.append(
            Item(
                id=item_id("reference", question.language, question.question, question.key_points),
                kind="reference",
                language=question.language,
                chapter=chapter_of(first.document_id, first.section),
                prompt=question.question,
                sources=tuple(sources.values()),
                points=question.key_points,
            )
        )
    return items
