"""``/record/…`` and ``/feedback/…`` over HTTP: only open conversations, only valid verdicts."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Answer, Trace
from ui.feedback import LONGEST_REASON, Store
from ui.record.record import parse
from ui.web import render
from ui.web.pages import feedback, records
from ui.web.registry import session_of, token_of
from ui.web.session import Session

ANSWER = Answer(
    status="answered",
    language="zh",
    text="原句。",
    trace=Trace(corpus="c", index="i", model="m", version="0"),
)


@pytest.fixture
def session() -> Session:
    session = Session(feedback=True)
    for question in ("第一问", "<b>第二问</b>"):
        exchange = session.begin(question)
        exchange.asked = session.conversation()
        session.finish(exchange, ANSWER)
    return session


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "f.jsonl"


@pytest.fixture
def client(kept: Path) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(records.router())
    app.include_router(feedback.router(Store(kept)))
    with TestClient(app) as client:
        yield client


def test_a_record_is_of_its_own_answer(session: Session, client: TestClient) -> None:
    reply = client.get(f"/record/{token_of(session)}/1")
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-disposition"].startswith("inline")
    assert [turn.text for turn in parse(reply.text).conversation.turns] == ["第一问"]
    second = client.get(f"/record/{token_of(session)}/2?download=1")
    assert second.headers["content-disposition"].startswith("attachment")
    assert len(parse(second.text).conversation.turns) == 2
    assert "<b>第二问" not in second.text


def test_the_conversation_is_markdown(session: Session, client: TestClient) -> None:
    reply = client.get(f"/record/{token_of(session)}/conversation.md")
    assert reply.headers["content-type"].startswith("text/markdown")
    assert "attachment" in reply.headers["content-disposition"]
    assert "> 第一问" in reply.text and "\\<b>第二问" in reply.text


@pytest.mark.parametrize("turn", ["0", "3", "-1", "1.5", "x", "９９", "1" * 400, "²", "conversation.md"])
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_what_is_not_there_is_said(turn: str, spoken: str, session: Session, client: TestClient) -> None:
    token = token_of(session) if turn != "conversation.md" else "unknown"
    reply = client.get(f"/record/{token}/{turn}?lang={spoken}")
    assert reply.status_code == 404
    assert ("找不到这个回答" if spoken == "zh" else "This answer is not here") in reply.text


def test_a_session_that_ended_is_not_kept(client: TestClient) -> None:
    session = Session()
    token = token_of(session)
    assert session_of(token) is session and token_of(session) == token
    del session
    gc.collect()
    assert session_of(token) is None
    assert client.get(f"/record/{token}/conversation.md").status_code == 404


def test_two_sessions_have_two_secrets() -> None:
    one, two = Session(), Session()
    assert token_of(one) != token_of(two) and len(token_of(one)) >= 32


def test_a_verdict_is_kept_once(session: Session, client: TestClient, kept: Path) -> None:
    address = f"/feedback/{token_of(session)}/2"
    form = {"verdict": "down", "reason": " a\r\nb ", "categories": ["wrong", "source", "wrong"]}
    assert client.post(address, data=form).json() == {"message": "谢谢，评价已保存在本机。"}
    line = json.loads(kept.read_text(encoding="utf-8"))
    assert (line["question"], line["reason"], line["categories"]) == (
        "<b>第二问</b>",
        "a\nb",
        ["wrong", "source"],
    )
    assert line["trace"] == {"corpus": "c", "index": "i", "model": "m", "version": "0"}
    assert client.post(address, data=form).status_code == 409
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    "form",
    [{}, {"verdict": "maybe"}, {"verdict": "up", "reason": "长" * (LONGEST_REASON + 1)},
     {"verdict": "up", "categories": ["<script>"]}],
)  # fmt: skip
def test_a_bad_verdict_is_refused(
    form: dict[str, str], session: Session, client: TestClient, kept: Path
) -> None:
    reply = client.post(f"/feedback/{token_of(session)}/1", data=form)
    assert reply.status_code == 422 and reply.json()["message"]
    assert not kept.exists()
    assert session.exchanges[0].verdict == ""


def test_the_longest_reason_counts_characters_not_line_ends(session: Session, client: TestClient) -> None:
    form = {"verdict": "up", "reason": "长" + "\r\n" * 998 + "长"}
    assert client.post(f"/feedback/{token_of(session)}/1", data=form).status_code == 200


def test_a_file_that_fails_is_said_and_can_be_tried_again(
    session: Session, client: TestClient, kept: Path
) -> None:
    kept.mkdir()
    address = f"/feedback/{token_of(session)}/1"
    assert client.post(address, data={"verdict": "up"}).status_code == 503
    kept.rmdir()
    assert client.post(address, data={"verdict": "up"}).status_code == 200


def test_thumbs_stand_only_where_feedback_is_on(session: Session) -> None:
    assert render.transcript(session).count('class="feedback"') == 2
    session.exchanges[0].verdict = "up"
    shown = render.transcript(session)
    assert shown.count('class="feedback"') == 1 and shown.count('class="thanks"') == 1
    session.feedback = False
    assert "feedback" not in render.transcript(session)
    assert len(re.findall(r'href="\./record/[\w-]{32}/\d"', render.transcript(session))) == 2
