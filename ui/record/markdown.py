"""A whole conversation as Markdown: questions, answers, and where every cited sentence stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, Turn
from corpus.model import Language
from ui.record.page import (
    calculation_facts,
    calculations_of,
    calculator_title,
    cited,
    given_facts,
    untold_notes,
)
from ui.record.texts import text

_PUNCTUATION = re.compile(r"([\\`*_\[\]<#|&~])")
_BLOCK = re.compile(r"^(\s*)(?:([-+=>])|(\d+)([.)])(?=\s|$))")
# In an answer, which is Markdown itself, only what would become a tag, a link or a link's definition.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=[(:])")


def conversation_markdown(
    exchanges: Sequence[tuple[Turn, Answer | None]], language: Language, created: str, forgotten: bool = False
) -> str:
    """``exchanges``: every turn with its answer, oldest first; None where none came."""
    lines = [f"# {text('conversation', language)}", "", text("about", language), ""]
    lines += [f"{text('created', language)} {created}", "", f"> {text('notice', language)}", ""]
    if forgotten:
        lines += [text("forgotten", language), ""]
    for number, (turn, answer) in enumerate(exchanges, 1):
        lines += [f"## {number}. {text('question', language)}", ""]
        lines += [f"> {literal(line)}" if line.strip() else ">" for line in turn.text.splitlines()]
        lines.append("")
        if given := given_facts(turn, language):
            lines += [f"{text('given', language)}: {literal(given)}", ""]
        lines += _answer(answer, language) if answer else [text("failed", language), ""]
    return "\n".join(lines).rstrip() + "\n"


def literal(line: str) -> str:
    """Text of a reader or a document, so that no Markdown program reads markup in it."""
    return _BLOCK.sub(r"\1\3\\\2\4", _PUNCTUATION.sub(r"\\\1", line))


def _answer(answer: Answer, language: Language) -> list[str]:
    lines = [f"**{text('answer', language)}** · {text(f'status_{answer.status}', language)}", ""]
    lines += [_LINK.sub(r"\\]", _TAG.sub(r"\\<", answer.text.strip())), ""]
    for note in untold_notes(answer):
        lines.append(f"- {text('notes', language)}: {literal(note)}")
    for calculation in calculations_of(answer):
        title = calculator_title(calculation, language)
        lines += ["", f"**{text('calculation', language)}** · {literal(title)}", ""]
        facts = calculation_facts(calculation, language)
        lines += [f"- {name}: {literal(value)}" for name, value in facts]
    lines += ["", f"**{text('sources', language)}**", ""]
    lines += [_source(item, language) for item in cited(answer)] or [text("no_sources", language)]
    trace = answer.trace
    lines += ["", f"{text('versions', language)}: {text('version', language)} {trace.version} · "
              f"{text('corpus', language)} `{trace.corpus}` · {text('index', language)} `{trace.index}` · "
              f"{text('model', language)} `{trace.model}`", ""]  # fmt: skip
    return lines


def _source(item: Citation, language: Language) -> str:
    year = str(item.year or text("year_unknown", language))
    place = text("place", language, start=item.start, end=item.end)
    head = (
        f"- [{item.marker}] **{literal(item.title)}** · {year} · {literal(item.section)} · "
        f"`{item.document_id}`, {place}"
    )
    if item.evidence_level or item.recommendation:
        head += f" · {item.evidence_level or '–'} / {item.recommendation or '–'}"
    quoted = [literal(line) for line in item.quote.splitlines()]
    return "\n".join([head, *(f"  > {line}" for line in quoted)])
