"""Answer Markdown to safe HTML: no raw HTML, no links, no images; ``[n]`` becomes a button."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import Language
from ui.web.i18n import text

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


def chip(turn: int, marker: int, language: Language) -> str:
    """The clickable number of a citation."""
    label = escape(text("source", language, marker=marker))
    return (
        f'<button type="button" class="chip" data-turn="{turn}" data-marker="{marker}" '
        f'aria-label="{label}">{marker}</button>'
    )


def grade_class(recommendation: str | None) -> str:
    """CSS class of a recommendation grade."""
    letter = (recommendation or "").strip()[:1].upper()
    return f"grade grade-{letter.lower()}" if letter in {"A", "B", "C", "D"} else "grade"


def render_markdown(source: str, turn: int, markers: Collection[int], language: Language) -> str:
    """Render ``source``; a ``[n]`` outside ``markers`` stays plain text."""
    tokens = _PARSER.parse(source)
    for token in tokens:
        if token.type == "inline" and token.children:
            children = [list(_inline(child, turn, markers, language)) for child in token.children]
            token.children = [new for group in children for new in group]
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return rendered.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")


def _inline(token: Token, turn: int, markers: Collection[int], language: Language) -> Iterator[Token]:
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
        if not all(number in markers for number in numbers):
            continue
        if match.start() > position:
            yield _text(token.content[position : match.start()])
        yield _html("".join(chip(turn, number, language) for number in numbers))
        position = match.end()
    if position < len(token.content):
        yield _text(token.content[position:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)
