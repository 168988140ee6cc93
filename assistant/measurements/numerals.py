"""Numerals written as figures, where they count or measure something (五枚 → 5枚, 三点五公分 → 3.5公分, 一米七三 → 173cm, two years → 2 years)."""

from __future__ import annotations

import re

from assistant.measurements.compounds import in_one_figure
from corpus.terminology.forms import has_chinese

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_SIGNS = "零〇一二两三四五六七八九十百千"
_COUNTED = r"(?=\s*(?:个|枚|处|颗|次|周|月|年|天|日|岁|厘米|毫米|公分|英寸|吋|周期|疗程|星期|公斤|千克|斤|磅|[%％]|级证据|类证据|[nμµm]?g(?![a-z])|[mc]m(?![a-z])|Gy|W(?![a-z])|U/|[μµu]mol|毫克|纳克|微克|毫升|ml))"
_LABELS = r"cea|癌胚抗原|inr|胆红素|白蛋白|血?钠|肌酐|血小板|体重|身高|\bas?lt|\bast|年龄|dfs|dfi|残肝|flr|[直大]径|上限|体表(?:面积)?"
_POINT = re.compile(rf"([{_SIGNS}]+)点([零〇一二三四五六七八九]+)")
_TENTHS = re.compile(
    rf"(?<![{_SIGNS}])([一两二三四五六七八九])成(半|[一二三四五六七八九](?!\s*[个枚处颗次周月年岁]))?(?![功分立为本员{_SIGNS}])"
)
_PERCENT = re.compile(rf"百分之\s*(?:([{_SIGNS}]{{1,6}})|(\d+(?:\.\d+)?))(?!点|[{_SIGNS}])")
_METRES = re.compile(r"([一1])\s*(?:米|m)\s*([零〇一二三四五六七八九\d])([零〇一二三四五六七八九\d])(?!\d)")
_TALL = re.compile(r"([一1])米([五六七八九5-9])(?![\d.零〇一二两三四五六七八九十点])")
_WHOLE = re.compile(rf"(?<![{_SIGNS}万])([{_SIGNS}]{{1,8}}){_COUNTED}")
_LABELLED = re.compile(
    rf"((?:{_LABELS})\s*(?:[:：=是为约达有]|只有|升到)?\s*)([{_SIGNS}]{{1,8}})(?=[,，;；。、\s?？)）]|$)", re.IGNORECASE
)  # fmt: skip
_AND_A_HALF = re.compile(r"(?<![\d.])(\d{1,3})\s*(年(?=半(?![年月]))|个(?=半月|半星期|半周))半")
"""两年半 is 2.5 years."""
_HALF_AFTER = re.compile(r"(?<![\d.])(\d{1,3})\s*(公分|厘米|毫米|cm|mm|公斤|千克|kg|斤)半(?![径肝叶])", re.I)
_TENTH_AFTER = re.compile(r"(?<![\d.])(\d{1,2})\s*(公分|厘米)([一二三四五六七八九])(?=[,，;；。、\s]|$)")
_HALF_YEAR = re.compile(r"(?<![\d.每上下前后一两二三四五六七八九十])半年")
_VULGAR = re.compile(r"(?<![\d.])(\d*?)([13])⁄([24])(?!\d)|(?<=\d)\s+(1)/(2)(?=\s*-?(?:years?|months?|inch|cm|mm))")  # fmt: skip

_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])")
_THOUSANDS_OF_ML = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?=\s*(?:ml|毫升|cc|cm3))", re.IGNORECASE)
"""Beside Chinese a comma parts clauses as well (CEA 5,120斤)."""

COUNT_WORDS = {"单": 1, "双": 2, "single": 1, "solitary": 1} | {
    word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}  # fmt: skip
_WORDS = COUNT_WORDS | {"eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30}
_MEASURED = r"(?:years?|yrs?|months?|weeks?|days?|inch(?:es)?|centimet\w+|millimet\w+|cm|mm|kilos?|kg)\b"
_ENGLISH = re.compile(
    rf"\b({'|'.join(w for w in _WORDS if w.isascii() and w not in ('single', 'solitary'))})\b(?=[\s-]+(?:and a half\s+)?{_MEASURED})",
    re.IGNORECASE,
)
_ENGLISH_HALF = re.compile(
    rf"(?<![\d.])(\d{{1,3}})\s+and\s+a\s+half\s+(?={_MEASURED})|(?<![\d.])(\d{{1,3}})\s*({_MEASURED})\s+and\s+a\s+half\b"
    rf"|\ban?\s+({_MEASURED})\s+and\s+a\s+half\b",
    re.IGNORECASE,
)
_HALF_A_YEAR = re.compile(r"\bhalf a year\b|\bhalf[- ]year\b", re.IGNORECASE)
_A_YEAR = re.compile(
    r"(?<!times )(?<!once )(?<!twice )\ban? (?=(?:year|month|week) (?:after|before|later|ago|since|from|between|to)\b)",
    re.I,
)


def count_of(word: str) -> int | None:
    """A count as a figure, a Chinese numeral or an English word; None when it is none of them."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word in COUNT_WORDS:
        return COUNT_WORDS[word]
    return value_of(word) if word and all(c in _DIGITS or c in "十百千" for c in word) else None


def value_of(numeral: str) -> int | None:
    """A numeral below 10,000, also one that leaves its last place unsaid (一百二 is 120); None when it is not one."""
    total, digit = 0, None
    for char in numeral:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * _PLACES[char]
            digit = None
    unsaid = len(numeral) > 2 and numeral[-1] in _DIGITS and _PLACES.get(numeral[-2], 0) >= 100
    return total + (digit or 0) * (_PLACES[numeral[-2]] // 10 if unsaid else 1)


def with_figures(text: str) -> str:
    """The text with its counting numerals as figures and what is said in two units in one; everything else stays."""
    text = (_THOUSANDS_OF_ML if has_chinese(text) else _THOUSANDS).sub(r"\1\2", _VULGAR.sub(_vulgar, text))
    text = _ENGLISH.sub(lambda m: str(_WORDS[m.group(1).lower()]), text)
    text = _HALF_A_YEAR.sub("6 months", _A_YEAR.sub("1 ", _ENGLISH_HALF.sub(_english_half, text)))
    text = _TENTHS.sub(_tenths, _POINT.sub(_point, text))
    text = _PERCENT.sub(lambda m: _figure(m, "%", int(m.lastindex or 1)), text)
    text = _TALL.sub(lambda m: f"1{_digit(m.group(2))}0cm", _METRES.sub(_metres, text))
    text = _LABELLED.sub(_labelled, _WHOLE.sub(_figure, text))
    text = _HALF_AFTER.sub(r"\1.5\2", _AND_A_HALF.sub(r"\1.5\2", text))
    text = _TENTH_AFTER.sub(lambda m: f"{m.group(1)}.{_digit(m.group(3))}{m.group(2)}", text)
    return in_one_figure(_HALF_YEAR.sub("6个月", text))


def _digit(char: str) -> str:
    return str(_DIGITS[char]) if char in _DIGITS else char


def _vulgar(match: re.Match[str]) -> str:
    whole, over, under, one, two = match.groups()
    share = f"{int(over or one) / int(under or two):g}"
    return f"{whole or ('' if one else '0')}{share[1:]}"


def _english_half(match: re.Match[str]) -> str:
    before, after, unit, single = match.groups()
    return f"{before}.5 " if before else f"{after}.5 {unit}" if after else f"1.5 {single}"


def _tenths(match: re.Match[str]) -> str:
    tail = match.group(2)
    return f"{_DIGITS[match.group(1)]}{5 if tail == '半' else _DIGITS[tail] if tail else 0}%"


def _point(match: re.Match[str]) -> str:
    whole = value_of(match.group(1))
    if whole is None:
        return match.group()
    return f"{whole}.{''.join(str(_DIGITS[c]) for c in match.group(2))}"


def _figure(match: re.Match[str], after: str = "", group: int = 1) -> str:
    word = match.group(group)
    found = word if word[0].isascii() else value_of(word)
    return match.group() if found is None else f"{found}{after}"


def _labelled(match: re.Match[str]) -> str:
    found = value_of(match.group(2))
    return match.group() if found is None else f"{match.group(1)}{found}"


def _metres(match: re.Match[str]) -> str:
    return f"1{''.join(_digit(c) for c in match.groups()[1:])}cm"
