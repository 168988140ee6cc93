"""Thirty people at once, each in a chat of their own, over the page's HTTP interface and the real assistant."""

from __future__ import annotations

import html
import json
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from ui.web.app import build_app
from ui.web.pages import routers
from ui.web.render import answer_html
from ui.web.server import Server

PEOPLE = 30
SLOWEST_MEDIAN = 5.0
"""Seconds; far above what a quiet machine needs, so that a busy one does not fail."""
SUBJECTS = (
    "转化治疗几个周期合适？", "肝转移灶术前要穿刺活检吗？", "贝伐珠单抗停药多久可以手术？", "肝移植给谁做？",
    "呋喹替尼的用法", "影像学上消失的肝转移灶还要切吗？", "肝转移手术禁忌证有哪些？", "PET-CT需要常规做吗？",
    "术后多久复查一次？", "什么是IVA期？",
)  # fmt: skip


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    server = Server(build_app(assistant), "127.0.0.1", 0, routers(assistant))
    server.start()
    yield server.url
    server.stop()


def question_of(person: int) -> str:
    """No two alike: scores depend on the figures, texts on the subject."""
    if person % 3 == 0:
        cm, cea = person % 7 + 2, person * 11 + 5
        return f"同时性，{person + 2}个灶，最大{cm}cm，CEA {cea}，淋巴结阳性，CRS几分？"
    if person % 3 == 1:
        return f"体重{45 + person}kg，身高{150 + person}cm，体表面积多少？"
    return SUBJECTS[person // 3]


class Person:
    """One browser tab: the two requests the page makes for a question."""

    def __init__(self, url: str, number: int) -> None:
        self.line = HTTPConnection(
            urlsplit(url).netloc, timeout=60
        )  # light: it shares the server's processor
        self.session = f"person-{number}"
        events = {d["api_name"]: d["id"] for d in self._request("GET", "/config")["dependencies"]}
        self.take, self.answer = events["take"], events["answer"]

    def _request(self, method: str, path: str, sent: Any = None) -> Any:
        self.line.request(method, path, json.dumps(sent), {"Content-Type": "application/json"})
        reply = self.line.getresponse()
        body = reply.read()
        assert reply.status == 200, body[:300]
        return json.loads(body)

    def _send(self, event: int, data: list[Any]) -> list[Any]:
        sent = {"data": data, "fn_index": event, "session_hash": self.session, "event_data": None}
        given: list[Any] = self._request("POST", "/gradio_api/run/predict", sent)["data"]
        return given

    def ask(self, question: str) -> tuple[str, float]:
        """The chat after the answer, and the seconds it took."""
        begun = time.perf_counter()
        self._send(self.take, [question, None])
        chat = self._send(self.answer, [None])[0]
        return chat, time.perf_counter() - begun


def words(page: str) -> str:
    """The text of a piece of HTML, without its chips' numbers moving the comparison."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", " ", page)))


def test_everyone_gets_their_own_answer_in_good_time(url: str, assistant: Assistant) -> None:
    questions = [question_of(person) for person in range(PEOPLE)]
    assert len(set(questions)) == PEOPLE
    expected = [assistant.ask(Conversation(turns=[Turn(text=question)])) for question in questions]
    people = [Person(url, number) for number in range(PEOPLE)]
    start = Barrier(PEOPLE)

    def ask(number: int) -> tuple[str, float]:
        start.wait(60)
        return people[number].ask(questions[number])

    with ThreadPoolExecutor(PEOPLE) as threads:
        given = list(threads.map(ask, range(PEOPLE)))
    infos = {document.info.id: document.info for document in assistant.full_documents()}
    for number, (chat, _) in enumerate(given):
        whole = answer_html(expected[number], 1, "zh", infos=infos)
        mine = words(re.sub(r'<div class="tools">.*', "", whole, flags=re.DOTALL))
        assert mine in words(chat), questions[number]
        assert chat.count('class="question"') == 1
        assert questions[number] in html.unescape(chat)
        assert not [q for q in questions if q != questions[number] and f"<p>{q}</p>" in html.unescape(chat)]
    times = [seconds for _, seconds in given]
    print(f"median {statistics.median(times):.2f} s, slowest {max(times):.2f} s for {PEOPLE} at once")
    assert statistics.median(times) < SLOWEST_MEDIAN
