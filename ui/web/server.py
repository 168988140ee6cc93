"""Serving the page: this machine only talks to whoever asks it, and the page to no one else."""

from __future__ import annotations

import re
import socket
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import CrlmError
from ui.web.i18n import TEXTS
from ui.web.login import Login
from ui.web.logins import Logins
from ui.web.mcp import json_results
from ui.web.paths import RootPath, route_path

ASSETS = Path(__file__).parent / "assets"
FONTS = (
    "system-ui", "-apple-system", "Segoe UI", "Roboto", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif",
)  # fmt: skip
MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")
ICON = b'<link rel="icon" type="image/svg+xml" href="./page-files/favicon.svg">'
"""Relative: without it a browser asks for /favicon.ico, which is another app's under a root path."""
HEAD_STYLES = ("colours.css", "frame.css", "viewer.css")
SESSIONS = 200
"""Sessions held in memory; the least recently used one beyond that is forgotten."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Gradio evaluates its own templates
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""The browser itself refuses anything that is not from this server."""

_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_FOREIGN_TAGS = re.compile(
    rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>|\s*<link\s+rel="manifest"[^>]*>'
)

_HEAD = re.compile(rb"<head\b[^>]*>")


class Offline:
    """ASGI wrapper: security headers on every reply, no outside address in the page's head."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = route_path(scope).rstrip("/") in ("", "/calculators")
        if page:  # so that the page is not compressed before it can be rewritten
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        start: Message | None = None
        body = bytearray()

        async def forward(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
                if page:
                    start = message
                    return
            elif page and start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                await send(_with_length(start, content := _head(bytes(body))))
                message = {"type": "http.response.body", "body": content}
            await send(message)

        await self.app(scope, receive, forward)


def _head(body: bytes) -> bytes:
    """The page without outside addresses in its head, and with its icon."""
    return _HEAD.sub(lambda found: found.group() + ICON, _FOREIGN_TAGS.sub(b"", body), count=1)


def _with_length(start: Message, body: bytes) -> Message:
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    headers += [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    return {**start, "headers": headers}


def asgi(
    blocks: gr.Blocks, routers: Sequence[APIRouter] = (), logins: Logins | None = None, root_path: str = ""
) -> ASGIApp:
    """The chat, with the plain pages of ``routers`` before it, as an ASGI application.

    ``logins``: who may come in, everybody if None. ``root_path``: from ``ui.web.paths.clean_root_path``.
    """
    blocks.state_session_capacity = SESSIONS
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in routers:
        app.include_router(router)
    app.mount("/page-files", StaticFiles(directory=ASSETS), name="page-files")  # /static is Gradio's
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=root_path or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        pwa=False,
        mcp_server=True,
        enable_monitoring=False,
        favicon_path=str(ASSETS / "favicon.svg"),
        theme=theme(),
        css_paths=[ASSETS / "page.css", ASSETS / "fields.css", ASSETS / "keeping.css"],
        head="".join(f"<style>{(ASSETS / name).read_text(encoding='utf-8')}</style>" for name in HEAD_STYLES),
    )
    json_results(blocks)
    guarded = Offline(app if logins is None else Login(app, logins))
    return RootPath(guarded, root_path) if root_path else guarded


def theme() -> gr.themes.Base:
    """System fonts only: nothing to download."""
    return gr.themes.Base(
        primary_hue="teal", secondary_hue="teal", neutral_hue="slate", font=FONTS, font_mono=MONO
    )


class Server:
    """The page on a port. ``run`` blocks; ``start`` and ``stop`` are for tests."""

    def __init__(
        self,
        blocks: gr.Blocks,
        host: str = "127.0.0.1",
        port: int = 7860,
        routers: Sequence[APIRouter] = (),
        logins: Logins | None = None,
        root_path: str = "",
    ) -> None:
        self.host, self.port = host, port
        self.root_path = root_path
        config = uvicorn.Config(
            asgi(blocks, routers, logins, root_path),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{self.root_path}/"

    def run(self, open_browser: bool = False) -> None:
        """Serve until interrupted."""
        listener = self._listen()
        for label in TEXTS["ready"]:
            print(label.format(url=self.url), flush=True)
        if open_browser:
            threading.Timer(1.0, webbrowser.open, [self.url]).start()
        try:
            self._server.run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            listener.close()

    def start(self) -> None:
        """Serve in a thread of this process and return once ready."""
        listener = self._listen()
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.05)
            if not self._thread.is_alive():
                raise RuntimeError("the server stopped while starting")

    def stop(self) -> None:
        """End what ``start`` began."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(10)

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
        except (OSError, OverflowError) as error:
            listener.close()
            reason = getattr(error, "strerror", None) or str(error)
            values = {"host": self.host, "port": self.port, "reason": reason}
            zh, en = (label.format(**values) for label in TEXTS["port_taken"])
            raise CrlmError(zh, en) from error
        self.port = listener.getsockname()[1]
        return listener
