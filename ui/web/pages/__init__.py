"""Pages beside the chat, plain HTML made on the server: readable, printable, linkable without a script."""

from __future__ import annotations

from fastapi import APIRouter

from ui.web.pages import records
from ui.web.pages.document import document_router
from ui.web.pages.library import library_router
from ui.web.pages.study import study_router
from ui.web.session import Assistant


def routers(assistant: Assistant) -> list[APIRouter]:
    """Every page beside the chat."""
    return [
        document_router(assistant),
        library_router(assistant),
        study_router(assistant),
        records.router(),
    ]
