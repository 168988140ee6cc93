"""Misprints of a document, by sentence."""

from __future__ import annotations

from corpus.model import Document
from corpus.registers import Erratum, find_anchor, load_errata


def errata_by_sentence(document: Document) -> dict[str, tuple[Erratum, ...]]:
    """The register's entries for every sentence id they touch."""
    found: dict[str, dict[str, Erratum]] = {}
    for erratum in load_errata():
        for anchor in erratum.anchors:
            if anchor.document_id == document.info.id:
                for _, sentence in find_anchor(anchor, document.passages):
                    found.setdefault(sentence.id, {})[erratum.id] = erratum
    return {sentence: tuple(entries.values()) for sentence, entries in found.items()}
