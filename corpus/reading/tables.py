"""Flattened tables read back into rows, each with its headers and the group it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.reading.cleaning import clean
from corpus.reading.lines import Line

_DEFINITION = re.compile(r"^[TNMG]\w{0,3}$")


@dataclass(frozen=True)
class Cell:
    """One cell: cleaned text and where it stands in the file."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """One data row. ``start``/``end`` run from its first to its last filled cell."""

    label: tuple[str, ...]
    """Group headings above the row, outermost first."""
    pairs: tuple[tuple[str, str], ...]
    """(column header, value); header is empty in a two-column list of definitions."""
    start: int
    end: int

    @property
    def text(self) -> str:
        """The row as one readable line: ``分期：IIIB；T：T2~T3；…``."""
        pairs = [(h, v) for h, v in self.pairs if v]
        if self.label:
            pairs[0] = ("", pairs[0][1])
        cells = "；".join(f"{header}：{value}" if header else value for header, value in pairs)
        return " › ".join((*self.label, cells))


def read_table(lines: Sequence[Line], no_fill_down: Sequence[re.Pattern[str]] = ()) -> list[Row]:
    """Rows of one table block; two tables printed side by side are read one after the other."""
    grid = [(_cells(line), any(p.search(line.text) for p in no_fill_down)) for line in lines]
    header = [cell.text for cell in grid[0][0]]
    if len(header) == 2 and _DEFINITION.match(header[0]):
        return [_definition(cells) for cells, _ in grid]
    if header.count(header[0]) == 2:
        half = header.index(header[0], 1)
        left = [(cells[:half], fixed) for cells, fixed in grid]
        right = [(cells[half:], fixed) for cells, fixed in grid]
        return _body(left) + _body(right)
    return _body(grid)


def _cells(line: Line) -> list[Cell]:
    cells = []
    position = line.start
    for raw in line.text.split("\t"):
        inner = len(raw) - len(raw.lstrip())
        cells.append(Cell(clean(raw), position + inner, position + len(raw.rstrip())))
        position += len(raw) + 1
    return cells


def _definition(cells: list[Cell]) -> Row:
    return Row((), (("", f"{cells[0].text}：{cells[1].text}"),), cells[0].start, cells[-1].end)


def _body(grid: list[tuple[list[Cell], bool]]) -> list[Row]:
    header, rest = _header(grid)
    grouped_table = any(_is_group([c.text for c in cells]) for cells, _ in rest)
    rows: list[Row] = []
    above = ""
    group: tuple[str, ...] = ()
    pending: Cell | None = None
    for cells, fixed in rest:
        texts = [cell.text for cell in cells]
        filled = [cell for cell in cells if cell.text]
        if not filled:
            continue
        if grouped_table and _is_group(texts):
            group = (
                texts[0] + "".join(f"（{h} {t}）" for h, t in zip(header[1:], texts[1:], strict=False) if t),
            )
            continue
        if len(filled) == 1 and not texts[0]:
            pending = filled[0]
            continue
        start = filled[0].start
        if pending is not None:
            texts[-1] = pending.text.rstrip("：:") + "：" + texts[-1]
            start, pending = pending.start, None
        if grouped_table and len([t for t in texts[1:] if t]) >= 2 and _numeric_label(texts[0]):
            group = ()
        if not texts[0] and not fixed:
            texts[0] = above
        above = texts[0] or above
        rows.append(Row(group, tuple(zip(header, texts, strict=False)), start, filled[-1].end))
    return rows


def _numeric_label(text: str) -> bool:
    """``年龄(岁, x̄±s)``: a row that stands for itself and ends the group above it."""
    return "±" in text


def _is_group(texts: list[str]) -> bool:
    """``性别[n(%)]``: a label without values, but for a P value at the end."""
    return bool(texts[0]) and len(texts) > 2 and not any(texts[1:-1])


def _header(grid: list[tuple[list[Cell], bool]]) -> tuple[list[str], list[tuple[list[Cell], bool]]]:
    first = [cell.text for cell in grid[0][0]]
    second = [cell.text for cell in grid[1][0]] if len(grid) > 1 else []
    if second and not second[0] and any(not text for text in first[1:]) and all(second[1:]):
        spread = list(first)
        for i in range(1, len(spread)):
            spread[i] = spread[i] or spread[i - 1]
        return [spread[0], *(f"{a} {b}" for a, b in zip(spread[1:], second[1:], strict=False))], grid[2:]
    return first, grid[1:]
