"""Labelled inputs of the chat's small forms, as plain HTML. Everything shown is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

LONGEST = 80
"""Characters a field takes; no value of any calculator needs more."""


def select_field(
    field: str, name: str, options: Iterable[tuple[str, str]], chosen: str, *, more: str = ""
) -> str:
    """A drop-down list of (value, label). ``more``: further attributes, already escaped."""
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in options
    )
    return f'<select id="{field}" name="{escape(name)}" {more}>{listed}</select>'


def text_field(
    field: str, name: str, value: str, *, number: bool = False, hint: str = "", more: str = ""
) -> str:
    """A line of text, with the keyboard of figures for a number."""
    mode = ' inputmode="decimal"' if number else ""
    return (
        f'<input type="text" id="{field}" name="{escape(name)}" value="{escape(value)}"{mode} '
        f'placeholder="{escape(hint)}" maxlength="{LONGEST}" autocomplete="off" spellcheck="false" {more}>'
    )
