"""``GET /document/{id}``: a whole document with the cited sentences marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.model import Document, DocumentInfo, Language, Passage, Reference, Sentence
from corpus.registers import Erratum
from ui.web.i18n import kind_name, text
from ui.web.links import CITED
from ui.web.markdown import grade_class
from ui.web.pages import reading_texts  # noqa: F401  (its labels)
from ui.web.pages.errata import errata_by_sentence
from ui.web.pages.highlight import LONGEST_NAME, Highlight, highlight
from ui.web.pages.outline import Heading, Layout, Prose, TableBlock, lay_out
from ui.web.pages.page import language_of, page
from ui.web.session import Assistant

_SECOND_ENTRY = re.compile(r"\.[A-Z][a-z]+$")
"""An entry printed in two languages without a blank between: the next author stuck to the DOI."""


@dataclass(frozen=True)
class Rendering:
    """Translations of consecutive sentences that have the same standing."""

    official: bool
    text: str


class Reading:
    """What of a document does not depend on the request; made once."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def layout(self) -> Layout:
        return lay_out(self.document)

    @cached_property
    def errata(self) -> dict[str, tuple[Erratum, ...]]:
        return errata_by_sentence(self.document)

    @cached_property
    def references(self) -> dict[int, Reference]:
        return {reference.number: reference for reference in self.document.references}

    def behind(self, sentences: list[Sentence]) -> list[Reference]:
        """The listed literature that sentences cite, each entry once."""
        numbers = dict.fromkeys(number for sentence in sentences for number in sentence.references)
        return [self.references[number] for number in numbers if number in self.references]

    def errata_of(self, passage: Passage) -> list[Erratum]:
        """Errata that touch a passage, each once."""
        found = {e.id: e for s in passage.sentences for e in self.errata.get(s.id, ())}
        return list(found.values())


def renderings(passage: Passage) -> list[Rendering]:
    """The passage's translation, in runs of official or unofficial sentences."""
    runs: list[Rendering] = []
    blank = "" if passage.language == "en" else " "
    for sentence in passage.sentences:
        if not sentence.translation:
            continue
        if runs and runs[-1].official == sentence.translation_official:
            runs[-1] = Rendering(runs[-1].official, f"{runs[-1].text}{blank}{sentence.translation}")
        else:
            runs.append(Rendering(sentence.translation_official, sentence.translation))
    return runs


def doi_url(doi: str) -> str:
    """Where a DOI leads; nothing is loaded from there."""
    return f"https://doi.org/{quote(plain_doi(doi), safe='/()')}"


def plain_doi(doi: str) -> str:
    return _SECOND_ENTRY.sub("", doi)


def titles(info: DocumentInfo, language: Language) -> tuple[str, str | None]:
    """Title for the reader, and the title in the other language where there is one."""
    own, other = (info.title_zh, info.title_en) if language == "zh" else (info.title_en, info.title_zh)
    short = info.short_zh if language == "zh" else info.short_en
    return (own, other) if own else (short, other)


def document_router(assistant: Assistant) -> APIRouter:
    """The source viewer."""
    router = APIRouter()
    readings: dict[str, Reading] = {}

    @router.get("/document/{document_id}", response_class=HTMLResponse)
    def show(request: Request, document_id: str, at: str = "", p: str = "", tr: str = "") -> HTMLResponse:
        language = language_of(request)
        try:
            document = assistant.full_document(document_id)
        except (LookupError, ValueError):
            return _unknown(request, document_id, assistant, language)
        reading = readings.setdefault(document_id, Reading(document))
        found = highlight(document, at, p, language)
        return page(
            "document.html", request, up="../", status=found.status,
            **_labels(document.info, language), **_parts(reading, found),
            translated=tr == "1", toggle=_toggle(at, p, tr == "1"),
        )  # fmt: skip

    return router


def _labels(info: DocumentInfo, language: Language) -> dict[str, object]:
    title, other = titles(info, language)
    unknown = text("doc.not_stated", language)
    spoken = (", " if language == "en" else "、").join(
        text(f"doc.{code}", language) for code in info.languages
    )
    journal = ", ".join(part for part in (info.journal, info.volume) if part)
    facts = [
        (text("doc.title_other", language), other or unknown),
        (text("doc.authors", language), info.authors or unknown),
        (text("doc.year", language), str(info.year or unknown)),
        (text("doc.kind", language), kind_name(info.kind, language)),
        (text("doc.journal", language), journal or unknown),
        (text("doc.languages", language), spoken),
        (text("doc.file", language), info.file),
        (text("doc.hash", language), info.sha256),
        (text("doc.rights", language), info.rights),
    ]
    head = " · ".join(
        part for part in (info.authors, str(info.year or ""), journal, kind_name(info.kind, language)) if part
    )
    return {
        "title": title, "other_title": other, "facts": [fact for fact in facts if fact[1]], "head": head,
        "doi": info.doi, "note": info.note_zh if language == "zh" else info.note_en,
    }  # fmt: skip


def _parts(reading: Reading, found: Highlight) -> dict[str, object]:
    chosen = found.chosen
    here = reading.layout.section_of.get(chosen.id, "") if chosen else ""
    return {
        "reading": reading, "layout": reading.layout, "found": found, "chosen": chosen, "here": here,
        "here_title": chosen.section[-1] if chosen and chosen.section else "",
        "chosen_anchor": CITED if not found.anchors else "chosen", "kind_of": _kind_of,
        "renderings": renderings, "cited_in": lambda passage: _cited_in(passage, found),
        "grade_class": grade_class, "doi_url": doi_url, "plain_doi": plain_doi, "passage_query": _passage_query,
    }  # fmt: skip


def _kind_of(block: Heading | Prose | TableBlock) -> str:
    return type(block).__name__.lower()


def _cited_in(passage: Passage, found: Highlight) -> list[Sentence]:
    return [sentence for sentence in passage.sentences if sentence.id in found.anchors]


def _passage_query(passage_id: str, translated: bool) -> str:
    query = {"p": passage_id} | ({"tr": "1"} if translated else {})
    return f"?{urlencode(query, quote_via=quote, safe='')}#{CITED}"


def _toggle(at: str, passage_id: str, translated: bool) -> str:
    """The same view with the translations switched."""
    asked = {"at": at, "p": passage_id, "tr": "" if translated else "1"}
    query = urlencode({k: v for k, v in asked.items() if v}, quote_via=quote, safe=",")
    return f"?{query}" + (f"#{CITED}" if at or passage_id else "")


def _unknown(request: Request, document_id: str, assistant: Assistant, language: Language) -> HTMLResponse:
    infos = [document.info for document in assistant.full_documents()]
    choices = [(info.id, titles(info, language)[0]) for info in infos]
    return page(
        "document_unknown.html", request, up="../", status=404,
        asked=document_id[:LONGEST_NAME], choices=choices,
    )  # fmt: skip
