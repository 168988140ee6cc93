"""The vocabulary: a Unigram tokenizer built from word counts, needing no jieba when it is used.

jieba cuts the training text only. The pieces it finds become a Unigram model whose scores are word
frequencies, so that the most probable cut of *raw* Chinese comes close to jieba's. Single characters
and frequent word parts are the fallback. Nothing here is random: equal counts give equal files.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

UNKNOWN = "[UNK]"
RUN = r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-zα-ω]+|[0-9]+|[^\s]"
"""What is never joined into one piece: a run of Han, of letters, of digits, or one other sign."""
LONGEST_HAN = 5
"""Longer Chinese words are left to their parts, whose vectors more text has trained."""
LONGEST_WORD = 24
PART_PENALTY = 4.0

_GAP = r"(?<=[\u3400-\u4dbf\u4e00-\u9fff])\s+(?=[\u3400-\u4dbf\u4e00-\u9fff])"
_RUN = re.compile(RUN)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def normalise(text: str) -> str:
    """As the tokenizer's own normaliser does it."""
    return re.sub(_GAP, "", unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> Iterable[str]:
    """The words of a text, Chinese ones cut by jieba."""
    import jieba

    for run in _RUN.findall(normalise(text)):
        if _HAN.match(run):
            yield from jieba.lcut(run, HMM=False)
        else:
            yield run


def teach_jieba(medical: Mapping[str, int]) -> None:
    """Let jieba know the medical words that may become pieces."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    for word in sorted(medical):
        if 2 <= len(word) <= LONGEST_HAN and all(_HAN.match(c) for c in word):
            jieba.add_word(word)


def count(texts: Iterable[str], counts: Counter[str], weight: int = 1) -> None:
    """Add the words of the texts to the counts."""
    for text in texts:
        for word in words(text):
            counts[word] += weight


def choose(counts: Mapping[str, int], size: int, medical: Mapping[str, int]) -> list[tuple[str, float]]:
    """At most ``size`` pieces with their scores: characters first, then parts, then words by frequency."""
    total = float(sum(counts.values()) or 1)
    characters: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for word, n in counts.items():
        for character in word:
            characters[character] += n
        if _HAN.match(word):
            if len(word) <= LONGEST_HAN:
                whole[word] += n
            else:  # a long word: its halves of two characters, so that the fallback is not characters only
                for i in range(len(word) - 1):
                    whole[word[i : i + 2]] += max(1, n // 2)
        elif word.isascii() and word.isdigit():
            if len(word) <= 4:
                whole[word] += n
        elif len(word) <= LONGEST_WORD:
            whole[word] += n
            if word.isascii() and word.isalpha() and len(word) > 4 and n > 1:
                for length in range(2, 8):
                    for i in range(len(word) - length + 1):
                        parts[word[i : i + length]] += length - 1
    for word in medical:
        if 2 <= len(word) <= LONGEST_HAN and all(_HAN.match(c) for c in word):
            whole[word] += 1

    def ranked(counter: Mapping[str, int]) -> list[str]:
        return sorted(counter, key=lambda piece: (-counter[piece], piece))

    pieces: dict[str, float] = {UNKNOWN: 0.0}
    for character in ranked(characters)[: size // 3]:
        pieces[character] = math.log(max(1, whole.get(character, 0)) / total) - PART_PENALTY
        if whole.get(character, 0) > 1:
            pieces[character] += PART_PENALTY
    for part in ranked(parts)[: size // 16]:
        pieces.setdefault(part, math.log(parts[part] / (total * 50)) - PART_PENALTY)
    for word in ranked(whole):
        if len(pieces) >= size and word not in pieces:
            break
        pieces[word] = max(pieces.get(word, -math.inf), math.log(whole[word] / total))
    return list(pieces.items())


def build(pieces: list[tuple[str, float]]) -> Tokenizer:
    """The tokenizer, complete in itself: its JSON file is all that is needed on raw text."""
    tokenizer = Tokenizer(Unigram([(p, s if p != UNKNOWN else -100.0) for p, s in pieces], 0, False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(_GAP), "")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUN), "removed", invert=True)
    return tokenizer


def subunits(piece: str) -> list[str]:
    """What a piece shares with its relatives: its characters, or its beginnings and endings. They tie the
    vectors of rare pieces to those of frequent ones while training and are folded into the table after."""
    if _HAN.match(piece):
        return ["c:" + c for c in piece] if len(piece) > 1 else ["c:" + piece]
    if piece.isascii() and piece.isalpha() and len(piece) >= 4:
        n = len(piece)
        units = ["^" + piece[:k] for k in (4, 6, 8) if k <= n]
        return units + [piece[-k:] + "$" for k in (4, 6) if k < n]
    return []
