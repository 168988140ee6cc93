"""A record as one printable page: no script runs in it and it asks nothing of any host."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant import calculators
from assistant.answer import Answer, Calculation, Citation, Turn
from assistant.calculators.field_names import missing_label
from assistant.calculators.result_names import result_name, result_text
from assistant.patient import KINDS
from corpus.model import Language
from ui.record.record import ELEMENT, Record
from ui.record.texts import text
from ui.web.markdown import render_markdown
from ui.web.render import all_citations

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
# What could end the element or start another one; inside JSON strings these escapes mean the same.
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def record_page(record: Record) -> str:
    """The page, in the language of the answer. The same record always gives the same page."""
    answer, language = record.answer, record.answer.language
    asked = [turn for turn in record.conversation.turns if turn.role == "user"]
    return _TEMPLATES.get_template("record.html").render(
        t=lambda key, **values: text(key, language, **values),
        language=language,
        record=record,
        answer=answer,
        created=record.created.replace("T", " ").replace("Z", " UTC"),
        question=asked[-1].text if asked else "",
        given=given_facts(asked[-1], language) if asked else "",
        earlier=[(turn.text, given_facts(turn, language)) for turn in asked[:-1]],
        body=Markup(render_markdown(answer.text, 0, {}, language)),  # escapes: markdown-it with html off
        differing=untold_disagreements(answer),
        notes=untold_notes(answer),
        calculations=[
            (calculator_title(each, language), calculation_facts(each, language))
            for each in calculations_of(answer)
        ],
        citations=cited(answer),
        element=ELEMENT,
        data=Markup(embedded(record)),  # escaped for this place by ``embedded``
    )


def embedded(record: Record) -> str:
    """The record as JSON that cannot leave its ``<script>`` element."""
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False).translate(_UNSAFE)


def calculations_of(answer: Answer) -> list[Calculation]:
    """All calculations, the first one first."""
    return ([answer.calculation] if answer.calculation else []) + answer.further_calculations


def cited(answer: Answer) -> list[Citation]:
    """Every citation, of the further calculations too, by marker."""
    found = all_citations(answer)
    for calculation in answer.further_calculations:
        for citation in calculation.citations:
            found.setdefault(citation.marker, citation)
    return [found[marker] for marker in sorted(found)]


def given_facts(turn: Turn, language: Language) -> str:
    """The patient's facts set by hand before a turn; empty when there are none."""
    kinds = {kind.key: kind for kind in KINDS}
    spoken = 0 if language == "zh" else 1
    told = []
    for key, value in turn.facts.items():
        kind = kinds.get(key)
        name = kind.label[spoken] if kind else key
        if value is None:
            shown = text("forgotten_fact", language)
        elif kind and str(value) in kind.options:
            shown = kind.options[str(value)][spoken]
        else:
            shown = result_text(key, value, language) + (f" {kind.unit}" if kind and kind.unit else "")
        told.append(f"{name} = {shown}")
    return "; ".join(told)


def untold_notes(answer: Answer) -> list[str]:
    """Notes that the answer's text does not already say."""
    return [note for note in answer.notes if note not in answer.text]


def untold_disagreements(answer: Answer) -> list[object]:
    """Disagreements whose sides the answer's text does not already list."""
    return [d for d in answer.disagreements if not all(s.text in answer.text for s in d.statements)]


def calculator_title(calculation: Calculation, language: Language) -> str:
    """The calculator's title; its name where this version does not know it."""
    name = calculation.calculator
    return calculators.get(name).title[language] if name in calculators.NAMES else name


def calculation_facts(calculation: Calculation, language: Language) -> list[tuple[str, str]]:
    """What went in, what came out, what was assumed or missing: (label, text), empty ones left out."""
    given = "; ".join(
        f"{missing_label(key, language)} = {result_text(key, value, language)}"
        for key, value in calculation.inputs.items()
    )
    result = "; ".join(
        f"{result_name(key, language)} {result_text(key, value, language)}"
        for key, value in calculation.result.items()
    )
    rows = {
        "inputs": given or text("no_inputs", language),
        "result": result,
        "interpretation": calculation.interpretation,
        "reason": calculation.reason,
        "missing": "; ".join(missing_label(key, language) for key in calculation.missing),
        "assumptions": "; ".join(calculation.assumptions),
        "sensitivity": "; ".join(calculation.sensitivity),
    }
    return [(text(key, language), value) for key, value in rows.items() if value]
