"""The server around the page: headers, no outside address, a clear word when the port is taken."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fake import FakeAssistant

from corpus.errors import CrlmError
from ui.web.app import build_app, preferred_language
from ui.web.server import Server


@pytest.fixture(scope="module")
def contacted() -> Iterator[list[Any]]:
    """Every address this process connects to while the page is built and served."""
    seen: list[Any] = []
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        seen.append(address)
        original(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield seen
    patch.undo()


@pytest.fixture(scope="module")
def server(contacted: list[Any]) -> Iterator[Server]:
    server = Server(build_app(FakeAssistant()), "127.0.0.1", 0)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client


def test_statistics_are_off() -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_the_page_names_no_outside_address_it_would_load(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "huggingface" not in page.text.lower()
    assert not re.search(r"<(?:link|script|img|iframe|meta)[^>]*https?://", page.text)
    assert "fonts.googleapis" not in page.text
    assert page.headers["cache-control"] == "no-store"


def test_every_reply_forbids_outside_requests(client: httpx.Client) -> None:
    for path in ("/", "/config", "/theme.css", "/no-such-page"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http:" not in policy and "https:" not in policy
    assert "googleapis" not in client.get("/theme.css").text


def test_uploads_and_documentation_are_closed(client: httpx.Client) -> None:
    assert client.get("/docs").status_code == 404
    sent = client.post("/gradio_api/upload", files={"files": ("x.txt", b"x" * 4096)})
    assert sent.status_code >= 400


def test_only_this_machine_was_contacted(client: httpx.Client, contacted: list[Any]) -> None:
    client.get("/")
    assert {address[0] for address in contacted if isinstance(address, tuple)} <= {"127.0.0.1"}


def test_a_taken_port_is_said_in_both_languages(server: Server) -> None:
    taken = Server.__new__(Server)
    taken.host, taken.port = "127.0.0.1", server.port
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken.port = busy.getsockname()[1]
        with pytest.raises(CrlmError) as error:
            taken._listen()
    assert str(taken.port) in error.value.zh
    assert "Cannot listen" in error.value.en


def test_nothing_runs_on_after_stop() -> None:
    server = Server(build_app(FakeAssistant()), "127.0.0.1", 0)
    server.start()
    server.stop()
    assert server._thread is not None and not server._thread.is_alive()
    assert threading.active_count() < 60


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"), ("zh-CN,zh;q=0.9", "zh"), ("zh-TW", "zh"), ("*", "zh"),
        ("en-US,en;q=0.9,zh;q=0.1", "en"), ("de", "en"),
    ],
)  # fmt: skip
def test_the_interface_starts_in_the_readers_language(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language
