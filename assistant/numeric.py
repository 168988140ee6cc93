"""Questions that are computed, not looked up: recognised, given their inputs, and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant import calculators
from assistant.answer import Calculation
from assistant.measurements import Findings, read_findings
from corpus.model import Language

_SCORES = {
    "crs": re.compile(
        r"\bcrs\b|临床危险评分|临床风险评分|\bfong\b|clinical risk score", re.IGNORECASE | re.ASCII
    ),
    "oslo": re.compile(r"oslo|奥斯陆", re.IGNORECASE | re.ASCII),
    "liver_remnant": re.compile(r"残肝|残余肝|剩余肝|剩肝|残留肝|\bflr\b|remnant", re.IGNORECASE | re.ASCII),
}
_FIELDS = {
    "crs": {"node_positive": "node_positive", "synchronous": "synchronous", "dfs_months": "dfs_months",
            "n_mets": "n_mets", "cea": "cea_ng_ml", "max_diameter_cm": "max_diameter_cm"},
    "oslo": {"max_diameter_cm": "max_diameter_cm", "progression_after_chemo": "progression_after_chemo",
             "interval_months": "interval_months", "cea": "cea_ug_l"},
    "liver_remnant": {"flr_percent": "flr_percent", "hepatectomy": "timing"},
}  # fmt: skip
_KNOWLEDGE = re.compile(
    r"包括|哪些|哪几|组成|是什么|什么是|定义|怎么算|如何算|怎么计算|如何计算|界值|意义|多少分算|几分算|标准|要求|至少|最少|应该?[多≥]|多少(?:才|够|合适)"
    r"|what (?:is|are|does)|which|consist|components?|criteria|cut-?off|definition|how (?:is|do|to)|minimum|required|needed",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
_UNCLEAR = {
    "cea_unit": ("CEA的单位是μg/L（=ng/mL）还是μg/mL？二者相差1000倍。", "Is the CEA in µg/L (= ng/mL) or µg/mL? They differ by a factor of 1000."),
    "size_unit": ("最大径的单位是cm还是mm？", "Is the size in cm or mm?"),
    "flr_unit": ("残肝是比值还是百分比（例如0.38指38%）？", "Is the remnant a ratio or a percentage (0.38 meaning 38 %)?"),
}  # fmt: skip
_ASK: dict[str, tuple[str, str]] = {
    "node": ("原发肿瘤淋巴结是否阳性？", "Were the regional nodes of the primary positive?"),
    "timing": ("是同时性还是异时性（若异时，原发灶切除后多少个月）？", "Synchronous or metachronous (if so, months after resection of the primary)?"),
    "n_mets": ("肝转移灶有几个？", "How many liver metastases?"),
    "cea": ("术前CEA是多少（ng/mL）？", "What is the CEA (ng/mL)?"),
    "size": ("最大病灶直径多少cm？", "How large is the largest metastasis (cm)?"),
    "progression": ("化疗后是否进展？", "Was there progression on chemotherapy?"),
    "interval": ("肠癌切除至肝移植间隔几个月？", "How many months from bowel resection to transplantation?"),
    "flr_percent": ("残肝占多少百分比？", "What percentage is the liver remnant?"),
}  # fmt: skip
_LABELS: dict[str, tuple[str, str]] = {
    "node": ("淋巴结", "nodes"), "timing": ("时机", "timing"), "n_mets": ("数目", "number"), "cea": ("CEA", "CEA"),
    "size": ("最大径", "size"), "progression": ("化疗后进展", "progression"), "interval": ("切除至移植间隔", "interval"),
    "flr_percent": ("残肝百分比", "remnant"),
}  # fmt: skip
_HEPATECTOMY = (
    "肝切除与肠切除同期进行，还是异时（分期）进行？",
    "Is the hepatectomy done together with the bowel resection or later (staged)?",
)
_GROUPS = {"low": ("低评分", "low"), "high": ("高评分", "high")}


@dataclass(frozen=True)
class NumericRequest:
    """One calculation to make."""

    calculator: str
    inputs: dict[str, Any]
    assumptions: tuple[tuple[str, str], ...] = ()
    reused: tuple[str, ...] = ()
    """Findings taken over from earlier turns, as they were typed."""
    questions: tuple[tuple[str, str], ...] = field(default=())
    """What the reader must settle first, (Chinese, English)."""


def recognise(turns: list[str]) -> list[NumericRequest]:
    """Calculations the last turn asks for; empty when it is a question for the texts."""
    if not turns:
        return []
    last = turns[-1][:2000]
    named = [name for name, pattern in _SCORES.items() if pattern.search(last)]
    current = read_findings(last)
    earlier = Findings()
    for turn in turns[:-1]:
        earlier = earlier.merged(read_findings(turn[:2000]))
    continues = False
    if not named and current.values and not _KNOWLEDGE.search(last):
        named = _score_in_progress(turns[:-1])
        continues = bool(named)
    if len(named) > 1 and "liver_remnant" in named and "flr_percent" not in current.values:
        named.remove("liver_remnant")
    requests = [_request(name, current, earlier) for name in named]
    wanted = [r for r in requests if _is_numeric(r, last, current, continues)]
    return wanted


def _score_in_progress(turns: list[str]) -> list[str]:
    """The score an earlier turn was being asked to compute."""
    for i in range(len(turns), 0, -1):
        if found := recognise(turns[:i]):
            return [r.calculator for r in found]
    return []


def _request(name: str, current: Findings, earlier: Findings) -> NumericRequest:
    findings = earlier.merged(current)
    inputs = {target: findings.values[key] for key, target in _FIELDS[name].items() if key in findings.values}
    if name == "crs" and inputs.get("synchronous"):
        inputs.pop("dfs_months", None)
    keys = {"cea": "cea", "size": "max_diameter_cm"}
    assumptions = tuple(text for key, text in findings.assumptions.items() if keys[key] in _FIELDS[name])
    reused = tuple(
        findings.spans[k] for k in _FIELDS[name] if k in findings.spans and k not in current.values
    )
    relevant = {
        "crs": ("cea_unit", "size_unit"),
        "oslo": ("cea_unit", "size_unit"),
        "liver_remnant": ("flr_unit",),
    }
    questions = tuple(_UNCLEAR[k] for k in findings.unclear if k in relevant[name])
    return NumericRequest(name, inputs, assumptions, reused, questions)


def _is_numeric(request: NumericRequest, text: str, current: Findings, continues: bool) -> bool:
    """Patient values are given and the wording does not ask what the rule is."""
    own = [k for k in _FIELDS[request.calculator] if k in current.values]
    if request.calculator == "liver_remnant":
        return (
            "flr_percent" in current.values or bool(request.questions) or continues
        ) and not _KNOWLEDGE.search(text)
    if continues:
        return bool(own)
    if _KNOWLEDGE.search(text) and len(own) < 3:
        return False
    return bool(own) or bool(request.questions) or bool(request.reused)


def calculate(request: NumericRequest, language: Language) -> Calculation:
    """The calculation with what was assumed and taken over."""
    calculation = calculators.run(request.calculator, request.inputs, language)
    index = 0 if language == "zh" else 1
    notes = [pair[index] for pair in request.assumptions]
    if request.reused:
        head = "沿用前文：" if language == "zh" else "taken from earlier: "
        notes.append(head + ("、" if language == "zh" else ", ").join(request.reused))
    questions = [pair[index] for pair in request.questions]
    return calculation.model_copy(update={"assumptions": [*calculation.assumptions, *notes, *questions]})


def render(calculation: Calculation, language: Language) -> str:
    """The calculation as Markdown: result first, working, boundary, assumptions, one question."""
    calculator = calculators.get(calculation.calculator)
    zh = language == "zh"
    if calculation.status == "rejected":
        return f"无法计算：{calculation.reason}" if zh else f"Cannot be computed: {calculation.reason}"
    parts = [_headline(calculation, language)]
    if calculation.breakdown:
        parts.append(_table(calculation, language))
    if calculation.sensitivity:
        parts.append(("界值附近：" if zh else "Near a boundary: ") + "；".join(calculation.sensitivity))
    if calculation.assumptions:
        parts.append(
            ("假设与说明：" if zh else "Assumptions: ") + ("；" if zh else "; ").join(calculation.assumptions)
        )
    parts.extend(calculator.caveats[language])
    return "\n\n".join(parts)


def _headline(calculation: Calculation, language: Language) -> str:
    result, zh = calculation.result, language == "zh"
    title = calculators.get(calculation.calculator).title[language]
    if calculation.calculator == "liver_remnant":
        return _remnant_headline(calculation, title, language)
    group = _GROUPS[result["group"]][0 if zh else 1] if "group" in result else ""
    if "score" in result:
        most = 5 if calculation.calculator == "crs" else 4
        text = (
            f"**{title}：{result['score']} 分**（满分{most}分）"
            if zh
            else f"**{title}: {result['score']} of {most}**"
        )
        if group:
            text += f" · {group}" if zh else f" · {group} risk group"
        if result.get("os10_percent") is not None:
            text += (
                f" · 10年生存率{result['os10_percent']}%"
                if zh
                else f" · 10-year survival {result['os10_percent']} % (as reported in the review)"
            )
        elif calculation.calculator == "oslo":
            text += (
                " · 该分值的生存率文献未说明"
                if zh
                else " · survival for this score is not stated in the sources"
            )
        return f"{text} [1]"
    span = (
        f"{result['score_min']}~{result['score_max']}"
        if zh
        else f"{result['score_min']}-{result['score_max']}"
    )
    text = f"**{title}：{span} 分**" if zh else f"**{title}: {span}**"
    if group:
        text += f"，无论缺项如何都是{group}" if zh else f", {group} whatever the missing item"
    return f"{text} [1]\n\n{_question(calculation, language)}"


def _remnant_headline(calculation: Calculation, title: str, language: Language) -> str:
    result, zh = calculation.result, language == "zh"
    flr = calculation.inputs.get("flr_percent")
    if "meets" in result and calculation.status == "ok":
        verdict = (
            ("达到要求" if result["meets"] else "未达到要求")
            if zh
            else ("meets the guideline" if result["meets"] else "does not meet the guideline")
        )
        limit = f"≥{result['threshold']:g}%" if "threshold" in result else "≥30% / ≥40%"
        return (
            f"**{title} {flr:g}%：{verdict}**（{limit}） [1]"
            if zh
            else f"**{title} {flr:g} %: {verdict}** ({limit}) [1]"
        )
    if "meets_if_synchronous" in result:
        either = [
            ("同时性切除：", "异时性切除：", "达到", "未达到"),
            ("synchronous: ", "metachronous: ", "meets", "does not meet"),
        ][0 if zh else 1]
        sides = [
            either[i] + (either[2] if result[k] else either[3])
            for i, k in enumerate(("meets_if_synchronous", "meets_if_metachronous"))
        ]
        return (
            f"**{title} {flr:g}%**：{'；'.join(sides)} [1]\n\n{_question(calculation, language)}"
            if zh
            else f"**{title} {flr:g} %**: {'; '.join(sides)} [1]\n\n{_question(calculation, language)}"
        )
    return f"**{title}** [1]\n\n{_question(calculation, language)}"


def _question(calculation: Calculation, language: Language) -> str:
    """One question for what is missing."""
    index = 0 if language == "zh" else 1
    missing = calculation.missing[0]
    asked = (
        _HEPATECTOMY if calculation.calculator == "liver_remnant" and missing == "timing" else _ASK[missing]
    )
    others = [_LABELS[name][index] for name in calculation.missing[1:]]
    if language == "zh":
        return f"还差{len(others) + 1}项：{asked[index]}" + (
            f"（另缺：{'、'.join(others)}）" if others else ""
        )
    return f"Still needed: {asked[index]}" + (f" (also missing: {', '.join(others)})" if others else "")


def _table(calculation: Calculation, language: Language) -> str:
    head = "| 项目 | 取值 | 分 |" if language == "zh" else "| item | value | points |"
    rows = [
        f"| {item.item} | {item.value} | {item.note if item.points is None and item.note else '?' if item.points is None else f'{item.points:g}'} |"
        for item in calculation.breakdown
    ]
    return "\n".join([head, "|---|---|---|", *rows])


def shift_markers(text: str, offset: int) -> str:
    """``[1]`` becomes ``[1 + offset]`` when citations of another calculation stand before."""
    return re.sub(r"\[(\d)\]", lambda m: f"[{int(m.group(1)) + offset}]", text) if offset else text
