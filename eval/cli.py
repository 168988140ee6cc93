"""``crlm eval``: measure, compare, score other programs' answers, guard against regressions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console

if TYPE_CHECKING:
    from eval.results import Results
    from eval.run import Run

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers on the reference questions.")


class SplitName(StrEnum):
    """Which half of the reference questions."""

    dev = "dev"
    test = "test"
    all = "all"


class MethodName(StrEnum):
    """How to search a BEIR collection."""

    lexical = "lexical"
    dense = "dense"
    hybrid = "hybrid"
    every = "all"


@app.command()
def run(
    split: Annotated[SplitName, typer.Option(help="test is for reporting, never for tuning")] = SplitName.dev,
    out: Annotated[
        Path | None, typer.Option(help="folder for results.json, answers, TREC files and report.html")
    ] = None,
    model: Annotated[
        list[str] | None, typer.Option(help="also a plain dense run with this model; repeat")
    ] = None,
    baselines: Annotated[bool, typer.Option(help="also baselines and ablations")] = True,
    misses: Annotated[bool, typer.Option(help="print every wrong answer")] = False,
) -> None:
    """Ours, baselines and ablations on single questions; the answers to all questions."""
    from assistant.assistant import Assistant
    from eval.questions import load_questions
    from eval.report import misses as wrong
    from eval.run import evaluate
    from eval.tables import answer_table, retrieval_table

    console = Console(width=130)
    questions = load_questions(split.value)
    with console.status("…") as status:
        result = evaluate(Assistant.open(), questions, split.value, model or (), baselines, status.update)
    console.print(retrieval_table(result.results))
    for row in result.results.compared:
        console.print(f"R@5 ours {row.ours:.3f} / {row.method} {row.theirs:.3f}: p = {row.p:.4f}")
    for grouping in ("language", "kind", "type"):
        console.print(answer_table(result.results, grouping))
    if misses:
        for miss in wrong(result.results, questions, result.answers, None):
            _print_miss(console, miss)
    if out is not None:
        console.print(f"→ {_write(out, result)}")


def _print_miss(console: Console, miss: dict) -> None:  # type: ignore[type-arg]
    question, answer = miss["question"], miss["answer"]
    wanted = question.key_points or question.result or "a refusal"
    console.print(
        f"{question.id} [{question.type}] {' → '.join(question.turns)}\n  wanted: {wanted}\n  {answer.status}: "
        f"{answer.text[:400]}\n", markup=False,
    )  # fmt: skip


def _write(out: Path, result: Run) -> Path:
    from eval.questions import load_questions
    from eval.report import render
    from eval.results import write_answers
    from eval.trec import write_qrels, write_run

    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(result.results.model_dump_json(indent=1), encoding="utf-8")
    write_answers(out / "answers.jsonl", result.answers.items())
    write_qrels(out / "qrels.trec", result.qrels)
    for name, rankings in result.rankings.items():
        slug = "".join(c if c.isalnum() else "-" for c in name)
        write_run(out / f"run-{slug}.trec", name, rankings)
    questions = load_questions("all" if result.results.split == "all" else result.results.split)  # type: ignore[arg-type]
    report = out / "report.html"
    report.write_text(render(result.results, questions, result.answers), encoding="utf-8")
    return report


@app.command()
def refusals(
    queries: Annotated[
        Path | None,
        typer.Argument(
            help="lines of 0 or 1 (answered by the documents), a tab, the query; default: held out"
        ),
    ] = None,
) -> None:
    """Shares refused of labelled queries: of those the documents answer, and of those they do not."""
    from assistant.assistant import Assistant
    from eval.refusals import LABELLED, load_labelled
    from eval.refusals import refusals as shares_of
    from eval.tables import refusal_table

    labelled = load_labelled(queries or LABELLED)
    Console(width=110).print(refusal_table(shares_of(Assistant.open(), labelled)))


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="folder of one run")],
    b: Annotated[Path, typer.Argument(help="folder of another run on the same questions")],
) -> None:
    """Two runs question by question, with a paired significance test."""
    from eval.compare import compare as compare_results
    from eval.results import read_results
    from eval.tables import comparison_table

    Console(width=110).print(comparison_table(compare_results(read_results(a), read_results(b))))


@app.command()
def score(
    answers: Annotated[Path, typer.Argument(help='lines of {"id", "answer"} as crlm batch writes them')],
    split: Annotated[SplitName, typer.Option(help="questions the answers belong to")] = SplitName.dev,
    out: Annotated[Path | None, typer.Option(help="folder for results.json and report.html")] = None,
) -> None:
    """Score answers that any program wrote; questions without an answer are counted and named."""
    from corpus.corpus import load_corpus
    from eval.evidence import EvidenceFinder
    from eval.questions import load_questions
    from eval.report import render
    from eval.results import read_answers
    from eval.run import score_all
    from eval.tables import answer_table, retrieval_table

    given, questions = read_answers(answers), load_questions(split.value)
    missing = [q.id for q in questions if q.id not in given]
    results = score_all(answers.stem, split.value, questions, given, EvidenceFinder(load_corpus().passages))
    console = Console(width=130)
    console.print(retrieval_table(results))
    for grouping in ("language", "kind", "type"):
        console.print(answer_table(results, grouping))
    if missing:
        console.print(
            f"{len(missing)} questions without an answer: {', '.join(missing[:10])} …", markup=False
        )
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "results.json").write_text(results.model_dump_json(indent=1), encoding="utf-8")
        (out / "report.html").write_text(render(results, questions, given), encoding="utf-8")
        console.print(f"→ {out / 'report.html'}")


@app.command()
def questions(
    out: Annotated[Path, typer.Argument(help='where to write lines of {"id", "turns"}')],
    split: Annotated[SplitName, typer.Option()] = SplitName.dev,
) -> None:
    """The reference questions as input for ``crlm batch`` or another program."""
    import json

    from eval.questions import load_questions

    rows = [{"id": q.id, "turns": list(q.turns)} for q in load_questions(split.value)]
    out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


@app.command()
def gate(
    record: Annotated[bool, typer.Option(help="record figures that improved")] = False,
    lower: Annotated[
        bool, typer.Option(help="with --record: after the questions changed, record all")
    ] = False,
) -> None:
    """Fail if a figure on the development questions fell below the recorded one."""
    from eval import gate as guard

    results = _dev_results()
    if record:
        guard.record(results, lower=lower)
        return
    fallen = guard.falls(results, guard.read_recorded())
    for fall in fallen:
        typer.echo(f"{fall.name}: {fall.now:.4f}, recorded {fall.recorded:.4f} (may fall {fall.allowed:.4f})")
    if fallen:
        raise typer.Exit(1)
    typer.echo("ok")


def _dev_results() -> Results:
    from assistant.assistant import Assistant
    from eval.questions import load_questions
    from eval.run import evaluate

    return evaluate(Assistant.open(), load_questions("dev"), "dev", baselines=False).results


@app.command()
def beir(
    directory: Annotated[
        Path, typer.Argument(help="folder with corpus.jsonl, queries.jsonl, qrels/test.tsv")
    ],
    method: Annotated[MethodName, typer.Option(help="one way of searching, or all")] = MethodName.every,
    model: Annotated[str | None, typer.Option(help="another sentence-transformers model")] = None,
) -> None:
    """nDCG@10 and recall@100 on any collection in BEIR format, English or Chinese."""
    from eval.beir import read_collection, run_beir
    from eval.tables import beir_table
    from index.fusion import Method

    chosen = get_args(Method) if method is MethodName.every else (method.value,)
    collection = read_collection(directory)
    typer.echo(f"{len(collection.passages)} documents, {len(collection.queries)} queries")
    Console(width=80).print(beir_table(run_beir(collection, chosen, model)))


@app.command(name="make-beir")
def make_beir(
    source: Annotated[Path, typer.Argument(help='lines of {"question", "answer"}')],
    directory: Annotated[Path, typer.Argument(help="folder to write")],
    limit: Annotated[int | None, typer.Option(help="at most so many documents")] = None,
    held_out: Annotated[
        bool, typer.Option(help="only what the bundled model was not trained on (MedQuAD)")
    ] = False,
) -> None:
    """A BEIR folder out of questions and answers: each question's relevant document is its answer."""
    from eval.beir import from_question_answers

    typer.echo(f"{from_question_answers(source, directory, limit, held_out)} documents → {directory}")
