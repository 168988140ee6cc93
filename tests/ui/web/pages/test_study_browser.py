"""Study in a real browser: by keyboard alone, without a script, on a phone, in the dark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corpus.corpus import load_corpus
from ui.study.bank import Bank
from ui.study.model import KINDS, Item
from ui.web.app import build_app
from ui.web.pages.study import study_router
from ui.web.server import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="no Chromium on this machine (Debian: apt-get install chromium)",
)
expect.set_options(timeout=15_000)


@contextmanager
def serving(directory: Path) -> Iterator[str]:
    stub = SimpleNamespace()
    server = Server(build_app(stub), "127.0.0.1", 0, [study_router(stub)])  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRLM_STUDY_DIR", str(directory))
        server.start()
        yield f"{server.url}study"
        server.stop()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("study")) as address:
        yield address


class Visit:
    """A page, and what it asked for and complained of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url, self.page = url, context.new_page()
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("request", lambda sent: self.hosts.add(urlsplit(sent.url).hostname or ""))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.goto(url)

    def enter(self, name: str) -> None:
        self.page.locator("#name").fill(name)
        self.page.locator("form[action$=learner] button").click()
        expect(self.page.locator("form[action$=begin]")).to_be_visible(timeout=60_000)

    def begin(self, kind: str, language: str = "zh") -> None:
        self.page.goto(self.url)
        for box in self.page.locator("input[name=kind]").all():
            box.uncheck()
        self.page.locator(f"input[name=kind][value={kind}]").check()
        self.page.locator(f"input[name=language][value={language}]").check()
        self.page.locator("form[action$=begin] button").click()
        expect(self.page.locator("form[data-study=question]")).to_be_visible()
        self.page.wait_for_load_state("load")  # the keys work once the page's script has run

    def fits(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def visiting(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(**{"locale": "zh-CN", **options})
    visit = Visit(context, url)
    yield visit
    context.close()
    assert visit.hosts <= {"127.0.0.1", "localhost", ""} and visit.complaints == []


@pytest.fixture
def visit(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    yield from visiting(browser, url, **getattr(request, "param", {}))


def verdict(page: Page) -> None:
    expect(page.locator(".verdict")).to_be_visible()


def test_a_session_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.enter("键盘")
    visit.begin("grade")
    page.keyboard.press("2")
    expect(page.locator(".options input").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    verdict(page)
    expect(page.locator(".source mark").first).to_be_visible()
    page.keyboard.press("4")
    expect(page.locator(".study")).to_contain_text("本次已答1题")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    verdict(page)
    page.keyboard.press("Enter")
    expect(page.locator(".study")).to_contain_text("本次已答2题")
    visit.begin("list")
    page.keyboard.press("1")
    page.keyboard.press("2")
    expect(page.locator(".options input:checked")).to_have_count(2)
    visit.begin("reference")
    page.locator("textarea").fill("<img src=x onerror='window.hacked=1'>")
    page.keyboard.press("Enter")
    verdict(page)
    expect(page.locator(".typed")).to_have_text("<img src=x onerror='window.hacked=1'>")
    assert page.evaluate("window.hacked") is None
    page.locator("form[action$=end] button").click()
    expect(page.locator("h1")).to_have_text("本次小结")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_it_works_without_a_script(visit: Visit) -> None:
    page = visit.page
    visit.enter("无脚本")
    visit.begin("number")
    page.locator(".options input").first.check()
    page.get_by_role("button", name="核对").click()
    verdict(page)
    page.locator("button[value=easy]").click()
    expect(page.locator(".study")).to_contain_text("本次已答1题")


def test_going_back_and_rating_again_counts_nothing_twice(visit: Visit) -> None:
    page = visit.page
    visit.enter("返回")
    visit.begin("term")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    verdict(page)
    page.keyboard.press("3")
    expect(page.locator(".study")).to_contain_text("本次已答1题")
    page.go_back()
    if page.locator("button[value=good]").count():
        page.locator("button[value=good]").click()
    page.goto(visit.url + "/question")
    expect(page.locator(".study")).to_contain_text("本次已答1题")


def line(item: Item) -> int:
    """Characters of the longest line put on the page."""
    points = (" or ".join(point) for point in item.points)
    return max(len(text) for text in (item.prompt, item.stem, *points, *(o.text for o in item.options)))


def word(item: Item) -> int:
    """Characters of the longest word, which cannot be parted at a space."""
    texts = (item.prompt, item.stem, *(o.text for o in item.options), *(s.quote for s in item.sources))
    return max(len(part) for text in texts for part in text.split())


@pytest.fixture(scope="module")
def widest() -> Bank:
    """Of every kind the item with the longest line and the one with the longest word."""
    documents = load_corpus().documents
    bank, chosen = Bank.build(documents), list[Item]()
    for kind in KINDS:
        items = bank.select("en", [kind])
        chosen.append(max(items, key=line))
        chosen.append(max((item for item in items if item not in chosen), key=word))
    return Bank(documents, chosen)


@pytest.fixture
def wide_url(widest: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Bank, "build", lambda documents: widest)
    with serving(tmp_path) as address:
        yield address


@pytest.fixture
def narrow(browser: Browser, wide_url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    yield from visiting(browser, wide_url, **request.param)


@pytest.mark.parametrize(
    "narrow",
    [
        {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 640}, "locale": "en-US"},
        {"viewport": {"width": 640, "height": 400}, "locale": "en-US"},
    ],
    indirect=True,
    ids=["phone, dark", "small phone", "200 % zoom"],
)
def test_no_page_scrolls_sideways(narrow: Visit) -> None:
    page, visit = narrow.page, narrow
    visit.enter("small")
    assert visit.fits()
    for kind in KINDS:
        visit.begin(kind, "en")
        for _ in range(2):
            question = page.locator("#prompt").text_content()
            assert visit.fits(), question
            page.locator("button[name=unknown]").click()
            verdict(page)
            assert visit.fits(), question
            page.locator("button[value=hard]").scroll_into_view_if_needed()
            assert (
                page.locator(".rate fieldset > label, .ratings button").first.evaluate(
                    "e => e.getBoundingClientRect().height"
                )
                >= 24
            )
            page.locator("button[value=easy]").click()
            expect(page.locator(".verdict")).to_have_count(0)
