"""Answer Markdown to safe HTML: no raw HTML, no links, no images; ``[n]`` becomes a button."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Citation
from corpus.model import Language
from ui.web import chat_texts  # noqa: F401  (its labels)
from ui.web.i18n import text
from ui.web.links import document_url

_MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\]")
_GRADE = re.compile(
    r"^\s*(?:evidence\s+|level\s+)?[1-5][a-c]?\b.*?(?:([A-D])\s*级|(?:grade|recommendation)\s+([A-D])\b)",
    re.IGNORECASE | re.ASCII,
)
"""A badge in the answer's text, e.g. ``1a类证据 · A级推荐`` or ``evidence 1a · recommendation A``."""

# "~" stays as printed ("2~3个月"), a lone "[1]: …" line is text, and indentation is not code.
_PARSER = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["link", "image", "autolink", "html_inline", "html_block", "reference", "code", "lheading"])
)


Cited = Mapping[int, Citation]
"""An answer's citations by marker."""


def chip(turn: int | None, citation: Citation, language: Language) -> str:
    """The number of a citation: leads to the sentence in its document, beside the chat where there is one."""
    label = escape(text("chat.chip", language, marker=citation.marker, title=citation.title))
    place = f'data-turn="{turn}" data-marker="{citation.marker}"' if turn is not None else ""
    return f'<a class="chip" {_link(citation, language)} {place} aria-label="{label}">{citation.marker}</a>'


def document_link(turn: int | None, citation: Citation, language: Language) -> str:
    """The same in words."""
    label = escape(text("chat.in_document", language))
    place = f'data-turn="{turn}"' if turn is not None else ""
    about = escape(f"{text('chat.in_document', language)} [{citation.marker}]")
    return f'<a class="tool in-document" {_link(citation, language)} {place} aria-label="{about}">{label}</a>'


def _link(citation: Citation, language: Language) -> str:
    """Opens a tab of its own where no script shows it beside the chat: the chat must not be lost."""
    address = escape(document_url(citation, "./", language))
    return f'href="{address}" data-title="{escape(citation.title)}" target="_blank" rel="noopener"'


def grade_class(recommendation: str | None) -> str:
    """CSS class of a recommendation grade."""
    letter = (recommendation or "").strip()[:1].upper()
    return f"grade grade-{letter.lower()}" if letter in {"A", "B", "C", "D"} else "grade"


def render_markdown(source: str, turn: int, citations: Cited, language: Language) -> str:
    """Render ``source``; a ``[n]`` outside ``citations`` stays plain text."""
    tokens = _PARSER.parse(source)
    for token in tokens:
        if token.type == "inline" and token.children:
            children = [list(_inline(child, turn, citations, language)) for child in token.children]
            token.children = [new for group in children for new in group]
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return rendered.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")


def _inline(token: Token, turn: int, citations: Cited, language: Language) -> Iterator[Token]:
    if token.type == "code_inline":
        match = _GRADE.search(token.content)
        if match:
            classes = grade_class(match.group(1) or match.group(2))
            yield _html(f'<span class="{classes}">{escape(token.content)}</span>')
            return
    if token.type != "text":
        yield token
        return
    position = 0
    for match in _MARKER.finditer(token.content):
        numbers = [int(number) for number in re.findall(r"\d+", match.group(1))]
        if not all(number in citations for number in numbers):
            continue
        if match.start() > position:
            yield _text(token.content[position : match.start()])
        yield _html("".join(chip(turn, citations[number], language) for number in numbers))
        position = match.end()
    if position < len(token.content):
        yield _text(token.content[position:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)
