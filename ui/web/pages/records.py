"""``/record/…``: the record of an answer and a conversation as Markdown, made on request, kept nowhere."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.answer import Turn
from ui.record import make, record_page
from ui.record.markdown import conversation_markdown
from ui.web.keeping import text
from ui.web.pages.page import language_of, page
from ui.web.registry import session_of


def router() -> APIRouter:
    """The two addresses of a conversation."""
    routes = APIRouter()

    @routes.get("/record/{token}/conversation.md")
    def conversation(token: str, request: Request) -> Response:
        session = session_of(token)
        if session is None or not session.exchanges:
            return _gone(request)
        now = datetime.now(UTC)
        exchanges = [
            (each.asked.turns[-1] if each.asked else Turn(text=each.question), each.answer)
            for each in session.exchanges
        ]
        moment = now.strftime("%Y-%m-%d %H:%M:%S UTC")
        body = conversation_markdown(exchanges, session.language, moment, session.forgotten)
        return _file(body, "text/markdown", f"crlm-{now:%Y%m%d-%H%M%S}.md", True)

    @routes.get("/record/{token}/{turn}")
    def record(token: str, turn: str, request: Request, download: bool = False) -> Response:
        session = session_of(token)
        exchange = session.exchange(int(turn)) if session and turn.isdecimal() and len(turn) < 9 else None
        if exchange is None or exchange.answer is None or exchange.asked is None:
            return _gone(request)
        made = make(exchange.asked, exchange.answer)
        name = f"crlm-record-{made.created.replace('-', '').replace(':', '')}-{exchange.turn}.html"
        return _file(record_page(made), "text/html", name, download)

    return routes


def _gone(request: Request) -> Response:
    language = language_of(request)
    values = {key: text(key, language) for key in ("gone", "gone_text", "to_chat")}
    return page("record_gone.html", request, up="../../", status=404, labels=values)


def _file(body: str, kind: str, name: str, download: bool) -> Response:
    place = "attachment" if download else "inline"
    return Response(
        body.encode("utf-8", "replace"),
        media_type=f"{kind}; charset=utf-8",
        headers={"content-disposition": f'{place}; filename="{name}"', "cache-control": "no-store"},
    )
