"""A question as the index sees it: tokens, concepts and their weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Language
from corpus.terminology import Terminology
from index.lexical import BM25
from index.tokens import normalise, simplified, tokenise

_ASKING = re.compile(
    "请问|请教|想问|问一下|告诉我|帮我|查一下|什么是|是什么|什么时候|什么|多少|几个|几次|几种|几天|几周|几月|几|怎么办|怎么样|怎么|"
    "怎样|如何|哪些|哪种|哪个|哪几|哪|是否|能不能|可不可以|可以吗|要不要|需不需要|有没有|行不行|行吗|好吗|对吗|吗|呢|吧|么|"
    "一般|目前|病人|患者|的话|具体|关于|对于|应该|应当|可以|需要|主要|情况|选择|进行|以及|还是|多大|多久|多长|多高|为何|为什么"
)


FOCUS = frozenset(("drug", "drug_class", "regimen", "gene", "biomarker", "score"))
"""Categories that a passage must name to be about the question."""


@dataclass(frozen=True)
class Query:
    """What is searched for."""

    text: str
    language: Language
    tokens: tuple[str, ...]
    concepts: tuple[str, ...]
    focus: tuple[str, ...]
    """Concepts the question is about above all; they count twice."""
    rest: tuple[str, ...]
    """Tokens that belong to no concept."""
    heading: tuple[str, ...]
    token_weights: dict[Language, float]
    concept_weight: float
    heading_weight: float

    def weight(self, language: Language) -> float:
        """Sum of the idf of the tokens: the lexical score of a unit that is nothing but the query."""
        return self.token_weights[language]


_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CHINESE_MARK = re.compile(r"[\u3400-\u9fff，。？！；：、（）]")
_ENGLISH = re.compile(r"(?<![A-Za-z])[a-z]{4,}(?![A-Za-z])|[A-Za-z]{3,} [a-z]{2,}")


def language_told(text: str) -> Language | None:
    """The language a text is written in; None for what could stand in either (``CEA 30``, ``FOLFIRI?``)."""
    if len(_CHINESE.findall(text)) >= 2:
        return "zh"
    if _ENGLISH.search(text):
        return "en"
    return "zh" if _CHINESE_MARK.search(text) else None


def language_of_question(text: str) -> Language:
    """``zh`` or ``en``; a lone gene or regimen name counts as English."""
    return language_told(text) or "en"


def content(text: str) -> str:
    """The question without the words that only ask."""
    return _ASKING.sub(" ", normalise(text))


def understand(text: str, terminology: Terminology, fields: Mapping[str, BM25]) -> Query:
    """Tokens of the question and of the names its concepts go by in the other language."""
    text = simplified(text)
    language = language_of_question(text)
    matches = [m for m in terminology.find(text) if m.concept.category != "question_word"]
    pieces, rest_text = _pieces(text, [(m.start, m.end) for m in matches if not m.concept.outside])
    rest = tuple(t for t in tokenise(content(rest_text)) if len(t) > 1 or t.isdigit())
    tokens = (*(t for piece in pieces for t in tokenise(piece)), *rest) or tuple(tokenise(text))
    concepts = tuple(dict.fromkeys(match.concept.id for match in matches))
    weights: dict[Language, float] = {
        code: sum(fields[code].weight(t) for t in tokens) for code in ("zh", "en")
    }
    focus = tuple(dict.fromkeys(m.concept.id for m in matches if m.concept.category in FOCUS))
    concept_weight = sum(fields["concept"].weight(c) for c in (*concepts, *focus))
    heading = (*concepts, *focus, *focus, *dict.fromkeys(tokens))
    heading_weight = (
        sum(fields["concept"].weight(c) for c in (*concepts, *focus, *focus)) or sum(weights.values()) / 2
    )
    return Query(
        text, language, tokens, concepts, focus, rest, heading, weights, concept_weight, heading_weight
    )


def _pieces(text: str, spans: list[tuple[int, int]]) -> tuple[list[str], str]:
    """The named spans, and the text around them: no bigram may straddle the border of a term."""
    pieces, rest, last = [], [], 0
    for start, end in sorted(set(spans)):
        if start < last:
            continue
        pieces.append(text[start:end])
        rest.append(text[last:start])
        last = end
    rest.append(text[last:])
    return pieces, " ".join(rest)
