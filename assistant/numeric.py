"""Questions that are computed, not looked up: recognised turn by turn and given their inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import calculators
from assistant.answer import Calculation
from assistant.calculators.field_names import field_label
from assistant.measurements.statements import EARLIER
from assistant.numeric_corrections import in_full
from assistant.numeric_request import NumericRequest, with_unused
from assistant.recognition import Asked, Memory, asked_calculations, asks_for_some, is_short, read_facts
from assistant.scores import FIELDS, asked_scores, names_score
from corpus.model import Language

Edits = Mapping[str, tuple[Any, str]]
"""Facts set by hand before a turn: key -> (value or None to forget it, how it reads)."""
_CONTINUES = re.compile(
    r"\d|呢|^(?:那|换|改|不对|不是|and|what about|how about|no\b|actually|sorry)", re.IGNORECASE
)
_ASKS_FIGURE = re.compile(
    r"剂量|多少\s*(?:mg|毫克|毫升|ml)|几[分期级]|\bdos(?:e|ing)\b|how (?:much|many mg)|score\b|calculate|计算|算一?下",
    re.IGNORECASE,
)
_TIMING = frozenset(
    ("surveillance_primary", "surveillance_ned", "neoadjuvant_metachronous", "oxaliplatin_rechallenge",
     "staged_resection_timing", "perioperative_chemo_total", "neoadjuvant_cycles")
)  # fmt: skip
"""Beside a score the times of a case are its facts, not questions of their own ..."""
_ASKS_TIMING = re.compile(
    r"多久|要不要|直接切|直接手术|换什么|用什么|超了?[吗没]|how often|which regimen|straight to|too (?:many|long)",
    re.IGNORECASE,
)
"""... unless the words ask for them."""
_REMNANT_TOO = re.compile(r"够|足|达标|adequate|enough|sufficient", re.IGNORECASE)
"""Beside an indication or a resection limit the words ask whether the remnant is enough."""
_REPEAT = re.compile(
    r"^\s*(?:结论|结果|所以|那?(?:是|得)?多少|几[分级期]|评价|再算一?[次遍]|重新?算|score(?: now)?|so|result|verdict|category|again)[呢?？!！.。\s]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thread:
    """A conversation so far: what is known, and which calculations are being worked on."""

    memory: Memory = field(default_factory=Memory)
    scores: tuple[str, ...] = ()
    others: tuple[Asked, ...] = ()
    open_question: str = ""
    """A turn that asked for a figure and could not be computed yet."""
    asked_in: str = ""
    """The text the other calculations were asked in, later additions first."""
    latest: tuple[str, ...] = ()
    """What the turn before gave."""


def recognise(turns: Sequence[str], edits: Sequence[Edits] = ()) -> list[NumericRequest]:
    """Calculations the last turn asks for; empty when it is a question for the texts.

    ``edits``: for each turn, the facts the user set by hand before it.
    """
    requests, _ = follow(turns, edits)
    return requests


def follow(turns: Sequence[str], edits: Sequence[Edits] = ()) -> tuple[list[NumericRequest], Memory]:
    """The last turn's calculations, and what is known after it."""
    thread = Thread()
    requests: list[NumericRequest] = []
    for index, turn in enumerate(turns):
        memory = thread.memory
        for key, (value, span) in (edits[index] if index < len(edits) else {}).items():
            memory = memory.edited(key, value, span)
        thread = replace(thread, memory=memory)
        requests, thread = _step(thread, turn)
    return requests, thread.memory


def _step(thread: Thread, turn: str) -> tuple[list[NumericRequest], Thread]:
    facts = read_facts(turn)
    full = in_full(facts.text, thread.memory, thread.others, thread.scores, thread.latest)
    corrects = full != facts.text
    if corrects:
        facts = read_facts(full)
    memory = thread.memory.after(facts)
    others = asked_calculations(facts, thread.memory)
    asked_in = facts.text
    short = is_short(turn)
    if not others and thread.others and short and (corrects or _CONTINUES.search(turn)):
        asked_in = f"{facts.text}{EARLIER}{thread.asked_in}"
        others = _continued(asked_in, thread, corrects)
    if not others and thread.open_question and short and (facts.quantities or facts.findings.values):
        asked_in = f"{facts.text}{EARLIER}{thread.open_question}"
        others = asked_calculations(read_facts(asked_in), thread.memory)
    if not others and thread.others and _REPEAT.search(turn):
        asked_in, others = thread.asked_in, list(thread.others)
    scored = names_score(facts.text)
    if scored and not _ASKS_TIMING.search(facts.text):
        others = [asked for asked in others if asked.calculator not in _TIMING]
    requests = [_request(asked) for asked in others]
    if not others or scored:
        requests = asked_scores(facts.text, facts.findings, memory.findings, thread.scores) + requests
    if others and not scored and _REMNANT_TOO.search(facts.text):
        beside = {request.calculator for request in requests} & {"pve_indication", "resection_volume"}
        own = asked_scores(facts.text, facts.findings, memory.findings, thread.scores) if beside else []
        requests = [
            r for r in own if r.calculator == "liver_remnant" and "flr_percent" in r.inputs
        ] + requests
    latest = (*facts.quantities, *facts.findings.values)
    if _REMNANT_TOO.search(facts.text):
        requests += _of_volume(requests, memory)
    requests = with_unused(facts.text, requests)
    if not requests:
        waiting = facts.text if _ASKS_FIGURE.search(facts.text) or asks_for_some(facts) else ""
        return [], replace(thread, memory=memory, open_question=waiting, latest=latest)
    scores = tuple(dict.fromkeys(r.calculator for r in requests if r.calculator in FIELDS))
    return requests, Thread(memory, scores, tuple(others), "", asked_in, latest)


def _of_volume(requests: Sequence[NumericRequest], memory: Memory) -> list[NumericRequest]:
    """The remnant rule for a percentage that is computed from volumes."""
    given = next((r.inputs for r in requests if r.calculator == "flr_percent"), None)
    if given is None or any(r.calculator == "liver_remnant" for r in requests):
        return []
    percent = calculators.run("flr_percent", given).result.get("flr_percent")
    if percent is None:
        return []
    known = memory.findings.values
    timing = known.get("hepatectomy")
    inputs: dict[str, Any] = {"flr_percent": round(float(percent), 2)}
    return [NumericRequest("liver_remnant", inputs if timing is None else inputs | {"timing": timing})]


def _continued(text: str, thread: Thread, corrects: bool) -> list[Asked]:
    """Calculations in progress whose inputs a new turn changes, or confirms in so many words."""
    before = {asked.calculator: asked.inputs for asked in thread.others}
    joined = asked_calculations(read_facts(text), thread.memory)
    return [a for a in joined if a.calculator in before and (corrects or a.inputs != before[a.calculator])]


def _request(asked: Asked) -> NumericRequest:
    return NumericRequest(
        asked.calculator, asked.inputs, asked.assumptions, tuple(asked.reused.items()), asked.questions
    )  # fmt: skip


def calculate(request: NumericRequest, language: Language) -> Calculation:
    """The calculation with what was assumed and taken over."""
    calculation = _with_bounds(request, language)
    index = 0 if language == "zh" else 1
    notes = [pair[index] for pair in request.assumptions]
    if request.reused:
        head = "沿用前文：" if language == "zh" else "taken from earlier: "
        told = [span or _as_given(key, request, language) for key, span in request.reused]
        notes.append(head + ("、" if language == "zh" else ", ").join(dict.fromkeys(told)))
    questions = [pair[index] for pair in request.questions]
    return calculation.model_copy(update={"assumptions": [*calculation.assumptions, *notes, *questions]})


def _with_bounds(request: NumericRequest, language: Language) -> Calculation:
    """Inputs known as a limit count when every value beyond it gives the same result; else they are missing."""
    known = calculators.run(request.calculator, request.inputs, language)
    told = []
    for name, (side, limit) in request.bounds.items():
        near, far = (limit * (1 + 1e-9) + 1e-9, 30.0) if side == ">" else (limit * (1 - 1e-9), 1e-6)
        if side == ">" and limit >= far:
            far = limit * 100 if name.startswith("cea") else limit
        results = [
            calculators.run(request.calculator, {**known.inputs, name: value}, language)
            for value in (near, far)
        ]
        if results[0].result == results[1].result and results[0].status == results[1].status != "rejected":
            row = f"{calculators.input_name(calculators.get(request.calculator), name, language)} {side}{limit:g}"
            told.append(
                f"仅知{row}，界值之外任何数值结果相同"
                if language == "zh"
                else f"only {row} is known; any value beyond gives the same"
            )
            known = _as_limit(results[0], f"{near:g}", side, f"{limit:g}")
    return known.model_copy(update={"assumptions": [*known.assumptions, *told]})


def _as_limit(calculation: Calculation, tried: str, side: str, limit: str) -> Calculation:
    """The working with the limit in place of the value that was tried beyond it."""
    rows = [
        row.model_copy(update={"value": row.value.replace(tried, f"{side}{limit}", 1)})
        if row.value.split(" ")[0] == tried
        else row
        for row in calculation.breakdown
    ]
    near = [text for text in calculation.sensitivity if not text.startswith(tried)]
    return calculation.model_copy(update={"breakdown": rows, "sensitivity": near})


def _as_given(key: str, request: NumericRequest, language: Language) -> str:
    info = calculators.get(request.calculator).inputs.model_fields[key]
    return f"{field_label(key, info.description or key, language)} {request.inputs[key]}"
