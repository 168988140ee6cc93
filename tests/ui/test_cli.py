"""The command as it is typed: good input, every bad input, and what it must not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    directory = tmp_path_factory.mktemp("cli") / "index"
    variables = {
        **os.environ,
        "CRLM_INDEX_DIR": str(directory),
        "LANG": "en_US.UTF-8",
        "LC_ALL": "",
        "PYTHONUTF8": "1",
    }
    run(variables, "index", "build")
    return variables


def run(env: dict[str, str], *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        input=stdin,
        capture_output=True,
        env=env,
        cwd=ROOT,
        timeout=120,
    )


def text(result: subprocess.CompletedProcess[bytes]) -> str:
    shown = (result.stdout + result.stderr).decode()
    assert "Traceback" not in shown
    return shown


def test_ask(env: dict[str, str]) -> None:
    shown = text(run(env, "ask", "射频消融一次最多消融几个灶？"))
    assert "5枚" in shown and "来源" in shown and "[1]" in shown


def test_ask_json_and_turns(env: dict[str, str]) -> None:
    result = run(env, "ask", "那术前要停多久", "--turn", "贝伐珠单抗的方案怎么用", "--json")
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert "6~8周" in answer["text"]


def test_ask_from_stdin(env: dict[str, str]) -> None:
    assert "6~8周" in text(run(env, "ask", "-", stdin="贝伐珠单抗停多久能手术".encode()))


@pytest.mark.parametrize("stdin", [b"", b"\xff\xfe\x00\x01" * 50, "长".encode() * 100_000])
def test_unusable_questions(env: dict[str, str], stdin: bytes) -> None:
    result = run(env, "ask", "-", "--json", stdin=stdin)
    assert result.returncode == 0
    assert json.loads(result.stdout)["status"] == "rejected"


def test_search(env: dict[str, str]) -> None:
    hits = json.loads(run(env, "search", "PVE", "-k", "3", "--json").stdout)
    assert len(hits) == 3
    assert set(hits[0]) == {"passage_id", "document_id", "section", "text", "score"}


def test_calc(env: dict[str, str]) -> None:
    result = run(
        env,
        "calc",
        "crs",
        "--json",
        '{"node_positive": true, "synchronous": true, "n_mets": 3, "cea_ng_ml": 250, "max_diameter_cm": 6}',
    )
    assert json.loads(result.stdout)["result"] == {"score": 5, "group": "high"}
    assert "oslo" in text(run(env, "calc", "--list"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("calc", "crss", "--json", "{}"), "close to it: crs"),
        (("calc", "crs", "--json", "{bad"), "Not valid JSON"),
        (("calc", "crs", "--json", "[1]"), "Expected a JSON object"),
        (("calc", "crs"), "Give the inputs"),
        (("calc",), "Give a calculator"),
        (("batch", "/nowhere.jsonl", "/tmp/out.jsonl"), "No such file"),
        (("ask",), "Missing argument"),
        (("ask", "x", "--lang", "fr"), "auto | zh | en"),
    ],
)
def test_bad_use_is_a_message(env: dict[str, str], arguments: tuple[str, ...], expected: str) -> None:
    result = run(env, *arguments)
    assert result.returncode != 0
    assert expected in text(result)


def test_batch_survives_bad_lines(env: dict[str, str], tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        b'{"id": "a", "turns": ["\xe5\x88\x87\xe7\xbc\x98"]}',
        b"{broken",
        b"",
        b'{"id": "c"}',
        b'\xff\xfe{"id"}',
        b'{"id": "e", "turns": [{"role": "user", "text": "PVE"}]}',
    ]
    source.write_bytes(b"\n".join(lines))
    result = run(env, "batch", str(source), str(target))
    assert result.returncode == 1
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "line 2", "c", "line 5", "e"]
    assert ["answer" in row for row in rows] == [True, False, False, False, True]
    same = run(env, "batch", str(source), str(source))
    assert same.returncode == 1
    assert source.read_bytes() == b"\n".join(lines)


def test_calc_batch(env: dict[str, str], tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1, "calculator": "liver_remnant", "inputs": {"flr_percent": 35}}\n{"id": 2, "calculator": "nope", "inputs": {}}\n'
    )
    assert run(env, "calc", "--batch", str(source), str(target)).returncode == 1
    first, second = (json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert first["status"] == "incomplete" and first["missing"] == ["timing"]
    assert "error" in second


def test_output_in_a_place_that_is_no_folder(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "turns": ["PVE"]}\n')
    (tmp_path / "file").write_text("")
    result = run(env, "batch", str(tmp_path / "in.jsonl"), str(tmp_path / "file" / "out.jsonl"))
    assert result.returncode == 1
    assert "Cannot write" in text(result)


def test_damaged_index_is_said_and_rebuilt(env: dict[str, str], tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(env["CRLM_INDEX_DIR"], tmp_path / "index"))
    (copy / "dense.faiss").write_bytes(b"junk")
    broken = {**env, "CRLM_INDEX_DIR": str(copy)}
    assert run(broken, "index", "verify").returncode == 1
    assert "damaged" in text(run(broken, "ask", "PVE"))
    assert run(broken, "index", "verify").returncode == 0


def test_unwritable_index_place(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run({**env, "CRLM_INDEX_DIR": str(tmp_path / "file" / "index")}, "ask", "PVE")
    assert result.returncode == 1
    assert "Cannot write the index folder" in text(result)


def test_asking_imports_nothing_heavy(env: dict[str, str]) -> None:
    code = (
        "import sys; sys.argv = ['crlm', 'ask', 'PVE', '--json']\n"
        "from ui.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'gradio', 'sentence_transformers', 'transformers', 'jieba', 'bm25s'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr.decode()


def test_version_and_help(env: dict[str, str]) -> None:
    assert text(run(env, "--version")).startswith("crlm ")
    shown = text(run(env, "--help"))
    for command in ("ask", "batch", "search", "calc", "index", "serve", "eval"):
        assert command in shown


def test_port_in_use(env: dict[str, str]) -> None:
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        result = run(env, "serve", "--port", str(held.getsockname()[1]))
    assert result.returncode == 1
    assert "in use" in text(result)
