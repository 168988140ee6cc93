"""The ``crlm`` command. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import VERSION
from corpus.errors import CrlmError
from corpus.model import Language
from ui.commands import add_commands
from ui.messages import language_of_terminal, say
from ui.study_cli import app as study_app

if TYPE_CHECKING:
    from assistant.answer import Calculation
    from assistant.assistant import Assistant

app = typer.Typer(
    name="crlm", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Answers questions about colorectal liver metastases from five documents and nothing else. / 只依据五份文献回答结直肠癌肝转移问题。",
)  # fmt: skip
index_app = typer.Typer(
    no_args_is_help=True, help="Build, describe or check the index. / 建立、查看、检查索引。"
)
app.add_typer(index_app, name="index")
app.add_typer(study_app, name="study")

Lang = Annotated[str, typer.Option("--lang", help="auto, zh or en")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON / 输出JSON")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"crlm {VERSION}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


def _language(lang: str, text: str = "") -> Language:
    if lang not in ("auto", "zh", "en"):
        raise typer.BadParameter("auto | zh | en", param_hint="--lang")
    if lang in ("zh", "en"):
        return lang  # type: ignore[return-value]
    from index.query import language_of_question

    return language_of_question(text) if text.strip() else language_of_terminal()


def _open(language: Language) -> Assistant:
    from assistant.assistant import Assistant

    assistant = Assistant.open(progress=_progress())
    for zh, en in assistant.notices:
        typer.echo(zh if language == "zh" else en, err=True)
    return assistant


def _progress() -> Callable[[str, float], None] | None:
    """A bar on standard error when someone is looking."""
    if not sys.stderr.isatty():
        return None
    shown: list[Any] = []

    def tell(step: str, share: float) -> None:
        from rich.progress import Progress

        if not shown:
            bar = Progress(transient=True)
            shown.extend((bar, bar.add_task("index", total=1.0)))
            bar.start()
        shown[0].update(shown[1], completed=share, description=f"index: {step}")
        if share >= 1.0:
            shown[0].stop()

    return tell


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="the question, or - to read it from standard input")],
    as_json: AsJson = False,
    lang: Lang = "auto",
    turn: Annotated[
        list[str] | None, typer.Option("--turn", help="an earlier question of the conversation; repeat")
    ] = None,
) -> None:
    """Ask one question. / 问一个问题。"""
    from assistant.answer import Conversation, Turn

    text = _stdin() if question == "-" else question
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\ufffd", "\x00")
    language = _language(lang, text)
    turns = [Turn(text=t) for t in (*(turn or []), text)]
    answer = _open(language).ask(Conversation(turns=turns, language=lang))  # type: ignore[arg-type]
    if as_json:
        typer.echo(answer.model_dump_json(indent=1))
        return
    from rich.console import Console

    from ui.terminal import print_answer

    print_answer(answer, Console())


def _stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace").replace("\ufffd", "\x00").strip()


@app.command()
def batch(source: Path, target: Path, lang: Lang = "auto") -> None:
    """Answer every line of a JSON-lines file: {"id","turns"} -> {"id","answer"}. / 批量提问。"""
    from assistant.answer import Conversation, Turn
    from ui.batch import run_batch, turns_of

    language = _language(lang)
    assistant = _open(language)

    def handle(row: dict[str, Any]) -> dict[str, Any]:
        turns = [Turn(role=role, text=text) for role, text in turns_of(row, language)]  # type: ignore[arg-type]
        answer = assistant.ask(Conversation(turns=turns, language=lang))  # type: ignore[arg-type]
        return {"answer": json.loads(answer.model_dump_json())}

    _finish(run_batch(source, target, handle, language), language)


def _finish(counts: tuple[int, int], language: Language) -> None:
    typer.echo(say("batch_done", language, *counts), err=True)
    if counts[1]:
        raise typer.Exit(1)


@app.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="how many passages")] = 10,
    as_json: AsJson = False,
) -> None:
    """List the best passages for a query. / 检索段落。"""
    hits = _open(_language("auto", query)).search(query, k)
    if as_json:
        typer.echo(json.dumps([hit.model_dump() for hit in hits], ensure_ascii=False, indent=1))
        return
    for number, hit in enumerate(hits, 1):
        typer.echo(f"{number:2}. {hit.score:.3f}  {hit.passage_id}  {hit.section}\n    {hit.text}")


@app.command()
def calc(
    name: Annotated[str | None, typer.Argument(help="calculator, see --list")] = None,
    inputs: Annotated[str | None, typer.Option("--json", help="inputs as a JSON object")] = None,
    list_all: Annotated[
        bool, typer.Option("--list", help="all calculators with inputs, units and ranges")
    ] = False,
    files: Annotated[tuple[Path, Path] | None, typer.Option("--batch", help="IN.jsonl OUT.jsonl")] = None,
    lang: Lang = "auto",
) -> None:
    """One calculation, all calculators, or a file of calculations. / 计算器。"""
    from assistant import calculators

    language = _language(lang)
    if list_all:
        typer.echo("\n\n".join(calculators.describe(each) for each in calculators.names()))
    elif files:
        from ui.batch import run_batch

        _finish(run_batch(files[0], files[1], lambda row: _calculate_row(row, language), language), language)
    elif name is None:
        raise typer.BadParameter(say("name_or_list", language))
    else:
        calculators.get(name)
        if inputs is None:
            raise typer.BadParameter(say("needs_json", language, calculators.describe(name)))
        calculation = calculators.run(name, _object(inputs, language), language)
        typer.echo(calculation.model_dump_json(indent=1))
        if calculation.status == "rejected":
            raise typer.Exit(1)


def _object(raw: str, language: Language) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise typer.BadParameter(say("bad_json", language, error)) from error
    if not isinstance(value, dict):
        raise typer.BadParameter(say("not_object", language, '{"n_mets": 3}'))
    return value


def _calculate_row(row: dict[str, Any], language: Language) -> dict[str, Any]:
    from assistant import calculators
    from ui.batch import LineError

    if not isinstance(row.get("calculator"), str):
        raise LineError(say("no_calculator", language))
    if not isinstance(row.get("inputs"), dict):
        raise LineError(say("no_inputs", language))
    calculation: Calculation = calculators.run(row["calculator"], row["inputs"], language)
    kept = calculation.model_dump(
        include={"calculator", "status", "result", "missing", "reason", "interpretation"}
    )
    return dict(kept)


@index_app.command("build")
def index_build(
    force: Annotated[bool, typer.Option("--force", help="even when it is up to date")] = False,
) -> None:
    """Build the index when anything changed. / 建立索引。"""
    from index.build import build

    report = build(progress=_progress(), force=force)
    language = language_of_terminal()
    if report.rebuilt:
        typer.echo(say("index_built", language, report.passages, report.units, report.directory))
    else:
        typer.echo(say("index_current", language, report.directory))


@index_app.command("info")
def index_info() -> None:
    """What the index holds. / 查看索引。"""
    from index.build import info

    typer.echo(json.dumps(info(), ensure_ascii=False, indent=1))


@index_app.command("verify")
def index_verify() -> None:
    """Check every file of the index. / 检查索引。"""
    from index.build import verify

    language = language_of_terminal()
    problems = verify()
    for zh, en in problems:
        typer.echo(zh if language == "zh" else en, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(say("index_ok", language))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="port")] = 7860,
    feedback: Annotated[
        Path | None,
        typer.Option(envvar="CRLM_FEEDBACK", help="ask readers for feedback and append it to this file"),
    ] = None,
    users: Annotated[Path | None, typer.Option(help="require a login; file made by crlm user add")] = None,
    root_path: Annotated[str, typer.Option(help="folder of the public address behind a proxy: /crlm")] = "",
) -> None:
    """Open the web chat. / 打开网页对话。"""
    import socket

    from ui.options import serve_options

    language = language_of_terminal()
    options = serve_options(feedback, users, root_path)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CrlmError(say("port_used", "zh", port), say("port_used", "en", port)) from error
    if host not in ("127.0.0.1", "localhost", "::1"):
        typer.echo(say("open_host_users" if users else "open_host", language, host), err=True)
    assistant = _open(language)
    from ui.web.app import serve as serve_web

    serve_web(assistant, host, port, **options)


add_commands(app, lambda language: _open(language))


def _add_eval() -> None:
    """``crlm eval`` is imported only when it is asked for."""
    if len(sys.argv) > 1 and sys.argv[1] == "eval":
        from eval.cli import app as eval_app

        app.add_typer(eval_app, name="eval", help="Measure retrieval and answers. / 评测。")
    else:
        app.command("eval", help="Measure retrieval and answers. / 评测。")(lambda: None)


def main() -> None:
    """Entry point: every expected failure is one clear message and exit code 1."""
    _add_eval()
    language = language_of_terminal()
    try:
        app()
    except CrlmError as error:
        typer.echo(error.message(language), err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo(say("interrupted", language), err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
