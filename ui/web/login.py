"""ASGI middleware: nobody gets to the chat, the pages, the API or MCP without a name and a password.

People log in on a page and get a cookie; programs send HTTP Basic or that cookie. Only the login page and the
style sheets it needs are open to all.
"""

from __future__ import annotations

import math
from functools import partial
from urllib.parse import parse_qs, quote

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.login_texts import TEXTS, text
from ui.web.logins import Logins
from ui.web.pages.page import language_of, page
from ui.web.paths import route_path

COOKIE = "crlm_session"
USER_HEADER = b"x-crlm-user"
"""Set here for the pages within, percent-encoded; whatever a client sends under this name is dropped."""
LARGEST_FORM = 20_000
"""Bytes of a login form."""
CHECKS_AT_ONCE = 2
"""Passwords checked at the same time: each check takes 64 MB and a processor."""


class Login:
    """In front of ``app``: passes on whom ``logins`` knows, shows the others the way in."""

    def __init__(self, app: ASGIApp, logins: Logins) -> None:
        self.app = app
        self.logins = logins
        self._limiter: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # the app has none
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != USER_HEADER]
        scope = {**scope, "headers": headers}
        request = Request(scope, receive)
        path = route_path(scope)
        if path in ("/login", "/login/"):
            await (await self._login(request))(scope, receive, send)
        elif path in ("/logout", "/logout/"):
            await self._logout(request)(scope, receive, send)
        elif path.startswith("/page-files/"):
            await self.app(scope, receive, send)
        else:
            answer = await self._who(request)
            if isinstance(answer, Response):
                await answer(scope, receive, send)
            else:
                scope["headers"] = [*headers, (USER_HEADER, quote(answer).encode())]
                await self.app(scope, receive, send)

    async def _who(self, request: Request) -> str | Response:
        """The user's name, or the refusal."""
        name = self.logins.user(request.cookies.get(COOKIE, ""))
        if name is not None:
            return name
        header = request.headers.get("authorization", "")
        if header[:6].lower() == "basic ":
            name = self.logins.known_basic(header)
            if name is not None:
                return name
            name, wait = await self._slowly(partial(self.logins.check_basic, header, _address(request)))
            if name is not None:
                return name
            if wait:
                return _refusal(request, 429, "wait", wait)
        return self._ask_to_log_in(request)

    def _ask_to_log_in(self, request: Request) -> Response:
        path = route_path(request.scope)
        person = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
        if not person or path.startswith("/gradio_api/"):
            return _refusal(request, 401, "needed")
        target = path + (f"?{request.url.query}" if request.url.query else "")
        wanted = f"?next={quote(target, safe='/')}" if target != "/" else ""
        return _redirect(request, f"/login{wanted}")

    async def _login(self, request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            if self.logins.user(request.cookies.get(COOKIE, "")) is not None:
                return _redirect(request, local(request.query_params.get("next", "")))
            out = "out" if "out" in request.query_params else ""
            return _page(request, request.query_params.get("next", ""), out, kind="good")
        if request.method != "POST":
            return Response(status_code=405, headers={"allow": "GET, POST"})
        form = await _form(request)
        # No other site may log a reader in: its browser says where the form came from.
        if form is None or request.headers.get("sec-fetch-site") == "cross-site":
            return _page(request, "", "malformed", status=400)
        name, password, target = (form.get(key, "") for key in ("name", "password", "next"))
        token, wait = await self._slowly(partial(self.logins.check, name, password, _address(request)))
        if token is None:
            if not wait:
                return _page(request, target, "wrong", status=401, name=name)
            reply = _page(request, target, "wait", status=429, name=name, seconds=math.ceil(wait))
            reply.headers["retry-after"] = str(math.ceil(wait))
            return reply
        entered = _redirect(request, local(target))
        _set_cookie(entered, request, token)
        return entered

    def _logout(self, request: Request) -> Response:
        self.logins.end(request.cookies.get(COOKIE, ""))
        reply = _redirect(request, "/login?out")
        _set_cookie(reply, request, "")
        return reply

    async def _slowly(self, check: partial[tuple[str | None, float]]) -> tuple[str | None, float]:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(CHECKS_AT_ONCE)
        return await anyio.to_thread.run_sync(check, limiter=self._limiter)


def local(target: str) -> str:
    """``target`` if it is a path inside the app, else the chat: a login never leads to another site."""
    plain = target.startswith("/") and not target.startswith("//") and target.isprintable()
    return target if plain and "\\" not in target else "/"


def _redirect(request: Request, path: str) -> RedirectResponse:
    reply = RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
    reply.headers["cache-control"] = "no-store"
    return reply


def _set_cookie(reply: Response, request: Request, token: str) -> None:
    """The session's cookie; an empty token takes it away."""
    reply.set_cookie(
        COOKIE,
        token,
        max_age=None if token else 0,
        path=request.scope.get("root_path") or "/",
        httponly=True,
        samesite="strict",
        secure=request.scope.get("scheme") == "https",
    )


def _page(
    request: Request, target: str, key: str = "", *, status: int = 200, kind: str = "bad", name: str = "",
    **values: object,
) -> Response:  # fmt: skip
    language = language_of(request)
    labels = {label: text(label, language) for label in ("title", "app", "name", "password", "submit")}
    message = text(key, language, **values) if key else ""
    reply = page(
        "login.html", request, status=status, labels=labels, target=local(target), message=message,
        kind=kind if key else "", name=name[:64],
    )  # fmt: skip
    reply.headers["cache-control"] = "no-store"
    return reply


def _refusal(request: Request, status: int, key: str, wait: float = 0.0) -> Response:
    seconds = math.ceil(wait)
    zh, en = (label.format(seconds=seconds) for label in TEXTS[key])
    reply = JSONResponse({"error": {"zh": zh, "en": en}}, status)
    reply.headers["cache-control"] = "no-store"
    if wait:
        reply.headers["retry-after"] = str(seconds)
    if status == 401 and "sec-fetch-mode" not in request.headers:  # a browser would open its own dialog
        reply.headers["www-authenticate"] = 'Basic realm="CRLM", charset="UTF-8"'
    return reply


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a posted form, the first of each name; None when it is none or too large."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = bytearray()
    async for chunk in request.stream():
        body.extend(chunk)
        if len(body) > LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        return None
    return {key: values[0] for key, values in fields.items()}
