"""The documented cleaning: ``clean(source[start:end])`` is what an answer quotes.

Every rule is named, tested on its own and looks only a character or two around itself, so that
cleaning a sentence's slice gives the same text as cleaning the whole file and cutting the sentence
out of it (``tests/corpus/test_offsets.py`` holds this as a property over every sentence).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.reading.mapped import MappedText, Replacement

CJK = "\u3400-\u9fff"
_WIDE = CJK + "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201d①-⑳"
_NUMBERS = r"\s*\d{1,3}(?:\s*[-–~⁃,，、]\s*\d{1,3})*\s*"

GRADE_TAG = re.compile(r"[（(]\s*([1-5][a-c]?)\s*类?\s*证据\s*[,，]\s*([A-D])\s*级推荐\s*[)）]")
"""A recommendation tag of the guideline; group 1 the level, group 2 the grade."""

CITATION = re.compile(rf"[ \t]*(?:\^?<sup>\[({_NUMBERS})\]</sup>|\^?\[({_NUMBERS})\]|［({_NUMBERS})］)")
"""The five notations: ``^[1-2]``, ``<sup>[13]</sup>``, ``［2⁃3］``, ``[17，23]``, ``[4]``."""

INTERRUPTION = re.compile(
    r"(?:\*\*)?(?:收稿日期|修订日期|通信作者|基金项目|作者简介|出版日期|DOI:|doi:|QR code)"
    r"|(?:图|表) ?\d|Fig(?:ure)?\.? ?\d|Table \d|注[:：]|Note:"
)
"""How a line starts that stands between two halves of a sentence but is no part of it."""

_LATEX = (
    (r"\\geq?(?![a-z])", "≥"), (r"\\leq?(?![a-z])", "≤"), (r"\\sim(?![a-z])", "~"), (r"\\pm(?![a-z])", "±"),
    (r"\\times(?![a-z])", "×"),
    (r"\\chi(?![a-z])", "χ"), (r"\\bar\{x\}", "x̄"), (r"\^2", "²"), (r"\\%", "%"), (r"\\text\{([^}]*)\}", r"\1"),
    (r"\\ ", " "), (r"\\colon(?![a-z])", ":"), (r"[{}]", ""), (r" *([≥≤~±=<>]) *", r"\1"), (r"\s+$|^\s+", ""),
)  # fmt: skip
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _latex(match: re.Match[str]) -> str:
    text = match.group(1)
    for pattern, replacement in _LATEX:
        text = re.sub(pattern, replacement, text)
    return text


def _nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group(1))


@dataclass(frozen=True)
class Rule:
    """One cleaning rule: a name, what it does, and a pattern with its replacement."""

    name: str
    why: str
    pattern: re.Pattern[str]
    replacement: Replacement


_FULL_STOPS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}

RULES: tuple[Rule, ...] = (
    Rule(
        "interruptions", "page footers and captions that break a sentence in two are dropped",
        re.compile(rf"\n[ \t\u3000]*(?:{INTERRUPTION.pattern})[^\n]*"), "",
    ),
    Rule("citations", "superscript reference numbers become metadata of the sentence", CITATION, ""),
    Rule("grade tags", "recommendation tags become metadata of the sentence", GRADE_TAG, ""),
    Rule("latex", "formulas between dollar signs become plain characters", re.compile(r"\$([^$\n]*)\$"), _latex),
    Rule("superscript mutation", "BRAF^{V600E} is a gene with its mutation",
         re.compile(r"\*?\^\{([^}\n]*)\}"), r" \1"),
    Rule("html", "sub, sup, i tags are layout", re.compile(r"</?(?:sub|sup|i|b)>"), ""),
    Rule("markdown", "asterisks and heading marks are layout", re.compile(r"\*+|(?:(?<=\n)|^)#+ *"), ""),
    Rule("subscript braces", "M _{1b} is M1b", re.compile(r" ?_\{([^}\n]*)\}"), r"\1"),
    Rule("subscript underscore", "R_0 is R0, T _x is Tx", re.compile(r" ?_([0-9a-z])"), r"\1"),
    Rule("subscript digits", "T ₃ is T3", re.compile(r" ?([₀-₉]+)"),
         lambda m: m.group(1).translate(_SUBSCRIPTS)),
    Rule("hyphen bullet", "U+2043 stands for a hyphen", re.compile(r"⁃ *"), "-"),
    Rule("full-width letters", "Ｄ is D", re.compile(r" ?([０-９Ａ-Ｚａ-ｚ]+)"), _nfkc),
    Rule("line joins, Chinese", "wrapped Chinese lines join without a blank",
         re.compile(rf"(?<=[{_WIDE}])[ \t\u3000]*\n\s*|[ \t\u3000]*\n\s*(?=[{_WIDE}])"), ""),
    Rule("line joins, Latin", "wrapped Latin lines join with a blank", re.compile(r"[ \t]*\n\s*"), " "),
    Rule("table cells", "tabs separate cells", re.compile(r" *\t[ \t]*"), " | "),
    Rule("blanks in Chinese", "no blank beside a Chinese character",
         re.compile(rf"(?<=[{_WIDE}])[ \u3000\u00a0]+(?!\|)|(?<!\|)[ \u3000\u00a0]+(?=[{_WIDE}])"), ""),
    Rule("digit groups", "1 250 mg is 1250 mg", re.compile(r"(?<=\d)[ \u2009](?=\d{3}(?!\d))"), ""),
    Rule("comparisons", "no blank around a comparison sign", re.compile(r" *([<>≤≥~=]) *(?=[\dTN])"), r"\1"),
    Rule("brackets", "no blank just inside a bracket", re.compile(r"(?<=[(（\[]) +| +(?=[)）\]])"), ""),
    Rule("slashes", "no blank before a slash that follows a letter or digit", re.compile(r"(?<=\w) +(?=/\w)"), ""),
    Rule("runs of blanks", "one blank is enough", re.compile(r"[ \u00a0]{2,}"), " "),
    Rule("punctuation", "half-width punctuation beside a Chinese character becomes full-width",
         re.compile(rf"(?<=[{CJK}”）》])([,;:?!]) *|([,;:?!]) *(?=[{CJK}])"),
         lambda m: _FULL_STOPS[m.group(1) or m.group(2)]),
    Rule("full stop", "a half-width full stop after a Chinese character ends a sentence",
         re.compile(rf"(?<=[{CJK}])\. *"), "。"),
)  # fmt: skip


def clean_mapped(raw: MappedText) -> MappedText:
    """Apply every rule, keeping track of where each character came from."""
    for rule in RULES:
        raw = raw.sub(rule.pattern, rule.replacement)
    return raw.strip()


def clean(raw: str) -> str:
    """The documented cleaning of a slice of a source file."""
    return clean_mapped(MappedText.from_source(raw)).text


def rule(name: str) -> Rule:
    """The rule of that name (KeyError when there is none)."""
    return {r.name: r for r in RULES}[name]
