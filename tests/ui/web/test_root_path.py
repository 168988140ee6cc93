"""Under /crlm behind a proxy that strips the folder and behind one that does not."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fake import FakeAssistant
from playwright.sync_api import Page, expect, sync_playwright
from proxy import Proxy

from corpus.errors import CrlmError
from ui.users import Users, add_user
from ui.web.app import build_app
from ui.web.logins import Logins
from ui.web.pages import records
from ui.web.paths import clean_root_path, route_path
from ui.web.server import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    users = tmp_path_factory.mktemp("users") / "users.txt"
    add_user(users, "reader", PASSWORD)
    app = build_app(FakeAssistant())
    server = Server(app, "127.0.0.1", 0, [records.router()], Logins(Users(users)), "/crlm")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module", params=[True, False], ids=["stripping", "not stripping"])
def proxy(server: Server, request: pytest.FixtureRequest) -> Iterator[Proxy]:
    with Proxy(server.url.removesuffix("/crlm/"), strips=request.param) as proxy:
        yield proxy


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxy.origin, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("given", "cleaned"), [("", ""), ("/", ""), ("crlm", "/crlm"), ("/crlm/", "/crlm"), (" /a/b ", "/a/b")]
)
def test_a_root_path_is_read_kindly(given: str, cleaned: str) -> None:
    assert clean_root_path(given) == cleaned


@pytest.mark.parametrize("given", ["/a b", "/a//b", "https://x.y/z", "/../a", "/a?b", '/"><script>', "/中文"])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(CrlmError):
        clean_root_path(given)


@pytest.mark.parametrize(
    ("path", "root", "inner"),
    [("/x", "", "/x"), ("/crlm/x", "/crlm", "/x"), ("/crlm", "/crlm", "/"), ("/crlmx", "/crlm", "/crlmx")],
)
def test_the_path_inside_the_app(path: str, root: str, inner: str) -> None:
    assert route_path({"path": path, "root_path": root}) == inner


def test_refused_pages_lead_to_the_login_under_the_folder(client: httpx.Client) -> None:
    reply = client.get("/crlm/record/x/1?a=1", headers={"accept": "text/html"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/crlm/login?next=/record/x/1%3Fa%3D1")
    assert client.get("/crlm/page-files/login.css").status_code == 200
    assert client.get("/crlm/gradio_api/info").status_code == 401


def test_the_folder_without_its_slash_gets_one(client: httpx.Client, proxy: Proxy) -> None:
    if proxy.strips:
        pytest.skip("such a proxy sends the slash itself")
    reply = client.get("/crlm")
    assert (reply.status_code, reply.headers["location"]) == (308, "/crlm/")


def test_login_pages_config_and_api_work(client: httpx.Client, proxy: Proxy) -> None:
    form = {"name": "reader", "password": PASSWORD, "next": "/calculators?x=1"}
    reply = client.post("/crlm/login", data=form)
    assert (reply.status_code, reply.headers["location"]) == (303, "/crlm/calculators?x=1")
    assert "; Path=/crlm;" in reply.headers["set-cookie"] + ";"
    page = client.get("/crlm/")
    assert page.status_code == 200
    assert not re.search(r'(?:src|href)="/(?!crlm/)[a-z]', page.text)
    assert client.get("/crlm/config").json()["root"] == f"{proxy.origin}/crlm"
    assert client.get("/crlm/record/none/1").status_code == 404
    called = client.post("/crlm/gradio_api/call/search", json={"data": ["x", 3]}).json()
    result = client.get(f"/crlm/gradio_api/call/search/{called['event_id']}").text.splitlines()
    assert result[0] == "event: complete"
    assert json.loads(result[1].removeprefix("data: ")) == [[]]
    assert client.get("/crlm/logout").headers["location"] == "/crlm/login?out"
    assert client.get("/crlm/config").status_code == 401


@pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium on this machine")
def test_a_browser_logs_in_asks_and_opens_a_record(proxy: Proxy) -> None:
    shots = os.environ.get("CRLM_SHOTS")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda got: complaints.append(got.url) if got.status >= 400 else None)
        page.goto(f"{proxy.origin}/crlm/")
        expect(page.locator("h1")).to_have_text("登录")
        if shots:
            page.screenshot(path=Path(shots) / "record-login-zh.png")
        page.keyboard.type("reader")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
        expect(page.locator(".logout")).to_have_text("退出登录（reader）")
        page.locator("#question textarea").fill("结节")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".answer:not(.pending)")).to_have_count(1, timeout=15_000)
        with page.expect_popup() as opened:
            page.locator("a.record").click()
        expect(opened.value.locator(".question")).to_have_text("结节")
        page.locator(".masthead a", has_text="计算器").click()
        expect(page.locator("#calculate")).to_be_visible(timeout=20_000)
        page.locator(".back-to-chat").click()
        expect(page.locator(".logout")).to_be_visible(timeout=20_000)
        page.locator(".logout").click()
        expect(page.locator(".message.good")).to_have_text("已退出登录。")
        assert [path for path in proxy.seen if path != "/crlm" and not path.startswith("/crlm/")] == []
        assert complaints == []
        browser.close()


@pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium on this machine")
def test_a_login_that_ran_out_is_said_and_the_chat_goes_on(server: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="en-US")
        page = context.new_page()
        log_in(page, server.url)
        expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
        ask(page, "结节", 1)
        context.clear_cookies()
        page.locator("#question textarea").fill("周期")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".expired")).to_contain_text("Your login has expired")
        if shots := os.environ.get("CRLM_SHOTS"):
            page.screenshot(path=Path(shots) / "record-expired-en.png")
        with page.expect_popup() as opened:
            page.locator(".expired a").click()
        log_in(opened.value)
        expect(opened.value.locator("header[data-ready]")).to_be_visible(timeout=20_000)
        ask(page, "周期", 2)
        browser.close()


def log_in(page: Page, url: str = "") -> None:
    if url:
        page.goto(url)
    page.locator("#name").fill("reader")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")


def ask(page: Page, question: str, answers: int) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".answer:not(.pending)")).to_have_count(answers, timeout=15_000)
