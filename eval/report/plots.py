"""Plots of a run as inline SVG (Matplotlib)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup

from eval.results import Results

SUBSETS = ("zh", "en on en", "en on zh")
COLOURS = ("#1f5fa8", "#7fb2e5", "#d98032")


@contextmanager
def _figure(width: float, height: float) -> Iterator[tuple[Any, Any, list[Markup]]]:
    """A figure, its axes, and where its SVG will be put."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "crlm", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
        out: list[Markup] = []
        yield figure, axes, out
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        plt.close(figure)
    svg = buffer.getvalue()
    out.append(Markup(svg[svg.index("<svg") :]))


def methods_by_language(results: Results) -> Markup:
    """R@5 of every method by language."""
    names = list(results.retrieval)
    with _figure(8.5, 0.9 + 0.42 * len(names)) as (_, axes, out):
        for offset, subset in enumerate(SUBSETS):
            values = [results.retrieval[n]["language"].get(subset, {}).get("R@5") or 0.0 for n in names]
            places = [i + (offset - 1) * 0.27 for i in range(len(names))]
            bars = axes.barh(places, values, height=0.25, color=COLOURS[offset], label=subset)
            axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=7)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set(xlim=(0, 1.08), xlabel="evidence recall@5")
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    return out[0]


def answers_by(results: Results, grouping: str) -> Markup:
    """Fully right answers by type of question, document, …"""
    rows = [
        (name, figures["fully_right"], int(figures["questions"] or 0))
        for name, figures in results.answers.get(grouping, {}).items()
        if figures["fully_right"] is not None
    ]
    with _figure(8.5, 0.7 + 0.3 * max(1, len(rows))) as (_, axes, out):
        bars = axes.barh([f"{name} ({n})" for name, _, n in rows], [v for _, v, _ in rows], color=COLOURS[0])
        axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=8)
        axes.invert_yaxis()
        axes.set(xlim=(0, 1.08), xlabel="fully right")
        axes.spines[["top", "right"]].set_visible(False)
    return out[0]


def risk_coverage(results: Results) -> Markup:
    """Share of wrong answers among the surest ones."""
    with _figure(5.5, 3.2) as (_, axes, out):
        axes.step(
            [c for c, _ in results.risk_coverage],
            [r for _, r in results.risk_coverage],
            where="post",
            color=COLOURS[0],
        )
        axes.set(
            xlim=(0, 1), ylim=(0, None), xlabel="coverage (surest first)", ylabel="risk (not fully right)"
        )
        axes.spines[["top", "right"]].set_visible(False)
    return out[0]
