"""What counts as the same word: normalisation and tokens for Chinese, English and mixed terms.

Chinese runs become character bigrams (no dictionary needed; Nie et al., IRAL 2000, found bigrams as
good as words for Chinese retrieval); Latin terms stay whole (``mfolfox6``, ``v600e``), English
words are stemmed (Snowball), figures keep their comparison sign and percent sign as a variant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import snowballstemmer

_CJK = "\u3400-\u9fff"
_TRADITIONAL_HINT = re.compile("[療腸術劑應證轉門靜脈驗檢發現長幾個時間為與對於後復學單獨雙側陰陽細雜術蘿隱]")
_NUMERALS = dict(zip("一二两三四五六七八九", "1223456789", strict=True))
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"厘米|公分|㎝"), "cm"),
    (re.compile(r"毫米|㎜"), "mm"),
    (re.compile(r"毫克"), "mg"),
    (
        re.compile(r"[一二两三四五六七八九](?=[次枚个种项期周月年天类根支级线])"),
        lambda m: _NUMERALS[m.group()],
    ),
    (re.compile(r"平方米|m\^2"), "m2"),
    (re.compile(r"[‐‑‒–—−⁃]"), "-"),
    (re.compile(r"[〜～∼]"), "~"),
    (re.compile(r"(?<=[<>≤≥]) +(?=\d)"), ""),
    (re.compile(r">=|⩾|≧"), "≥"),
    (re.compile(r"<=|⩽|≦"), "≤"),
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
)
_TOKEN = re.compile(
    rf"(?P<han>[{_CJK}]+)|(?P<word>[a-z][a-z0-9]*(?:[-/'][a-z0-9]+)*|\d+-[a-z]+)"
    r"|(?P<number>[<>≤≥]?\d+(?:\.\d+)?%?)"
)
_TNM = re.compile(
    r"(?<![a-z0-9])[cpy]{0,3}(?:t(?:is|x|[0-4][a-d]?)(?=n|m|\b))?(?:n(?:x|[0-3][a-c]?)(?=m|\b))?(?:m(?:x|[01][a-c]?))?(?![a-z0-9])"
)
_STEMMER = snowballstemmer.stemmer("english")
STOP_WORDS = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "without", "and", "or", "but", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "can", "could", "should", "would", "may", "might", "must", "shall", "will", "have", "has", "had", "it", "its", "this", "that", "these", "those", "there", "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "as", "if", "than", "then", "so", "we", "i", "you", "they", "he", "she", "our", "your", "their", "me", "my", "us", "about", "into", "any", "some", "such", "per", "each", "many", "much", "vs", "versus", "please", "tell", "give", "after", "before"]
)  # fmt: skip


def normalise(text: str) -> str:
    """NFKC, Traditional to Simplified, lower case, one spelling of units, dashes and comparisons."""
    text = simplified(unicodedata.normalize("NFKC", text).lower())
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def simplified(text: str) -> str:
    """Traditional to Simplified characters, one for one; other text comes back as it is."""
    return str(_converter().convert(text)) if _TRADITIONAL_HINT.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """English stem; words with figures in them stay as they are."""
    return word if any(c.isdigit() for c in word) else str(_STEMMER.stemWord(word))


def tokenise(text: str) -> list[str]:
    """Tokens of a text in either language, in order, repeats kept."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(normalise(text)):
        if match.lastgroup == "han":
            tokens.extend(_bigrams(match.group()))
        elif match.lastgroup == "number":
            tokens.extend(_number(match.group()))
        else:
            tokens.extend(_word(match.group()))
    return tokens


def _bigrams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def _number(figure: str) -> list[str]:
    bare = figure.strip("<>≤≥%")
    return [bare] if bare == figure else [bare, figure]


def _word(word: str) -> list[str]:
    if word[0] in "tnmcpy" and _TNM.fullmatch(word):
        return re.findall(r"[tnm](?:is|x|\d[a-d]?)", word)
    parts = re.split(r"[-/']", word)
    kept = [stem(part) for part in parts if part not in STOP_WORDS and len(part) > 1]
    if len(parts) == 1:
        return kept
    return [*kept, "".join(parts)]
