"""The kind of figure a question wants, and whether a text has one of that kind.

Finer than ``question.FORMS``: a sentence with a dose does not answer "how many days".
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One kind of figure: how it is asked for and how it is written."""

    name: str
    asked: re.Pattern[str]
    written: re.Pattern[str]


def _measure(name: str, asked: str, written: str) -> Measure:
    return Measure(name, re.compile(asked, re.IGNORECASE), re.compile(written, re.IGNORECASE))


MEASURES: tuple[Measure, ...] = (
    _measure("mass", r"(?:几|多少)\s*(?:mg|毫克|克|μg|微克)|how many (?:mg|milligrams)|减到多少|减多少|how much (?:should|is|to) .{0,30}(?:cut|reduc)|dose reduction", r"\d\s*(?:mg|g\b|μg|µg|毫克)"),
    _measure("volume", r"(?:几|多少)\s*(?:ml|毫升|升)|how many (?:ml|litres|liters)", r"\d\s*(?:ml|mL|L\b|毫升)"),
    _measure("radiation", r"(?:几|多少)\s*(?:gy|戈瑞?)|how many gy|\bBED\b", r"\d\s*Gy"),
    _measure("days", r"(?:几|多少|第几)天|how many days|which days?|几日", r"\d\s*(?:天|日|d\b|days?)"),
    _measure("weeks", r"(?:几|多少)个?(?:周|星期|礼拜)|how many weeks", r"\d\s*(?:个?周|weeks?|星期)"),
    _measure("months", r"(?:几|多少)个?月|how many months", r"\d\s*(?:个?月|months?)"),
    _measure("years", r"(?:几|多少)年(?!生存)|how many years", r"\d\s*(?:年|years?)"),
    _measure("minutes", r"(?:几|多少)(?:分钟|小时|min\b|h\b)|how many (?:minutes|hours)", r"\d\s*(?:min|h\b|分钟|小时|hours?|minutes?)"),
    _measure("length", r"多大(?:的|才|算)?|(?:几|多少)\s*(?:cm|mm|厘米|公分|毫米)|直径|how (?:big|large|wide)|what size|diameter", r"\d\s*(?:cm|mm|厘米|毫米)"),
    _measure("percent", r"百分之|百分比|几成|占比|占多少|比例|(?:率|概率|可能性)(?:是|有|为|大概|约)?(?:多少|多高|几|各)|what (?:percent|proportion|share)|percentage|how (?:common|frequent)|\b(?:rate|incidence|prevalence|sensitivity|specificity|accuracy)\b", r"\d\s*(?:[%％]|成)|百分之"),
    _measure("count", r"(?:几|多少)[个枚例次名位人]|how many (?:patients|lesions|cases|people|studies|trials|lines|sessions|times)", r"\d+\s*(?:[个枚例次名位人]|patients|lesions|cases|people|studies|trials|sessions)"),
    _measure("median", r"中位|median", r"中位|median"),
    _measure("limit", r"界值|截断|临界|阈值|上限|下限|cut-?offs?|threshold|(?:upper|lower) limit", r"[<>≥≤＜＞]|界值|截断|阈值|以上|以下|超过|不足|不低于|不超过|cut-?off|threshold|(?:less|more|greater) than|at (?:most|least)|up to|below|above"),
    _measure("hazard", r"\bHR\b|风险比|hazard ratio|\bOR\b值|odds ratio", r"\bHR\b|hazard|风险比|odds"),
    _measure("p-value", r"P值|p[ -]?value|有没有统计学|statistically significant", r"\bP\s*[=<>＜＝]|差异|significan"),
    _measure("auc", r"\bAUC\b|曲线下面积", r"\bAUC\b|曲线下面积"),
    _measure("formula", r"公式|怎么算|如何计算|formula|how is .{0,20}calculated", r"[=＝÷×/]|公式|formula|每.{0,6}1分|计\d?分|point"),
    _measure("age", r"(?:几|多少|多大)岁|年龄(?:上限|限制|多大|要求)|how old|age limit|median age|mean age", r"岁|years old|\bage"),
)  # fmt: skip
"""Order does not matter: a question may want several."""


_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def figures(text: str) -> frozenset[str]:
    """The figures a text has, as written."""
    return frozenset(_FIGURE.findall(text))


def missing(question: str, text: str) -> tuple[int, int]:
    """How many kinds of figures a question wants, and how many of them a text has none of."""
    wanted = [m for m in MEASURES if m.asked.search(question)]
    return len(wanted), sum(not m.written.search(text) for m in wanted)
