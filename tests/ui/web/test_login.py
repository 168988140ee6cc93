"""The login: in front of everything, slow for guessers, closed to other sites."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fake import FakeAssistant
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from ui.users import Users, add_user
from ui.web.app import build_app
from ui.web.login import COOKIE, Login, local
from ui.web.logins import SESSION_SECONDS, Logins, network
from ui.web.pages import records
from ui.web.server import Server
from ui.web.throttle import FORGOTTEN, FREE, LONGEST_WAIT, Throttle

PASSWORD = "correct horse battery"
HTML = {"accept": "text/html,*/*"}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("users") / "users.txt"
    add_user(path, "张医生", PASSWORD)
    add_user(path, "other", "another password")
    return path.read_bytes()


@pytest.fixture
def file(seed: bytes, tmp_path: Path) -> Path:
    (tmp_path / "users.txt").write_bytes(seed)
    return tmp_path / "users.txt"


class Visitor:
    """Requests to a small app behind the login, from one address."""

    def __init__(self, logins: Logins, scheme: str = "http", address: str = "192.0.2.1") -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            headers = {k.decode(): v.decode() for k, v in scope["headers"]}
            await PlainTextResponse(f"inside {headers.get('x-crlm-user', '')}")(scope, receive, send)

        transport = httpx.ASGITransport(Login(app, logins), client=(address, 1))
        self.client = httpx.AsyncClient(transport=transport, base_url=f"{scheme}://crlm.test")

    def __call__(self, method: str, path: str, **values: object) -> httpx.Response:
        return asyncio.run(self.client.request(method, path, **values))  # type: ignore[arg-type]

    def log_in(self, name: str = "张医生", password: str = PASSWORD, **more: str) -> httpx.Response:
        return self("POST", "/login", data={"name": name, "password": password, **more}, headers=HTML)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def logins(file: Path, clock: Clock) -> Logins:
    return Logins(Users(file), clock)


@pytest.fixture
def visitor(logins: Logins) -> Visitor:
    return Visitor(logins)


@pytest.mark.parametrize(
    "path", ["/", "/library", "/record/a/1", "/page-files", "/loginx", "//login", "/LOGIN"]
)
def test_a_stranger_is_led_to_the_login(path: str, visitor: Visitor) -> None:
    reply = visitor("GET", path, headers=HTML)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/login")
    assert "inside" not in reply.text


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [("GET", "/gradio_api/info", HTML), ("POST", "/gradio_api/call/ask", HTML), ("POST", "/gradio_api/mcp/", {}),
     ("GET", "/config", {}), ("POST", "/feedback/a/1", HTML), ("DELETE", "/", HTML)],
)  # fmt: skip
def test_a_program_without_a_password_gets_json(
    method: str, path: str, headers: dict[str, str], visitor: Visitor
) -> None:
    reply = visitor(method, path, headers=headers)
    assert reply.status_code == 401
    assert set(reply.json()["error"]) == {"zh", "en"}
    assert reply.headers["www-authenticate"].startswith("Basic")


def test_a_page_of_the_browser_gets_no_password_dialog(visitor: Visitor) -> None:
    reply = visitor("POST", "/gradio_api/x", headers={"sec-fetch-mode": "cors"})
    assert (reply.status_code, "www-authenticate" in reply.headers) == (401, False)


def test_style_sheets_are_open_to_all(visitor: Visitor) -> None:
    assert visitor("GET", "/page-files/pages.css").text == "inside "


def test_the_right_password_opens_and_logging_out_closes(visitor: Visitor, logins: Logins) -> None:
    reply = visitor.log_in(next="/library?x=1")
    assert (reply.status_code, reply.headers["location"]) == (303, "/library?x=1")
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert "secure" not in cookie
    assert visitor("GET", "/").text == "inside %E5%BC%A0%E5%8C%BB%E7%94%9F"
    token = visitor.client.cookies[COOKIE]
    assert len(token) >= 40
    assert visitor("GET", "/login", headers=HTML).status_code == 303
    assert visitor("GET", "/logout").headers["location"] == "/login?out"
    assert COOKIE not in visitor.client.cookies
    assert logins.user(token) is None


def test_over_https_the_cookie_stays_there(logins: Logins) -> None:
    assert "secure" in Visitor(logins, "https").log_in().headers["set-cookie"].lower()


def test_a_client_cannot_name_itself(visitor: Visitor) -> None:
    visitor.log_in()
    assert visitor("GET", "/", headers={"X-CRLM-User": "root"}).text == "inside %E5%BC%A0%E5%8C%BB%E7%94%9F"


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000, "'; --", "\\x00"])
def test_a_made_up_cookie_opens_nothing(cookie: str, visitor: Visitor) -> None:
    assert visitor("GET", "/", headers={"cookie": f"{COOKIE}={cookie}"}).status_code == 401


@pytest.mark.parametrize(
    ("name", "password"), [("张医生", "wrong password"), ("nobody", PASSWORD), ("", ""), ("张医生", "")]
)
def test_wrong_says_the_same_whoever_it_was(name: str, password: str, visitor: Visitor) -> None:
    reply = visitor.log_in(name, password)
    assert reply.status_code == 401
    assert "用户名或密码不对。" in reply.text
    assert "set-cookie" not in reply.headers
    assert "www-authenticate" not in reply.headers


def test_the_page_escapes_and_speaks_both_languages(visitor: Visitor) -> None:
    hostile = '"><script>alert(1)</script>'
    reply = visitor.log_in(hostile, "x", next=f"/{hostile}")
    assert "<script>alert" not in reply.text and "&lt;script&gt;" in reply.text
    assert "Wrong name" in visitor("POST", "/login?lang=en", data={"name": "a"}, headers=HTML).text
    assert PASSWORD not in visitor.log_in("nobody").text


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "/\t/evil.example", "javascript:alert(1)",
     "/\n//evil", "", "evil.example"],
)  # fmt: skip
def test_a_login_leads_to_no_other_site(target: str, visitor: Visitor) -> None:
    assert local(target) == "/"
    assert visitor.log_in(next=target).headers["location"] == "/"


def test_other_sites_and_odd_forms_cannot_log_in(visitor: Visitor) -> None:
    form = {"name": "张医生", "password": PASSWORD}
    assert visitor("POST", "/login", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 400
    assert visitor("POST", "/login", json=form).status_code == 400
    assert visitor("POST", "/login", data={"name": "x" * 30_000}).status_code == 400
    many = "&".join(f"a{number}=1" for number in range(50))
    urlencoded = {"content-type": "application/x-www-form-urlencoded"}
    assert visitor("POST", "/login", content=many, headers=urlencoded).status_code == 400
    assert visitor("POST", "/login", content=b"name=%ff%fe", headers=urlencoded).status_code in (400, 401)
    assert visitor("PUT", "/login").status_code == 405


def test_guessing_gets_slow_for_the_name_and_for_the_address(logins: Logins, clock: Clock) -> None:
    guesser = Visitor(logins, address="192.0.2.66")
    for number in range(FREE):
        assert guesser.log_in("other", f"wrong password {number}").status_code == 401
    reply = guesser.log_in("other", "another password")  # even the right one waits
    assert reply.status_code == 429 and int(reply.headers["retry-after"]) >= 1
    assert "次数过多" in reply.text
    assert guesser.log_in("张医生").status_code == 429  # this address, another name
    assert Visitor(logins).log_in("other", "another password").status_code == 429  # this name, elsewhere
    assert Visitor(logins).log_in("张医生").status_code == 303
    clock.now += 2
    assert Visitor(logins).log_in("other", "another password").status_code == 303


def test_waits_double_end_and_are_forgotten(clock: Clock) -> None:
    throttle = Throttle(clock)
    waits = []
    for _ in range(40):
        wait = throttle.begin("a")
        waits.append(wait)
        clock.now += wait
        if wait:
            assert throttle.begin("a") == 0
    assert max(waits) == LONGEST_WAIT
    assert [wait for wait in waits if wait][:4] == [1, 2, 4, 8]
    clock.now += FORGOTTEN + 1
    assert throttle.begin("a") == 0


def test_ones_own_password_buys_no_tries_at_anothers(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(FREE):
        throttle.begin("name victim", "address x")
        if throttle.begin("name me", "address x") == 0:
            throttle.succeed("name me", "address x")
    assert throttle.begin("name someone", "address x") > 0


def test_a_session_ends_in_time_and_with_its_password(logins: Logins, clock: Clock, file: Path) -> None:
    token, _ = logins.check("other", "another password", "192.0.2.1")
    assert token and logins.user(token) == "other"
    add_user(file, "other", "a new password", replace=True)
    assert logins.user(token) is None
    token, _ = logins.check("other", "a new password", "192.0.2.1")
    assert token
    clock.now += SESSION_SECONDS
    assert logins.user(token) is None


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_programs_send_their_password(visitor: Visitor, logins: Logins, file: Path) -> None:
    for _ in range(2):
        assert (
            visitor("POST", "/gradio_api/x", headers=basic("other", "another password")).text
            == "inside other"
        )
    assert visitor("GET", "/", headers=basic("other", "wrong password")).status_code == 401
    for header in ("Basic", "Basic !", "Basic " + "QQ==", "Basic /////w==", "Bearer x", "basic " * 900):
        assert visitor("GET", "/", headers={"authorization": header}).status_code == 401
    add_user(file, "other", "a new password", replace=True)
    assert visitor("POST", "/gradio_api/x", headers=basic("other", "another password")).status_code == 401


def test_guessing_by_basic_gets_slow_too(visitor: Visitor) -> None:
    codes = [
        visitor("GET", "/config", headers=basic("other", f"wrong {n} password")).status_code for n in range(7)
    ]
    assert codes[:FREE] == [401] * FREE and codes[-1] == 429


def test_one_subscriber_is_one_address() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("unix") == "unix"


@pytest.fixture(scope="module")
def server(seed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("served") / "users.txt"
    path.write_bytes(seed)
    logins = Logins(Users(path))
    server = Server(build_app(FakeAssistant()), "127.0.0.1", 0, [records.router()], logins)
    server.start()
    yield server
    server.stop()


def test_nothing_of_the_real_server_is_open(server: Server) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        for path in ("/", "/calculators", "/config", "/gradio_api/info", "/theme.css", "/record/a/1", "/favicon.ico",
                     "/gradio_api/mcp/", "/static/img/logo.svg", "/page-files/../config", "/assets/x.js"):  # fmt: skip
            assert client.get(path).status_code == 401, path
        page = client.get("/login", headers=HTML)
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert client.get("/page-files/%2e%2e/%2e%2e/app.py").status_code == 404
        with httpx.Client(
            base_url=server.url, trust_env=False, auth=("other", "another password")
        ) as program:
            called = program.post("/gradio_api/call/search", json={"data": ["x", 3]}).json()
            lines = program.get(f"/gradio_api/call/search/{called['event_id']}").text.splitlines()
            assert json.loads(lines[1].removeprefix("data: ")) == [[]]


def test_mcp_works_with_a_password(server: Server) -> None:
    pytest.importorskip("mcp")
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def call() -> str:
        headers = basic("other", "another password")
        async with (
            streamablehttp_client(f"{server.url}gradio_api/mcp/", headers=headers) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            result = await session.call_tool("calc_oslo", {"max_diameter_cm": 3})
            return str(result.content[0].text)  # type: ignore[union-attr]

    assert "oslo" in asyncio.run(call())
