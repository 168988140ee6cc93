"""T, N and M, nodes, risk factors, evidence levels."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.measurements import categories, read_findings
from assistant.measurements.conflicts import corrected, nodes_conflict, pair
from assistant.measurements.nodes import positive_nodes
from assistant.measurements.statements import EARLIER
from assistant.recognition.facts import Facts
from assistant.recognition.inputs.common import Inputs, known
from assistant.scores import contradiction

_DEPOSITS = r"癌结节|种植结节|tumou?r deposits?|deposits?"
_SITES = {
    "liver": r"肝转|肝上|肝内?(?:多发|单发)|肝脏?(?=[^,，;；。]{0,10}转移)|liver|hepatic met",
    "lung": r"肺转|肺[上里内](?:也|还)有(?!没有)|肺[上里内部]?(?:也|还)?有?\s*[一二两三四五六七八九十\d]+\s*[个枚处]|肺(?=[^,，;；。]{0,10}(?:转移|结节|灶|病灶))|lungs?\b|pulmonary",
    "peritoneum": r"腹膜|periton\w*|carcinomatosis",
    "bone": r"骨转|骨(?=[^,，;；。]{0,6}转移)|\bbone",
    "brain": r"脑转|脑(?=[^,，;；。]{0,6}转移)|\bbrain",
    "ovary": r"卵巢|ovar\w+|krukenberg",
    "adrenal": r"肾上腺|adrenal",
    "distant nodes": r"远处淋巴结|腹膜后淋巴结|主动脉旁淋巴结|锁骨上|para-?aortic|retroperitoneal nodes?|supraclavicular",
}
_LATER = r"术后|年后|月后|后来|之后|异时|随访|复发|\blater\b|\bthen\b|subsequent|metachron|recur|after (?:resection|surgery)"
_DISTANT = r"远处转移|远转|distant (?:metastas[ei]s|mets|spread|disease)|metastas[ei]s elsewhere"


def nodes(facts: Facts) -> Inputs | None:
    count, deposits = positive_nodes(facts.text), facts.stated(_DEPOSITS)
    if count is None and facts.findings.values.get("node_positive") is False:
        count = 0
    if count is None:
        return None
    return known(positive_nodes=count, tumor_deposits=False if deposits is None and count else deposits)


def _n_of(facts: Facts) -> str | None:
    count = positive_nodes(facts.text)
    if count is None:
        positive = facts.findings.values.get("node_positive")
        return None if positive is None else "N+" if positive else "N0"
    deposits = facts.stated(_DEPOSITS)
    limits = ((0, "N1c" if deposits else "N0"), (1, "N1a"), (3, "N1b"), (6, "N2a"))
    return next((name for most, name in limits if count <= most), "N2b")


def _m_of(facts: Facts) -> str | None:
    sites = {name: facts.stated(pattern) for name, pattern in _SITES.items()}
    found = [name for name, there in sites.items() if there]
    if "peritoneum" in found:
        return "M1c"
    if found:
        return "M1b" if len(found) > 1 else "M1a"
    return "M0" if facts.stated(_DISTANT) is False else None


def tnm(facts: Facts) -> Inputs | None:
    """What the latest text says of each counts; what it leaves open is taken from the one before."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for text in facts.text.split(EARLIER):
        said, both = _categories(replace(facts, text=text, findings=read_findings(text)))
        facts.conflicts.extend(contradiction(t) for name, t in both.items() if name not in found)
        open_ |= both.keys() - found.keys()
        found |= {name: value for name, value in said.items() if name not in {*found, *open_}}
    return found if len({*found, *open_}) >= 2 and {"T", "N"} & {*found, *open_} else None


def _categories(facts: Facts) -> tuple[dict[str, str], dict[str, str]]:
    """T, N and M of one text, and which of them it gives in two ways."""
    found = categories.tnm(facts.text)
    if "N" not in found and (nodal := _n_of(facts)):
        found["N"] = nodal
    if "M" not in found and (distant := _m_of(facts)):
        found["M"] = distant
    told = {"N": nodes_conflict(facts.text), "M": _m_conflict(facts, found.get("M"))}
    both = {name: text for name, text in told.items() if text}
    return {name: value for name, value in found.items() if name not in both}, both


def _m_conflict(facts: Facts, category: str | None) -> str | None:
    """M0 beside metastases that are not said to have come later."""
    distant = _m_of(facts)
    if category != "M0" or distant in (None, "M0") or facts.has(_LATER) or corrected(facts.text):
        return None
    sites = "|".join(_SITES.values())
    found = re.search(rf"(?:{sites})[^,，;；。]{{0,12}}", facts.text, re.IGNORECASE | re.ASCII)
    return pair("M0", found.group() if found else str(distant))


def stage_two(facts: Facts) -> Inputs | None:
    inputs: Inputs = {}
    examined = re.search(
        r"(\d{1,2})\s*(?:枚|个)?\s*(?:lymph )?(?:nodes?|淋巴结)[^,，;；。]{0,8}(?:examined|harvest|retriev|检|清扫|送检)|(\d{1,2})\s*(?:LNs?|nodes?)\b(?!\s*pos)|(?:淋巴结|nodes?|送检|检出|清扫)[^\d,，;；。]{0,10}(\d{1,2})\s*(?:枚|个)?|\d\s*/\s*(\d{1,2})",
        facts.text, re.IGNORECASE,
    )  # fmt: skip
    if examined:
        inputs["nodes_lt_12"] = int(next(g for g in examined.groups() if g)) < 12
    stage = categories.tnm(facts.text).get("T")
    if stage:
        inputs["T4"] = stage.startswith("T4")
    factors = {
        "lvi_pni": r"脉管|神经侵犯|LVI|PNI|perineural|lymphovascular|vascular invasion",
        "obstruction": r"梗阻|obstruct\w*", "perforation": r"穿孔|\bperf(?:orat\w*)?\b",
    }  # fmt: skip
    inputs |= known(**{name: facts.stated(pattern) for name, pattern in factors.items()})
    if facts.has(r"低分化|未分化|分化差|poor(?:ly)?[- ]diff|undifferentiated|\bG3\b"):
        inputs["poor_diff"] = True
    elif facts.has(r"[高中]分化|分化[好良]|(?:well|mod(?:erate(?:ly)?)?)[- ]diff|\bG[12]\b"):
        inputs["poor_diff"] = False
    if facts.has(
        r"切缘[^,，;；。]{0,3}(?:阴性|干净|\(-\)|R0)|margins?[^,;.]{0,8}(?:clear|negative|free)|\bR0\b"
    ):
        inputs["margin_uncertain"] = False
    elif facts.has(
        r"切缘[^,，;；。]{0,3}(?:阳性|不确定|不明)|margins?[^,;.]{0,10}(?:positive|uncertain|involved)|\bR[12]\b"
    ):
        inputs["margin_uncertain"] = True
    return inputs if len(inputs) > 1 else None


def level(facts: Facts) -> Inputs | None:
    found = categories.evidence_level(facts.text)
    return {"level": found} if found else None
