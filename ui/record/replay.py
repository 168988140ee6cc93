"""Asking a record's conversation again and telling what came back differently."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from assistant.answer import Answer, Citation, Conversation
from corpus.model import Language
from ui.record.page import record_page
from ui.record.record import Record, canonical
from ui.web.session import PASSAGES_KEPT

LINES: dict[str, tuple[str, str]] = {
    "same": ("逐字节一致", "reproduced byte for byte"),
    "changed": ("与记录不一致：", "The answer differs from the record:"),
    "trace": ("版本 {name}：{old} → {new}", "trace {name}: {old} → {new}"),
    "same_trace": (
        "版本信息全部相同，因此结果本应一致；记录可能被改写过",
        "every trace hash is the same, so the answer should be too: the record may have been rewritten",
    ),
    "text": ("回答文字：", "text:"),
    "gone": ("引用不再出现：[{marker}] {id} {start}–{end}", "citation gone: [{marker}] {id} {start}–{end}"),
    "new": ("新的引用：[{marker}] {id} {start}–{end}", "citation new: [{marker}] {id} {start}–{end}"),
    "cited": ("引用 [{marker}] {id} 的 {name}：{old} → {new}", "citation [{marker}] {id} {name}: {old} → {new}"),
    "value": ("{name}：{old} → {new}", "{name}: {old} → {new}"),
    "page": (
        "注意：页面上的文字与其内含数据不一致（被改动过，或由其他版本生成）；复核只针对内含数据",
        "Note: what the page shows is not what its data say (edited, or made by another version); only the data were checked",
    ),
}  # fmt: skip


class Asks(Protocol):
    """What replaying needs of ``assistant.assistant.Assistant``."""

    def ask(self, conversation: Conversation) -> Answer: ...


def replay(record: Record, assistant: Asks, language: Language) -> list[str]:
    """What is different now, one line each; empty when the answer is the same byte for byte."""
    fresh = assistant.ask(record.conversation)
    fresh = fresh.model_copy(update={"passages": fresh.passages[:PASSAGES_KEPT]})
    return list(differences(record.answer, fresh, language))


def page_differs(record: Record, file: str) -> bool:
    """A page whose visible part is not the one its data give."""
    return not file.lstrip().startswith("{") and file != record_page(record)


def say(key: str, language: Language, **values: object) -> str:
    """One line of the report."""
    return LINES[key][0 if language == "zh" else 1].format(**values)


def differences(old: Answer, new: Answer, language: Language) -> Iterator[str]:
    """Every difference, the causes (versions) first."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    if canonical(before) == canonical(after):
        return
    traces = list(_values("", before.pop("trace"), after.pop("trace")))
    for name, was, now in traces:
        yield say("trace", language, name=name, old=was, new=now)
    if not traces:
        yield say("same_trace", language)
    was_text, now_text = before.pop("text"), after.pop("text")
    if was_text != now_text:
        yield say("text", language)
        yield from difflib.unified_diff(
            was_text.splitlines(), now_text.splitlines(), "record", "now", lineterm=""
        )
    before.pop("citations"), after.pop("citations")
    yield from _citations(old.citations, new.citations, language)
    for name, was, now in _values("", before, after):
        yield say("value", language, name=name, old=_short(was), new=_short(now))


def _citations(old: list[Citation], new: list[Citation], language: Language) -> Iterator[str]:
    """Citations by the sentence they quote, so that a new number is not a new citation."""
    kept = {(item.document_id, item.start, item.end): item for item in new}
    for item in old:
        same = kept.pop((item.document_id, item.start, item.end), None)
        if same is None:
            yield _named("gone", item, language)
            continue
        for name, was, now in _values("", item.model_dump(mode="json"), same.model_dump(mode="json")):
            values = {"marker": item.marker, "id": item.passage_id, "name": name}
            yield say("cited", language, **values, old=_short(was), new=_short(now))
    for item in kept.values():
        yield _named("new", item, language)


def _named(key: str, item: Citation, language: Language) -> str:
    return say(key, language, marker=item.marker, id=item.passage_id, start=item.start, end=item.end)


def _values(name: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """(path, old, new) of every leaf that differs."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted(old.keys() | new.keys(), key=str):
            yield from _values(f"{name}.{key}" if name else str(key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (was, now) in enumerate(zip(old, new, strict=True)):
            yield from _values(f"{name}[{number}]", was, now)
    elif old != new or type(old) is not type(new):
        yield name, old, new


def _short(value: Any) -> str:
    written = canonical(value).decode() if not isinstance(value, str) else value
    return written if len(written) <= 300 else f"{written[:300]}…"
