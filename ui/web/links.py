"""Where things stand: relative addresses of documents, passages and cited sentences."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assistant.answer import Citation
from corpus.model import Language

CITED = "cited"
"""Id of what the source viewer scrolls to."""


def document_url(citation: Citation, up: str = "./", language: Language | None = None) -> str:
    """The source viewer at a citation's sentence. ``up``: the relative way to the chat."""
    at = f"{citation.start}-{citation.end}"
    return sentence_url(citation.document_id, citation.passage_id, at, up, language)


def sentence_url(
    document_id: str, passage_id: str, at: str, up: str = "./", language: Language | None = None
) -> str:
    """The source viewer at character ranges of the source file, e.g. ``at="120-150,300-340"``."""
    return _viewer(document_id, {"at": at, "p": passage_id}, up, language) + f"#{CITED}"


def passage_url(document_id: str, passage_id: str, up: str = "./", language: Language | None = None) -> str:
    """The source viewer at a whole passage."""
    return _viewer(document_id, {"p": passage_id}, up, language) + f"#{CITED}"


def section_url(document_id: str, anchor: str, up: str = "./") -> str:
    """The source viewer at a heading."""
    return f"{_viewer(document_id, {}, up, None)}#{quote(anchor)}"


def _viewer(document_id: str, query: dict[str, str], up: str, language: Language | None) -> str:
    if language is not None:
        query["lang"] = language
    asked = f"?{urlencode(query, safe=',', quote_via=quote)}" if query else ""
    return f"{up}document/{quote(document_id, safe='')}{asked}"
