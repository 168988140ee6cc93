"""``crlm eval``: the figures on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers on the reference questions.")


@app.callback()
def _group() -> None:
    pass


@app.command()
def run(
    split: Annotated[str, typer.Option(help="all, dev or test")] = "all",
    out: Annotated[Path | None, typer.Option(help="folder for figures.json")] = None,
    model: Annotated[
        list[str] | None, typer.Option(help="also a plain dense run with this model; repeat")
    ] = None,
    misses: Annotated[bool, typer.Option(help="print every wrong answer")] = False,
) -> None:
    """Retrieval by lexical, dense and hybrid search, and the answers as users read them."""
    from assistant.assistant import Assistant
    from eval.run import evaluate, write

    if split not in ("all", "dev", "test"):
        raise typer.BadParameter("all | dev | test", param_hint="--split")
    result = evaluate(Assistant.open(), split, model or ())
    console = Console(width=120)
    console.print(_retrieval_table(result))
    console.print(_answer_table(result))
    if misses:
        for miss in result["misses"]:
            console.print(
                f"{miss['id']} {miss['question']}  [{miss['status']}]  {miss['expected']}\n    {miss['text'][:300]}",
                markup=False,
            )
    if out is not None:
        console.print(f"→ {write(result, out)}")


def _retrieval_table(result: dict[str, Any]) -> Table:
    measures = ("Success@1", "Success@5", "Success@10", "R@5", "RR", "nDCG@10")
    table = Table(title=f"Retrieval of the evidence ({result['split']})")
    for column in ("method", "questions", *measures):
        table.add_column(column, justify="left" if column in ("method", "questions") else "right")
    for method, groups in result["retrieval"].items():
        for group, values in groups.items():
            if values:
                table.add_row(method, group, *(f"{values.get(m, float('nan')):.3f}" for m in measures))
    return table


def _answer_table(result: dict[str, Any]) -> Table:
    table = Table(title="Answers")
    names = list(next(iter(result["answers"].values())))
    table.add_column("questions")
    for name in names:
        table.add_column(name, justify="right")
    for group, values in result["answers"].items():
        table.add_row(
            group,
            *(
                f"{values[n]:.3f}" if n not in ("questions", "median_ms") else f"{values[n]:.1f}"
                for n in names
            ),
        )
    return table
