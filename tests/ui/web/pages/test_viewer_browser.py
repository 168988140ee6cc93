"""Viewer and library in a real browser: where it scrolls, on a phone, without a script, by keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from viewer_help import HOSTILE, Reader, citation

from corpus.corpus import load_corpus
from ui.web.app import build_app
from ui.web.links import document_url
from ui.web.pages import routers
from ui.web.server import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"viewport": {"width": 390, "height": 800}}
NARROW = {"viewport": {"width": 320, "height": 640}}
ZOOMED = {"viewport": {"width": 640, "height": 400}}
NO_SCRIPT = {"java_script_enabled": False}
GUIDELINE = "document/crlm-guideline-2023"
CITED = document_url(citation("必须常规探查肝脏"), up="")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="no Chromium on this machine (Debian: apt-get install chromium)",
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    reader = Reader()
    server = Server(build_app(reader), "127.0.0.1", 0, routers(reader))
    server.start()
    yield server.url
    server.stop()


@contextmanager
def opened(browser: Browser, address: str, errors: bool = False, **options: Any) -> Iterator[Page]:
    """A page that talks to this server only and complains of nothing."""
    context = browser.new_context(
        **{"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **options}
    )
    page = context.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda sent: hosts.add(urlsplit(sent.url).hostname or ""))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert hosts <= {"127.0.0.1"}
    assert errors or complaints == []


GRADED = sum(bool(s.grades) for s in load_corpus().sentences())


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(
    "options", [{}, PHONE, ZOOMED, NO_SCRIPT], ids=["desktop", "phone", "200 %", "no script"]
)
def test_the_page_opens_at_the_cited_sentence(browser: Browser, url: str, options: dict[str, Any]) -> None:
    with opened(browser, url + CITED, **options) as page:
        expect(page.locator("mark#cited")).to_be_in_viewport()
        expect(page.locator("mark#cited")).to_contain_text("必须常规探查肝脏")
        expect(page.locator("h1")).not_to_be_in_viewport()


def test_the_script_scrolls_where_the_fragment_was_lost(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED.removesuffix("#cited")) as page:
        expect(page.locator("mark#cited")).to_be_in_viewport()


def test_the_outline_follows_the_reader_and_leads(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED) as page:
        current = page.locator(".outline.wide a[aria-current]")
        expect(current).to_have_text("1.2 结直肠癌确诊时肝转移的诊断常规")
        page.locator(".outline.wide a", has_text="附录3 临床危险评分").click()
        expect(page.locator("h2", has_text="附录3 临床危险评分")).to_be_in_viewport()
        expect(current).to_have_text("附录3 临床危险评分（CRS）")
        expect(current).to_be_in_viewport()


def test_on_a_phone_the_outline_unfolds_and_folds_again(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED, **PHONE) as page:
        summary = page.locator(".outline.narrow summary")
        expect(summary).to_be_in_viewport()
        expect(summary).to_contain_text("1.2 结直肠癌确诊时肝转移的诊断常规")
        expect(page.locator(".outline.wide")).to_be_hidden()
        summary.click()
        page.locator(".outline.narrow a", has_text="附录7").click()
        expect(page.locator("h2", has_text="附录7")).to_be_in_viewport()
        expect(page.locator(".outline.narrow nav")).to_be_hidden()


def test_a_raised_number_leads_to_its_entry(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED) as page:
        page.locator(".chosen sup a").first.click()
        expect(page.locator("#ref-23")).to_be_in_viewport()


def test_from_passage_to_passage_by_keyboard(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED) as page:
        before = page.locator(".chosen .text").inner_text()
        page.locator(".chosen a[rel=next]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#cited")).to_be_in_viewport()
        page.locator(".chosen a[rel=prev]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".chosen .text")).to_have_text(before)


@pytest.mark.parametrize("options", [PHONE, NARROW, ZOOMED], ids=["390", "320", "200 %"])
@pytest.mark.parametrize(
    "address",
    ["document/hcc-iiib-2025?tr=1", f"{GUIDELINE}?tr=1", "document/crlm-surgery-2025", "library",
     "library?level=1a", "library?q=贝伐珠单抗&document=dlm-review"],
)  # fmt: skip
def test_nothing_scrolls_sideways(browser: Browser, url: str, address: str, options: dict[str, Any]) -> None:
    for language in ("zh-CN", "en-US"):
        with opened(browser, url + address, locale=language, **options) as page:
            assert fits(page)


def test_the_library_leads_from_a_count_to_the_source(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}library", locale="en-US") as page:
        page.locator("table.grades a").first.click()
        expect(page.locator("#recommendations")).to_be_visible()
        expect(page.locator("li.card")).to_have_count(10)
        page.locator("select[name=grade]").select_option("C")
        page.get_by_role("button", name="Filter", exact=True).click()
        expect(page.locator("p.card")).to_have_text("No recommendation meets all of these conditions.")
        page.get_by_role("link", name="Clear all").click()
        expect(page.locator("li.card")).to_have_count(GRADED)
        page.locator("li.card a").first.click()
        expect(page.locator("mark#cited")).to_be_in_viewport()


def test_a_search_without_a_script_is_a_link(browser: Browser, url: str) -> None:
    with opened(browser, f"{url}library", **NO_SCRIPT) as page:
        page.locator("input[name=q]").fill("贝伐珠单抗")
        page.locator(".find summary").click()
        page.locator(".find select[name=document]").select_option("crlm-guideline-2023")
        page.locator("input[name=q]").press("Enter")
        expect(page.locator(".hits mark").first).to_have_text("贝伐珠单抗")
        assert "document=crlm-guideline-2023" in page.url
        page.get_by_role("button", name="English").click()
        expect(page.locator("h2").first).to_have_text("Results for “贝伐珠单抗”")
        assert "document=crlm-guideline-2023" in page.url


def test_hostile_input_never_runs(browser: Browser, url: str) -> None:
    from urllib.parse import quote

    for address in (f"library?q={quote(HOSTILE)}", f"{GUIDELINE}?at={quote(HOSTILE)}&p={quote(HOSTILE)}"):
        with opened(browser, url + address, errors=True) as page:
            assert page.evaluate("window.hacked") is None
            assert page.locator("main img, main script:not([src])").count() == 0


def test_the_printed_page_holds_the_text_and_no_navigation(browser: Browser, url: str) -> None:
    with opened(browser, url + CITED) as page:
        page.emulate_media(media="print")
        for hidden in (".top", ".outline.wide", ".outline.narrow", ".chosen .steps"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator("mark#cited")).to_be_visible()
        assert len(page.pdf()) > 10_000
