"""A document in reading order: its headings as a tree, and what stands under each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.model import Document, Language, Passage, PassageKind
from ui.web.pages.rows import Table, table_of

Path = tuple[str, ...]

CAPTIONS = 4
"""Blocks above a table in which its printed caption may stand (two languages, a note each)."""


@dataclass
class Node:
    """A heading in the outline."""

    anchor: str
    path: Path
    language: Language
    children: list[Node] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.path[-1]


@dataclass(frozen=True)
class Heading:
    """A heading in the text. ``again``: the text returns to it after a part of its own."""

    node: Node
    again: bool = False

    @property
    def rank(self) -> int:
        """Heading level of the page: the title is 1."""
        return min(len(self.node.path) + 1, 6)


@dataclass(frozen=True)
class Piece:
    """A gap and a sentence's place in ``Passage.sentences``."""

    gap: str
    number: int


@dataclass(frozen=True)
class Prose:
    """A passage of sentences, or a caption."""

    passage: Passage
    pieces: tuple[Piece, ...]
    introduced: str
    """Where its lead-in was already read: ``above`` it, earlier in the ``section``, or not yet (empty)."""


@dataclass(frozen=True)
class TableBlock:
    """A table. ``captioned``: its caption is not already read right above it."""

    table: Table
    captioned: bool


Block = Heading | Prose | TableBlock


@dataclass(frozen=True)
class Layout:
    """What the page shows of a document."""

    outline: tuple[Node, ...]
    blocks: tuple[Block, ...]
    section_of: dict[str, str]
    """Anchor of the heading over every passage id."""


def lay_out(document: Document) -> Layout:
    """Headings where their first passage stands; headings without text keep their printed place."""
    return _Builder(document).build()


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.roots: list[Node] = []
        self.nodes: dict[Path, Node] = {}
        self.blocks: list[Block] = []
        self.printed = {section.path: number for number, section in enumerate(document.sections)}
        used = {p.section[:i] for p in document.passages for i in range(1, len(p.section) + 1)}
        self.bare = [s for s in document.sections if s.path not in used]

    def build(self) -> Layout:
        section_of: dict[str, str] = {}
        here: Path = ()
        read: list[str] = []
        for run in _runs(self.document.passages):
            path = run[0].section
            if path != here:
                self._open(path, run[0].language)
                here, read = path, []
            for passage in run:
                section_of[passage.id] = self.nodes[path].anchor if path else ""
            if run[0].kind is PassageKind.TABLE_ROW:
                self.blocks.append(self._table(run))
            else:
                self.blocks.append(Prose(run[0], pieces(run[0]), _introduced(run[0].lead_in, read)))
            read.append("\n".join((run[-1].lead_in, run[-1].text)))
        self._bare_before(len(self.printed))
        return Layout(tuple(self.roots), tuple(self.blocks), section_of)

    def _table(self, rows: list[Passage]) -> TableBlock:
        table = table_of(rows)
        above = {
            block.passage.text
            for block in self.blocks[-CAPTIONS:]
            if isinstance(block, Prose) and block.passage.kind is PassageKind.CAPTION
        }
        return TableBlock(table, bool(table.caption) and table.caption not in above)

    def _open(self, path: Path, language: Language) -> None:
        if path in self.nodes:
            self.blocks.append(Heading(self.nodes[path], again=True))
            return
        for length in range(1, len(path) + 1):
            if path[:length] not in self.nodes:
                self._bare_before(self.printed.get(path[:length], -1))
                self._add(path[:length], language)

    def _bare_before(self, place: int) -> None:
        while self.bare and self.printed[self.bare[0].path] < place:
            section = self.bare.pop(0)
            for length in range(1, len(section.path) + 1):
                if section.path[:length] not in self.nodes:
                    self._add(section.path[:length], section.language)

    def _add(self, path: Path, language: Language) -> None:
        node = Node(f"s{len(self.nodes) + 1}", path, language)
        self.nodes[path] = node
        parent = self.nodes.get(path[:-1])
        (parent.children if parent else self.roots).append(node)
        self.blocks.append(Heading(node))


def _introduced(lead_in: str, read: list[str]) -> str:
    if not lead_in or (read and lead_in in read[-1]):
        return "above"
    return "section" if any(lead_in in text for text in read) else ""


def _runs(passages: tuple[Passage, ...]) -> Iterator[list[Passage]]:
    """Rows of one table together, everything else one by one."""
    run: list[Passage] = []
    for passage in passages:
        row = passage.kind is PassageKind.TABLE_ROW
        if run and not (row and _table_key(run[-1]) == _table_key(passage)):
            yield run
            run = []
        run.append(passage)
    if run:
        yield run


def _table_key(passage: Passage) -> tuple[PassageKind, Path, str]:
    return passage.kind, passage.section, passage.lead_in


def pieces(passage: Passage) -> tuple[Piece, ...]:
    """The passage's sentences with what stands between them (a blank, or nothing in Chinese)."""
    found: list[Piece] = []
    cursor = 0
    for number, sentence in enumerate(passage.sentences):
        at = passage.text.find(sentence.text, cursor)
        gap = passage.text[cursor:at] if at >= 0 else " " if found else ""
        found.append(Piece(gap, number))
        cursor = at + len(sentence.text) if at >= 0 else cursor
    return tuple(found)
