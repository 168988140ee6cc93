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
    components: tuple[str, ...] = ()
    """Cytotoxic drugs that together mean this regimen."""
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

    cytotoxics: dict[str, tuple[str, ...]]
    """Names of the drugs that regimens are combined of."""
    regimens: dict[str, Regimen]
    drugs: dict[str, Drug]


@lru_cache(maxsize=1)
def doses() -> Doses:
    """The table."""
    return Doses.model_validate(
        json.loads((Path(__file__).parent / "doses.json").read_text(encoding="utf-8"))
    )


def drugs_named(text: str) -> set[str]:
    """The cytotoxic drugs a text names."""
    lowered = text.lower()
    return {drug for drug, names in doses().cytotoxics.items() if any(n in lowered for n in names)}


def regimens_named(text: str) -> list[str]:
    """Every combination a text names, each once and in the order of the text; a name inside a longer one is none."""
    lowered = text.lower()
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    names = {n: key for key, r in doses().regimens.items() if len(r.components) > 1 for n in r.names}
    for name in sorted(names, key=len, reverse=True):
        at = lowered.find(name)
        if at >= 0 and not any(start <= at < end for start, end in taken):
            taken.append((at, at + len(name)))
            found.append((at, names[name]))
    return list(dict.fromkeys(key for _, key in sorted(found)))


def drug_names(text: str) -> list[str]:
    """The single drugs of the table that a text names, in its order."""
    lowered = text.lower()
    found = {
        key: min(at for name in entry.names if (at := lowered.find(name)) >= 0)
        for key, entry in doses().drugs.items()
        if any(name in lowered for name in entry.names)
    }
    return sorted(found, key=lambda key: found[key])


def regimen_named(text: str) -> str | None:
    """The regimen a text names, or the one its drugs make together.

    Two drugs that no regimen of the table combines mean none: the dose of one alone would be wrong beside the other.
    """
    table, lowered = doses(), text.lower()
    drugs = drugs_named(text)
    names = {n: key for key, r in table.regimens.items() for n in r.names}
    known = [names[n] for n in sorted(names, key=len, reverse=True) if n in lowered]
    combined = [key for key in known if len(table.regimens[key].components) != 1]
    if combined:
        return combined[0]
    if len(drugs) > 1:
        return next((key for key, r in table.regimens.items() if set(r.components) == drugs), None)
    return known[0] if known else None
