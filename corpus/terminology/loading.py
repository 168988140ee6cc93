"""Reading and checking ``concepts.tsv``."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError
from corpus.terminology.terminology import Concept, Terminology

CONCEPTS_FILE = Path(__file__).with_name("concepts.tsv")
COLUMNS = ("id", "category", "zh", "en", "abbreviations", "brands", "lay", "misspellings")


class TerminologyError(CorpusError):
    """The concept table is missing or a line of it is wrong."""


_rows: TypeAdapter[list[Concept]] = TypeAdapter(list[Concept])


def _read_rows(path: Path) -> list[dict[str, object]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise TerminologyError(
            f"无法读取术语表 {path}：{error}", f"cannot read the concept table {path}: {error}"
        ) from error
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise TerminologyError(
            f"{path.name} 第 1 行：表头应为 {' '.join(COLUMNS)}",
            f"{path.name} line 1: the header must be {' '.join(COLUMNS)}",
        )
    rows: list[dict[str, object]] = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            zh, en = f"有 {len(cells)} 列，应为 {len(COLUMNS)} 列", f"{len(cells)} cells, not {len(COLUMNS)}"
            raise _wrong_line(path, number, zh, en)
        row: dict[str, object] = {"id": cells[0], "category": cells[1]}
        for column, cell in zip(COLUMNS[2:], cells[2:], strict=True):
            row[column] = tuple(cell.split("|")) if cell else ()
        rows.append(row)
    return rows


def _wrong_line(path: Path, number: int, zh: str, en: str) -> TerminologyError:
    return TerminologyError(f"{path.name} 第 {number} 行：{zh}", f"{path.name} line {number}: {en}")


def _check(path: Path, concepts: list[Concept]) -> None:
    seen: dict[str, int] = {}
    for number, concept in enumerate(concepts, start=2):
        if not concept.id or concept.id in seen:
            zh, en = f"编号缺失或重复：{concept.id}", f"id missing or twice: {concept.id!r}"
            raise _wrong_line(path, number, zh, en)
        seen[concept.id] = number
        if not concept.zh and not concept.en:
            raise _wrong_line(path, number, "既无中文也无英文", "neither a Chinese nor an English form")
        for column in COLUMNS[2:]:
            forms: tuple[str, ...] = getattr(concept, column)
            if any(not form or form != form.strip() for form in forms):
                raise _wrong_line(path, number, f"{column} 有空白变体", f"empty or padded form in {column}")
            if len(set(forms)) != len(forms):
                raise _wrong_line(path, number, f"{column} 有重复变体", f"a form stands twice in {column}")


def load_terminology(path: Path = CONCEPTS_FILE) -> Terminology:
    """Read and check the concept table. Raises ``TerminologyError`` naming the line at fault."""
    rows = _read_rows(path)
    try:
        concepts = _rows.validate_python(rows)
    except ValidationError as error:
        problem = error.errors()[0]
        row, *field = problem["loc"]
        where = ".".join(str(part) for part in field)
        raise _wrong_line(
            path, int(row) + 2, f"{where}：{problem['msg']}", f"{where}: {problem['msg']}"
        ) from error
    _check(path, concepts)
    return Terminology(concepts)
