"""An answer on a terminal: the direct answer first, then numbered sources with the cited sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from ui.messages import say

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation

_COLOURS = {"answered": "green", "needs_input": "yellow", "not_found": "magenta", "rejected": "red"}


def print_answer(answer: Answer, console: Console) -> None:
    """Render one answer; plain text when the console is not a terminal."""
    if not console.is_terminal:
        console.print(answer.text, markup=False, highlight=False, soft_wrap=True)
    else:
        console.print(Padding(Markdown(answer.text), (1, 0, 0, 0)))
    if answer.citations:
        console.print()
        console.print(Text(say("sources", answer.language), style=f"bold {_COLOURS[answer.status]}"))
        for citation in answer.citations:
            _print_citation(citation, console)
    if answer.suggestions:
        console.print()
        console.print(Text(say("next", answer.language) + ":", style="dim"))
        for suggestion in answer.suggestions:
            console.print(Text(f"  · {suggestion}", style="dim"))


def _print_citation(citation: Citation, console: Console) -> None:
    grade = f"  {citation.evidence_level} · {citation.recommendation}" if citation.evidence_level else ""
    head = Text(f"[{citation.marker}] ", style="cyan")
    head.append(f"{citation.title} › {citation.section}", style="bold")
    head.append(grade, style="green")
    console.print(head, soft_wrap=not console.is_terminal)
    quote = Text(citation.quote, style="dim")
    console.print(
        Padding(quote, (0, 0, 0, 4)) if console.is_terminal else Text("    " + citation.quote),
        soft_wrap=not console.is_terminal,
    )
