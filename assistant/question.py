"""What kind of answer a question wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.model import Language, Sentence
from index.query import language_of_question

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("dose", r"剂量|用量|用法|怎么用|怎么打|怎么吃|多少\s*(?:mg|毫克|gy)|方案.{0,4}(?:是|内容|组成)|mg|\bdos(?:e|es|age|ing)\b|\bregimen\b|\bhow (?:is|do (?:you|i|we)) (?:give|given)"),
        ("time", r"多久|多长时间|什么时候|何时|几周|几个?月|几天|间隔|时机|多长|频率|频次|多少周|几个周期|\bwhen\b|\bhow (?:long|often|soon|frequent)|interval|timing|duration|how many (?:weeks|months|cycles|days)|\bgap\b"),
        ("number", r"多少|几[个枚次分种期项周月年岁天类]?|多大|多高|占比|比例|百分之|概率|率|界值|阈值|上限|下限|\bhow (?:many|much|big|large|high|small)|percent|proportion|\brates?\b|cut-?off|threshold|\bsize\b|maximum|minimum|\blimit|incidence|survival|\bodds\b|\bnumber\b"),
        ("list", r"哪些|哪几|包括|有哪|适应证|适应症|禁忌|指征|并发症|副作用|不良反应|组成|条件|标准|因素|优点|缺点|局限|成员|步骤|流程|what are|which|\blist\b|criteria|contraindication|indication|components?|consists?|complications?|side effects?|advers|factors?|members?|benefits?|drawbacks?|limitations?|reasons?|types?"),
        ("comparison", r"区别|不同|对比|比较|优于|哪个好|哪种好|还是|相比|\bvs\.?\b|versus|compar|differen|better|superior|\bor\b"),
        ("definition", r"是什么|什么是|什么叫|定义|概念|含义|何谓|什么意思|what(?:'s| is| are)\b(?! the (?:dose|rate|maximum|minimum))|defin|meaning|stand for"),
        ("why", r"为什么|为何|原因|机制|理由|\bwhy\b|reason|mechanism"),
        ("grade", r"证据级别|证据等级|推荐级别|推荐等级|几级推荐|几类证据|evidence level|level of evidence|grade of recommendation|recommendation grade"),
        ("yes_no", r"吗|能否|可否|是否|能不能|可不可以|要不要|需不需要|行不行|有没有|用不用|该不该|^(?:is|are|can|could|should|does|do|did|may|must|would|will|has|have|shall)\b"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question and what its wording asks for."""

    text: str
    language: Language
    kinds: frozenset[str]

    def wants(self, *kinds: str) -> bool:
        """Whether any of these is asked for."""
        return any(kind in self.kinds for kind in kinds)


def read_question(text: str, language: Language | None = None) -> Question:
    """The kinds of a question; a text that matches none asks for a statement."""
    kinds = frozenset(name for name, pattern in _KINDS if pattern.search(text))
    return Question(text, language or language_of_question(text), kinds)


_TIME = re.compile(
    r"\d\s*(?:个?月|周|天|年|小时|d\b|h\b|min|个?周期)|\d[\d\s~-]*(?:weeks?|months?|days?|years?|cycles?|hours?)|每[年月周日天\d]|every",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\d\s*(?:mg|Gy|g\b|W\b|ml|mL)", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_ENUMERATION = re.compile(r"[；;].+[；;]|、.+、.+、|[（(]1[)）].+[（(]2[)）]|①.+②|,[^,]+,[^,]+(?:,| and )")
_CONTRAST = re.compile(
    r"优于|高于|低于|相比|比|vs|than|compared|差异|similar|相似|相同|no difference", re.IGNORECASE
)
_DEFINES = re.compile(
    r"是指|定义为|称为|即|是一种|为.{0,12}的|refers? to|defined as|is a\b|（[A-Za-z ,，-]+）|\([A-Za-z ,-]+\)"
)


_ADVICE = re.compile(
    r"争议|定论|统一标准|共识|推荐|建议|不宜|应[当该]?|可考虑|必须|需要?|慎重|禁忌|不能|不可|controvers|debate|consensus|recommend|should|must|advis|contraindicat|suggest|consider",
    re.IGNORECASE,
)
_REASON = re.compile(r"因为|由于|原因|因此|because|due to|owing to|therefore", re.IGNORECASE)


FORMS: dict[str, Callable[[Sentence, str], bool]] = {
    "time": lambda sentence, text: bool(_TIME.search(text)),
    "dose": lambda sentence, text: bool(_DOSE.search(text)),
    "number": lambda sentence, text: bool(_NUMBER.search(text)),
    "list": lambda sentence, text: bool(_ENUMERATION.search(text)),
    "comparison": lambda sentence, text: bool(_CONTRAST.search(text)),
    "definition": lambda sentence, text: bool(_DEFINES.search(text)),
    "why": lambda sentence, text: bool(_REASON.search(text)),
    "grade": lambda sentence, text: bool(sentence.grades),
    "yes_no": lambda sentence, text: bool(_ADVICE.search(text)),
}
"""Whether a sentence has the form that a kind of question wants."""
