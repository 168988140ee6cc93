"""Figures on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from eval.refusals import Refusals
from eval.report import figure
from eval.results import Results
from eval.significance import Difference

RANKS = ("R@1", "R@3", "R@5", "R@10", "RR", "nDCG@10")


def retrieval_table(results: Results, grouping: str = "language") -> Table:
    """Every method by language (or another grouping)."""
    table = Table(title=f"Evidence found, {results.split}, single questions")
    table.add_column("method")
    table.add_column("questions")
    for name in RANKS:
        table.add_column(name, justify="right")
    for method, groupings in results.retrieval.items():
        for group, figures in groupings[grouping].items():
            table.add_row(
                method, f"{group} ({figures['questions']:.0f})", *(figure(figures[n]) for n in RANKS)
            )
        table.add_section()
    return table


SHORT = {
    "questions": "n", "key_point_recall": "key points", "fully_right": "fully right",
    "citation_precision": "citation precision", "claims_verbatim": "claims verbatim", "verbatim": "quotes verbatim",
    "language_of_reply": "language", "abstention_precision": "abst. precision", "abstention_recall": "abst. recall",
    "half_answered_well": "half well", "answerable_refused": "refused", "calculations_exact": "calc. exact",
    "median_ms": "ms",
}  # fmt: skip


def answer_table(results: Results, grouping: str) -> Table:
    """What the answers are worth, a row per group."""
    groups = results.answers[grouping]
    table = Table(title=f"Answers by {grouping}, {results.split}")
    table.add_column("")
    for name in next(iter(groups.values()), {}):
        table.add_column(SHORT[name], justify="right")
    for group, figures in groups.items():
        table.add_row(group, *(figure(value, name) for name, value in figures.items()))
    return table


def refusal_table(groups: Sequence[Refusals]) -> Table:
    """Labelled queries, a row per group."""
    table = Table(title="Refused")
    for column in ("", "answerable", "refused", "unanswerable", "refused"):
        table.add_column(column, justify="right" if column else "left")
    for g in groups:
        table.add_row(
            g.group, str(g.answerable), figure(g.answerable_refused),
            str(g.unanswerable), figure(g.unanswerable_refused),
        )  # fmt: skip
    return table


def comparison_table(differences: Mapping[str, Difference]) -> Table:
    """Two runs."""
    table = Table(title="b against a, paired randomisation test")
    for column in ("figure", "questions", "a", "b", "b - a", "p"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name, d in differences.items():
        table.add_row(name, str(d.n), f"{d.a:.3f}", f"{d.b:.3f}", f"{d.delta:+.3f}", f"{d.p:.4f}")
    return table


def beir_table(figures: Mapping[str, Mapping[str, float]]) -> Table:
    """A collection by method."""
    table = Table()
    table.add_column("method")
    for name in next(iter(figures.values())):
        table.add_column(name, justify="right")
    for method, row in figures.items():
        table.add_row(method, *(f"{value:.4f}" for value in row.values()))
    return table
