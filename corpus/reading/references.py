"""Reference lists: one ``Reference`` per printed number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import Reference
from corpus.reading.lines import Line

_ENTRY = re.compile(r"^\s*(?:- )?\[(\d{1,3})\]\s*(.*)$")
_DOI = re.compile(r"doi:\s*\[?\s*(10\.\d{4,9}/[^\s\]]+(?:\s*[^\s\]]*)?)", re.IGNORECASE)
_LINK = re.compile(r"\]\((https?://[^\s]+)\)\.?$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def read_references(lines: Iterable[Line]) -> tuple[Reference, ...]:
    """Entries of one reference list, in order; wrapped lines and second-language twins are joined."""
    entries: list[tuple[int, list[str]]] = []
    for line in lines:
        match = _ENTRY.match(line.text)
        if match and (not entries or int(match.group(1)) > entries[-1][0]):
            entries.append((int(match.group(1)), [match.group(2)]))
        elif entries and not line.blank:
            entries[-1][1].append(line.text.strip().removeprefix("- "))
    return tuple(_parse(number, _join(parts)) for number, parts in entries)


def _join(parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        glue = "" if re.search(r"[–/]$|\d\.$|\.[a-z]\.$", text) else " "
        text += glue + part
    text = re.sub(r"\*([^*]+)\*", r"\1", text)
    text = re.sub(r"\[(10\.[^\]]+)\]\((?:[^()]|\\?\([^()]*\\?\))*\)", r"\1", text)
    return re.sub(r"\s+", " ", text).replace("\\_", "_").replace("\\(", "(").replace("\\)", ")").strip()


def _parse(number: int, text: str) -> Reference:
    authors, title = _authors_and_title(text)
    doi = re.search(r"doi:\s*(10\.\d{4,9}/[^\s]+)", text, re.IGNORECASE)
    tail = text.split("[J]", 1)[-1] if "[J]" in text else text
    years = _YEAR.findall(re.sub(r"doi:.*", "", tail, flags=re.IGNORECASE))
    return Reference(
        number=number, text=text, authors=authors, title=title,
        year=int(years[0]) if years else None, doi=doi.group(1).rstrip(".,") if doi else None,
    )  # fmt: skip


def _authors_and_title(text: str) -> tuple[str, str]:
    head = re.split(r"\s*\[J\]", text, maxsplit=1)[0]
    match = re.match(r"(.+?(?:et al|等)|[^.]+?)[.．]\s*(.+)$", head)
    if not match:
        return "", head.strip()
    return match.group(1).strip(), match.group(2).strip().rstrip(".")
