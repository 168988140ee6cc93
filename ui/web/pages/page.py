"""What the plain pages share: templates with everything escaped, and the reader's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.model import Language
from ui.web import login_texts
from ui.web.i18n import preferred_language, text

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(request: Request) -> Language:
    """``?lang=``, else the language chosen before, else the browser's first one."""
    for told in (request.query_params.get("lang"), request.cookies.get("lang")):
        if told in ("zh", "en"):
            return "en" if told == "en" else "zh"
    return preferred_language(request.headers.get("accept-language", ""))


def page(
    template: str, request: Request, *, up: str = "./", status: int = 200, **values: Any
) -> HTMLResponse:
    """A rendered template. ``up``: the relative way to the chat (``../`` one folder down), so that the
    pages work under any root path behind a proxy."""
    language = language_of(request)
    query = {k: v for k, v in request.query_params.items() if k != "lang"}
    user = unquote(request.headers.get("x-crlm-user", ""))  # set by ui.web.login
    values.update(user=user, logout=login_texts.text("logout", language))
    body = _TEMPLATES.get_template(template).render(
        language=language, up=up, query=query, t=lambda key, **more: text(key, language, **more), **values
    )
    response = HTMLResponse(body, status_code=status)
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie("lang", language, samesite="strict", httponly=True)
    return response
