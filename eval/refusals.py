"""How often queries are refused that the documents answer, and that they do not: no key points needed.

``reference/test/labelled.tsv`` holds queries of writers who saw only the sources, one in a line: 1 (the
documents answer it) or 0, a tab, the query. None of them is learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from corpus.errors import CrlmError
from corpus.model import Language
from eval.questions import REFERENCE
from eval.scoring import REFUSING
from index.query import language_of_question

LABELLED = REFERENCE / "test" / "labelled.tsv"


class Labelled(BaseModel):
    """One query."""

    model_config = ConfigDict(frozen=True)

    text: str
    answerable: bool

    @property
    def language(self) -> Language:
        """The language it is asked in."""
        return language_of_question(self.text)


class Refusals(BaseModel):
    """Shares of one group of queries; None of nothing."""

    model_config = ConfigDict(frozen=True)

    group: str
    answerable: int
    answerable_refused: float | None
    unanswerable: int
    unanswerable_refused: float | None


def load_labelled(path: Path = LABELLED) -> list[Labelled]:
    """Queries with their labels; CrlmError names a file that is missing or a line that is broken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CrlmError(f"无法读取 {path}", f"{path} cannot be read") from error
    queries = []
    for number, line in enumerate(lines, 1):
        label, _, text = line.partition("\t")
        if label not in ("0", "1") or not text.strip():
            raise CrlmError(
                f"{path.name} 第{number}行无效：应为“0或1、制表符、问题”",
                f"{path.name} line {number} is invalid: wanted are 0 or 1, a tab and the query",
            )
        queries.append(Labelled(text=text.strip(), answerable=label == "1"))
    return queries


def refusals(assistant: Assistant, queries: Sequence[Labelled]) -> list[Refusals]:
    """Asks every query on its own; all of them, then by language."""
    refused = [
        assistant.ask(Conversation(turns=[Turn(text=q.text)])).status in REFUSING for q in queries
    ]  # fmt: skip
    groups: dict[str, list[int]] = {"all": list(range(len(queries)))}
    for i, query in enumerate(queries):
        groups.setdefault(query.language, []).append(i)
    return [_shares(name, [(queries[i], refused[i]) for i in members]) for name, members in groups.items()]


def _shares(group: str, judged: Sequence[tuple[Labelled, bool]]) -> Refusals:
    by_label = {
        answerable: [refused for query, refused in judged if query.answerable == answerable]
        for answerable in (True, False)
    }
    share = {label: sum(found) / len(found) if found else None for label, found in by_label.items()}
    return Refusals(
        group=group, answerable=len(by_label[True]), answerable_refused=share[True],
        unanswerable=len(by_label[False]), unanswerable_refused=share[False],
    )  # fmt: skip
