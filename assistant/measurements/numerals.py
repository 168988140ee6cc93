"""Chinese numerals written as figures, where they count or measure something (五枚 → 5枚, 三点五公分 → 3.5公分, 一米七三 → 173cm)."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_COUNTED = r"(?=\s*(?:个|枚|处|颗|次|周|月|年|天|日|岁|厘米|毫米|公分|周期|疗程|公斤|斤|级证据|类证据|[nμµm]?g(?![a-z])|[mc]m(?![a-z])|Gy|W(?![a-z])|U/|毫克|纳克|微克|毫升|ml))"
_POINT = re.compile(r"([零〇一二两三四五六七八九十百]+)点([零〇一二三四五六七八九]+)")
_TENTHS = re.compile(r"(?<![零〇一二两三四五六七八九十百])([一二两三四五六七八九])成(半)?(?![功分立为本员])")
_PERCENT = re.compile(r"百分之([一二两三四五六七八九十百]{1,5})(?!点)")
_METRES = re.compile(r"([一1])\s*(?:米|m)\s*([零〇一二三四五六七八九\d])([零〇一二三四五六七八九\d])(?!\d)")
_WHOLE = re.compile(rf"(?<![零〇一二两三四五六七八九十百千万])([一二两三四五六七八九十百]{{1,5}}){_COUNTED}")

_AND_A_HALF = re.compile(r"(?<![\d.])(\d{1,3})\s*(年(?=半)|个(?=半月|半星期|半周))半")
"""两年半 is 2.5 years."""

COUNT_WORDS = {"单": 1, "双": 2, "single": 1, "solitary": 1} | {
    word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}  # fmt: skip


def count_of(word: str) -> int | None:
    """A count as a figure, a Chinese numeral or an English word; None when it is none of them."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word in COUNT_WORDS:
        return COUNT_WORDS[word]
    return value_of(word) if word and all(c in _DIGITS or c in "十百" for c in word) else None


def value_of(numeral: str) -> int | None:
    """A numeral below 1,000; None when it is not one."""
    total, digit = 0, None
    for char in numeral:
        if char in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * {"十": 10, "百": 100}[char]
            digit = None
    return total + (digit or 0)


def with_figures(text: str) -> str:
    """The text with its counting numerals as figures; everything else stays."""

    def point(match: re.Match[str]) -> str:
        whole = value_of(match.group(1))
        if whole is None:
            return match.group()
        return f"{whole}.{''.join(str(_DIGITS[c]) for c in match.group(2))}"

    def whole(match: re.Match[str]) -> str:
        found = value_of(match.group(1))
        return match.group() if found is None else str(found)

    def percent(match: re.Match[str]) -> str:
        whole = value_of(match.group(1))
        return match.group() if whole is None else f"{whole}%"

    text = _PERCENT.sub(
        percent, _TENTHS.sub(lambda m: f"{_DIGITS[m.group(1)]}{5 if m.group(2) else 0}%", text)
    )

    def metres(match: re.Match[str]) -> str:
        digits = "".join(c if c.isdigit() and c.isascii() else str(_DIGITS[c]) for c in match.groups()[1:])
        return f"1{digits}cm"

    text = _WHOLE.sub(whole, _POINT.sub(point, _METRES.sub(metres, text)))
    return _AND_A_HALF.sub(r"\1.5\2", text)
