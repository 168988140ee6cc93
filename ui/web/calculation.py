"""The card that shows how a score was worked out."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from assistant.answer import Calculation
from assistant.calculators.field_names import missing_label
from assistant.calculators.result_names import result_name, result_text
from corpus.model import Language
from ui.web.i18n import text


def calculation_card(
    calculation: Calculation, language: Language, is_open: bool = True, full: bool = False
) -> str:
    """A collapsible card: what was used, what it gave, what is missing or assumed.

    ``full``: the results stand in it; beside a written answer they are folded away.
    """
    state = calculation.status
    parts = [
        f"<summary><strong>{text('calculation', language)}</strong> "
        f'<span class="name">{escape(calculation.calculator)}</span> '
        f'<span class="state state-{state}">{text(f"calculation_{state}", language)}</span></summary>'
    ]
    if full and calculation.result:
        parts.append(_row(text("result", language), _pairs(calculation.result, language)))
    parts.append(_breakdown(calculation, language))
    if calculation.result and not calculation.interpretation and not full:
        parts.append(_row(text("result", language), _pairs(calculation.result, language)))
    if calculation.interpretation:
        parts.append(_row(text("interpretation", language), escape(calculation.interpretation)))
    if calculation.reason:
        parts.append(_row(text("reason", language), escape(calculation.reason)))
    parts.append(_list(text("missing", language), [missing_label(m, language) for m in calculation.missing]))
    for key in ("assumptions", "sensitivity"):
        parts.append(_list(text(key, language), getattr(calculation, key)))
    if calculation.result and calculation.interpretation and not full:
        pairs = _pairs(calculation.result, language)
        parts.append(f"<details><summary>{text('values', language)}</summary>{pairs}</details>")
    opened = " open" if is_open else ""
    return f'<details class="calculation"{opened}>{"".join(parts)}</details>'


def _breakdown(calculation: Calculation, language: Language) -> str:
    if not calculation.breakdown:
        return ""
    scored = any(row.points is not None for row in calculation.breakdown)
    heads = [text("item", language), text("value", language)] + ([text("points", language)] if scored else [])
    rows = []
    for row in calculation.breakdown:
        note = f'<span class="note">{escape(row.note)}</span>' if row.note else ""
        points = f'<td class="number">{_number(row.points)}</td>' if scored else ""
        item = f'<th scope="row">{escape(row.item)}{note}</th>'
        rows.append(f"<tr>{item}<td>{escape(row.value)}</td>{points}</tr>")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<div class="table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:g}"


def _pairs(values: dict[str, Any], language: Language) -> str:
    return "".join(
        f'<span class="pair"><span class="key">{escape(result_name(key, language))}</span> '
        f"<strong>{escape(result_text(key, value, language))}</strong></span>"
        for key, value in values.items()
    )


def _row(label: str, content: str) -> str:
    return f'<div class="row"><span class="label">{escape(label)}</span><div>{content}</div></div>'


def _list(label: str, values: Iterable[str]) -> str:
    items = [f"<li>{escape(value)}</li>" for value in values]
    return _row(label, f"<ul>{''.join(items)}</ul>") if items else ""
