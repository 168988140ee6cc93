"""Next questions the corpus can answer: written beside the passages, or made from their headings."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Language, Passage

_MARKS = "0123456789.、（）() 一二三四五六七八九十"


def suggest(passages: Sequence[Passage], language: Language, limit: int = 3) -> list[str]:
    """Questions about the sections near the answer, each once."""
    found: dict[str, None] = {}
    for passage in passages:
        if passage.language != language and language == "en":
            continue
        title = passage.section[-1].removeprefix("附录").strip(_MARKS)
        if 2 < len(title) < 40 and title not in ("引言", "摘要", "Abstract", "Introduction"):
            found[
                f"{title}：文献怎么说？" if language == "zh" else f"{title}: what do the documents say?"
            ] = None
    return list(found)[:limit]
