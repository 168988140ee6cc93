"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class MappedText:
    """A string with, for each character, the half-open source range it stands for.

    ``starts`` and ``ends`` have ``len(text)`` entries each.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def from_source(cls, source: str, start: int = 0, end: int | None = None) -> MappedText:
        end = len(source) if end is None else end
        return cls(source[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))

    def sub(self, pattern: re.Pattern[str], replacement: Replacement) -> MappedText:
        """Replace every match; each new character stands for the whole match."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            a, b = match.span()
            if a == b:
                continue
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            pieces.append(self.text[last:a])
            starts.extend(self.starts[last:a])
            ends.extend(self.ends[last:a])
            pieces.append(new)
            starts.extend([self.starts[a]] * len(new))
            ends.extend([self.ends[b - 1]] * len(new))
            last = b
        if not pieces:
            return self
        pieces.append(self.text[last:])
        starts.extend(self.starts[last:])
        ends.extend(self.ends[last:])
        return MappedText("".join(pieces), tuple(starts), tuple(ends))

    def slice(self, start: int, end: int) -> MappedText:
        return MappedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def strip(self) -> MappedText:
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self.slice(left, max(left, right))
