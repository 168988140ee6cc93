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


def _capitals(word: str) -> str:
    """The abbreviation in capitals, not inside another word."""
    return rf"(?-i:(?<![A-Za-z]){word}(?![A-Za-z]))"


_COUNTRIES = r"中国|我国|国内|美国|加拿大|日本|韩国|德国|法国|英国|意大利|瑞典|挪威|荷兰|丹麦|西班牙|国际多中心|\b(?:China|Chinese|United States|USA?|America|Canad|Japan|Korea|German|France|French|Ital|Swed|Norw|Dutch|Netherlands|Danish|Spain|UK|international multicent)"

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
    _measure("percent", r"百分之|百分比|几成|占比|占多少|比例|(?:率|概率|可能性)(?:是|有|为|大概|约)?(?:多少|多高|几|各)|率[?？。]?$|率(?:呢|如何|怎样)|what (?:percent|proportion|share)|percentage|how (?:common|frequent)|\b(?:rate|incidence|prevalence|sensitivity|specificity|accuracy)\b", r"\d\s*(?:[%％]|成)|百分之"),
    _measure("count", r"(?:几|多少)[个枚例次名位人]|how many (?:patients|lesions|cases|people|studies|trials|lines|sessions|times)|病例数|(?<![比])例数|样本量|(?:纳入|入组)(?:了)?多少|sample size|number of (?:patients|lesions|cases|studies|centres|centers)", r"\d+\s*(?:[个枚例次名位人]|patients|lesions|cases|people|studies|trials|sessions)"),
    _measure("median", r"中位|median", r"中位|median"),
    _measure("limit", r"界值|截断|临界|阈值|上限|下限|cut-?offs?|threshold|(?:upper|lower) limit", r"[<>≥≤＜＞]|界值|截断|阈值|以上|以下|超过|不足|不低于|不超过|cut-?off|threshold|(?:less|more|greater) than|at (?:most|least)|up to|below|above"),
    _measure("hazard", rf"{_capitals('HR')}|风险比|hazard ratio|{_capitals('OR')}|比值比|odds ratio", rf"{_capitals('HR')}|hazard|风险比|{_capitals('OR')}|odds"),
    _measure("confidence interval", rf"置信区间|可信区间|confidence interval|{_capitals('CI')}", rf"{_capitals('CI')}|置信区间|可信区间|confidence interval"),
    _measure("p-value", r"P值|p[ -]?value|有没有统计学|statistically significant", r"\bP\s*[=<>＜＝]|差异|significan"),
    _measure("auc", r"\bAUC\b|曲线下面积", r"\bAUC\b|曲线下面积"),
    _measure("formula", r"公式|怎么算|如何计算|formula|how is .{0,20}calculated", r"[=＝÷×/]|公式|formula|每.{0,6}1分|计\d?分|point"),
    _measure("calendar year", r"哪一?年|何年|(?:which|what) year|when was .{0,40}(?:published|approved|founded|started)", r"(?:19|20)\d\d"),
    _measure("country", r"哪个?国家?|哪国|(?:which|what) countr|where was .{0,40}(?:done|conducted|carried out|performed)", _COUNTRIES),
    _measure("journal", r"(?:哪本|哪个|什么)(?:杂志|期刊)|发表在哪|which journal", r"杂志|期刊|journal"),
    _measure("author", r"谁(?:做|报道|提出|写|发表)的?|(?:哪位|哪个)(?:作者|学者|团队)|who (?:did|led|wrote|conducted|reported|proposed|published)|first author", r"(?-i:[A-Z][a-zë]+ ?[A-Z]{1,2}\b)|et al|等人|等[^、，]{0,6}(?:研究|报道|发现|指出)|学者|团队|\bteam\b"),
    _measure("energy", r"多少(?:瓦|焦)|几瓦|(?:几|多少)(?:摄氏)?度|功率|温度|\bwatts?\b|\bjoules?\b|temperature|\bpower\b", r"\d\s*(?:W|J|kJ|℃|°C)\b|\d\s*(?:℃|°C)"),
    _measure("interval", r"间隔|多久(?:一次|复查|查|随访|做)|频率|频次|how often|interval|how frequent", r"每|间隔|every|interval|\d\s*(?:周|个?月|天|年|weeks?|months?|days?)"),
    _measure("cost", r"多少钱|费用|价格|花费|贵不贵|\bcosts?\b|\bprice\b|expens", r"\d\s*(?:元|美元|万)|费用|花费|经济|\bcost|expens"),
    _measure("cycles", r"(?:几|多少)个?(?:周期|疗程|程)|how many (?:cycles|courses)|number of cycles", r"周期|疗程|cycles?|courses?"),
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
