"""Categories: T, N, M, and levels of evidence."""

from __future__ import annotations

import re

_TNM = re.compile(
    r"(?<![A-Za-z])[cpy]{0,2}(T(?:is|x|\d[a-d]?))\s*[cpy]?(N(?:x|\d[abc]?|\+))?\s*[cpy]?(M(?:x|\d[abc]?))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_APART = {
    "T": re.compile(r"(?<![A-Za-z0-9])[cpyr]{0,2}(T(?:is|\d[a-d]?))(?![A-Za-z0-9])", re.IGNORECASE),
    "N": re.compile(r"(?<![A-Za-z0-9])[cpyr]{0,2}(N(?:x|\d[abc]?|\+))(?![A-Za-z0-9])", re.IGNORECASE),
    "M": re.compile(r"(?<![A-Za-z0-9])[cpyr]{0,2}(M(?:x|\d[abc]?))(?![A-Za-z0-9])", re.IGNORECASE),
}
_LEVEL = re.compile(
    r"(?<![A-Za-z0-9.])([123][abc]|[45])\s*(?:类|级|级别)?\s*(?:证据|evidence)|(?:level|证据(?:级别)?)\s*([123][abc]|[45])(?![\d.])",
    re.IGNORECASE,
)
_LEVEL_ALONE = re.compile(r"(?<![A-Za-z0-9.])[123][abc](?![A-Za-z0-9])")


def tnm(text: str) -> dict[str, str]:
    """T, N and M as AJCC writes them, together (pT3N1M0) or apart."""
    found: dict[str, str] = {}
    if match := _TNM.search(text):
        found = {name: g for name, g in zip("TNM", match.groups(), strict=True) if g}
    for name, pattern in _APART.items():
        if name not in found and (found or name != "M") and (match := pattern.search(text)):
            found[name] = match.group(1)
    return {k: v[0].upper() + v[1:].lower() for k, v in found.items()}


def every_tnm(text: str) -> list[dict[str, str]]:
    """Each complete T-N-M of a text, in its order, once."""
    found = [
        {k: v[0].upper() + v[1:].lower() for k, v in zip("TNM", match.groups(), strict=True)}
        for match in _TNM.finditer(text)
        if all(match.groups())
    ]
    return [item for n, item in enumerate(found) if item not in found[:n]]


def evidence_level(text: str) -> str | None:
    """``1a`` … ``5``; one with its letter may stand alone."""
    if match := _LEVEL.search(text):
        return next(g for g in match.groups() if g).lower()
    alone = _LEVEL_ALONE.search(text)
    return alone.group() if alone else None
