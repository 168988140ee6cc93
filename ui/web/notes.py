"""Notes under an answer; misprints of the sources stand apart from ordinary notes."""

from __future__ import annotations

from functools import cache
from html import escape

from assistant.answer import Answer
from corpus.model import Language
from corpus.registers import Erratum, load_errata
from ui.web.i18n import lang_of, text
from ui.web.markdown import Cited, render_markdown

EMPTY_CELL = "(empty cell)"
"""How the register names a cell with nothing printed in it."""


def notes(answer: Answer, turn: int, citations: Cited, language: Language) -> str:
    """All notes of an answer, errata first."""
    errata = [(note, found) for note in answer.notes if (found := _errata().get(note))]
    others = [note for note in answer.notes if note not in _errata()]
    parts = [_erratum(note, entry, turn, citations, language, answer.language) for note, entry in errata]
    if others:
        items = "".join(f"<li>{inline(note, turn, citations, language)}</li>" for note in others)
        parts.append(
            f'<aside class="notes" lang="{lang_of(answer.language)}" aria-label="{escape(text("notes", language))}">'
            f"<strong>{escape(text('notes', language))}</strong><ul>{items}</ul></aside>"
        )
    return "".join(parts)


def inline(line: str, turn: int, citations: Cited, language: Language) -> str:
    """One line of Markdown with its chips, without a paragraph around it."""
    rendered = render_markdown(line, turn, citations, language).strip()
    if rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1:
        return rendered[3:-4]
    return rendered


@cache
def _errata() -> dict[str, Erratum]:
    """The register by the wording of its notes."""
    return {note: entry for entry in load_errata() for note in (entry.note_zh, entry.note_en)}


def _erratum(
    note: str, entry: Erratum, turn: int, citations: Cited, language: Language, spoken: Language
) -> str:
    label = escape(text("chat.erratum", language))
    printed = escape(entry.printed)
    if entry.printed == EMPTY_CELL:
        printed = escape(text("chat.empty_cell", language))
    right = ""
    if entry.right:
        right = f" → {escape(text('chat.right', language))} <b>{escape(entry.right)}</b>"
    return (
        f'<aside class="erratum" aria-label="{label}"><strong class="badge">{label}</strong> '
        f'<span class="printed">{escape(text("chat.printed", language))} <q>{printed}</q>{right}</span>'
        f'<p lang="{lang_of(spoken)}">{inline(note, turn, citations, language)}</p></aside>'
    )
