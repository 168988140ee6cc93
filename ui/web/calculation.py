"""The card that shows how a score was worked out, and lets its values be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from assistant import calculators
from assistant.answer import Calculation, Citation
from assistant.calculators.field_names import field_label, missing_label
from assistant.calculators.result_names import result_name, result_text
from corpus.errors import CrlmError
from corpus.model import Language
from ui.web.fields import select_field, text_field
from ui.web.i18n import text
from ui.web.inputs import kind_of, options_of
from ui.web.markdown import chip


@dataclass(frozen=True)
class Place:
    """Where a card stands: in which answer, as which of its calculations. No turn: beside no chat."""

    turn: int | None = None
    index: int = 0
    citations: Mapping[int, Citation] = field(default_factory=dict)
    by_hand: bool = False
    """The reader changed its values."""
    revision: int = 0
    """Counts the changes, for the page's script."""


def calculation_card(
    calculation: Calculation,
    language: Language,
    is_open: bool = True,
    full: bool = False,
    place: Place | None = None,
) -> str:
    """A collapsible card: what was used, what it gave, what is missing or assumed.

    ``full``: the results stand in it; beside a written answer they are folded away.
    """
    at = place or Place()
    state = calculation.status
    parts = [
        f"<summary{_id(at, 'summary')}><strong>{text('calculation', language)}</strong> "
        f'<span class="name">{escape(_title(calculation.calculator, language))}</span> '
        f'<span class="state state-{state}">{text(f"calculation_{state}", language)}</span></summary>'
    ]
    if at.by_hand:
        parts.append(f'<p class="by-hand">{escape(text("chat.by_hand", language))}</p>')
    outcome = ""
    if calculation.result and (full or not calculation.interpretation):
        outcome = _row(text("result", language), _pairs(calculation.result, language))
    if full:
        parts.append(_outcome(outcome))
    parts.append(_breakdown(calculation, at, language))
    if not full:
        parts.append(outcome)
    if calculation.interpretation:
        parts.append(_row(text("interpretation", language), escape(calculation.interpretation)))
    if calculation.reason:
        parts.append(_outcome(_row(text("reason", language), escape(calculation.reason))))
    parts.append(_list(text("missing", language), [missing_label(m, language) for m in calculation.missing]))
    for key in ("assumptions", "sensitivity"):
        parts.append(_list(text(key, language), getattr(calculation, key)))
    if calculation.result and calculation.interpretation and not full:
        pairs = _pairs(calculation.result, language)
        parts.append(
            f"<details{_id(at, 'values')}><summary>{text('values', language)}</summary>{pairs}</details>"
        )
    if at.turn is not None:
        parts.append(_change(calculation, at, language))
    opened = " open" if is_open else ""
    return f'<details class="calculation"{_id(at, "card")} data-revision="{at.revision}"{opened}>{"".join(parts)}</details>'


def _id(place: Place, part: str) -> str:
    """An id that stays the same when the chat is drawn again."""
    return "" if place.turn is None else f' id="k-{place.turn}-{place.index}-{part}"'


def _outcome(content: str) -> str:
    return f'<div class="outcome">{content}</div>' if content else ""


def _title(name: str, language: Language) -> str:
    try:
        return calculators.get(name).title[language]
    except CrlmError:
        return name


def _breakdown(calculation: Calculation, place: Place, language: Language) -> str:
    if not calculation.breakdown:
        return ""
    scored = any(row.points is not None for row in calculation.breakdown)
    cited = any(row.marker in place.citations for row in calculation.breakdown)
    heads = [text("item", language), text("value", language)]
    heads += [text("points", language)] if scored else []
    heads += [text("sources", language)] if cited else []
    rows = []
    for row in calculation.breakdown:
        note = f'<span class="note">{escape(row.note)}</span>' if row.note else ""
        points = f'<td class="number">{_number(row.points)}</td>' if scored else ""
        citation = place.citations.get(row.marker or 0)
        source = chip(place.turn, citation, language) if citation else ""
        item = f'<th scope="row">{escape(row.item)}{note}</th>'
        cell = f"<td>{source}</td>" if cited else ""
        rows.append(f"<tr>{item}<td>{escape(row.value)}</td>{points}{cell}</tr>")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    caption = escape(_title(calculation.calculator, language))
    return (
        f'<div class="table"><table><caption class="who">{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _change(calculation: Calculation, place: Place, language: Language) -> str:
    """The calculator's inputs with the values used, to be changed and calculated again."""
    try:
        fields = calculators.get(calculation.calculator).inputs.model_fields
    except CrlmError:
        return ""
    stem = f"k-{place.turn}-{place.index}"
    rows = []
    for key, info in fields.items():
        value = _as_typed(calculation.inputs.get(key, info.default))
        field_id = f"{stem}-in-{key}"
        label = escape(field_label(key, info.description or key, language))
        entry = _entry(field_id, key, info, value, language)
        rows.append(f'<li><label for="{field_id}">{label}</label>{entry}</li>')
    key = "chat.change_missing" if calculation.missing else "chat.change"
    reset = ""
    if place.by_hand:
        reset = (
            f'<button type="button" class="plain" id="{stem}-reset" data-reset>'
            f"{escape(text('chat.reset', language))}</button>"
        )
    opened = " open" if place.by_hand else ""
    return (
        f'<details class="change" id="{stem}-change"{opened}>'
        f'<summary id="{stem}-change-summary">{escape(text(key, language))}</summary>'
        f'<div class="values" role="form" aria-label="{escape(text(key, language))}" data-turn="{place.turn}" '
        f'data-index="{place.index}"><ul>{"".join(rows)}</ul><p class="do">'
        f'<button type="button" class="primary" id="{stem}-go" data-recalculate>'
        f"{escape(text('chat.recalculate', language))}</button>{reset}</p></div></details>"
    )


def _entry(field_id: str, key: str, info: Any, value: str, language: Language) -> str:
    kind, options = kind_of(info.annotation)
    suggested = options_of(info)
    if kind == "flag":
        options = ("yes", "no")
    if suggested or options:
        listed = [(o, o) for o in suggested or options]
        if kind == "flag":
            listed = [(o, text(o, language)) for o in options]
        if value and value not in dict(listed):
            listed.append((value, value))
        return select_field(field_id, key, [("", text("unknown", language)), *listed], value)
    hint = text(f"chat.{kind}_hint", language) if kind in ("list", "date") else ""
    return text_field(field_id, key, value, number=kind == "number", hint=hint)


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_as_typed, value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:g}"


def _pairs(values: dict[str, Any], language: Language) -> str:
    return "".join(
        f'<span class="pair"><span class="key">{escape(result_name(key, language))}</span> '
        f"<strong>{escape(result_text(key, value, language))}</strong></span> "
        for key, value in values.items()
    )


def _row(label: str, content: str) -> str:
    return f'<div class="row"><span class="label">{escape(label)}</span><div>{content}</div></div>'


def _list(label: str, values: Iterable[str]) -> str:
    items = [f"<li>{escape(value)}</li>" for value in values]
    return _row(label, f"<ul>{''.join(items)}</ul>") if items else ""
