"""``crlm replay``, ``feedback`` and ``user`` as they are typed; ``serve``'s options refused before it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant.answer import Answer, Conversation, Trace, Turn
from corpus.errors import CrlmError
from ui.commands import add_commands
from ui.feedback import Store, entry_of
from ui.options import serve_options
from ui.record import make, record_page
from ui.users import Users, add_user

ROOT = Path(__file__).resolve().parents[2]
ANSWER = Answer(
    status="answered", language="en", text="one", trace=Trace(corpus="c", index="i", model="m", version="0")
)
ASKED = Conversation(turns=[Turn(text="问")])


class Fixed:
    def ask(self, conversation: Conversation) -> Answer:
        assert conversation == ASKED
        return ANSWER


def crlm(*arguments: str, stdin: str = "", monkeypatch: Any = None) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    add_commands(app, lambda language: Fixed())  # type: ignore[arg-type,return-value]
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def test_replay_says_same(tmp_path: Path) -> None:
    for name, text in (
        ("r.html", record_page(make(ASKED, ANSWER))),
        ("r.json", make(ASKED, ANSWER).model_dump_json()),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        result = crlm("replay", str(tmp_path / name))
        assert (result.exit_code, result.stdout.strip()) == (0, "reproduced byte for byte")


def test_replay_says_what_changed(tmp_path: Path) -> None:
    old = ANSWER.model_copy(update={"text": "two", "trace": ANSWER.trace.model_copy(update={"model": "old"})})
    (tmp_path / "r.html").write_text(record_page(make(ASKED, old)), encoding="utf-8")
    result = crlm("replay", str(tmp_path / "r.html"))
    assert result.exit_code == 1
    assert "trace model: old → m" in result.stdout and "-two\n+one" in result.stdout


def test_replay_warns_of_an_edited_page_and_refuses_a_bad_file(tmp_path: Path) -> None:
    page = record_page(make(ASKED, ANSWER))
    file = tmp_path / "r.html"
    file.write_text(page.replace(">问</p>", ">别的</p>"), encoding="utf-8")
    result = crlm("replay", str(file))
    assert result.exit_code == 0 and "what the page shows is not" in result.output
    for text, said in (
        (page.replace('"text": "one"', '"text": "two"'), "does not match its SHA-256"),
        (page.replace("crlm-record/1", "crlm-record/7"), "newer version"),
        ("hello", "not a record"),
    ):
        file.write_text(text, encoding="utf-8")
        result = crlm("replay", str(file))
        assert result.exit_code == 2 and said in result.output
    assert crlm("replay", str(tmp_path / "none")).exit_code == 2


def test_feedback_prints_a_table(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    Store(path).append(entry_of("Which drug?", ANSWER, "down", ["missed"], "it is there"))
    shown = crlm("feedback", str(path)).stdout
    assert "not helpful" in shown and "answered" in shown


def test_user_add_asks_twice(tmp_path: Path) -> None:
    file = tmp_path / "users.txt"
    good = "long enough 1\n"
    assert crlm("user", "add", "ann", "--file", str(file), stdin=good + "other enough 2\n").exit_code == 1
    assert not file.exists()
    result = crlm("user", "add", "ann", "--file", str(file), stdin=good + good)
    assert result.exit_code == 0 and "long enough" not in result.output
    assert Users(file).verify("ann", "long enough 1")
    with pytest.raises(CrlmError):
        raise crlm("user", "add", "ann", "--file", str(file), stdin=good + good).exception  # type: ignore[misc]


@pytest.mark.parametrize(
    "bad", [{"root_path": "a b"}, {"users": Path("none")}, {"feedback": Path("no/such/dir/f")}]
)
def test_serve_refuses_bad_options(bad: dict[str, Any]) -> None:
    with pytest.raises(CrlmError):
        serve_options(bad.get("feedback"), bad.get("users"), bad.get("root_path", ""))


def test_help_stays_light() -> None:
    code = (
        "import sys, json; sys.argv = ['crlm', '--help']\n"
        "from ui.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps([m for m in ('gradio', 'argon2', 'filelock', 'jinja2', 'fastapi', 'faiss') if m in sys.modules]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ},
        timeout=60,
        check=True,
    )
    assert json.loads(result.stdout.decode().splitlines()[-1]) == []


@pytest.mark.parametrize(
    ("host", "with_users", "said"),
    [("0.0.0.0", False, "WARNING: 0.0.0.0 is open to the network and has no login"),
     ("0.0.0.0", True, "without an HTTPS proxy"), ("127.0.0.1", False, "")],
)  # fmt: skip
def test_serve_warns_of_an_open_door_and_hands_its_options_on(
    host: str, with_users: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ui.cli
    import ui.web.app

    served: dict[str, Any] = {}
    monkeypatch.setattr(ui.cli, "_open", lambda language: Fixed())
    monkeypatch.setattr(ui.web.app, "serve", lambda assistant, host, port, **options: served.update(options))
    monkeypatch.setenv("CRLM_FEEDBACK", str(tmp_path / "f.jsonl"))
    arguments = ["serve", "--host", host, "--port", "17923", "--root-path", "crlm/"]
    if with_users:
        add_user(tmp_path / "users.txt", "ann", "long enough 1")
        arguments += ["--users", str(tmp_path / "users.txt")]
    result = CliRunner().invoke(ui.cli.app, arguments)
    assert result.exit_code == 0, result.output
    assert (said in result.output) if said else result.output == ""
    assert served["root_path"] == "/crlm"
    assert served["store"].path == tmp_path / "f.jsonl"
    assert (served["users"] is not None) == with_users
