"""Calculations as Markdown: result first, working, boundary, assumptions, one question."""

from __future__ import annotations

import re
from typing import Any

from assistant import calculators
from assistant.answer import Calculation
from assistant.calculators.base import NOT_STATED
from assistant.calculators.doses import doses
from assistant.calculators.result_names import result_line
from corpus.model import Language
from corpus.registers import folded
from corpus.terminology.forms import has_chinese

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
_LABEL = {"regimen_dose": ("用法", "Schedule")}
"""What the line about the rule is called when it is not in the source's words."""
_GROUPS = {"low": ("低评分", "low"), "high": ("高评分", "high")}


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
    parts.extend(calculator.notes(calculation, language))
    if calculator.publication:
        parts.append(f"公式出处：{calculator.publication}" if zh else f"Formula: {calculator.publication}")
    return "\n\n".join(parts)


def _headline(calculation: Calculation, language: Language) -> str:
    result, zh = calculation.result, language == "zh"
    title = calculators.get(calculation.calculator).title[language]
    if calculation.calculator == "liver_remnant":
        return _remnant_headline(calculation, title, language)
    if calculation.calculator not in ("crs", "oslo"):
        return _plain_headline(calculation, _named(calculation, title, language), language)
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
        return f"{text}{_markers(calculation)}"
    span = (
        f"{result['score_min']}~{result['score_max']}"
        if zh
        else f"{result['score_min']}-{result['score_max']}"
    )
    text = f"**{title}：{span} 分**" if zh else f"**{title}: {span}**"
    if group:
        text += f"，无论缺项如何都是{group}" if zh else f", {group} whatever the missing item"
    return f"{text}{_markers(calculation)}\n\n{_question(calculation, language)}"


def _markers(calculation: Calculation) -> str:
    """A marker for every sentence the rule stands on."""
    anchors = calculators.get(calculation.calculator).anchors(calculation)
    return "".join(f" [{n}]" if n == 1 else f"[{n}]" for n in range(1, len(anchors) + 1))


def _told(result: dict[str, Any]) -> dict[str, Any]:
    """The results that belong in the headline: a dose below its cap is one dose."""
    if result.get("capped") is False:
        return {k: v for k, v in result.items() if k not in ("raw_mg_per_dose", "capped")}
    return result


def _named(calculation: Calculation, title: str, language: Language) -> str:
    """The title with the regimen or drug it is about."""
    index = 0 if language == "zh" else 1
    table = doses()
    entry = table.regimens.get(str(calculation.inputs.get("regimen"))) or table.drugs.get(
        str(calculation.inputs.get("drug"))
    )
    return title if entry is None else f"{title}（{entry.zh}）" if index == 0 else f"{title} ({entry.en})"


def _plain_headline(calculation: Calculation, title: str, language: Language) -> str:
    """Title and results of any calculation, its interpretation, and one question when something is missing."""
    zh, result = language == "zh", calculation.result
    shown_values = (
        ("；" if zh else "; ").join(result_line(k, v, language) for k, v in _told(result).items())
        if result
        else ""
    )
    marker = _markers(calculation)
    text = (
        f"**{title}{'：' if zh else ': '}{shown_values}**{marker}" if shown_values else f"**{title}**{marker}"
    )
    if calculation.status == "no_parameter":
        text += "：文献没有给出参数" if zh else ": the sources give no setting"
    if calculation.status == "ambiguous":
        text += "：原文条文在此处重叠或未覆盖" if zh else ": the source's clauses overlap or leave a gap here"
        text += _clauses(calculation, language)
    elif calculation.missing:
        calculator = calculators.get(calculation.calculator)
        asked = ("、" if zh else "; ").join(
            calculators.input_name(calculator, name, language) for name in calculation.missing
        )
        text += f"\n\n还差：{asked}" if zh else f"\n\nStill needed: {asked}"
    if (
        calculation.interpretation
        and calculation.interpretation != NOT_STATED[language]
        and calculation.status == "ok"
        and calculation.interpretation not in map(str, result.values())
    ):
        text += f"\n\n{_rule_line(calculation, language)}"
    return text


def _clauses(calculation: Calculation, language: Language) -> str:
    """The clauses that do not settle the case, in the reader's language."""
    cited = list(enumerate(calculation.citations, 1))
    own = [(n, c) for n, c in cited if has_chinese(c.quote) == (language == "zh")]
    lines = [
        f"- {c.quote if language == 'zh' or not c.translation else c.translation} [{n}]"
        for n, c in own or cited
    ]
    return "\n\n" + "\n".join(lines) if lines else ""


def _rule_line(calculation: Calculation, language: Language) -> str:
    """What the rule says: the source's own words where they are cited, in the reader's language."""
    said, zh = calculation.interpretation, language == "zh"
    cited = next((c for c in calculation.citations if folded(said.rstrip("。")) in folded(c.quote)), None)
    if cited is None:
        label = _LABEL.get(calculation.calculator, ("说明", "Note"))[0 if zh else 1]
        return f"{label}{'：' if zh else ': '}{said}"
    if zh and calculation.calculator == "drug_dose":
        said = cited.quote
    if zh or not has_chinese(said):
        return f"{'原文' if zh else 'Source'}{'：' if zh else ': '}{said}"
    if cited.translation is None:
        return f"Source (in Chinese): {said}"
    return f"Source{'' if cited.translation_official else ' (unofficial translation)'}: {cited.translation}"


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
            f"**{title} {flr:g}%：{verdict}**（{limit}）{_markers(calculation)}"
            if zh
            else f"**{title} {flr:g} %: {verdict}** ({limit}){_markers(calculation)}"
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
            f"**{title} {flr:g}%**：{'；'.join(sides)}{_markers(calculation)}\n\n{_question(calculation, language)}"
            if zh
            else f"**{title} {flr:g} %**: {'; '.join(sides)}{_markers(calculation)}\n\n{_question(calculation, language)}"
        )
    return f"**{title}**{_markers(calculation)}\n\n{_question(calculation, language)}"


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
    if all(item.points is None and not item.note for item in calculation.breakdown):
        head = head.rsplit(" | ", 1)[0] + " |"
        return "\n".join([head, "|---|---|", *(f"| {i.item} | {i.value} |" for i in calculation.breakdown)])
    return "\n".join([head, "|---|---|---|", *rows])


def shift_markers(text: str, offset: int) -> str:
    """``[1]`` becomes ``[1 + offset]`` when citations of another calculation stand before."""
    return re.sub(r"\[(\d)\]", lambda m: f"[{int(m.group(1)) + offset}]", text) if offset else text
