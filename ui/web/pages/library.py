"""``GET /library``: the documents, their graded recommendations, and a search with filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.model import Document, Language, Passage, Sentence
from corpus.registers import Erratum
from ui.web.i18n import kind_name, text
from ui.web.links import passage_url, section_url, sentence_url
from ui.web.markdown import grade_class
from ui.web.pages import reading_texts  # noqa: F401  (its labels)
from ui.web.pages.document import renderings, titles
from ui.web.pages.errata import errata_by_sentence
from ui.web.pages.filters import Filters, read_filters
from ui.web.pages.outline import Node, lay_out
from ui.web.pages.page import language_of, page
from ui.web.pages.recommendations import Counts, Recommendation, count, recommendations
from ui.web.pages.terms import Stretch, Terms
from ui.web.session import Assistant

MOST = 50
"""Passages that a search ranks, and shows at most."""
NEAR = 10
"""Of these, shown without naming what was searched for."""
LONGEST = 200
"""Characters of a search."""
LISTING = ("document", "level", "grade")
"""Filters that alone ask for the list of recommendations."""


@dataclass(frozen=True)
class Shelf:
    """A document as the library shows it."""

    document: Document
    sentences: int
    counts: Counts
    outline: tuple[Node, ...]


@dataclass(frozen=True)
class Hit:
    """A passage that a search found."""

    document: Document
    passage: Passage
    stretches: list[Stretch]

    @property
    def named(self) -> bool:
        """It contains what was searched for, not only something near in meaning."""
        return any(stretch.hit for stretch in self.stretches)


@dataclass(frozen=True)
class Results:
    """What a search found within the filters; ``outside``: how many more there are without them."""

    hits: list[Hit]
    near: list[Hit]
    total: int
    outside: int


class Library:
    """What does not depend on the request; made once."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.documents = assistant.full_documents()

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return recommendations(self.documents)

    @cached_property
    def shelves(self) -> list[Shelf]:
        return [
            Shelf(
                document,
                sum(len(passage.sentences) for passage in document.passages),
                count(recommendations([document])),
                lay_out(document).outline,
            )
            for document in self.documents
        ]

    def search(self, query: str, filters: Filters) -> Results:
        """Passages that name what is searched for, ranked ones first; apart, those only near in meaning."""
        terms = Terms(query)
        ranked = dict.fromkeys(found.passage_id for found in self.assistant.search(query, MOST))
        rest = (passage.id for document in self.documents for passage in document.passages)
        found = [(*self._by_id[key], key in ranked) for key in dict.fromkeys((*ranked, *rest))]
        hits: list[Hit] = []
        near: list[Hit] = []
        outside = 0
        for document, passage, is_ranked in found:
            hit = Hit(document, passage, terms.mark(passage.text))
            if not filters.admits(document, passage):
                outside += hit.named
            elif hit.named:
                hits.append(hit)
            elif is_ranked:
                near.append(hit)
        return Results(hits[:MOST], near[:NEAR], len(hits), outside)

    @cached_property
    def _by_id(self) -> dict[str, tuple[Document, Passage]]:
        return {p.id: (document, p) for document in self.documents for p in document.passages}

    @cached_property
    def _errata(self) -> dict[str, tuple[Erratum, ...]]:
        return {key: found for d in self.documents for key, found in errata_by_sentence(d).items()}

    def errata(self, sentences: Iterable[Sentence]) -> list[Erratum]:
        """Errata that touch sentences, each once."""
        return list({e.id: e for s in sentences for e in self._errata.get(s.id, ())}.values())


def library_router(assistant: Assistant) -> APIRouter:
    """The library."""
    router = APIRouter()
    kept: list[Library] = []

    @router.get("/library", response_class=HTMLResponse)
    def show(request: Request) -> HTMLResponse:
        if not kept:
            kept.append(Library(assistant))
        return _show(request, kept[0])

    return router


def _show(request: Request, library: Library) -> HTMLResponse:
    language = language_of(request)
    asked = request.query_params
    filters = read_filters(asked, library.documents, library.recommendations, language)
    notices = list(filters.wrong)
    query = asked.get("q", "").strip()
    results: Results | None = None
    if "q" in asked and (problem := _problem(query, language)):
        notices.insert(0, problem)
    elif query:
        results = library.search(query, filters)
    listing = results is None and "q" not in asked and any(name in asked for name in LISTING)
    listed = [item for item in library.recommendations if filters.lists(item)] if listing else None
    return page(
        "library.html", request, status=400 if notices else 200,
        library=library, filters=filters, notices=notices, q=query[:LONGEST], results=results, listed=listed,
        total=len(library.recommendations), titles=titles, kind_name=kind_name, renderings=renderings,
        grade_class=grade_class, passage_url=passage_url, section_url=section_url, at=_at, link=_link,
        search_fields=[f for f in filters.fields if f.name != "grade"], listing_fields=filters.only(*LISTING),
    )  # fmt: skip


def _problem(query: str, language: Language) -> str:
    """Why this is no search."""
    if not query:
        return text("lib.empty", language)
    if len(query) > LONGEST:
        return text("lib.too_long", language, length=len(query), most=LONGEST)
    if not any(c.isalnum() for c in query) or not query.isprintable():
        return text("lib.unreadable", language)
    return ""


def _at(item: Recommendation) -> str:
    """The viewer at a recommendation."""
    where = f"{item.sentence.start}-{item.sentence.end}"
    return sentence_url(item.document.info.id, item.passage.id, where)


def _link(fragment: str = "", **asked: str) -> str:
    """This page with other conditions."""
    return f"?{urlencode(asked, quote_via=quote)}" + (f"#{fragment}" if fragment else "")
