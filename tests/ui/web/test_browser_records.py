"""Records and feedback in a real browser: opened, printed on one page, downloaded, rated."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake import FakeAssistant
from fastapi import APIRouter
from playwright.sync_api import Browser, Page, expect

from ui.feedback import Store
from ui.record.record import parse
from ui.web.app import build_app
from ui.web.pages import feedback, records
from ui.web.server import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHOTS = os.environ.get("CRLM_SHOTS")

expect.set_options(timeout=15_000)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="no Chromium on this machine (Debian: apt-get install chromium)",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "feedback.jsonl"


@pytest.fixture(scope="module")
def url(kept: Path) -> Iterator[str]:
    routers: list[APIRouter] = [records.router(), feedback.router(Store(kept))]
    server = Server(build_app(FakeAssistant(), rated=True), "127.0.0.1", 0, routers)
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    options = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
    yield page
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    count = page.locator(".answer:not(.pending)").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".answer:not(.pending)")).to_have_count(count + 1)


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/record-{name}.png")


def test_a_record_opens_holds_its_data_and_prints_on_one_page(page: Page) -> None:
    pypdf = pytest.importorskip("pypdf")
    ask(page, "结节怎么办")
    ask(page, "CRS几分")
    with page.expect_popup() as opened:
        page.locator("a.record").nth(1).click()
    record = opened.value
    expect(record.locator(".question")).to_have_text("CRS几分")
    expect(record.locator(".earlier li")).to_have_text("结节怎么办")
    expect(record.locator(".sources li")).to_contain_text("附录3")
    read = parse(record.content())
    assert [turn.text for turn in read.conversation.turns] == ["结节怎么办", "CRS几分"]
    printed = record.pdf(prefer_css_page_size=True)
    import io

    pages = pypdf.PdfReader(io.BytesIO(printed)).pages
    assert len(pages) == 1
    assert round(float(pages[0].mediabox.width)) == 595  # A4 in points
    shot(record, "page-zh")


def test_the_conversation_downloads_as_markdown(page: Page, tmp_path: Path) -> None:
    expect(page.locator(".export")).to_have_count(0)
    ask(page, "周期几个")
    with page.expect_download() as started:
        page.locator(".export a").click()
    target = tmp_path / "chat.md"
    started.value.save_as(target)
    assert started.value.suggested_filename.endswith(".md")
    text = target.read_text(encoding="utf-8")
    assert "> 周期几个" in text and "转化治疗以4~6个周期为宜" in text.replace("\\", "")


def test_a_verdict_is_kept_once_and_hostile_text_stays_text(page: Page, kept: Path) -> None:
    ask(page, "周期几个")
    form = page.locator(".feedback")
    expect(form.locator(".more")).to_be_hidden()
    form.locator(".thumb[data-verdict=down]").click()
    expect(form.locator(".stored")).to_contain_text("请勿填写")
    form.get_by_label("不完整").check()
    hostile = "<img src=x onerror='window.hacked=1'>\n```</script>"
    form.locator("textarea").fill(hostile)
    page.evaluate("document.querySelector('.feedback').scrollIntoView({block: 'end'})")
    shot(page, "feedback-zh")
    form.locator(".submit").click()
    expect(page.locator(".thanks")).to_contain_text("谢谢")
    assert page.evaluate("window.hacked") is None
    line = json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])
    assert (line["verdict"], line["categories"], line["reason"]) == ("down", ["incomplete"], hostile)
    assert (line["question"], line["status"]) == ("周期几个", "answered")
    ask(page, "结节")
    expect(page.locator(".thanks")).to_have_count(1)
    expect(page.locator(".feedback")).to_have_count(1)


@pytest.mark.parametrize(
    "page",
    [{"viewport": {"width": 390, "height": 800}, "locale": "en-US", "color_scheme": "dark"}],
    indirect=True,
    ids=["phone, dark"],
)
def test_a_phone_rates_by_keyboard_without_sideways_scrolling(page: Page, kept: Path) -> None:
    ask(page, "Biopsy the liver lesion?")
    thumb = page.locator(".thumb[data-verdict=up]")
    thumb.focus()
    page.keyboard.press("Enter")
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".feedback fieldset")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelector('.feedback').scrollIntoView({block: 'end'})")
    shot(page, "feedback-phone-dark-en")
    page.locator(".feedback textarea").focus()
    page.keyboard.type("clear")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".thanks")).to_contain_text("Thank you")
    assert json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])["reason"] == "clear"
