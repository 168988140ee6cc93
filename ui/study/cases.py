"""Compute-this-score cases: a fresh patient each time, the truth by the calculator itself."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from assistant import calculators
from assistant.answer import Calculation
from assistant.calculators.field_names import field_label
from assistant.calculators.result_names import NAMES, result_name, result_text
from corpus.model import Document, Language
from corpus.registers import Anchor, find_anchor
from ui.study.model import Item, Option, Source, chapter_of, item_id
from ui.study.patients import CASES, Case
from ui.study.prompts import prompt
from ui.study.sourcing import source_of

_VALUES: dict[str, str] = {
    "none": "无", "slight": "轻度", "moderate": "中度", "severe": "重度", "1-2": "1~2级", "3-4": "3~4级",
    "synchronous": "同时性", "metachronous": "异时性", "mosteller": "Mosteller",
}  # fmt: skip
_NAMES: dict[str, tuple[str, str]] = {
    "indicated": ("有PVE指征", "PVE indicated"), "bsa_m2": ("体表面积（m²）", "body surface area (m²)"),
}  # fmt: skip
NO_DOCUMENT = "|"
"""Chapter of formulas that the documents use without giving them."""


@dataclass(frozen=True)
class Posed:
    """A case as asked: the patient's findings, and the calculation that is the truth."""

    facts: tuple[tuple[str, str], ...]
    calculation: Calculation
    answer: str
    sources: tuple[Source, ...]
    number: float | None
    within: float


def case_items(documents: Sequence[Document]) -> list[Item]:
    """One item per case and language; its patient changes with each asking."""
    items = []
    for case in CASES:
        for language in get_args(Language):
            calculator = calculators.get(case.calculator)
            sources = _sources(documents, case, None)
            chapter = chapter_of(sources[0].document_id, sources[0].section) if sources else NO_DOCUMENT
            key = "case_choice" if case.choices else "case"
            items.append(
                Item(
                    id=item_id("case", language, case.calculator, case.result),
                    kind="case",
                    language=language,
                    chapter=chapter,
                    prompt=prompt(key, language, calculator.title[language], asked(case, language)),
                    sources=sources,
                    calculator=f"{case.calculator}.{case.result}",
                    options=tuple(
                        Option(result_text(case.result, value, language), False) for value in case.choices
                    ),
                )
            )
    return items


def asked(case: Case, language: Language) -> str:
    """What is asked for, with its unit."""
    if case.result in _NAMES:
        return _NAMES[case.result][0 if language == "zh" else 1]
    unit = NAMES[case.result][2] if case.result in NAMES else ""
    unit = unit.split("|")[0 if language == "zh" else -1].strip()
    name = result_name(case.result, language)
    return f"{name} ({unit})" if unit else name


def case_of(item: Item) -> Case:
    """The case behind an item; LookupError when it is none."""
    for case in CASES:
        if f"{case.calculator}.{case.result}" == item.calculator:
            return case
    raise LookupError(item.calculator)


def pose(item: Item, seed: int, documents: Sequence[Document]) -> Posed:
    """The patient of a seed. The same seed gives the same patient."""
    case = case_of(item)
    chance = random.Random(seed)
    for _ in range(200):
        inputs = case.patient(chance)
        calculation = calculators.run(case.calculator, inputs, item.language)
        value = calculation.result.get(case.result)
        if calculation.status == "ok" and value is not None and (not case.choices or value in case.choices):
            break
    else:
        raise LookupError(f"no complete patient for {item.calculator}")
    number = float(value) if not case.choices else None
    return Posed(
        facts=_facts(case, inputs, item.language),
        calculation=calculation,
        answer=result_text(case.result, value, item.language),
        sources=_sources(documents, case, calculation),
        number=number,
        within=case.within,
    )


def options_of(item: Item, posed: Posed) -> tuple[Option, ...]:
    """The choices of a case with the true one marked."""
    return tuple(Option(option.text, option.text == posed.answer) for option in item.options)


def right_number(typed: str, truth: float, within: float) -> bool:
    """Whether a typed answer holds exactly one number, and that one is the truth within its tolerance."""
    numbers = re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", _plain(typed)))
    return len(numbers) == 1 and abs(float(numbers[0]) - truth) <= abs(truth) * within + 1e-9


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("m2", "").replace("−", "-")


def _facts(case: Case, inputs: dict[str, Any], language: Language) -> tuple[tuple[str, str], ...]:
    fields = calculators.get(case.calculator).inputs.model_fields
    return tuple(
        (_label(name, fields[name].description or name, language), _value(name, value, language))
        for name, value in inputs.items()
    )


def _label(name: str, described: str, language: Language) -> str:
    """Name of a finding; what a description says about choices or other inputs is left out."""
    english = name if len(name) == 1 else described.split(":")[0].split(";")[0].removesuffix(" id")
    return field_label(name, english, language)


def _value(name: str, value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    if name == "regimen":
        from assistant.calculators.doses import doses

        regimen = doses().regimens[value]
        return regimen.zh if language == "zh" else regimen.en
    if isinstance(value, float | int):
        return f"{value:g}"
    return _VALUES.get(value, value) if language == "zh" else str(value)


def _sources(
    documents: Sequence[Document], case: Case, calculation: Calculation | None
) -> tuple[Source, ...]:
    calculator = calculators.get(case.calculator)
    found: dict[str, Source] = {}
    for anchor in calculator.anchors(calculation) if calculation else calculator.sources:
        for document in documents:
            if document.info.id == anchor.document_id:
                wanted = Anchor(document_id=anchor.document_id, quote=anchor.quote)
                for passage, sentence in find_anchor(wanted, document.passages)[:1]:
                    found.setdefault(sentence.id, source_of(passage, sentence))
    return tuple(found.values())
