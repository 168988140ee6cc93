"""The feedback file under two writers, a crash in the middle, a full disk and hostile text."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

from assistant.answer import Answer, Trace
from corpus.errors import CrlmError
from ui.feedback import LONGEST_REASON, Entry, Store, entry_of, read
from ui.feedback.summary import print_summary

ANSWER = Answer(
    status="not_found", language="en", text="x", trace=Trace(corpus="c", index="i", model="m", version="0")
)


def entry(reason: str = "", question: str = "问", verdict: str = "down") -> Entry:
    return entry_of(question, ANSWER, verdict, ["wrong"], reason)  # type: ignore[arg-type]


def write_many(path: str, name: str) -> None:
    store = Store(Path(path))
    for number in range(60):
        store.append(entry(f"{name} {number} " + "长" * 900))


def test_a_line_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    Store(path).append(entry("第一行\n第二行 \u2028 \x1b[31m"))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert len(lines) == 2 and lines[1] == ""
    kept = json.loads(lines[0])
    assert kept["reason"] == "第一行\n第二行 \u2028 \x1b[31m"
    assert set(kept) == {
        "time", "question", "status", "trace", "passages", "verdict", "categories", "reason"
    }  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(path), name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    entries, damaged = read(path)
    assert (len(entries), damaged) == (120, 0)
    assert {each.reason[0] for each in entries} == {"a", "b"}


@pytest.mark.parametrize("torn", [b'{"time": "2026', '{"reason": "中'.encode()[:-1], b"{", b"\xff"])
def test_a_torn_end_costs_only_itself(torn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    store = Store(path)
    store.append(entry("one"))
    with path.open("ab") as out:
        out.write(torn)
    store.append(entry("two"))
    entries, damaged = read(path)
    assert [each.reason for each in entries] == ["one", "two"]
    assert damaged == 1


def test_a_whole_line_without_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text(entry("one").model_dump_json(), encoding="utf-8")
    Store(path).append(entry("two"))
    assert [each.reason for each in read(path)[0]] == ["one", "two"]


def test_checking_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine", encoding="utf-8")
    Store(path).check()
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "f.jsonl", tmp_path):
        with pytest.raises(CrlmError) as error:
            Store(path).check()
        assert "反馈文件" in error.value.zh


def test_a_full_disk_adds_no_entry(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    path = tmp_path / "f.jsonl"
    path.symlink_to("/dev/full")
    with pytest.raises(CrlmError):
        Store(path).append(entry())


def test_a_long_reason_is_refused() -> None:
    assert entry("长" * LONGEST_REASON).reason
    with pytest.raises(ValidationError):
        entry("长" * (LONGEST_REASON + 1))


def test_the_summary_counts_and_steers_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    store = Store(path)
    store.append(entry("[red]bad[/red] \x1b]0;owned\x07", "\x1b[2Jq"))
    store.append(entry("", "second", "up"))
    out = io.StringIO()
    print_summary(*read(path), Console(file=out, width=160, color_system=None), "en")
    shown = out.getvalue()
    assert "\x1b" not in shown and "\x07" not in shown
    assert "[red]bad[/red]" in shown and "second" in shown and "not_found" in shown and "wrong" in shown


def test_an_empty_file_has_a_summary(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text("\n{}\n")
    out = io.StringIO()
    print_summary(*read(path), Console(file=out, width=80), "zh")
    assert "还没有反馈" in out.getvalue() and "1行无法读取" in out.getvalue()
    with pytest.raises(CrlmError):
        read(tmp_path / "none")
