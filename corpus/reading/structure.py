"""From lines to blocks: paragraphs, tables and captions, each under its heading path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.model import Section
from corpus.reading.cleaning import GRADE_TAG, clean
from corpus.reading.lines import Line, language_of, split_lines
from corpus.reading.rules import DocumentRules, HeadingRule, ZoneRule

_CAPTION = re.compile(r"^\s*(?:图|表) ?\d|^\s*Fig(?:ure)?\.? ?\d|^\s*Table \d|^\s*注[:：]|^\s*Note:")
_STRAY_FOOTNOTE = re.compile(r"(?<=[\u4e00-\u9fff])\s*\d$")
_NUMBER = re.compile(r"^(附录\d+|\d+(?:\.\d+)*)(?![\d.、])\s*")
_SHORT_LINE = 0.88
"""A last line narrower than this share of the widest lines ends its paragraph."""


@dataclass(frozen=True)
class Block:
    """A run of source lines of one kind under one heading path."""

    kind: str  # "prose", "table", "caption"
    section: tuple[str, ...]
    start: int
    end: int
    lines: tuple[Line, ...] = ()
    heading_grade: tuple[str, str, str, int, int] | None = None
    """Level, grade, printed form and span of a recommendation tag printed on the heading."""


@dataclass
class Layout:
    """Everything found in one file."""

    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    reference_lines: list[list[Line]] = field(default_factory=list)


def _title(raw: str) -> str:
    """A heading as shown: number, one blank, cleaned words."""
    words = _STRAY_FOOTNOTE.sub("", clean(raw).rstrip("：: "))
    return _NUMBER.sub(r"\1 ", words)


class _Reader:
    def __init__(self, source: str, rules: DocumentRules) -> None:
        self.rules = rules
        self.lines = split_lines(source)
        self.layout = Layout()
        self.zone = "skip"
        self.seen: set[ZoneRule] = set()
        self.path: tuple[str, ...] = ()
        self.levels: tuple[int, ...] = ()
        self.paragraph: list[Line] = []
        self.table: list[Line] = []
        self.heading_grade: tuple[str, str, str, int, int] | None = None
        widths = sorted(line.width for line in self.lines if not line.blank)
        self.full_width = widths[int(len(widths) * 0.9)] if widths else 0

    def read(self) -> Layout:
        for line in self.lines:
            self._line(line)
        self._flush()
        return self.layout

    def _line(self, line: Line) -> None:
        if self.zone_change(line) or self.zone == "skip":
            return
        if self.zone == "references":
            self.layout.reference_lines[-1].append(line)
            return
        if line.blank:
            self._end_table()
            return
        if any(pattern.search(line.text) for pattern in self.rules.drop):
            return
        if "\t" in line.text:
            self._end_paragraph()
            self.table.append(line)
            return
        self._end_table()
        if _CAPTION.match(line.text):
            self._caption(line)
            return
        if not self._heading(line):
            self._prose(line)

    def zone_change(self, line: Line) -> bool:
        for zone_rule in self.rules.zones:
            match = zone_rule.pattern.search(line.text)
            if match and not (zone_rule.once and zone_rule in self.seen):
                self.seen.add(zone_rule)
                self._flush()
                self._enter(zone_rule, line)
                if zone_rule.keep_line:
                    offset = match.end() if zone_rule.heading in {"摘要", "Abstract"} else 0
                    self._prose(Line(line.text[offset:], line.start + offset, line.end))
                return True
        return False

    def _enter(self, zone_rule: ZoneRule, line: Line) -> None:
        self.zone = zone_rule.zone
        if zone_rule.zone == "references":
            self.layout.reference_lines.append([])
        elif zone_rule.heading is not None:
            self.path, self.levels = (zone_rule.heading,), (0,)
            self._open_section(line)

    def _heading(self, line: Line) -> bool:
        outer_only = self._own_lines()
        for heading in self.rules.headings:
            if outer_only and not heading.top:
                continue
            if heading.within and not (self.path and re.match(heading.within, self.path[0])):
                continue
            match = heading.pattern.match(line.text)
            if match and not self._continues_sentence(heading):
                self._end_paragraph()
                self._push(heading, match, line)
                return True
        return False

    def _own_lines(self) -> bool:
        """Whether each line of this section is a statement of its own."""
        return bool(self.path and self.path[0].startswith(self.rules.line_per_paragraph or ("\0",)))

    def _continues_sentence(self, heading: HeadingRule) -> bool:
        """In wrapped text a line that starts like a heading may be the middle of a sentence."""
        return bool(self.rules.wrapped and self.paragraph and not self.paragraph[-1].ends_sentence)

    def _push(self, heading: HeadingRule, match: re.Match[str], line: Line) -> None:
        title = match.group("title") if heading.run_in else line.text
        tag = GRADE_TAG.search(title)
        cleaned = _title(title)
        keep = 0 if heading.top else sum(1 for level in self.levels if level < heading.level and level > 0)
        self.path, self.levels = (*self.path_above(keep), cleaned), (*self.levels_above(keep), heading.level)
        self.heading_grade = (
            (tag.group(1), tag.group(2), tag.group(0), line.start + tag.start(), line.start + tag.end())
            if tag
            else None
        )
        self._open_section(line)
        if heading.run_in:
            offset = match.end()
            self._prose(Line(line.text[offset:], line.start + offset, line.end))

    def path_above(self, keep: int) -> tuple[str, ...]:
        return tuple(title for title, level in zip(self.path, self.levels, strict=True) if level > 0)[:keep]

    def levels_above(self, keep: int) -> tuple[int, ...]:
        return tuple(level for level in self.levels if level > 0)[:keep]

    def _open_section(self, line: Line) -> None:
        self.layout.sections.append(
            Section(path=self.path, level=max(1, len(self.path)), start=line.start, end=line.end,
                    language=language_of(line.text))
        )  # fmt: skip

    def _caption(self, line: Line) -> None:
        """A caption between two halves of a sentence does not end the paragraph."""
        self.layout.blocks.append(Block("caption", self.path, line.start, line.end, (line,)))

    def _prose(self, line: Line) -> None:
        previous = self.paragraph[-1] if self.paragraph else None
        if previous is not None and self._paragraph_ends_at(previous):
            self._end_paragraph()
        self.paragraph.append(line)

    def _paragraph_ends_at(self, line: Line) -> bool:
        if self._own_lines():
            return True
        if not line.ends_sentence:
            return False
        return not self.rules.wrapped or line.width < self.full_width * _SHORT_LINE

    def _end_paragraph(self) -> None:
        if self.paragraph:
            first, last = self.paragraph[0], self.paragraph[-1]
            self.layout.blocks.append(
                Block("prose", self.path, first.start, last.end, tuple(self.paragraph), self.heading_grade)
            )
            self.paragraph = []
            self.heading_grade = None

    def _end_table(self) -> None:
        if self.table:
            block = Block("table", self.path, self.table[0].start, self.table[-1].end, tuple(self.table))
            self.layout.blocks.append(block)
            self.table = []

    def _flush(self) -> None:
        self._end_paragraph()
        self._end_table()


def read_layout(source: str, rules: DocumentRules) -> Layout:
    """Blocks, sections and reference lines of one source file."""
    return _Reader(source, rules).read()
