"""A small reverse proxy: what stands under /crlm/ goes to the app, with or without that folder."""

from __future__ import annotations

import socket
import threading

import httpx
import uvicorn
from starlette.types import Receive, Scope, Send

_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade"}


class Proxy:
    """Serves ``/crlm`` of its own port from ``target`` (a URL without a path)."""

    def __init__(self, target: str, strips: bool, scheme: str = "http") -> None:
        self.target, self.strips, self.scheme = target.rstrip("/"), strips, scheme
        self.seen: list[str] = []
        """Paths asked of this proxy."""
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(self._app, interface="asgi3", log_level="warning", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self.seen.append(path)
        if path != "/crlm" and not path.startswith("/crlm/"):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b"not under /crlm"})
            return
        if self.strips:
            path = path.removeprefix("/crlm") or "/"
        body = b""
        more = True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        query = scope["query_string"].decode()
        headers = [(k, v) for k, v in scope["headers"] if k not in _HOP]
        headers += [(b"x-forwarded-proto", self.scheme.encode()), (b"x-forwarded-for", b"203.0.113.9")]
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            url = f"{self.target}{path}" + (f"?{query}" if query else "")
            request = client.build_request(scope["method"], url, headers=headers, content=body)
            reply = await client.send(request, stream=True)
            kept = [(k, v) for k, v in reply.headers.raw if k.lower() not in _HOP]
            await send({"type": "http.response.start", "status": reply.status_code, "headers": kept})
            async for chunk in reply.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
            await reply.aclose()
