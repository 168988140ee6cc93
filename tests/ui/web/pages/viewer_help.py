"""The real documents behind a fake assistant: what the viewer and the library tests share."""

from __future__ import annotations

import sys
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1]))

from fake import FakeAssistant

from assistant.answer import Citation, RetrievedPassage
from corpus.corpus import load_corpus
from corpus.model import Document, DocumentInfo, Passage, Sentence
from ui.web.pages import routers

HOSTILE = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>\"'{{7*7}}"


class Reader(FakeAssistant):
    """The five documents as they are read; a search for any of the words."""

    def full_document(self, document_id: str) -> Document:
        return load_corpus().document(document_id)

    def full_documents(self) -> tuple[Document, ...]:
        return load_corpus().documents

    def document(self, document_id: str) -> DocumentInfo:
        return load_corpus().document(document_id).info

    def passage(self, passage_id: str) -> Passage:
        return load_corpus().passage(passage_id)

    def search(self, query: str, k: int = 10) -> list[RetrievedPassage]:
        named = [p for p in load_corpus().passages if any(word in p.text for word in query.split())]
        rest = [p for p in load_corpus().passages if p not in named]
        return [
            RetrievedPassage(
                passage_id=p.id, document_id=p.document_id, section=p.section[0], text=p.text, score=1.0
            )
            for p in (*named, *rest)[:k]
        ]  # fmt: skip


def client(assistant: FakeAssistant | None = None) -> TestClient:
    """The plain pages alone, without the chat."""
    app = FastAPI()
    for router in routers(assistant or Reader()):
        app.include_router(router)
    return TestClient(app, headers={"accept-language": "zh-CN"})


def sentence(piece: str, document_id: str = "") -> tuple[Passage, Sentence]:
    """The first sentence that contains ``piece``."""
    return next(
        (passage, item)
        for passage in load_corpus().passages
        if document_id in ("", passage.document_id)
        for item in passage.sentences
        if piece in item.text
    )


def citation(piece: str, document_id: str = "") -> Citation:
    """A citation of that sentence."""
    passage, cited = sentence(piece, document_id)
    return Citation(
        marker=1, document_id=passage.document_id, title="", year=None, section="", passage_id=passage.id,
        quote=cited.text, start=cited.start, end=cited.end,
    )  # fmt: skip
