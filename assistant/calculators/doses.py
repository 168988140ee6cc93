"""The table of regimens and drugs (``doses.json``): figures with the sentence each comes from, no code."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict


class Regimen(BaseModel):
    """Doses per square metre: result name -> mg/m²."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    names: tuple[str, ...]
    quote: str
    schedule_zh: str
    schedule_en: str
    note_zh: str = ""
    note_en: str = ""
    cap_mg_per_dose: float | None = None
    per_m2: dict[str, float]
    label_per_m2: dict[str, float] = {}
    """What a product label says where it differs; never used in place of the source's dose."""


class Drug(BaseModel):
    """A dose by weight, or a flat one (then ``result`` has it)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    names: tuple[str, ...]
    document: str
    quote: str
    mg_per_kg: float | None = None
    result: dict[str, Any]
    note_zh: str = ""
    note_en: str = ""


class Doses(BaseModel):
    """Everything in ``doses.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regimens: dict[str, Regimen]
    drugs: dict[str, Drug]


@lru_cache(maxsize=1)
def doses() -> Doses:
    """The table."""
    return Doses.model_validate(
        json.loads((Path(__file__).parent / "doses.json").read_text(encoding="utf-8"))
    )
