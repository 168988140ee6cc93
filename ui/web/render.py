"""The chat as HTML. Whatever comes from a question or a document is escaped."""

from __future__ import annotations

import re
from html import escape

from assistant.answer import Answer, Citation, Disagreement
from corpus.model import Language
from ui.web.calculation import calculation_card
from ui.web.i18n import examples, text
from ui.web.keeping import export_link, feedback_form, logout_link, record_link
from ui.web.markdown import chip, render_markdown
from ui.web.session import Exchange, Session

_LANG = {"zh": "zh-CN", "en": "en"}


def transcript(session: Session) -> str:
    """The whole chat, or the welcome with its examples."""
    language = session.language
    head = f'<div class="log" role="log" data-language="{language}" data-turns="{session.turns}">'
    if not session.exchanges:
        return f"{head}{_welcome(language)}</div>"
    earlier = f'<p class="earlier">{text("earlier", language)}</p>' if session.forgotten else ""
    shown = "".join(_exchange(item, session) for item in session.exchanges)
    return f"{head}{earlier}{shown}{export_link(session)}</div>"


def header(language: Language, ready: bool = False, user: str = "") -> str:
    """Name and one-line description of the page; ``ready`` once the server has greeted it."""
    return (
        f'<header class="masthead"{" data-ready" if ready else ""}><h1>{escape(text("title", language))}</h1>'
        f"<p>{escape(text('subtitle', language))} · "
        f'<a href="./calculators">{escape(text("calculators", language))}</a>{logout_link(user, language)}</p></header>'
    )


def notice(language: Language) -> str:
    """The permanent notice."""
    label = escape(text("notice_label", language), quote=True)
    return f'<p class="notice" role="note" aria-label="{label}">{escape(text("notice", language))}</p>'


def hint(language: Language, key: str = "") -> str:
    """The line under the question box: how to send, or what is wrong."""
    if key:
        return f'<p class="hint warn" role="status">{escape(text(key, language))}</p>'
    return f'<p class="hint" role="status">{escape(text("keys", language))}</p>'


def ask_button(question: str, label: str | None = None, classes: str = "ask") -> str:
    """A button that asks ``question`` when clicked."""
    return (
        f'<button type="button" class="{classes}" data-ask="{escape(question, quote=True)}">'
        f"{escape(question if label is None else label)}</button>"
    )


def _welcome(language: Language) -> str:
    buttons = "".join(f"<li>{ask_button(question)}</li>" for question in examples(language))
    return (
        f'<section class="welcome"><h2>{escape(text("welcome", language))}</h2>'
        f"<p>{escape(text('welcome_text', language))}</p><ul>{buttons}</ul></section>"
    )


def _exchange(exchange: Exchange, session: Session) -> str:
    language = session.language
    question = (
        f'<div class="question" id="q-{exchange.turn}" tabindex="-1">'
        f'<span class="who">{escape(text("you", language))}</span>'
        f"<p>{escape(exchange.question)}</p></div>"
    )
    if exchange.answer is not None:
        kept = record_link(session, exchange) if exchange.asked else ""
        reply = answer_html(exchange.answer, exchange.turn, language, kept) + feedback_form(session, exchange)
    elif exchange.failed:
        message = exchange.message or text("error", language)
        reply = (
            f'<div class="answer failed" role="alert"><p>{escape(message)}</p>'
            f"{ask_button(exchange.question, text('retry', language))}</div>"
        )
    else:
        reply = (
            f'<div class="answer pending" role="status"><span class="dots" aria-hidden="true">'
            f"<i></i><i></i><i></i></span> {escape(text('loading', language))}</div>"
        )
    return f'<article class="exchange" data-turn="{exchange.turn}">{question}{reply}</article>'


def answer_html(answer: Answer, turn: int, language: Language, more_tools: str = "") -> str:
    """One answer: direct answer, calculation, disagreements, notes, suggestions; ``more_tools`` is HTML."""
    citations = all_citations(answer)
    markers = set(citations)
    parts = []
    status = text(f"status_{answer.status}", language)
    if status:
        parts.append(f'<p class="status status-{answer.status}">{escape(status)}</p>')
    differing = [item for item in answer.disagreements if _told(item, answer.text)]
    for item in differing:
        parts.append(f'<h3 class="differ" lang="{_LANG[answer.language]}">{escape(item.topic)}</h3>')
    body = render_markdown(_without_notes(answer), turn, markers, language)
    side_by_side = " sides" if differing else ""
    parts.append(f'<div class="reply{side_by_side}" lang="{_LANG[answer.language]}">{body}</div>')
    if answer.calculation is not None:
        parts.append(calculation_card(answer.calculation, language, is_open="<table>" not in body))
    parts.extend(
        _disagreement(item, citations, turn, answer.language, language)
        for item in answer.disagreements
        if item not in differing
    )
    if answer.notes:
        items = "".join(f"<li>{_with_chips(note, turn, markers, language)}</li>" for note in answer.notes)
        parts.append(
            f'<aside class="notes" lang="{_LANG[answer.language]}">'
            f"<strong>{escape(text('notes', language))}</strong><ul>{items}</ul></aside>"
        )
    if answer.suggestions:
        buttons = "".join(f"<li>{ask_button(item)}</li>" for item in answer.suggestions)
        parts.append(
            f'<nav class="suggestions" aria-label="{escape(text("suggestions", language), quote=True)}">'
            f"<span>{escape(text('suggestions', language))}</span><ul>{buttons}</ul></nav>"
        )
    parts.append(_tools(answer, citations, turn, language, more_tools))
    return f'<div class="answer answer-{answer.status}" data-turn="{turn}">{"".join(parts)}</div>'


def all_citations(answer: Answer) -> dict[int, Citation]:
    """The answer's and its calculation's citations by marker, in order."""
    found = {citation.marker: citation for citation in answer.citations}
    if answer.calculation is not None:
        for citation in answer.calculation.citations:
            found.setdefault(citation.marker, citation)
    return dict(sorted(found.items()))


def _disagreement(
    item: Disagreement, citations: dict[int, Citation], turn: int, spoken: Language, language: Language
) -> str:
    sides = []
    for statement in item.statements:
        citation = citations.get(statement.marker)
        name = citation.title if citation else ""
        if citation and citation.year and str(citation.year) not in name:
            name = f"{name} {citation.year}"
        number = chip(turn, statement.marker, language) if citation else ""
        sides.append(
            f'<li><span class="where">{escape(name)} {number}</span>'
            f"<p>{_with_chips(statement.text, turn, set(citations), language)}</p></li>"
        )
    return (
        f'<section class="disagreement">{_differ(item.topic, spoken, language)}'
        f'<ul lang="{_LANG[spoken]}">{"".join(sides)}</ul></section>'
    )


def _differ(topic: str, spoken: Language, language: Language) -> str:
    return (
        f'<h3 class="differ">{escape(text("disagreements", language))}'
        f'<span lang="{_LANG[spoken]}">{escape(topic)}</span></h3>'
    )


def _told(item: Disagreement, answer: str) -> bool:
    """The answer's own text already lists every side."""
    return bool(item.statements) and all(statement.text in answer for statement in item.statements)


def _without_notes(answer: Answer) -> str:
    """The text less the paragraphs that only repeat a note: notes have a place of their own."""
    body = answer.text
    for note in answer.notes:
        body = re.sub(rf"(?:^|\n\n)[^\n]{{0,12}}{re.escape(note)}[ \t]*(?=\n\n|$)", "", body)
    return body


def _with_chips(line: str, turn: int, markers: set[int], language: Language) -> str:
    rendered = render_markdown(line, turn, markers, language).strip()
    if rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1:
        return rendered[3:-4]
    return rendered


def _tools(
    answer: Answer, citations: dict[int, Citation], turn: int, language: Language, more: str = ""
) -> str:
    buttons = []
    if citations:
        label = text("show_sources", language, count=len(citations))
        buttons.append(
            f'<button type="button" class="tool" data-turn="{turn}" data-marker="{next(iter(citations))}">'
            f"{escape(label)}</button>"
        )
    copied = escape(text("copied", language), quote=True)
    buttons.append(
        f'<button type="button" class="tool" data-copy="{escape(plain_text(answer), quote=True)}" '
        f'data-copied="{copied}">{escape(text("copy", language))}</button>'
    )
    return f'<div class="tools">{"".join(buttons)}{more}</div>'


def plain_text(answer: Answer) -> str:
    """The answer with its source list, for the clipboard."""
    lines = [answer.text.strip()]
    sources = [
        f"[{number}] {item.title}{f' ({item.year})' if item.year else ''} › {item.section}"
        for number, item in all_citations(answer).items()
    ]
    if sources and not answer.text.rstrip().endswith(sources[-1]):
        lines.extend(["", *sources])
    return "\n".join(lines)
