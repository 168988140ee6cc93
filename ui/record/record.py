"""What a record holds, how it is sealed with checksums, and how it is read back from a file.

The checksums find a damaged or hand-edited file. They are no signature: whoever rewrites the file can
rewrite them, which asking again (``ui.record.replay``) then shows.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Conversation
from corpus.errors import CrlmError

FAMILY = "crlm-record"
VERSION = 1
FORMAT = f"{FAMILY}/{VERSION}"
ELEMENT = "crlm-record"
"""Id of the element that holds the data in a printed page."""
LARGEST = 20_000_000
"""Bytes; a record is some 20 kB."""

_FORMAT = re.compile(rf"{FAMILY}/(\d{{1,6}})")


class RecordError(CrlmError):
    """A file is no record, a damaged one, or one of a later version."""


class Record(BaseModel):
    """One answer with the conversation that led to it."""

    model_config = ConfigDict(extra="forbid")

    format: str
    created: str
    """When the record was made, ISO 8601, UTC, to the second."""
    conversation: Conversation
    answer: Answer
    conversation_sha256: str
    answer_sha256: str
    """Of ``canonical`` of the part as it stands in the file."""


def make(conversation: Conversation, answer: Answer, created: datetime | None = None) -> Record:
    """The record of ``answer``; ``created`` is now unless told."""
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    return Record(
        format=FORMAT,
        created=moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        conversation=conversation,
        answer=answer,
        conversation_sha256=digest(conversation.model_dump(mode="json")),
        answer_sha256=digest(answer.model_dump(mode="json")),
    )


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, ASCII only: the same data gives the same bytes anywhere."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def digest(value: Any) -> str:
    """SHA-256 of ``canonical``, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read(path: Path) -> tuple[Record, str]:
    """The record in a file, HTML or JSON, and the file's text. RecordError says what is wrong with it."""
    return parse(text := _text(path)), text


def parse(text: str) -> Record:
    """The record in the text of a file. The checksums are those of the data as they stand in it."""
    raw = _data(text)
    found = _FORMAT.fullmatch(str(raw.get("format")))
    if not found:
        raise RecordError("这不是本工具的回答记录", "This is not a record made by this tool")
    if int(found.group(1)) > VERSION:
        raise _newer(found.group())
    for part, zh in (("conversation", "对话"), ("answer", "回答")):
        if raw.get(f"{part}_sha256") != digest(raw.get(part)):
            raise RecordError(
                f"记录已损坏或被改动：“{zh}”部分与其SHA-256校验值不符",
                f"The record is damaged or was changed: its {part} does not match its SHA-256",
            )
    try:
        return Record.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise _newer(place) from error
        raise RecordError(
            f"记录不完整或格式有误（{place}）", f"The record is incomplete or malformed ({place})"
        ) from error


def _newer(what: str) -> RecordError:
    return RecordError(
        f"记录由更新版本的工具生成（{what}），请升级后再试",
        f"The record was made by a newer version ({what}); update this tool to read it",
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise RecordError(f"文件过大，不是回答记录：{path}", f"Too large for a record: {path}")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise RecordError(f"找不到文件：{path}", f"No such file: {path}") from error
    except OSError as error:
        reason = error.strerror
        raise RecordError(f"无法读取 {path}：{reason}", f"Cannot read {path}: {reason}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"不是UTF-8文字，无法读取：{path}", f"Not UTF-8 text: {path}") from error


def _data(text: str) -> dict[str, Any]:
    body = text if text.lstrip().startswith("{") else _embedded(text)
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RecordError(
            f"记录已损坏，不是有效的JSON：{error}", f"The record is damaged, its data is not JSON: {error}"
        ) from error
    if not isinstance(raw, dict):
        raise RecordError("这不是本工具的回答记录", "This is not a record made by this tool")
    return raw


def _embedded(text: str) -> str:
    finder = _Finder()
    finder.feed(text)
    finder.close()
    if len(finder.found) != 1 or finder.open:
        raise RecordError(
            "这不是本工具的回答记录（文件中没有完整的数据部分）",
            "This is not a record made by this tool (no complete data part in it)",
        )
    return finder.found[0]


class _Finder(HTMLParser):
    """The content of every ``<script id="crlm-record">``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and dict(attrs).get("id") == ELEMENT:
            self.open = True
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.open = False
