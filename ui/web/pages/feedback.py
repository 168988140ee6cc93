"""``POST /feedback/…``: a verdict on an answer of an open conversation. Only served where it is switched on."""

from __future__ import annotations

import logging
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Form
from fastapi.responses import JSONResponse

from corpus.errors import CrlmError
from corpus.model import Language
from ui.feedback import CATEGORIES, LONGEST_REASON, Store, entry_of
from ui.web.keeping import text
from ui.web.registry import session_of

log = logging.getLogger(__name__)


def router(store: Store) -> APIRouter:
    """The address the thumbs under an answer write to."""
    routes = APIRouter()

    @routes.post("/feedback/{token}/{turn}")
    def rate(
        token: str,
        turn: str,
        verdict: Annotated[str, Form()] = "",
        reason: Annotated[str, Form()] = "",
        categories: Annotated[list[str] | None, Form()] = None,
    ) -> JSONResponse:
        session = session_of(token)
        exchange = session.exchange(int(turn)) if session and turn.isdecimal() and len(turn) < 9 else None
        if session is None or exchange is None or exchange.answer is None:
            return _say(404, "gone", "zh" if session is None else session.language)
        language = session.language
        reason = reason.replace("\r\n", "\n").strip()  # forms send line ends as two characters
        if exchange.verdict:
            return _say(409, "twice", language)
        if verdict not in ("up", "down"):
            return _say(422, "bad_verdict", language)
        if len(reason) > LONGEST_REASON:
            return _say(422, "bad_reason", language, most=LONGEST_REASON)
        chosen = list(dict.fromkeys(categories or []))
        if any(name not in CATEGORIES for name in chosen):
            return _say(422, "bad_kind", language)
        given = cast(Literal["up", "down"], verdict)
        exchange.verdict = given
        try:
            store.append(entry_of(exchange.question, exchange.answer, given, chosen, reason))
        except CrlmError as error:
            exchange.verdict = ""
            log.error("%s", error)
            return _say(503, "unsent", language)
        return _say(200, "thanks", language)

    return routes


def _say(status: int, key: str, language: Language, **values: object) -> JSONResponse:
    return JSONResponse({"message": text(key, language, **values)}, status)
