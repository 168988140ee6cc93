"""A form for every calculator."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from assistant import calculators
from assistant.calculators.field_names import ZH, field_label
from ui.web.forms import kind_of, read_value


@pytest.mark.parametrize(
    ("value", "annotation", "read"),
    [
        ("6,2", float | None, 6.2), ("３", int | None, 3), ("3", float | None, 3.0), ("3.5", int | None, 3.5), ("", float | None, None),
        ("?", bool | None, None), ("yes", bool | None, True), ("no", bool | None, False), ("abc", float | None, "abc"),
        ("2.5、3，4", list[float] | None, [2.5, 3.0, 4.0]), ("2.5 x", list[float] | None, "2.5 x"), ("2025-01-01", date | None, "2025-01-01"),
        ("none", Literal["none", "slight"] | None, "none"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_an_input_or_is_passed_on_to_be_refused(
    value: str, annotation: object, read: object
) -> None:
    assert read_value(value, annotation) == read


def test_every_field_has_a_widget_and_a_chinese_name() -> None:
    for name in calculators.names():
        for key, info in calculators.get(name).inputs.model_fields.items():
            kind, options = kind_of(info.annotation)
            assert kind in ("number", "flag", "choice", "list", "date", "text")
            assert bool(options) == (kind == "choice")
            assert key in ZH, key
            assert field_label(key, "english", "en") == "english"
