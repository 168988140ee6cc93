"""Blocks become passages: one coherent point each, with its sentences and its lead-in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.model import EvidenceGrade, Passage, PassageKind, Sentence
from corpus.reading.cleaning import clean
from corpus.reading.cutting import Cut, cited_numbers, cut_block, grades_in
from corpus.reading.lines import language_of
from corpus.reading.rules import DocumentRules
from corpus.reading.structure import Block, Layout
from corpus.reading.tables import Row, read_table

MAX_CHARACTERS = {"zh": 260, "en": 900}
"""A passage of several sentences is not longer; one long sentence may be."""
SHORT_LEAD_IN = 60

_ITEM = re.compile(r"^[（(]\s*(\d{1,2})\s*[)）]")
_SUBITEM = re.compile(r"^(?:[（(]\s*\d{1,2}\s*[)）]|[①-⑳])")
_LABEL = re.compile(r"^[（(]\s*\d{1,2}\s*[)）]\s*([^，。：；:,()（）]{2,26})[：:]")
_NUMBER = re.compile(r"^(附录\d+|\d+(?:\.\d+)*|[一二三四五六七八九十]+(?=、)|（[一二三四五六七八九十]+）)")


class PassageBuilder:
    """Builds the passages of one document from its layout."""

    def __init__(self, document_id: str, source: str, rules: DocumentRules) -> None:
        self.document_id = document_id
        self.source = source
        self.rules = rules
        self.counts: Counter[str] = Counter()
        self.lead_in: tuple[tuple[str, ...], str] = ((), "")
        self.caption = ""

    def build(self, layout: Layout) -> tuple[Passage, ...]:
        """All passages in reading order."""
        blocks = sorted(layout.blocks, key=lambda block: block.start)
        return tuple(passage for block in blocks for passage in self._block(block))

    def _block(self, block: Block) -> Iterator[Passage]:
        if block.kind == "table":
            yield from self._table(block)
        elif block.kind == "caption":
            self._remember_caption(block)
            yield self._passage(
                block.section, PassageKind.CAPTION, cut_block(self.source, block.start, block.end)
            )
        else:
            yield from self._prose(block)

    def _remember_caption(self, block: Block) -> None:
        text = clean(self.source[block.start : block.end])
        if text.startswith("表"):
            self.caption = text

    def _prose(self, block: Block) -> Iterator[Passage]:
        cuts = cut_block(self.source, block.start, block.end)
        runs, lead_in = _runs(cuts)
        if block.heading_grade is not None:
            _, _, _, start, end = block.heading_grade
            _grade_by_heading(runs, grades_in(self.source[start:end], start))
        if not lead_in and _ITEM.match(cuts[0].text) and self.lead_in[0] == block.section:
            lead_in = self.lead_in[1]
        elif lead_in or not _ITEM.match(cuts[0].text):
            self.lead_in = (block.section, lead_in or cuts[-1].text)
        for run in runs:
            label = _LABEL.match(run[0].text)
            section = (*block.section, label.group(1)) if label else block.section
            is_item = bool(_ITEM.match(run[0].text))
            for piece in _pieces(run):
                yield self._passage(section, PassageKind.PROSE, piece, lead_in if is_item else "")

    def _table(self, block: Block) -> Iterator[Passage]:
        caption = self.caption if self.document_id == "hcc-iiib-2025" else ""
        for row in read_table(block.lines, self.rules.no_fill_down):
            yield self._row(block, row, caption)

    def _row(self, block: Block, row: Row, caption: str) -> Passage:
        raw = self.source[row.start : row.end]
        cut = Cut(self.source, clean(raw), row.start, row.end)
        text = f"{caption}：{row.text}" if caption else row.text
        return self._passage(block.section, PassageKind.TABLE_ROW, [cut], caption, text)

    def _passage(
        self,
        section: tuple[str, ...],
        kind: PassageKind,
        cuts: Sequence[Cut],
        lead_in: str = "",
        text: str | None = None,
    ) -> Passage:
        stem = f"{self.document_id}:{section_number(section)}"
        self.counts[stem] += 1
        passage_id = f"{stem}:{self.counts[stem]}"
        language = language_of(text or " ".join(cut.text for cut in cuts))
        if kind is PassageKind.TABLE_ROW:
            language = language_of(" ".join(section))
        sentences = tuple(
            Sentence(
                id=f"{passage_id}#{n}", text=cut.text, language=cut.language, start=cut.start, end=cut.end,
                grades=cut.grades, references=cut.references,
            )
            for n, cut in enumerate(cuts, 1)
        )  # fmt: skip
        return Passage(
            id=passage_id, document_id=self.document_id, section=section, kind=kind, language=language,
            text=text if text is not None else ("" if language == "zh" else " ").join(c.text for c in cuts),
            start=cuts[0].start, end=cuts[-1].end, sentences=sentences, lead_in=lead_in,
        )  # fmt: skip


def _grade_by_heading(runs: Sequence[Sequence[Cut]], grades: tuple[EvidenceGrade, ...]) -> None:
    """A heading's grade holds until the text gives one of its own, and not for the numbered item that does."""
    for run in runs:
        if _ITEM.match(run[0].text) and any(cut.grades for cut in run):
            return
        for cut in run:
            if cut.grades:
                return
            cut.grades = grades


def section_number(section: tuple[str, ...]) -> str:
    """A short stable name of a section: ``4.1.2``, ``附录5/3``, ``三/（二）``, ``引言``."""
    names: list[str] = []
    for title in section:
        match = _NUMBER.match(title)
        name = match.group(1) if match else title[:12].replace(" ", "-")
        if names and name.startswith(names[-1] + "."):
            names[-1] = name
        else:
            names.append(name)
    return "/".join(names)


def _runs(cuts: list[Cut]) -> tuple[list[list[Cut]], str]:
    """Items ``(1) … (2) …`` apart, with the sentence that leads into them."""
    starts = [i for i, cut in enumerate(cuts) if _ITEM.match(cut.text)]
    if len(starts) < 2 and not (starts and starts[0] > 0):
        return [cuts], ""
    bounds = [0, *[s for s in starts if s > 0], len(cuts)]
    runs = [cuts[a:b] for a, b in pairwise(bounds)]
    lead_in = ""
    if starts[0] > 0:
        lead_in = runs[0][-1].text
        if sum(len(c.text) for c in runs[0]) <= SHORT_LEAD_IN:
            runs[:2] = [runs[0] + runs[1]]
    return runs, lead_in


def _pieces(run: list[Cut]) -> Iterator[list[Cut]]:
    """A long run cut into evenly filled passages, at sub-items where there are some."""
    limit = MAX_CHARACTERS[run[0].language]
    total = sum(len(cut.text) for cut in run)
    if total <= limit:
        yield run
        return
    target = total / -(-total // limit)
    piece: list[Cut] = []
    size = 0
    for cut in run:
        over = size + len(cut.text) > limit or size >= target * 0.95
        if piece and (over or (_SUBITEM.match(cut.text) and size > limit * 0.3)):
            yield piece
            piece, size = [], 0
        piece.append(cut)
        size += len(cut.text)
    if piece:
        yield piece


__all__ = ["MAX_CHARACTERS", "PassageBuilder", "cited_numbers", "section_number"]
