"""What a calculator's input takes, and how what was typed is read."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

UNKNOWN = "?"


def options_of(info: FieldInfo) -> list[str]:
    """The names an input suggests, e.g. of drugs; empty for most."""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    options = extra.get("options")
    return [str(option) for option in options if option] if isinstance(options, list) else []


def kind_of(annotation: Any) -> tuple[str, tuple[str, ...]]:
    """What a form shows for an annotation: number, flag, choice, list, date or text, with the options."""
    shown = str(annotation)
    literal = _literal(annotation)
    if literal:
        return "choice", literal
    for mark, kind in (
        ("list[", "list"),
        ("bool", "flag"),
        ("date", "date"),
        ("float", "number"),
        ("int", "number"),
    ):
        if mark in shown:
            return kind, ()
    return "text", ()


def _literal(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((found for part in get_args(annotation) if (found := _literal(part))), ())


def read_value(value: Any, annotation: Any) -> Any:
    """What a widget holds as an input; None when nothing is known. What cannot be read is passed on to be refused."""
    kind, _ = kind_of(annotation)
    if value in (None, "", UNKNOWN):
        return None
    if kind == "flag":
        return value == "yes"
    if kind == "list":
        parts = [p for p in str(value).replace("，", ",").replace("、", ",").split(",") if p.strip()]
        try:
            return [float(p) for p in parts]
        except ValueError:
            return str(value)
    if kind == "number":
        try:
            number = float(unicodedata.normalize("NFKC", str(value)).replace(",", "."))
        except ValueError:
            return str(value)
        return int(number) if "float" not in str(annotation) and number.is_integer() else number
    return str(value)
