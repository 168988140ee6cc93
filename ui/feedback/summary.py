"""The feedback file as tables on a terminal."""

from __future__ import annotations

import unicodedata
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.model import Language
from ui.feedback.store import CATEGORIES, Entry

SHOWN = 20
"""Latest entries listed."""
_TEXTS: dict[str, tuple[str, str]] = {
    "status": ("回答状态", "status"),
    "up": ("有帮助", "helpful"),
    "down": ("没帮助", "not helpful"),
    "total": ("合计", "total"),
    "category": ("原因", "category"),
    "count": ("次数", "count"),
    "latest": ("最近的评价", "latest"),
    "time": ("时间", "time"),
    "verdict": ("评价", "verdict"),
    "question": ("问题", "question"),
    "reason": ("说明", "reason"),
    "none": ("还没有反馈", "No feedback yet"),
    "damaged": ("{0}行无法读取，已跳过", "{0} lines could not be read and were left out"),
}


def print_summary(entries: list[Entry], damaged: int, console: Console, language: Language) -> None:
    """Verdicts by status, reasons by category, the latest entries."""

    def say(key: str) -> str:
        return _TEXTS[key][0 if language == "zh" else 1]

    if not entries:
        console.print(Text(say("none")))
    else:
        counted = Table(say("status"))
        for key in ("up", "down", "total"):
            counted.add_column(say(key), justify="right")
        rows = Counter((entry.status, entry.verdict) for entry in entries)
        for status in sorted({entry.status for entry in entries}):
            up, down = rows[status, "up"], rows[status, "down"]
            counted.add_row(status, str(up), str(down), str(up + down))
        console.print(counted)
        named = Counter(category for entry in entries for category in entry.categories)
        if named:
            reasons = Table(say("category"), say("count"))
            for category, count in named.most_common():
                reasons.add_row(_category(category, language), str(count))
            console.print(reasons)
        console.print(_latest(entries, language, say("latest")))
    if damaged:
        console.print(Text(say("damaged").format(damaged), style="yellow"))


def _latest(entries: list[Entry], language: Language, title: str) -> Table:
    spoken = 0 if language == "zh" else 1
    heads = [_TEXTS[key][spoken] for key in ("time", "verdict", "status", "question", "category", "reason")]
    table = Table(*heads, title=title)
    for entry in entries[-SHOWN:][::-1]:
        categories = ", ".join(_category(each, language) for each in entry.categories)
        cells = (
            entry.time,
            _TEXTS[entry.verdict][spoken],
            entry.status,
            entry.question,
            categories,
            entry.reason,
        )
        table.add_row(*(Text(_printable(cell)) for cell in cells))
    return table


def _category(name: str, language: Language) -> str:
    return _printable(CATEGORIES[name][0 if language == "zh" else 1] if name in CATEGORIES else name)


def _printable(text: str) -> str:
    """No control characters: what a reader typed must not steer the terminal."""
    return "".join(" " if unicodedata.category(mark).startswith("C") else mark for mark in text)
