"""Rows of a table, kept by the corpus as ``header：value；header：value``, set side by side again.

A row whose text the cells would not give back exactly stays one labelled line: nothing may be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Passage

_GROUP, _CELL, _HEAD = " › ", "；", "："


@dataclass(frozen=True)
class Row:
    """One row. ``cells`` follow the table's columns; empty when the row is shown as its ``line``."""

    passage: Passage
    group: str
    """Label of the rows it belongs to; empty when the same as of the row above."""
    grouped: bool
    """It stands under such a label, its own or that of a row above."""
    cells: tuple[str, ...]
    line: str


@dataclass(frozen=True)
class Table:
    """Consecutive rows under one caption."""

    caption: str
    """Name of the table; empty when it has none."""
    columns: tuple[str, ...]
    """Headers; empty for a list of definitions."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Parsed:
    group: str
    pairs: tuple[tuple[str, str], ...]
    """(header, value); the header of a row's own label may be empty."""


def table_of(passages: Sequence[Passage]) -> Table:
    """The table that consecutive rows with one caption make up."""
    caption = passages[0].lead_in
    bodies = [_body(passage) for passage in passages]
    if all(_is_definition(passage, body) for passage, body in zip(passages, bodies, strict=True)):
        cells = [(head, value) for head, _, value in (body.partition(_HEAD) for body in bodies)]
        defined = zip(passages, bodies, cells, strict=True)
        return Table(caption, (), tuple(Row(p, "", False, (h, v), body) for p, body, (h, v) in defined))
    heads = _known_heads(bodies)
    parsed = [_parse(body, heads) for body in bodies]
    columns = _columns(parsed)
    rows: list[Row] = []
    above = ""
    for passage, body, row in zip(passages, bodies, parsed, strict=True):
        values = {head or columns[0]: value for head, value in row.pairs}
        whole = _text(row) == body and len(values) == len(row.pairs)
        filled = tuple(values.get(column, "") for column in columns) if whole else ()
        shown = row.group if whole and row.group != above else ""
        rows.append(Row(passage, shown, whole and bool(row.group), filled, body))
        above = row.group if whole else ""
    return Table(caption, columns, tuple(rows))


def _body(passage: Passage) -> str:
    return passage.text.removeprefix(f"{passage.lead_in}{_HEAD}") if passage.lead_in else passage.text


def _is_definition(passage: Passage, body: str) -> bool:
    """``T1：…`` printed as two cells: the first is a term and no header."""
    printed = [cell.strip() for cell in passage.sentences[0].text.split("|")] if passage.sentences else []
    return len(printed) == 2 and body == _HEAD.join(printed)


def _known_heads(bodies: Sequence[str]) -> set[str]:
    """What stands before a colon in more than one row (in any, where there is a single row)."""
    counted = Counter(
        head
        for body in bodies
        for head in {piece.partition(_HEAD)[0] for piece in _cells(body) if _HEAD in piece}
    )
    return {head for head, count in counted.items() if count > 1 or len(bodies) == 1}


def _cells(body: str) -> list[str]:
    return body.rpartition(_GROUP)[2].split(_CELL)


def _parse(body: str, heads: set[str]) -> _Parsed:
    group = body.rpartition(_GROUP)[0]
    pairs: list[tuple[str, str]] = []
    for piece in _cells(body):
        head, colon, value = piece.partition(_HEAD)
        if colon and head in heads:
            pairs.append((head, value))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}{_CELL}{piece}")
        else:
            pairs.append(("", piece))
    return _Parsed(group, tuple(pairs))


def _text(row: _Parsed) -> str:
    cells = _CELL.join(f"{head}{_HEAD}{value}" if head else value for head, value in row.pairs)
    return f"{row.group}{_GROUP}{cells}" if row.group else cells


def _columns(parsed: Sequence[_Parsed]) -> tuple[str, ...]:
    """Headers in the order of the fullest rows; the first may be unnamed."""
    columns: list[str] = []
    for row in sorted(parsed, key=lambda row: -sum(bool(head) for head, _ in row.pairs)):
        columns.extend(head for head, _ in row.pairs if head and head not in columns)
    unnamed = [row for row in parsed if not row.pairs[0][0]]
    if not columns or any(head == columns[0] for row in unnamed for head, _ in row.pairs):
        columns.insert(0, "")
    return tuple(columns)
