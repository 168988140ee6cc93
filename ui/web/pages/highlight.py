"""What an address asks to be shown of a document: cited sentences, a passage, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Language, Passage
from ui.web.i18n import text
from ui.web.links import CITED
from ui.web.pages.cited import read_ranges, sentences_at

LONGEST_NAME = 80
"""Characters of an unknown name that are repeated to the reader."""


@dataclass(frozen=True)
class Neighbours:
    """Passage ids before and after."""

    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Highlight:
    """Cited sentences by id with their anchors in reading order; the chosen passage; what was wrong."""

    anchors: dict[str, str]
    chosen: Passage | None
    neighbours: Neighbours
    notices: tuple[str, ...]
    status: int

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.anchors)

    def place(self, sentence_id: str) -> int:
        """1 for the first cited sentence."""
        return self.order.index(sentence_id) + 1

    def anchor_at(self, place: int) -> str | None:
        """Anchor of the cited sentence of that place; None beyond the ends."""
        return self.anchors[self.order[place - 1]] if 1 <= place <= len(self.order) else None


def highlight(document: Document, at: str, passage_id: str, language: Language) -> Highlight:
    """Never fails: what cannot be shown becomes a notice and a status of 400 or 404."""
    ranges, wrong = read_ranges(at)
    notices = [text("doc.wrong_at", language, piece=piece) for piece in wrong]
    status = 200
    marked: set[str] = set()
    for start, end in ranges:
        hit = sentences_at(document, (start, end))
        marked.update(sentence.id for sentence in hit)
        if not hit:
            notices.append(text("doc.nothing_at", language, start=start, end=end))
            status = 404
    chosen = next((p for p in document.passages if p.id == passage_id), None)
    if passage_id and chosen is None:
        notices.append(text("doc.wrong_passage", language, id=passage_id[:LONGEST_NAME]))
        status = 404
    in_order = [(p, s.id) for p in document.passages for s in p.sentences if s.id in marked]
    if chosen is None and in_order:
        chosen = in_order[0][0]
    first = next((s for p, s in in_order if p is chosen), in_order[0][1] if in_order else None)
    anchors = {s: CITED if s == first else f"{CITED}-{n}" for n, (_, s) in enumerate(in_order, 1)}
    return Highlight(anchors, chosen, _neighbours(document, chosen), tuple(notices), 400 if wrong else status)


def _neighbours(document: Document, chosen: Passage | None) -> Neighbours:
    if chosen is None:
        return Neighbours(None, None)
    ids = [passage.id for passage in document.passages]
    here = ids.index(chosen.id)
    return Neighbours(ids[here - 1] if here else None, ids[here + 1] if here + 1 < len(ids) else None)
