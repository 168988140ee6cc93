"""Attaching to every sentence its rendering in the other language, official before unofficial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.alignment import align
from corpus.model import Passage, PassageKind, Sentence

_TWINS = (("摘要", "Abstract"), ("引言", "Introduction"))


def link_translations(passages: Sequence[Passage], unofficial: Mapping[str, str]) -> tuple[Passage, ...]:
    """Passages with ``translation`` and ``translation_of`` filled in.

    ``unofficial`` maps a sentence's text to its rendering (``corpus/translations``).
    """
    rendering: dict[str, str] = {}
    twins: dict[str, set[str]] = {}
    owner = {s.id: p.id for p in passages for s in p.sentences}
    for chinese_passages, english_passages in _twin_sections(passages):
        chinese = [s for p in chinese_passages for s in p.sentences]
        english = [s for p in english_passages for s in p.sentences]
        for left, right in align(chinese, english):
            if not left or not right:
                continue
            _record(rendering, twins, owner, [chinese[i] for i in left], [english[j] for j in right])
    return tuple(_with_translations(p, rendering, twins, unofficial) for p in passages)


def _record(
    rendering: dict[str, str],
    twins: dict[str, set[str]],
    owner: Mapping[str, str],
    chinese: list[Sentence],
    english: list[Sentence],
) -> None:
    for s in chinese:
        rendering[s.id] = " ".join(e.text for e in english)
    for e in english:
        rendering[e.id] = "".join(s.text for s in chinese)
    for s in chinese:
        for e in english:
            twins.setdefault(owner[s.id], set()).add(owner[e.id])
            twins.setdefault(owner[e.id], set()).add(owner[s.id])


def _twin_sections(passages: Sequence[Passage]) -> list[tuple[list[Passage], list[Passage]]]:
    """Sections printed in both languages: same number, or the named pairs."""
    prose = [p for p in passages if p.kind is PassageKind.PROSE]
    groups: dict[str, dict[str, list[Passage]]] = {}
    names = {name: pair[0] for pair in _TWINS for name in pair}
    has_english_body = any(p.section[0] == "Introduction" for p in prose)
    for p in prose:
        outer = p.section[0]
        key = names.get(outer) or (outer.split(" ")[0] if has_english_body and outer[:1].isdigit() else None)
        if key is not None:
            groups.setdefault(key, {}).setdefault(p.language, []).append(p)
    return [(g["zh"], g["en"]) for g in groups.values() if g.keys() == {"zh", "en"}]


def _key(passage: Passage, sentence: Sentence) -> str:
    """A table row is rendered with its headers, other passages sentence by sentence."""
    return passage.text if passage.kind is PassageKind.TABLE_ROW else sentence.text


def _with_translations(
    passage: Passage,
    rendering: Mapping[str, str],
    twins: Mapping[str, set[str]],
    unofficial: Mapping[str, str],
) -> Passage:
    sentences = tuple(
        s.model_copy(update={"translation": rendering[s.id], "translation_official": True})
        if s.id in rendering
        else s.model_copy(update={"translation": unofficial.get(_key(passage, s))})
        for s in passage.sentences
    )
    return passage.model_copy(
        update={"sentences": sentences, "translation_of": tuple(sorted(twins.get(passage.id, ())))}
    )
