"""What is left touching a figure that was read: then the figure is only a part of what was said, or has another unit."""

from __future__ import annotations

import re

_SIGNS = "零〇一二两三四五六七八九十百千万亿"
_END = r"(?=[,，;；。、\s)）?？]|$)"
_MORE_NUMBER = re.compile(
    rf"^(?:点|成|⁄|半(?![径肝叶年月周])|[{_SIGNS}]+(?:{_END}|点|成|斤|两)|\s*[x×*]\s*10(?!\d)|e[+-]?\d|\s*(?:±|\+/-)\s*\d|\s*(?:零|又)\s*\d|\d*⁄)",
    re.IGNORECASE,
)
_MORE_TIME = re.compile(
    r"^\s*(?:零|又|还?差|缺|欠|半|(?:and\s+|,\s*)?\d{1,2}\s*(?:个月|天|日(?!期)|months?\b|weeks?\b|days?\b)(?!\s*(?:前|后|ago|after|before|later)))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*[-~～–—]\s*\d")
_OTHER_UNIT = re.compile(
    r"^\s*-?\s*(?:[a-zμµ%]{1,6}\s*/\s*(?:[μµmdck]?l|[kmμµn]?g|m2|m²|h|min|day)(?![a-z])|(?:k|m|μ|µ)?i?u\s*/\s*m?l"
    r"|[a-zμµ]{1,5}/[a-z]{1,4}(?![a-z])"
    r"|(?:inch(?:es)?|ft|feet|foot|stones?|st|oz|lbs?|pounds?|kgs?|kilos?|c?gy|mm|cm|dm|km|mL)(?![a-z/])"
    r"|in(?:\.(?!\d)|(?=\s*(?:[,;)]|$|diameter\b|across\b|long\b|wide\b)))"
    r"|英寸|英尺|吋|寸|尺|磅|公?斤|千克|厘米|毫米|公分|分米|毫升|[%％‰]|成|万)",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(rf"[{_SIGNS}几⁄]$|\d\.$")


def more_of_a_number(text: str, end: int) -> bool:
    """Whether the figure (with its unit) that ends here goes on as a number: 20% | 点五, 6公分 | 半."""
    return bool(_MORE_NUMBER.match(text[end:]))


def more_of_a_time(text: str, end: int) -> bool:
    """Whether a duration goes on in a smaller unit or is said to fall short: 2年 | 零3天, 2年 | 差一点."""
    return bool(_MORE_TIME.match(text[end:]) or _MORE_NUMBER.match(text[end:]))


def other_unit(text: str, end: int) -> bool:
    """Whether a figure without a known unit is followed by something that looks like one: no unit is assumed then."""
    return bool(_OTHER_UNIT.match(text[end:]))


def a_range(text: str, end: int) -> bool:
    """Whether the figure opens a range: 20-30."""
    return bool(_RANGE.match(text[end:]))


def as_said(match: re.Match[str]) -> str:
    """The text of a reading with what is left touching it, up to the next pause."""
    end = match.end()
    rest = re.match(r"(?<!\s)\s?[^,，;；。\s]{0,14}|[^,，;；。\s]{0,14}", match.string[end:])
    return match.string[match.start() : end + (rest.end() if rest else 0)].strip()


def number_before(text: str, start: int) -> bool:
    """Whether the figure is the end of a longer number: 三|四个."""
    return bool(_NUMBER_BEFORE.search(text[:start]))
