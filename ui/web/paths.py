"""The app under a folder of a public address (``https://hospital.example/crlm/``), behind a reverse proxy.

A proxy may hand on the public path (``/crlm/library``) or take its folder away (``/library``). Both become
what ASGI asks for: ``root_path`` holds the folder, and ``path`` begins with it.
"""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import CrlmError

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


def clean_root_path(given: str) -> str:
    """``/crlm`` for ``crlm``, ``/crlm/`` …; empty for none. CrlmError for what cannot be a path."""
    stripped = given.strip().strip("/")
    prefix = f"/{stripped}" if stripped else ""
    if not _PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/")):
        raise CrlmError(
            f"“{given}”不能用作路径；例：/crlm（只含字母、数字和 . _ ~ -）",
            f"“{given}” cannot be a root path; an example: /crlm (letters, digits and . _ ~ - only)",
        )
    return prefix


def route_path(scope: Scope) -> str:
    """The path inside the app, beginning with ``/``, whatever folder the app is under."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    if root and (path == root or path.startswith(f"{root}/")):
        path = path[len(root) :]
    return path or "/"


class RootPath:
    """ASGI wrapper that puts the app under ``prefix`` (from ``clean_root_path``)."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        if path == self.prefix and scope["type"] == "http":
            # the chat's links are relative: they need the slash
            await RedirectResponse(f"{self.prefix}/", 308)(scope, receive, send)
            return
        if not path.startswith(f"{self.prefix}/"):
            path = self.prefix + path
        scope = {**scope, "root_path": self.prefix, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)
