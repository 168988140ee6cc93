"""The chat as HTML. Whatever comes from a question or a document is escaped."""

from __future__ import annotations

import json
from collections.abc import Collection
from html import escape

from assistant.answer import Answer, Citation
from corpus.model import Language
from ui.web.calculation import Place, calculation_card
from ui.web.disagreements import Infos, disagreement, told, with_origins
from ui.web.i18n import examples, lang_of, text
from ui.web.keeping import export_link, feedback_form, logout_link, record_link
from ui.web.markdown import Cited, render_markdown
from ui.web.notes import notes
from ui.web.recalculation import with_changes
from ui.web.session import Exchange, Session
from ui.web.shown_text import calculations, shown_text

_FOR_SCRIPT = (
    "viewer", "close", "new_tab", "opening", "unopened", "offline", "online", "restarted", "afresh", "answered",
    "working",
)  # fmt: skip
_COMMANDS = {
    "more": {"zh": "更多", "en": "more"},
    "source": {"zh": "原文", "en": "source"},
    "other_en": {"zh": "用英文回答"},
    "other_zh": {"en": "in Chinese"},
}
"""What the small buttons ask, in the language of the answer they stand under."""


def transcript(session: Session) -> str:
    """The whole chat, or the welcome with its examples."""
    language = session.language
    labels = escape(json.dumps({key: text(f"chat.{key}", language) for key in _FOR_SCRIPT}))
    # Every reply replaces the whole log: chat.js says what is new, a live log would read all of it again.
    head = (
        f'<div class="log" role="log" aria-live="off" data-language="{language}" '
        f'data-turns="{session.turns}" data-labels="{labels}">'
    )
    if not session.exchanges:
        return f"{head}{_welcome(language)}</div>"
    earlier = f'<p class="earlier">{text("earlier", language)}</p>' if session.forgotten else ""
    shown = "".join(_exchange(item, session) for item in session.exchanges)
    return f"{head}{earlier}{shown}{export_link(session)}</div>"


def header(language: Language, ready: bool = False, user: str = "") -> str:
    """Name, one-line description and the other pages; ``ready`` once the server has greeted it."""
    links = "".join(
        f'<a href="./{page}?lang={language}">{escape(text(page, language))}</a>'
        for page in ("library", "calculators", "study")
    )
    return (
        f'<header class="masthead"{" data-ready" if ready else ""}><h1>{escape(text("title", language))}</h1>'
        f"<p>{escape(text('subtitle', language))}{logout_link(user, language)}</p>"
        f'<nav class="pages" aria-label="{escape(text("pages", language))}">{links}</nav></header>'
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
        reply = _answered(exchange, session)
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


def _answered(exchange: Exchange, session: Session) -> str:
    """An answer with the calculations as the reader changed them."""
    assert exchange.answer is not None
    last = exchange is session.exchanges[-1]
    reply = answer_html(
        with_changes(exchange.answer, exchange.by_hand), exchange.turn, session.language,
        record_link(session, exchange) if exchange.asked else "",
        infos=exchange.infos, by_hand=exchange.by_hand, revision=exchange.revision, commands=last,
    )  # fmt: skip
    return reply + feedback_form(session, exchange)


def answer_html(
    answer: Answer,
    turn: int,
    language: Language,
    more_tools: str = "",
    *,
    infos: Infos | None = None,
    by_hand: Collection[int] = (),
    revision: int = 0,
    commands: bool = False,
) -> str:
    """One answer: direct answer, calculations, disagreements, notes, suggestions; ``more_tools`` is HTML.

    ``by_hand``: places of calculations whose values the reader changed. ``commands``: with the buttons
    that ask for more of this answer.
    """
    citations = all_citations(answer)
    spoken = lang_of(answer.language)
    documents = infos or {}
    parts = [_understood(answer, turn, language)]
    status = text(f"status_{answer.status}", language)
    if status and (answer.status != "needs_input" or answer.calculation):
        parts.append(f'<p class="status status-{answer.status}">{escape(status)}</p>')
    differing = [item for item in answer.disagreements if told(item, answer.text)]
    for item in differing:
        parts.append(f'<h3 class="differ" lang="{spoken}">{escape(item.topic)}</h3>')
    body = render_markdown(shown_text(answer), turn, citations, language)
    if differing:
        body = with_origins(body, citations, documents, language)
    parts.append(f'<div class="reply{" sides" if differing else ""}" lang="{spoken}">{body}</div>')
    for index, calculation in enumerate(calculations(answer)):
        place = Place(turn, index, citations, index in by_hand, revision)
        parts.append(calculation_card(calculation, language, full=index in by_hand, place=place))
    parts.extend(
        disagreement(item, citations, documents, turn, answer.language, language)
        for item in answer.disagreements
        if item not in differing
    )
    parts.append(notes(answer, turn, citations, language))
    if answer.suggestions:
        buttons = "".join(f"<li>{ask_button(item)}</li>" for item in answer.suggestions)
        parts.append(
            f'<nav class="suggestions" aria-label="{escape(text("suggestions", language), quote=True)}">'
            f"<span>{escape(text('suggestions', language))}</span><ul>{buttons}</ul></nav>"
        )
    again = _commands(answer, language) if commands else ""
    parts.append(_tools(answer, citations, turn, language, again + more_tools))
    return f'<div class="answer answer-{answer.status}" data-turn="{turn}">{"".join(parts)}</div>'


def all_citations(answer: Answer) -> dict[int, Citation]:
    """The answer's and its calculations' citations by marker, in order."""
    found = {citation.marker: citation for citation in answer.citations}
    for calculation in calculations(answer):
        for citation in calculation.citations:
            found.setdefault(citation.marker, citation)
    return dict(sorted(found.items()))


def _understood(answer: Answer, turn: int, language: Language) -> str:
    """How a question that leans on others was read, and a way to put it right."""
    if not answer.understood:
        return ""
    read = escape(answer.understood)
    return (
        f'<p class="understood">{escape(text("chat.understood", language))}'
        f'<q lang="{lang_of(answer.language)}">{read}</q> '
        f'<button type="button" class="tool" id="edit-{turn}" data-edit="{read}" '
        f'aria-label="{escape(text("chat.edit_long", language))}">{escape(text("chat.edit", language))}</button></p>'
    )


def _commands(answer: Answer, language: Language) -> str:
    """Buttons for another look at the last answer."""
    textual = answer.status == "answered" and answer.calculation is None and answer.citations
    wanted = ["more", "source"] if textual else []
    if answer.status != "rejected":
        wanted.append("other_en" if answer.language == "zh" else "other_zh")
    return "".join(
        ask_button(_COMMANDS[name][answer.language], text(f"chat.{name}", language), "tool command")
        for name in wanted
    )


def _tools(answer: Answer, citations: Cited, turn: int, language: Language, more: str = "") -> str:
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
