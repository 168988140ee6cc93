"""How many regional lymph nodes are positive."""

from __future__ import annotations

import re

from assistant.measurements.numerals import count_of

_COUNT = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_NODE = r"(?:淋巴结|(?:lymph )?nodes?\b|\blns?\b)"
_BAD = r"(?:阳性|有癌|见癌|受累|转移|癌转移|\+|pos(?:itive)?\b|involved|metastatic|with (?:tumou?r|mets))"
_SHARE = re.compile(
    rf"(?:{_NODE}|\bpn\d?[a-c]?\b)[^\d,，;；。]{{0,14}}(\d{{1,3}})\s*(?:/|of|out of)\s*(\d{{1,3}})"
    rf"|(\d{{1,3}})\s*(?:/|of|out of)\s*(\d{{1,3}})\s*(?:枚|个)?\s*(?:regional )?(?:{_NODE}|{_BAD})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"{_COUNT}\s*(?:枚|个)?\s*(?:区域|regional |lymph )*{_NODE}?\s*(?:are |were |was |is )?{_BAD}"
    rf"|{_COUNT}\s*(?:positive|involved|metastatic) (?:regional )?(?:lymph )?nodes?"
    rf"|(?:阳性(?:{_NODE})?|{_NODE}(?:转移|阳性)|positive nodes?|nodes? positive)[^\d,，;；。]{{0,6}}{_COUNT}",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\bno (?:positive|involved|metastatic) (?:regional )?(?:lymph )?nodes|淋巴结(?:全部|均|都|全)?(?:阴(?:性)?|未见转移|无转移)|(?:all |every )(?:lymph )?nodes? (?:are |were )?negative|\bnodes?\b[^.;]{0,20}\b(?:all (?:of them )?(?:were |are )?negative|none (?:of them )?(?:were |are |was |is )?(?:positive|involved))",
    re.IGNORECASE,
)
_ABOUT_NODES = re.compile(rf"{_NODE}|\bN\s*(?:几|分期|stage|category)|清扫", re.IGNORECASE)


def positive_nodes(text: str) -> int | None:
    """The count, "5/20" and "5 of 20" meaning five of twenty; None when the text does not give one."""
    return nodes_told(text)[0]


def nodes_told(text: str) -> tuple[int | None, str]:
    """The count and the text that gives it."""
    if match := _SHARE.search(text):
        return int(match.group(1) or match.group(3)), match.group()
    if match := _NONE.search(text):
        return 0, match.group()
    if _ABOUT_NODES.search(text) and (match := _COUNTED.search(text)):
        return count_of(next(g for g in match.groups() if g)), match.group()
    return None, ""
