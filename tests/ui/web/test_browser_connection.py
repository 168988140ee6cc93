"""The server goes and comes back: the page says so, keeps what was typed and goes on."""

from __future__ import annotations

import pytest
from browsing import ARTIFACTS, Visit, needs_browser, visiting
from fake import FakeAssistant
from playwright.sync_api import Browser, expect

from ui.web.app import build_app
from ui.web.pages import routers
from ui.web.server import Server

pytestmark = needs_browser


def test_a_broken_line_keeps_the_question_and_sends_it_later(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    page.context.set_offline(True)
    visit.ask("周期")
    banner = page.locator(".connection")
    expect(banner).to_contain_text("连接已中断")
    expect(banner).to_have_attribute("role", "alert")
    expect(page.locator("#question textarea")).to_have_value("周期")
    expect(page.locator(".answer:not(.pending)")).to_have_count(1)
    page.screenshot(path=ARTIFACTS / "offline.png")
    page.context.set_offline(False)
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator("#question textarea")).to_have_value("")
    expect(banner).to_have_count(0)
    visit.complaints.clear()  # the browser itself notes each request that failed


@pytest.mark.parametrize("asked", [True, False], ids=["chat", "empty chat"])
def test_a_restarted_server_is_told_and_the_typed_question_kept(browser: Browser, asked: bool) -> None:
    assistant = FakeAssistant()
    server = Server(build_app(assistant), "127.0.0.1", 0, routers(assistant))
    server.start()
    port = server.port
    with visiting(browser, server.url, assistant) as visit:
        page = visit.page
        if asked:
            visit.answered("结节")
        server.stop()
        page.locator("#question textarea").fill("周期")
        page.locator("#send").click()
        expect(page.locator(".connection")).to_contain_text("连接已中断")
        again = Server(build_app(assistant), "127.0.0.1", port, routers(assistant))
        again.start()
        try:
            if asked:
                expect(page.locator(".connection")).to_contain_text("已重新启动")
                expect(page.locator(".answer .reply")).to_be_visible()
                page.get_by_role("button", name="开始新对话").click()
            expect(page.locator(".connection")).to_have_count(0)
            expect(page.locator("header[data-ready]")).to_be_visible()
            expect(page.locator("#question textarea")).to_have_value("周期")
            page.locator("#send").click()
            expect(page.locator(".answer:not(.pending)")).to_have_count(1)
            assert page.evaluate("Object.keys(sessionStorage)") == []
        finally:
            visit.complaints.clear()
            again.stop()
