"""Lines of a source file with their character offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.model import Language
from corpus.reading.cleaning import CJK

_TERMINAL = re.compile(r"[。！？.!?][”’）)\]】》\"* ]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its newline: ``source[start:end] == text``."""

    text: str
    start: int
    end: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def ends_sentence(self) -> bool:
        return bool(_TERMINAL.search(self.text.rstrip()))

    @property
    def width(self) -> int:
        """Columns on the printed page: a Chinese character is as wide as two Latin ones."""
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in self.text.strip())


def split_lines(source: str) -> list[Line]:
    """Every line of the file, blank ones too."""
    lines = []
    position = 0
    for raw in source.split("\n"):
        lines.append(Line(raw.rstrip("\r"), position, position + len(raw.rstrip("\r"))))
        position += len(raw) + 1
    return lines


def language_of(text: str) -> Language:
    """``zh`` when at least a tenth of the letters are Chinese characters."""
    chinese = len(re.findall(f"[{CJK}]", text))
    latin = len(re.findall(r"[A-Za-z]", text))
    return "zh" if chinese and chinese * 9 >= latin else "en"
