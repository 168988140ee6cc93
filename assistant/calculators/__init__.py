"""The calculators, found by name. Each lives in a file of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import ValidationError

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Impossible
from assistant.calculators.field_names import field_label, missing_label
from corpus.errors import CrlmError
from corpus.model import Language

NAMES = (
    "crs", "oslo", "tumor_burden_score", "n_category", "tnm_stage", "liver_remnant", "pve_indication",
    "resection_volume", "surgical_margin", "bsa", "total_liver_volume", "sflr", "flr_percent", "liver_growth",
    "rfa", "mwa", "bed", "sbrt", "ablation_bile_duct", "ablation_margin_3d", "regimen_dose", "tas102_tablets",
    "drug_dose", "bevacizumab_surgery", "bevacizumab_interval", "surveillance_primary", "surveillance_ned",
    "neoadjuvant_cycles", "neoadjuvant_metachronous", "perioperative_chemo_total", "oxaliplatin_rechallenge",
    "staged_resection_timing", "stage_ii_risk", "evidence_grade", "hcc_oligometastasis",
    "hcc_lung_oligometastasis", "crc_oligometastasis", "dlm_marker", "y90_dose", "apri", "fib4", "meld",
    "meld_na", "meld3", "child_pugh", "albi", "milan", "recist", "mrecist", "early_tumor_shrinkage",
)  # fmt: skip
"""Every calculator is a module of its own name here, imported when it is first used."""


class UnknownCalculator(CrlmError):
    """No calculator of that name."""


def names() -> list[str]:
    """All calculators, in a fixed order."""
    return list(NAMES)


@cache
def get(name: str) -> Calculator:
    """The calculator of that name; UnknownCalculator names the closest ones."""
    if name not in NAMES:
        from rapidfuzz import process

        close = [n for n, _, _ in process.extract(name, names(), limit=3, score_cutoff=40)] or names()
        raise UnknownCalculator(
            f"没有名为“{name}”的计算器；相近的有：{'、'.join(close)}",
            f"There is no calculator “{name}”; close to it: {', '.join(close)}",
        )
    from importlib import import_module

    module = import_module(f"assistant.calculators.{name}")
    found = next(
        item for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Calculator) and getattr(item, "name", None) == name
    )  # fmt: skip
    instance: Calculator = found()
    return instance


def run(name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation:
    """Compute; impossible, contradictory or unknown input comes back ``rejected`` with the reason."""
    calculator = get(name)
    try:
        return calculator.compute(calculator.inputs.model_validate(inputs), language)
    except ValidationError as error:
        reason = "；".join(_explain(item, calculator, language) for item in error.errors())
    except Impossible as error:
        reason = error.reasons[language]
    return Calculation(calculator=name, status="rejected", inputs=_printable(inputs), reason=reason)


def _printable(inputs: dict[str, Any]) -> dict[str, Any]:
    return {
        str(k): v if isinstance(v, (int, float, bool, str, type(None))) else str(v) for k, v in inputs.items()
    }


def _explain(item: Any, calculator: Calculator, language: Language) -> str:
    field = str(item["loc"][0]) if item["loc"] else "?"
    if item["type"] == "extra_forbidden":
        known = ", ".join(calculator.inputs.model_fields)
        return (
            f"没有“{field}”这一项（可用：{known}）"
            if language == "zh"
            else f"there is no input “{field}” (inputs: {known})"
        )
    what = input_name(calculator, field, language)
    value = item["input"]
    value = f"{value:g}" if isinstance(value, float) else f"{value}"
    possible = _possible(calculator, field, language)
    if language == "zh":
        return f"{what} {value} 不可能" + (f"（应为 {possible}）" if possible else "")
    return f"{what}: {value} is impossible" + (f" (expected {possible})" if possible else "")


def input_name(calculator: Calculator, field: str, language: Language) -> str:
    """What a reader calls an input."""
    info = calculator.inputs.model_fields.get(field)
    if info is None or not info.description or info.description.count(",") > 2 or ": " in info.description:
        return missing_label(field, language)
    return field_label(field, info.description.split(";")[0], language)


def _possible(calculator: Calculator, field: str, language: Language) -> str:
    """The values an input may take, in words."""
    info = calculator.inputs.model_fields.get(field)
    schema = calculator.inputs.model_json_schema()["properties"].get(field, {})
    kind = schema.get("anyOf", [schema])[0]
    zh = language == "zh"
    if "pattern" in kind:
        return (info.description or "") if info else ""
    if kind.get("type") == "boolean":
        return "是或否" if zh else "yes or no"
    if {"minimum", "maximum"} <= kind.keys():
        whole = kind.get("type") == "integer"
        span = (
            f"{kind['minimum']:g}~{kind['maximum']:g}"
            if zh
            else f"{kind['minimum']:g} to {kind['maximum']:g}"
        )
        return span + (("的整数" if zh else ", whole") if whole else "")
    return re.sub(r"^(?:number|integer|string|array)\b\s*", "", _range(calculator, field))


def _range(calculator: Calculator, field: str) -> str:
    schema = calculator.inputs.model_json_schema()["properties"].get(field, {})
    options = schema.get("anyOf", [schema])
    kind = options[0]
    if "enum" in kind:
        return " | ".join(map(str, kind["enum"]))
    signs = (("exclusiveMinimum", ">"), ("minimum", "≥"), ("exclusiveMaximum", "<"), ("maximum", "≤"))
    limits = " ".join(f"{sign}{kind[key]:g}" for key, sign in signs if key in kind)
    return f"{kind.get('type', '')} {limits}".strip()


def describe(name: str) -> str:
    """Name, titles, and every input with meaning, type and range, for ``crlm calc --list``."""
    calculator = get(name)
    lines = [f"{name}  {calculator.title['zh']} / {calculator.title['en']}"]
    for field, info in calculator.inputs.model_fields.items():
        lines.append(f"  {field}: {_range(calculator, field)}  {info.description or ''}")
    return "\n".join(lines)


__all__ = ["UnknownCalculator", "describe", "get", "input_name", "names", "run"]
