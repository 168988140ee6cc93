"""The feedback file: appended under a lock, whole lines only, never rewritten."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer, Status, Trace
from corpus.errors import CrlmError

LONGEST_REASON = 1000
"""Characters."""
LOCK_SECONDS = 10.0
CATEGORIES: dict[str, tuple[str, str]] = {
    "wrong": ("内容不对", "wrong"),
    "incomplete": ("不完整", "incomplete"),
    "source": ("引用不当", "wrong source"),
    "missed": ("文献中有却没答出", "in the documents but not found"),
    "unclear": ("看不明白", "hard to understand"),
}


class Entry(BaseModel):
    """One verdict on one answer. Fields of later versions are read over."""

    model_config = ConfigDict(extra="ignore")

    time: str
    """ISO 8601, UTC, to the second."""
    question: str
    status: Status
    trace: Trace
    passages: list[str]
    """Ids of the cited passages, in the order of the markers."""
    verdict: Literal["up", "down"]
    categories: list[str] = Field(default_factory=list)
    reason: str = Field(default="", max_length=LONGEST_REASON)


def entry_of(
    question: str, answer: Answer, verdict: Literal["up", "down"], categories: list[str], reason: str
) -> Entry:
    """The entry for ``answer``, made now. ValidationError when the reason is too long."""
    return Entry(
        time=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        question=question,
        status=answer.status,
        trace=answer.trace,
        passages=list(dict.fromkeys(citation.passage_id for citation in answer.citations)),
        verdict=verdict,
        categories=categories,
        reason=reason,
    )


class Store:
    """Appends to one file; several processes may hold one each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """CrlmError when the file cannot be written; makes an empty one where there is none."""
        self._append(b"")

    def append(self, entry: Entry) -> None:
        """Add one line and see it onto the disk. CrlmError when that fails: then nothing was added,
        or a torn end that the next writer closes off and ``read`` leaves out."""
        self._append(entry.model_dump_json().encode("utf-8", "replace") + b"\n")

    def _append(self, line: bytes) -> None:
        if self.path.is_dir() or not self.path.parent.is_dir():  # else the lock would make the folder
            raise _cannot_write(self.path, "no such folder, or it is one")
        try:
            with FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS):
                handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    if line:
                        _write(handle, (b"\n" if _torn(handle) else b"") + line)
                finally:
                    os.close(handle)
        except Timeout as error:
            raise _cannot_write(self.path, "locked") from error
        except OSError as error:
            raise _cannot_write(self.path, error.strerror) from error


def _torn(handle: int) -> bool:
    """The last writer was cut off in the middle of its line."""
    size = os.lseek(handle, 0, os.SEEK_END)
    if not size:
        return False
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) != b"\n"


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
    os.fsync(handle)


def _cannot_write(path: Path, reason: str | None) -> CrlmError:
    return CrlmError(f"无法写入反馈文件 {path}：{reason}", f"Cannot write the feedback file {path}: {reason}")


def read(path: Path) -> tuple[list[Entry], int]:
    """All whole entries, oldest first, and how many lines could not be read."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError as error:
        raise CrlmError(f"找不到文件：{path}", f"No such file: {path}") from error
    except OSError as error:
        reason = error.strerror
        raise CrlmError(f"无法读取 {path}：{reason}", f"Cannot read {path}: {reason}") from error
    entries, damaged = [], 0
    for line in lines:
        if not line.strip():
            continue
        try:
            entries.append(Entry.model_validate_json(line))
        except ValidationError:
            damaged += 1
    return entries, damaged
