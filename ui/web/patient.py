"""The panel of what the conversation says about the patient: every fact can be changed, added or forgotten."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Any

from assistant import numeric
from assistant.answer import Answer, Conversation, Turn
from assistant.patient import BY_KEY, KINDS, FactKind, PatientFact, check, edits_of, shown
from corpus.errors import CrlmError
from corpus.model import Language
from ui.web.fields import LONGEST, select_field, text_field
from ui.web.i18n import text
from ui.web.session import Assistant, Session

_UNITS = {"mo": ("月", "months"), "y": ("岁", "years")}
"""Units spelt out for the reader."""
_RETOLD = 3
"""Figures repeated in the question that asks for a calculation again."""


def patient_panel(session: Session, assistant: Assistant) -> str:
    """The collapsible panel, counted by ``data-version`` so that every change is a change of the page."""
    language = session.language
    facts = {fact.key: fact for fact in patient_facts(session, assistant)}
    rows = [kind for kind in KINDS if kind.key in {*facts, *session.opened, *session.problems}]
    known = len(facts)
    count = text("patient.one", language) if known == 1 else text("patient.count", language, count=known)
    brief = escape(count if known else text("patient.none", language))
    items = "".join(_row(kind, facts.get(kind.key), session) for kind in rows)
    listed = f'<ul class="facts">{items}</ul>' if rows else ""
    return (
        f'<details class="patient" id="patient-panel" data-version="{session.version}" data-known="{known}">'
        f'<summary id="patient-summary"><strong>{escape(text("patient", language))}</strong> '
        f'<span class="count">{brief}</span></summary>'
        f'<p class="privacy">{escape(text("patient.privacy", language))}</p>'
        f"{listed}{_foot(session, assistant, rows)}</details>"
    )


def patient_facts(session: Session, assistant: Assistant) -> list[PatientFact]:
    """What the conversation and the changes made since the last question say."""
    turns = session.conversation().turns
    if session.edits:
        turns = [*turns, Turn(text="", facts=session.edits)]
    return assistant.patient(Conversation(turns=turns)) if turns else []


def change(session: Session, assistant: Assistant, sent: Mapping[str, Any]) -> None:
    """Apply what the panel sent: ``set`` {key: typed}, ``forget`` key, ``add`` key, ``clear``.

    An impossible value is kept as typed with the reason beside it; the fact stays as it was.
    """
    session.version += 1
    if sent.get("clear"):
        known = [fact.key for fact in patient_facts(session, assistant)]
        session.edits = dict.fromkeys([*session.edits, *known])  # what was forgotten before stays so
        session.problems, session.opened = {}, []
    added, forgotten = sent.get("add"), sent.get("forget")
    if isinstance(added, str) and added in BY_KEY and added not in session.opened:
        session.opened.append(added)
    if isinstance(forgotten, str) and forgotten in BY_KEY:
        _drop(session, forgotten)
    typed = sent.get("set")
    for key, value in typed.items() if isinstance(typed, dict) else ():
        if key in BY_KEY:
            _set(session, key, str(value)[:LONGEST])


def _drop(session: Session, key: str) -> None:
    session.edits[key] = None
    session.problems.pop(key, None)
    session.opened = [other for other in session.opened if other != key]


def _set(session: Session, key: str, typed: str) -> None:
    try:
        value = check(key, _read(BY_KEY[key], typed))
    except CrlmError as error:
        session.problems[key] = (typed, error.message(session.language))
        return
    session.problems.pop(key, None)
    session.edits[key] = value
    if value is None and key not in session.opened:
        session.opened.append(key)  # an emptied row stays until it is forgotten


def _read(kind: FactKind, typed: str) -> bool | str | None:
    plain = unicodedata.normalize("NFKC", typed).strip()
    if kind.kind == "flag":
        return {"yes": True, "no": False, "": None}.get(plain, plain)
    if kind.kind == "number":
        for unit in (kind.unit, *_UNITS.get(kind.unit, ())):
            plain = plain.removesuffix(unicodedata.normalize("NFKC", unit)).strip()
        return plain.replace(",", ".")
    return plain


def _row(kind: FactKind, fact: PatientFact | None, session: Session) -> str:
    language = session.language
    index = 0 if language == "zh" else 1
    label = kind.label[index]
    field = f"fact-{kind.key}"
    typed, problem = session.problems.get(kind.key, (None, ""))
    value = typed if typed is not None else _as_typed(fact)
    wrong = f"{field}-wrong" if problem else ""
    more = f'data-fact="{kind.key}"' + (
        f' aria-invalid="true" aria-describedby="{wrong}"' if wrong else f' aria-describedby="{field}-said"'
    )
    if kind.kind == "number":
        spelt = _UNITS.get(kind.unit, (kind.unit, kind.unit))[index]
        unit = f" ({escape(spelt)})" if spelt else ""
        entry = text_field(field, kind.key, value, number=True, more=more)
    else:
        options = {"yes": (text("yes", "zh"), text("yes", "en")), "no": (text("no", "zh"), text("no", "en"))}
        choices = options if kind.kind == "flag" else kind.options
        listed = [("", text("unknown", language)), *((k, pair[index]) for k, pair in choices.items())]
        unit, entry = "", select_field(field, kind.key, listed, value, more=more)
    forget = escape(text("patient.forget", language, label=label))
    problem_html = f'<p class="wrong" id="{wrong}" role="alert">{escape(problem)}</p>' if problem else ""
    return (
        f'<li class="fact"><label for="{field}">{escape(label)}{unit}</label><span class="entry">{entry}'
        f'<button type="button" class="forget" id="{field}-forget" data-forget="{kind.key}" '
        f'aria-label="{forget}" title="{forget}">×</button></span>{_said(fact, field, session)}{problem_html}</li>'
    )


def _said(fact: PatientFact | None, field: str, session: Session) -> str:
    if fact is None:
        return ""
    language = session.language
    by_hand = fact.key in session.edits or any(fact.key in each.facts for each in session.exchanges)
    if by_hand and fact.said == shown(fact.key, fact.value, "zh"):
        told = text("patient.by_hand", language)
    else:
        told = text("patient.said", language, said=fact.said)
    return f'<small class="said" id="{field}-said" title="{escape(told)}">{escape(told)}</small>'


def _as_typed(fact: PatientFact | None) -> str:
    if fact is None:
        return ""
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    return f"{fact.value:.10g}" if isinstance(fact.value, float) else str(fact.value)


def _foot(session: Session, assistant: Assistant, rows: list[FactKind]) -> str:
    language = session.language
    index = 0 if language == "zh" else 1
    missing = [("", text("patient.choose", language))] + [
        (k.key, k.label[index]) for k in KINDS if k not in rows
    ]
    added = select_field("fact-add", "add", missing, "", more="data-add")
    parts = [
        f'<span class="add"><label for="fact-add">{escape(text("patient.add", language))}</label>{added}</span>'
    ]
    if rows:
        label = escape(text("patient.clear", language))
        parts.append(f'<button type="button" class="plain" id="patient-clear" data-clear>{label}</button>')
    told = ""
    if session.edits:
        told = f'<p class="changed" role="status">{escape(text("patient.changed", language))}</p>'
        last = session.exchanges[-1] if session.exchanges else None
        if last is not None and last.answer is not None and last.answer.calculation is not None:
            question = again(session, last.answer, assistant)
            if question:
                parts.append(
                    f'<button type="button" class="primary" id="patient-redo" data-ask="{escape(question)}">'
                    f"{escape(text('patient.redo', language))}</button>"
                )
            else:
                told = f'<p class="changed" role="status">{escape(text("patient.to_card", language))}</p>'
    return f'<div class="foot">{"".join(parts)}</div>{told}'


def again(session: Session, answer: Answer, assistant: Assistant) -> str | None:
    """A question that asks for the answer's calculations with the facts as they are now.

    What a question says counts more than what was set before it, so the old question cannot simply be
    asked again. Of several wordings the first is taken that leaves the facts alone and is understood.
    """
    wanted = [c.calculator for c in (answer.calculation, *answer.further_calculations) if c is not None]
    facts = patient_facts(session, assistant)
    told = {fact.key: fact.value for fact in facts}
    before = session.conversation().turns
    for wording in _wordings(facts, session, wanted, answer.language):
        turns = [*before, Turn(text=wording, facts=session.edits)]
        requests = numeric.recognise([turn.text for turn in turns], edits_of(turns))
        after = {fact.key: fact.value for fact in assistant.patient(Conversation(turns=turns))}
        if after == told and {request.calculator for request in requests} >= set(wanted):
            return wording
    return None


def _wordings(facts: list[PatientFact], session: Session, wanted: list[str], language: Language) -> list[str]:
    zh = language == "zh"
    figures = [fact for fact in facts if BY_KEY[fact.key].kind == "number"]
    changed = [fact for fact in figures if fact.key in session.edits]
    head, comma = ("重新计算：", "，") if zh else ("Recalculate: ", ", ")
    found = []
    for chosen in (changed[:_RETOLD], changed[:1], figures[:1], figures[-1:]):
        if chosen:
            found.append(head + comma.join(shown(fact.key, fact.value, language) for fact in chosen))
    names = [name.replace("_", "-").upper() for name in wanted]
    joined = ("和" if zh else " and ").join(names)
    found += [f"{joined}几分？", f"{joined}多少？"] if zh else [f"{joined} score?", f"What is the {joined}?"]
    return found
