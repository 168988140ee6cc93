"""What the browser tests share: a visit of the page that notes its errors and the hosts it asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fake import FakeAssistant
from playwright.sync_api import Browser, Page, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARTIFACTS = Path(__file__).parents[3] / "artifacts"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=15_000)

needs_browser = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="no Chromium on this machine (Debian: apt-get install chromium)",
)


@dataclass
class Visit:
    """A page and what it did behind the scenes."""

    page: Page
    assistant: FakeAssistant
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type and send."""
        box = self.page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")

    def answered(self, question: str) -> None:
        """Ask, and wait for the answer."""
        count = self.page.locator(".answer:not(.pending)").count()
        self.ask(question)
        expect(self.page.locator(".answer:not(.pending)")).to_have_count(count + 1)


@contextmanager
def visiting(browser: Browser, url: str, assistant: Any, **asked: Any) -> Iterator[Visit]:
    """Open the chat; at the end no host but this machine was asked and the console is empty."""
    options = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **asked}
    context = browser.new_context(**options)
    page = context.new_page()
    visit = Visit(page, assistant)
    page.on("request", lambda sent: visit.hosts.add(urlsplit(sent.url).hostname or ""))
    page.on("websocket", lambda socket: visit.hosts.add(urlsplit(socket.url).hostname or ""))
    page.on(
        "console",
        lambda message: visit.complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.goto(url)
    expect(page.locator(".welcome")).to_be_visible(timeout=20_000)
    expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
    expect(page.locator("html")).to_have_attribute(
        "lang", "en" if str(options["locale"]).startswith("en") else "zh-CN"
    )
    yield visit
    context.close()
    assert visit.hosts <= {"127.0.0.1", "localhost", ""}
    assert visit.complaints == []
