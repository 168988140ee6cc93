"""JSON-lines in, JSON-lines out: one bad line never stops the others, the output appears whole."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import CrlmError
from corpus.model import Language
from ui.messages import say

Handle = Callable[[dict[str, Any]], dict[str, Any]]


class LineError(Exception):
    """What is wrong with one line."""


def run_batch(source: Path, target: Path, handle: Handle, language: Language) -> tuple[int, int]:
    """Apply ``handle`` to every line; returns (done, failed). CrlmError when a file cannot be used.

    A failed line becomes ``{"id", "error"}``; a line without an id is named ``line N``.
    """
    if source.resolve() == target.resolve():
        raise CrlmError(say("same_file", "zh"), say("same_file", "en"))
    done = failed = 0
    try:
        descriptor, fresh = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent or Path("."))
    except OSError as error:
        raise _write_error(target, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            for row, ok in _rows(source, handle, language):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                done, failed = done + ok, failed + (not ok)
        Path(fresh).chmod(0o644)
        os.replace(fresh, target)
    except OSError as error:
        raise _write_error(target, error) from error
    finally:
        Path(fresh).unlink(missing_ok=True)
    return done, failed


def _write_error(target: Path, error: OSError) -> CrlmError:
    return CrlmError(*(say("cannot_write", code, target, error.strerror) for code in ("zh", "en")))


def _rows(source: Path, handle: Handle, language: Language) -> Iterator[tuple[dict[str, Any], bool]]:
    try:
        raw_lines = source.read_bytes().split(b"\n")
    except FileNotFoundError as error:
        raise CrlmError(say("no_file", "zh", source), say("no_file", "en", source)) from error
    except OSError as error:
        raise CrlmError(
            *(say("cannot_read", code, source, error.strerror) for code in ("zh", "en"))
        ) from error
    for number, raw in enumerate(raw_lines, 1):
        if not raw.strip():
            continue
        name: Any = f"line {number}"
        try:
            row = _parse(raw, language)
            name = row.get("id", name)
            yield {"id": name, **handle(row)}, True
        except LineError as error:
            yield {"id": name, "error": str(error)}, False
        except CrlmError as error:
            yield {"id": name, "error": error.message(language)}, False


def _parse(raw: bytes, language: Language) -> dict[str, Any]:
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError(say("not_text", language)) from error
    except (ValueError, RecursionError) as error:
        raise LineError(say("bad_json", language, error)) from error
    if not isinstance(row, dict):
        raise LineError(say("not_object", language, '{"id": "1", "turns": ["…"]}'))
    return row


def turns_of(row: dict[str, Any], language: Language) -> list[tuple[str, str]]:
    """(role, text) of every turn of a batch line."""
    turns = row.get("turns")
    if not isinstance(turns, list) or not turns:
        raise LineError(say("no_turns", language))
    read = []
    for turn in turns:
        if isinstance(turn, str):
            read.append(("user", turn))
        elif (
            isinstance(turn, dict)
            and isinstance(turn.get("text"), str)
            and turn.get("role", "user") in ("user", "assistant")
        ):
            read.append((turn.get("role", "user"), turn["text"]))
        else:
            raise LineError(say("bad_turn", language))
    return read
