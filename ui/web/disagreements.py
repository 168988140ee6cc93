"""Where sources differ: one card beside the other, each with its year and kind of document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from assistant.answer import Citation, Disagreement
from corpus.model import DocumentInfo, Language
from ui.web.i18n import kind_name, lang_of, text
from ui.web.markdown import Cited, chip, grade_class
from ui.web.notes import inline

_SIDE = re.compile(r'<li>(?=(?:(?!<li>)[\s\S])*?data-marker="(\d+)")')
Infos = Mapping[str, DocumentInfo]


def told(item: Disagreement, answer: str) -> bool:
    """The answer's own text already lists every side."""
    return bool(item.statements) and all(statement.text in answer for statement in item.statements)


def with_origins(body: str, citations: Cited, infos: Infos, language: Language) -> str:
    """The rendered list of sides, each headed by where it comes from."""
    return _SIDE.sub(lambda found: f"<li>{origin(citations[int(found[1])], infos, language)}", body)


def origin(citation: Citation, infos: Infos, language: Language) -> str:
    """Kind of document and year."""
    info = infos.get(citation.document_id)
    kind = ""
    if info is not None:
        name = info.kind.value.split(" ")[0]
        kind = f'<span class="kind kind-{name}">{escape(kind_name(info.kind, language))}</span> '
    year = str(citation.year) if citation.year else text("chat.year_unknown", language)
    return f'<p class="origin">{kind}<span class="year">{escape(year)}</span></p>'


def disagreement(
    item: Disagreement, citations: Cited, infos: Infos, turn: int, spoken: Language, language: Language
) -> str:
    """A disagreement the answer's text does not spell out."""
    sides = []
    for statement in item.statements:
        citation = citations.get(statement.marker)
        head = ""
        if citation is not None:
            head = (
                f"{origin(citation, infos, language)}"
                f'<span class="where">{escape(citation.title)} {chip(turn, citation, language)}'
                f"{grade_badge(citation, language)}</span>"
            )
        sides.append(f"<li>{head}<p>{inline(statement.text, turn, citations, language)}</p></li>")
    return (
        f'<section class="disagreement"><h3 class="differ">{escape(text("disagreements", language))}'
        f'<span lang="{lang_of(spoken)}">{escape(item.topic)}</span></h3>'
        f'<ul lang="{lang_of(spoken)}">{"".join(sides)}</ul></section>'
    )


def grade_badge(citation: Citation, language: Language) -> str:
    """The grade of a quoted sentence; empty when it has none."""
    if not citation.evidence_level and not citation.recommendation:
        return ""
    level = citation.evidence_level or "–"
    letter = (citation.recommendation or "–").removesuffix("级推荐").strip()
    return badge(level, letter, language)


def badge(level: str, letter: str, language: Language) -> str:
    """Level of evidence and grade of recommendation."""
    label = text("grade", language, level=level, recommendation=letter)
    spoken = text("grade_long", language, level=level, recommendation=letter)
    return f' <span class="{grade_class(letter)}" title="{escape(spoken)}">{escape(label)}</span>'
