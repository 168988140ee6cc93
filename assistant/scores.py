"""CRS, Oslo and liver remnant: whether a turn asks for one of them, and the inputs it and earlier turns give."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.measurements import Findings
from assistant.measurements.found import CONFLICT, UNREAD, subject
from assistant.numeric_request import NumericRequest

_SCORES = {
    "crs": re.compile(
        r"\bcrs\b|临床危险评分|临床风险评分|\bfong\b|clinical risk score", re.IGNORECASE | re.ASCII
    ),
    "oslo": re.compile(r"oslo|奥斯陆", re.IGNORECASE | re.ASCII),
    "liver_remnant": re.compile(r"残肝|残余肝|剩余肝|剩肝|残留肝|\bflr\b|remnant", re.IGNORECASE | re.ASCII),
}
FIELDS = {
    "crs": {"node_positive": "node_positive", "synchronous": "synchronous", "dfs_months": "dfs_months",
            "n_mets": "n_mets", "cea": "cea_ng_ml", "max_diameter_cm": "max_diameter_cm"},
    "oslo": {"max_diameter_cm": "max_diameter_cm", "progression_after_chemo": "progression_after_chemo",
             "interval_months": "interval_months", "cea": "cea_ug_l"},
    "liver_remnant": {"flr_percent": "flr_percent", "hepatectomy": "timing"},
}  # fmt: skip
KNOWLEDGE = re.compile(
    r"包括|四项|五项|几项|各项|threshold|哪些|哪几|组成|是什么|什么是|定义|怎么算|如何算|怎么计算|如何计算|界值|意义|多少分算|几分算|标准|要求|至少|最少|应该?[多≥]|多少(?:才|够|合适)"
    r"|what (?:is|are|does)|which|consist|components?|criteria|cut-?off|definition|how (?:is|do|to)|minimum|required|needed",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
_BARE_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_BY_TIMING = {
    "synchronous": ("按同时性肝切除（与肠切除同期）计算；若分期切肝，界值为30%", "taken as simultaneous hepatectomy; for a staged one the limit is 30 %"),
    "metachronous": ("按异时性肝切除计算", "taken as later hepatectomy"),
}  # fmt: skip
_UNCLEAR = {
    "cea_unit": ("CEA的单位是μg/L（=ng/mL）还是μg/mL？二者相差1000倍。", "Is the CEA in µg/L (= ng/mL) or µg/mL? They differ by a factor of 1000."),
    "size_unit": ("最大径的单位是cm还是mm？", "Is the size in cm or mm?"),
    "flr_unit": ("残肝是比值还是百分比（例如0.38指38%）？", "Is the remnant a ratio or a percentage (0.38 meaning 38 %)?"),
}  # fmt: skip


def question(key: str, said: str) -> tuple[str, str]:
    """What to ask about an unclear value, (Chinese, English). ``said``: the text it stands in."""
    if key in _UNCLEAR:
        return _UNCLEAR[key]
    if key.endswith(CONFLICT):
        return contradiction(said)
    return (
        f"“{said}”没有读懂：数值和单位是多少？",
        f"“{said}” was not understood: what are the value and its unit?",
    )


def contradiction(both: str) -> tuple[str, str]:
    """The question about two statements that cannot both be true."""
    return f"{both} 相互矛盾：以哪个为准？", f"{both} contradict each other: which is right?"


def asked_scores(
    text: str, current: Findings, earlier: Findings, in_progress: Sequence[str]
) -> list[NumericRequest]:
    """The scores a turn asks for. ``in_progress``: those an earlier turn asked for."""
    named = [name for name, pattern in _SCORES.items() if pattern.search(text)]
    if not named and list(in_progress) == ["liver_remnant"] and (bare := _BARE_PERCENT.search(text)):
        current.put("flr_percent", float(bare.group(1)), bare.group())
    continues = False
    if not named and (current.values or current.bounds or current.unclear) and not _asks_the_rule(text):
        named, continues = list(in_progress), bool(in_progress)
    if len(named) > 1 and "liver_remnant" in named and "flr_percent" not in current.values:
        named.remove("liver_remnant")
    requests = [_request(name, current, earlier) for name in named]
    return [r for r in requests if _is_numeric(r, text, current, continues)]


_MEETS = re.compile(
    r"(?:达到|符合|满足|meets?)[^,，。?？]{0,40}?(?:要求|标准|criteria|requirement)", re.IGNORECASE
)
"""Asks whether a patient fulfils the rule, not what the rule is."""


def _asks_the_rule(text: str) -> bool:
    return bool(KNOWLEDGE.search(_MEETS.sub(" ", text)))


def names_score(text: str) -> bool:
    """Whether a text names CRS or Oslo."""
    return any(_SCORES[name].search(text) for name in ("crs", "oslo"))


def _request(name: str, current: Findings, earlier: Findings) -> NumericRequest:
    findings = earlier.merged(current)
    inputs = {target: findings.values[key] for key, target in FIELDS[name].items() if key in findings.values}
    if name == "crs" and inputs.get("synchronous"):
        inputs.pop("dfs_months", None)
    told: tuple[tuple[str, str], ...] = ()
    if name == "liver_remnant" and "timing" not in inputs and "synchronous" in findings.values:
        inputs["timing"] = "synchronous" if findings.values["synchronous"] else "metachronous"
        told = (_BY_TIMING[str(inputs["timing"])],)
    assumptions = told + tuple(
        text for key, text in findings.assumptions.items() if subject(key) in FIELDS[name]
    )
    reused = tuple(
        (k, findings.spans[k])
        for k in FIELDS[name]
        if k in findings.spans and k not in {**current.values, **current.bounds}
    )
    questions = tuple(
        question(key, said) for key, said in findings.unclear.items()
        if subject(key) in FIELDS[name] and (key in _UNCLEAR or key.endswith((UNREAD, CONFLICT)))
    )  # fmt: skip
    bounds = {FIELDS[name][k]: bound for k, bound in findings.bounds.items() if k in FIELDS[name]}
    if name == "crs" and inputs.get("synchronous"):
        bounds.pop("dfs_months", None)
    return NumericRequest(name, inputs, assumptions, reused, questions, bounds)


def _is_numeric(request: NumericRequest, text: str, current: Findings, continues: bool) -> bool:
    """Patient values are given and the wording does not ask what the rule is."""
    own = [k for k in FIELDS[request.calculator] if k in current.values or k in current.bounds]
    if request.calculator == "liver_remnant":
        return (
            "flr_percent" in current.values or bool(request.questions) or continues
        ) and not _asks_the_rule(text)
    if continues:
        return bool(own or current.unclear)
    if _asks_the_rule(text) and len(own) < 3:
        return False
    if own == ["progression_after_chemo"]:
        return bool(request.reused)
    return bool(own) or bool(request.questions) or bool(request.reused)
