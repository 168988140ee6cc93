"""The chat over the fake assistant, served once for each file of browser tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import ARGUMENTS, CHROMIUM, Visit, visiting
from fake import FakeAssistant
from playwright.sync_api import Browser, sync_playwright

from ui.web.app import build_app
from ui.web.pages import routers
from ui.web.server import Server


@pytest.fixture(scope="module")
def stand_in() -> FakeAssistant:
    return FakeAssistant(delay=0.1)


@pytest.fixture(scope="module")
def url(stand_in: FakeAssistant) -> Iterator[str]:
    server = Server(build_app(stand_in), "127.0.0.1", 0, routers(stand_in))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(
    browser: Browser, url: str, stand_in: FakeAssistant, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    with visiting(browser, url, stand_in, **getattr(request, "param", {})) as visit:
        yield visit
