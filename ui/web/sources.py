"""The panel beside the chat: each quoted sentence marked inside its whole passage."""

from __future__ import annotations

from html import escape

from assistant.answer import Answer, Citation
from corpus.model import DocumentInfo, Language, Passage, PassageKind
from ui.web.disagreements import badge, grade_badge
from ui.web.i18n import kind_name, lang_of, text
from ui.web.markdown import document_link
from ui.web.recalculation import with_changes
from ui.web.render import all_citations
from ui.web.session import Assistant, Session

_JOINER = "&#8288;"
"""Keeps the number on the line of the sentence it belongs to."""


def panel(session: Session, assistant: Assistant) -> str:
    """The sources of the exchange that is shown."""
    language = session.language
    title = escape(text("sources", language))
    exchange = session.exchange(session.shown)
    if exchange is None or exchange.answer is None:
        inner = f'<h2>{title}</h2><p class="empty">{escape(text("sources_empty", language))}</p>'
        return f'<section class="sources" aria-label="{title}">{inner}</section>'
    answer = with_changes(exchange.answer, exchange.by_hand)
    cards = source_cards(answer, exchange.turn, assistant, language)
    if not cards:
        cards = f'<p class="empty">{escape(text("sources_none", language))}</p>'
    asked = f"{escape(text('sources_of', language))}{escape(exchange.question)}"
    return (
        f'<section class="sources" data-turn="{exchange.turn}" aria-label="{title}">'
        f'<h2>{title}</h2><p class="asked">{asked}</p>{cards}'
        f"{_other_passages(answer, assistant, language)}</section>"
    )


def source_cards(answer: Answer, turn: int, assistant: Assistant, language: Language) -> str:
    """One card per quoted passage, in the order of the markers."""
    groups: dict[str, list[Citation]] = {}
    for citation in all_citations(answer).values():
        groups.setdefault(citation.passage_id, []).append(citation)
    return "".join(_card(group, turn, assistant, language) for group in groups.values())


def highlight(passage: Passage, citations: list[Citation], turn: int, language: Language) -> str:
    """The passage's text, escaped, with the cited sentences in ``<mark>``.

    What is not found in the text stands before it: a table row as printed, then as its header reads it.
    """
    parts: list[str] = []
    position = 0
    anchored: set[int] = set()
    grades = _graded_ends(passage, language)
    for start, end, markers in _cited_spans(passage, citations):
        parts.append(_with_badges(passage.text, position, start, grades))
        parts.append(_mark(passage.text[start:end], markers, turn, anchored) + grades.get(end, ""))
        position = end
    parts.append(_with_badges(passage.text, position, len(passage.text), grades))
    lost = [citation for citation in citations if citation.marker not in anchored]
    if not lost:
        return "".join(parts)
    quotes = "<br>".join(_mark(item.quote, [item.marker], turn, anchored) for item in lost)
    label = text("row_read" if passage.kind is PassageKind.TABLE_ROW else "whole", language)
    return f'{quotes}<br><span class="lead">{escape(label)}</span>{"".join(parts)}'


def _graded_ends(passage: Passage, language: Language) -> dict[int, str]:
    """The badge of every graded sentence, by where the sentence ends in the passage's text."""
    found: dict[int, str] = {}
    for _, end, sentence in passage.places():
        grades = dict.fromkeys((g.level, g.recommendation) for g in sentence.grades)
        if grades:
            found[end] = "".join(badge(level, letter, language) for level, letter in grades)
    return found


def _with_badges(passage: str, start: int, end: int, grades: dict[int, str]) -> str:
    """A stretch of a passage, escaped, a badge after each graded sentence that ends in it."""
    parts: list[str] = []
    for at in sorted(at for at in grades if start < at <= end):
        parts.append(escape(passage[start:at]) + grades[at])
        start = at
    return "".join(parts) + escape(passage[start:end])


def _mark(quote: str, markers: list[int], turn: int, anchored: set[int]) -> str:
    """The marked sentence; the first of each number carries the anchor its chip leads to."""
    anchors = "".join(f'<span id="s-{turn}-{number}"></span>' for number in markers if number not in anchored)
    anchored.update(markers)
    numbers = "".join(f"[{number}]" for number in markers)
    return f'<mark tabindex="-1">{anchors}{escape(quote)}<sup>{_JOINER}{numbers}</sup></mark>'


def _cited_spans(passage: Passage, citations: list[Citation]) -> list[tuple[int, int, list[int]]]:
    """Where the cited sentences stand in the passage's text, with their numbers; no two overlap."""
    found: dict[tuple[int, int], list[int]] = {}
    for start, end, sentence in passage.places():
        numbers = [
            citation.marker
            for citation in citations
            if citation.start <= sentence.start and sentence.end <= citation.end
        ]
        if numbers:
            found[start, end] = numbers
    located = {number for numbers in found.values() for number in numbers}
    for citation in citations:
        at = passage.text.find(citation.quote) if citation.quote else -1
        if citation.marker not in located and at >= 0:
            found.setdefault((at, at + len(citation.quote)), []).append(citation.marker)
    spans: list[tuple[int, int, list[int]]] = []
    for (start, end), numbers in sorted(found.items()):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, numbers))
    return spans


def _card(citations: list[Citation], turn: int, assistant: Assistant, language: Language) -> str:
    first = citations[0]
    info, passage = _look_up(first, assistant)
    numbers = "".join(f'<span class="no">{item.marker}</span>' for item in citations)
    about = " · ".join(
        part
        for part in (str(first.year or ""), kind_name(info.kind, language) if info is not None else "")
        if part
    )
    if passage is not None:
        lead = f'<span class="lead">{escape(passage.lead_in)}</span> ' if passage.lead_in else ""
        body = lead + highlight(passage, citations, turn, language)
        spoken: Language = passage.language
    else:
        anchored: set[int] = set()
        body = " … ".join(_mark(item.quote, [item.marker], turn, anchored) for item in citations)
        spoken = "zh"
    badges = (grade_badge(item, language) for item in _graded(citations))
    meta = escape(about) + "".join(shown for shown in badges if shown not in body)
    parts = [
        f'<h3><span class="nos">{numbers}</span><span>{escape(first.title)}</span></h3>',
        f'<p class="meta">{meta}</p>',
        f'<p class="path">{escape(first.section)}</p>',
        f'<blockquote lang="{lang_of(spoken)}">{body}</blockquote>',
    ]
    parts.extend(_translation(item, len(citations) > 1, spoken, language) for item in citations)
    parts.append(_references(citations, language))
    parts.append(_about(first, info, language))
    back = escape(text("back", language))
    button = f'<button type="button" class="tool back" data-back="{turn}">↩ {back}</button>'
    parts.append(f'<p class="go">{document_link(turn, first, language)}{button}</p>')
    return f'<article class="source">{"".join(parts)}</article>'


def _look_up(citation: Citation, assistant: Assistant) -> tuple[DocumentInfo | None, Passage | None]:
    try:
        return assistant.document(citation.document_id), assistant.passage(citation.passage_id)
    except (KeyError, LookupError, ValueError):
        return None, None


def _graded(citations: list[Citation]) -> list[Citation]:
    seen, graded = set(), []
    for citation in citations:
        grade = (citation.evidence_level, citation.recommendation)
        if any(grade) and grade not in seen:
            seen.add(grade)
            graded.append(citation)
    return graded


def _translation(citation: Citation, several: bool, spoken: Language, language: Language) -> str:
    if not citation.translation:
        return ""
    key = "translation_official" if citation.translation_official else "translation_unofficial"
    number = f"[{citation.marker}] " if several else ""
    other = lang_of("en" if spoken == "zh" else "zh")
    return (
        f'<div class="translation"><span class="label">{escape(text(key, language))}</span> '
        f'{number}<span lang="{other}">{escape(citation.translation)}</span></div>'
    )


def _references(citations: list[Citation], language: Language) -> str:
    entries = list(dict.fromkeys(entry for citation in citations for entry in citation.references))
    if not entries:
        return ""
    items = "".join(f"<li>{escape(entry)}</li>" for entry in entries)
    summary = escape(text("references", language, count=len(entries)))
    return f'<details class="references"><summary>{summary}</summary><ul>{items}</ul></details>'


def _about(citation: Citation, info: DocumentInfo | None, language: Language) -> str:
    lines = []
    if info is not None:
        title = (info.title_zh or info.title_en) if language == "zh" else (info.title_en or info.title_zh)
        published = ", ".join(str(part) for part in (info.journal, info.year, info.volume) if part)
        lines = [title, info.authors, published, f"doi: {info.doi}" if info.doi else None]
        lines.append(info.note_zh if language == "zh" else info.note_en)
    name = info.file if info is not None else citation.document_id
    lines.append(text("location", language, file=name, start=citation.start, end=citation.end))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    summary = escape(text("document_note", language))
    return f'<details class="about"><summary>{summary}</summary><ul>{items}</ul></details>'


def _other_passages(answer: Answer, assistant: Assistant, language: Language) -> str:
    quoted = {citation.passage_id for citation in all_citations(answer).values()}
    others = [item for item in answer.passages if item.passage_id not in quoted]
    if not others:
        return ""
    items = []
    for item in others:
        try:
            info = assistant.document(item.document_id)
            name = info.short_zh if language == "zh" else info.short_en
            passage = assistant.passage(item.passage_id)
            body = _with_badges(passage.text, 0, len(passage.text), _graded_ends(passage, language))
        except (KeyError, LookupError, ValueError):
            name, body = item.document_id, escape(item.text)
        items.append(f'<li><p class="path">{escape(name)} › {escape(item.section)}</p><p>{body}</p></li>')
    summary = escape(text("passages", language, count=len(others)))
    opened = " open" if answer.status == "not_found" and not quoted else ""
    listed = f"<ul>{''.join(items)}</ul>"
    return f'<details class="passages"{opened}><summary>{summary}</summary>{listed}</details>'
