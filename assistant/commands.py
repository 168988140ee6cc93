"""Turns that ask for another look at the answer before: more of it, its source, the other language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.answer import Turn
from assistant.evidence import BUDGET, Pick
from assistant.finding import Found
from corpus.model import Language, Passage, PassageKind, Sentence

Command = Literal["more", "source", "zh", "en"]

_POLITE = r"(?:请|麻烦|能不能|能否|可以|帮我|please|can you|could you|now)?\s*"
_END = r"\s*(?:吗|呢|吧|一下|please|pls)?\s*[。.!！?？]*$"
_COMMANDS: dict[Command, str] = {
    "more": r"(?:再|更|说|讲|要)?(?:详细|具体|展开)(?:一?[点些]|说说|说|讲讲|讲)?(?:说说|讲讲|说|讲)?|再?多(?:说|讲|来)?一?[点些](?:内容|细节)?|还有(?:别的|其他(?:的|内容)?|更多)?|更多|继续"
    r"|(?:tell me |show (?:me )?|any(?:thing)? |give me |some )?(?:a (?:bit|little) )?more(?: details?| of (?:it|that))?|details?|elaborate|go on|continue|expand(?: on (?:it|that))?|anything else",
    "source": r"(?:看|给|显示|来|要|查看)?(?:一?下|我)?(?:来源|出处|原文|原句|原话)(?:原文|是什么|在哪(?:里|儿)?|呢|给我看看|看看)?|(?:来自|出自)(?:哪里|哪篇|哪份文献)"
    r"|(?:show|give|see|view|open|where is|what is|what's)?\s*(?:me )?(?:the |its )?(?:full )?(?:original (?:text|sentence|passage|wording)|source(?: text| passage| sentence)?|context)|where does (?:it|this|that) (?:say|come from)",
    "en": r"(?:用|换成?|翻译?成|译成)?英[文语](?:怎么说|怎么讲|呢|版|回答|说|再说一遍|原文)?|(?:say (?:it|that) |answer |that |and )?in english(?: please)?|english version",
    "zh": r"(?:用|换成?|翻译?成|译成)?(?:中文|汉语)(?:怎么说|怎么讲|呢|版|回答|说|再说一遍)?|(?:say (?:it|that) |answer |that |and )?in chinese(?: please)?|chinese version",
}
_COMPILED = {
    name: re.compile(f"^{_POLITE}(?:{words}){_END}", re.IGNORECASE) for name, words in _COMMANDS.items()
}


def command_of(text: str) -> Command | None:
    """The command a turn is, None when it is a question."""
    bare = text.strip()
    return next((name for name, pattern in _COMPILED.items() if pattern.search(bare)), None)


def without_commands(turns: Sequence[Turn]) -> list[Turn]:
    """The turns that are questions; facts set before a command stay with the question after it."""
    kept: list[Turn] = []
    facts: dict[str, bool | int | float | str | None] = {}
    for turn in turns:
        if command_of(turn.text) and kept:
            facts |= turn.facts
        else:
            kept.append(turn.model_copy(update={"facts": {**facts, **turn.facts}}) if facts else turn)
            facts = {}
    return kept


def whole_passages(found: Found) -> list[Pick]:
    """Every sentence of the passages an answer quotes, in reading order."""
    passages = dict.fromkeys(pick.passage.id for pick in found.picks)
    by_id = {pick.passage.id: pick.passage for pick in found.picks}
    return [Pick(by_id[i], s, 0.0) for i in passages for s in _sentences(by_id[i])]


def further(found: Found, times: int, language: Language) -> list[Pick]:
    """What was not shown yet: the rest of the passages quoted, then the best sentences of the next ones."""
    shown = {pick.sentence.id for pick in found.picks}
    rest = [pick for pick in whole_passages(found) if pick.sentence.id not in shown]
    quoted = {pick.passage.id for pick in found.picks}
    others = [
        passage
        for passage, _ in found.ranking
        if passage.id not in quoted and not quoted & set(passage.translation_of)
    ]
    queue = rest + [Pick(p, s, 0.0) for p in others for s in _sentences(p)]
    pages: list[list[Pick]] = [[]]
    size = 0
    for pick in queue:
        length = len(pick.sentence.text)
        if pages[-1] and size + length > BUDGET[language]:
            pages.append([])
            size = 0
        pages[-1].append(pick)
        size += length
        if len(pages) > times:
            break
    return pages[times - 1] if len(pages) >= times else []


def _sentences(passage: Passage) -> tuple[Sentence, ...]:
    return passage.sentences[:1] if passage.kind is PassageKind.TABLE_ROW else passage.sentences
