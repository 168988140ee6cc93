"""Whether a text says that something is there, says that it is not, or leaves it open."""

from __future__ import annotations

import re

EARLIER = "\x1e"
"""Between a text and the one said before it, latest first."""
_CLAUSE = re.compile(r"[,，;；。:：\n!！]|\.\s|\bbut\b|\bwith\b(?!out)|但|而")
_NO_BEFORE = re.compile(
    r"(?:无|没有?|未见|未|否认|排除|不伴|不存在)[^,，;；。]{0,14}$|\b(?:no|not|without|denies|nothing|negative for|never|none|free of|absent|w/o)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_NO_AFTER = re.compile(
    r"^[^,，;；。\d]{0,12}?(?:均|都|皆)(?:为|是)?(?:阴性|未见|无|没有|正常)|^[:：\s]{0,2}(?:无|没有?)(?=[\s,，;；。、]|$)|^(?:(?!阳性)[^,，;；。、\d]){0,6}(?:阴性|未[见侵受累及]|没有|没问题|没事|正常|均无|消失|干净|\(-\)|（-）)|^\W{0,2}(?:is |are |was |were )?(?:negative|absent|none|gone|clean|normal|uninvolved|clear(?:ed)?|resolved|excluded|free|nil|0\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^[^,，;；。]{0,12}(?:不详|未知|不清楚|不明|没写|未写|没提|未提|没查|未查|待查|待回|不确定)|^[^,;.]{0,20}(?:unknown|not (?:known|recorded|reported|documented|given|stated|available|done|clear)|pending|unclear|n/?a\b|not sure)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"(?:有没有?|有无|是否|是不是|不知道?|不清楚)[^,，;；。]{0,6}$|\b(?:whether|if any|unsure|unknown)\b[^,;.]{0,20}$",
    re.IGNORECASE,
)


def stated(text: str, pattern: str) -> bool | None:
    """True or False as the text says of ``pattern``; None when it does not say, or says it is not known.

    The last mention that says something counts: a later clause corrects an earlier one. Of texts joined by
    ``EARLIER`` the first that says something counts.
    """
    if EARLIER in text:
        answers = (stated(part, pattern) for part in text.split(EARLIER))
        return next((found for found in answers if found is not None), None)
    answer: bool | None = None
    for match in re.finditer(pattern, text, re.IGNORECASE | re.ASCII):
        before, after = _clause_around(text, match.start(), match.end())
        if _OPEN.search(after) or _WHETHER.search(before):
            continue
        answer = not (_NO_BEFORE.search(before) or _NO_AFTER.search(after))
    return answer


def _clause_around(text: str, start: int, end: int) -> tuple[str, str]:
    cuts = [m.end() for m in _CLAUSE.finditer(text, 0, start)]
    following = _CLAUSE.search(text, end)
    return text[cuts[-1] if cuts else 0 : start], text[end : following.start() if following else len(text)]
