"""The facts about a patient that a conversation gives: what they are called, what they may be, where they were said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.answer import Turn
from assistant.measurements.profile import read_profile
from assistant.numeric import Edits, follow
from assistant.recognition import read_facts
from corpus.errors import CrlmError
from corpus.model import Language

Kind = Literal["flag", "number", "choice"]


@dataclass(frozen=True)
class FactKind:
    """One fact: its key, labels (Chinese, English), and what values are possible (plausibility, not a rule)."""

    key: str
    label: tuple[str, str]
    kind: Kind
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    options: dict[str, tuple[str, str]] = field(default_factory=dict)


_GENE = {"wild": ("野生型", "wild type"), "mutant": ("突变", "mutant")}
KINDS = (
    FactKind("node_positive", ("原发灶淋巴结阳性", "primary node-positive"), "flag"),
    FactKind("synchronous", ("同时性肝转移", "synchronous metastases"), "flag"),
    FactKind("dfs_months", ("无病间期", "disease-free interval"), "number", "mo", 0, 600),
    FactKind("n_mets", ("肝转移数目", "number of metastases"), "number", "", 1, 100, True),
    FactKind("max_diameter_cm", ("最大径", "largest diameter"), "number", "cm", 0.1, 30),
    FactKind("cea", ("CEA", "CEA"), "number", "ng/mL", 0, 100_000),
    FactKind("ras", ("RAS", "RAS"), "choice", options=_GENE),
    FactKind("braf", ("BRAF", "BRAF"), "choice", options=_GENE),
    FactKind("her2", ("HER2", "HER2"), "choice", options={"wild": ("阴性", "negative"), "mutant": ("阳性/扩增", "positive")}),
    FactKind("msi", ("微卫星/MMR", "MSI / MMR"), "choice", options={"MSI-H": ("MSI-H/dMMR", "MSI-H / dMMR"), "MSS": ("MSS/pMMR", "MSS / pMMR")}),
    FactKind("side", ("原发灶侧别", "side of the primary"), "choice", options={"left": ("左半", "left"), "right": ("右半", "right")}),
    FactKind("progression_after_chemo", ("化疗后进展", "progression after chemotherapy"), "flag"),
    FactKind("interval_months", ("肠切除至移植", "bowel resection to transplant"), "number", "mo", 0, 600),
    FactKind("flr_percent", ("残肝", "liver remnant"), "number", "%", 0.1, 99.9),
    FactKind("hepatectomy", ("肝切除时机", "timing of hepatectomy"), "choice", options={"synchronous": ("与肠切除同期", "with the bowel"), "metachronous": ("异时/分期", "later")}),
    FactKind("age", ("年龄", "age"), "number", "y", 18, 120),
    FactKind("female", ("女性", "female"), "flag"),
    FactKind("height_cm", ("身高", "height"), "number", "cm", 100, 230),
    FactKind("weight_kg", ("体重", "weight"), "number", "kg", 25, 250),
    FactKind("bsa_m2", ("体表面积", "body surface"), "number", "m²", 0.8, 3.0),
    FactKind("bilirubin_mg_dl", ("总胆红素", "bilirubin"), "number", "mg/dL", 0.1, 60),
    FactKind("albumin_g_dl", ("白蛋白", "albumin"), "number", "g/dL", 1, 7),
    FactKind("inr", ("INR", "INR"), "number", "", 0.5, 15),
    FactKind("creatinine_mg_dl", ("肌酐", "creatinine"), "number", "mg/dL", 0.2, 20),
    FactKind("sodium_mmol_l", ("血钠", "sodium"), "number", "mmol/L", 100, 180),
    FactKind("platelet_e9_l", ("血小板", "platelets"), "number", "10⁹/L", 1, 2000),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
PROFILE = frozenset(("ras", "braf", "her2", "msi", "side"))
"""Facts no calculator uses."""


class PatientFact(BaseModel):
    """One fact as it stands after a conversation."""

    model_config = ConfigDict(extra="forbid")

    key: str
    value: bool | float | str
    said: str
    """The piece of text that says it, or how the user set it."""


def check(key: str, value: Any) -> bool | float | str | None:
    """A value set by hand, checked; None forgets the fact. CrlmError says what is wrong."""
    kind = BY_KEY.get(key)
    if kind is None:
        raise CrlmError(f"没有“{key}”这一项", f"There is no fact “{key}”")
    if value is None or value == "":
        return None
    zh, en = kind.label
    if kind.kind == "flag" and isinstance(value, bool):
        return value
    if kind.kind == "choice" and value in kind.options:
        return str(value)
    if kind.kind == "number" and not isinstance(value, bool):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if kind.low <= number <= kind.high and (not kind.whole or number.is_integer()):
            return int(number) if kind.whole else number
        limits = f"{kind.low:g}~{kind.high:g} {kind.unit}".strip()
        raise CrlmError(
            f"{zh}：{value} 不可能（应为 {limits}）",
            f"{en}: {value} is impossible (expected {limits})",
        )
    raise CrlmError(f"{zh}：无法识别“{value}”", f"{en}: “{value}” is not understood")


def edits_of(turns: Sequence[Turn]) -> list[Edits]:
    """The facts set by hand before each turn, checked."""
    return [{k: (check(k, v), shown(k, v, "zh")) for k, v in turn.facts.items()} for turn in turns]


def shown(key: str, value: Any, language: Language) -> str:
    """A fact as a reader sees it: label, value, unit."""
    kind = BY_KEY[key]
    index = 0 if language == "zh" else 1
    if isinstance(value, bool):
        text = (("是", "否") if language == "zh" else ("yes", "no"))[0 if value else 1]
    elif kind.kind == "choice":
        text = kind.options.get(str(value), (str(value), str(value)))[index]
    else:
        text = f"{value:g}" if isinstance(value, (int, float)) else str(value)
    return f"{kind.label[index]} {text}{f' {kind.unit}' if kind.unit else ''}"


def known_facts(turns: Sequence[Turn]) -> list[PatientFact]:
    """What the turns say about the patient, the latest of each, in the order of ``KINDS``."""
    edits = edits_of(turns)
    _, memory = follow([turn.text for turn in turns], edits)
    profile: dict[str, tuple[Any, str]] = {}
    for turn, edit in zip(turns, edits, strict=True):
        profile |= {k: v for k, v in edit.items() if k in PROFILE}
        profile |= read_profile(read_facts(turn.text).text)
    found = []
    for kind in KINDS:
        value, said = profile.get(kind.key, (None, "")) if kind.key in PROFILE else memory.value(kind.key)
        if value is not None:
            found.append(PatientFact(key=kind.key, value=value, said=said))
    return found
