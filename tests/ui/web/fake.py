"""A small stand-in for the assistant: five fixed answers built on the real source files."""

from __future__ import annotations

import threading
import time
from typing import Any

from fake_documents import DOCUMENTS, FULL, PASSAGES, cite, retrieved

from assistant import calculators
from assistant.answer import (
    Answer,
    BreakdownItem,
    Calculation,
    Conversation,
    Disagreement,
    RetrievedPassage,
    Statement,
    Trace,
)
from assistant.patient import PatientFact, known_facts
from corpus.errors import CrlmError
from corpus.model import Document, DocumentInfo, Language, Passage

TRACE = Trace(corpus="fake", index="fake", model="fake", version="0")


def nodule() -> Answer:
    """Answered, one graded sentence."""
    citation = cite(1, "crlm-guideline-2023/1.2/2", 1, "zh", grade=("3a", "B"), references=(23,))
    return Answer(
        status="answered",
        language="zh",
        text=f"{citation.quote}[1] `3a类证据 · B级推荐`",
        citations=[citation],
        passages=retrieved(*PASSAGES),
        suggestions=["肝转移灶术前要穿刺活检吗？", "PET-CT需要常规做吗？"],
        trace=TRACE,
    )


def leaning() -> Answer:
    """A question that leans on the one before, with how it was read in the text."""
    read = "术中发现的肝脏结节怎么处理？"
    answer = nodule()
    return answer.model_copy(update={"understood": read, "text": f"理解为：{read}\n\n{answer.text}"})


def biopsy() -> Answer:
    """English answer on a Chinese sentence."""
    rendering = "Percutaneous needle biopsy of liver metastases is only for cases in which it is needed."
    citation = cite(1, "crlm-guideline-2023/1.2/2", 0, "en", translation=rendering, references=(22,))
    return Answer(
        status="answered",
        language="en",
        text=f"The guideline limits it: *{rendering}* [1]\n\n> 〔原文〕{citation.quote}",
        citations=[citation],
        passages=retrieved("crlm-guideline-2023/1.2/2", "crlm-surgery-2025/en/2"),
        suggestions=["What if a nodule looks suspicious during surgery?"],
        trace=TRACE,
    )


def cycles() -> Answer:
    """Sources differ."""
    first = cite(1, "crlm-guideline-2023/4.2/1", 1, "zh", grade=("1a", "A"))
    second = cite(2, "dlm-review/1/3", 0, "zh")
    third = cite(3, "crlm-surgery-2025/zh/2", 0, "zh")
    return Answer(
        status="answered",
        language="zh",
        text="**来源不一致，没有统一标准。** 新辅助化疗原则上不超过6个周期。[1] `1a · A级`",
        citations=[first, second, third],
        passages=retrieved("crlm-guideline-2023/4.2/1", "dlm-review/1/3", "crlm-surgery-2025/zh/2"),
        disagreements=[
            Disagreement(
                topic="转化治疗的疗程",
                statements=[
                    Statement(marker=1, text="新辅助化疗原则上不超过6个周期，一般建议2~3个月内完成。"),
                    Statement(marker=2, text="转化治疗以4~6个周期为宜。"),
                    Statement(marker=3, text="对于转化治疗的时间及疗程目前无统一标准，每2个周期评效1次。"),
                ],
            )
        ],
        notes=[
            "[1] 说的是可切除病灶的新辅助化疗，[2][3] 说的是转化治疗。",
            "[2] 引用的是2020版指南，已被2023版取代。",
        ],
        suggestions=["转化治疗多久评估一次？", "转化治疗首选什么方案？"],
        trace=TRACE,
    )


def score() -> Answer:
    """One value of a score is missing."""
    citation = cite(1, "crlm-guideline-2023/appendix-3/1", 1, "zh")
    rows = (
        ("同时性肝转移", "是", 1.0),
        ("肝转移肿瘤数目 > 1", "4", 1.0),
        ("术前 CEA > 200 ng/mL", "12 ng/mL", 0.0),
        ("最大直径 > 5 cm", "3 cm", 0.0),
        ("原发肿瘤淋巴结阳性", "未提供", None),
    )
    return Answer(
        status="needs_input",
        language="zh",
        text="还差一项：**原发肿瘤淋巴结是否阳性？**\n\n"
        "已知部分 **2 分**。淋巴结阴性 → 2 分（低评分）；阳性 → 3 分（高评分）。[1]",
        citations=[citation],
        passages=retrieved("crlm-guideline-2023/appendix-3/1"),
        calculation=Calculation(
            calculator="crs",
            status="incomplete",
            inputs={"synchronous": True, "n_mets": 4, "cea_ng_ml": 12, "max_diameter_cm": 3},
            assumptions=["CEA 单位按 ng/mL"],
            result={"score_min": 2, "score_max": 3},
            interpretation="0~2分为CRS低评分，3~5分为CRS高评分",
            breakdown=[
                BreakdownItem(item=item, value=value, points=points, marker=1) for item, value, points in rows
            ],
            missing=["原发肿瘤淋巴结"],
            citations=[citation],
        ),
        suggestions=["淋巴结阳性", "淋巴结阴性"],
        trace=TRACE,
    )


def fruquintinib() -> Answer:
    """Not in the documents, something near."""
    citation = cite(1, "crlm-guideline-2023/appendix-5/4", 0, "zh")
    return Answer(
        status="not_found",
        language="zh",
        text=f"这五份文献没有给出呋喹替尼在肝功能不全时的剂量调整。\n\n相关内容：{citation.quote}[1]",
        citations=[citation],
        passages=retrieved("crlm-guideline-2023/appendix-5/4", "dlm-review/1/3"),
        trace=TRACE,
    )


def rejected(question: str) -> Answer:
    """Not a question for this tool; repeats the question, as an unsafe assistant might."""
    return Answer(
        status="rejected",
        language="zh",
        text=f"「{question}」不是关于结直肠癌肝转移的问题。",
        trace=TRACE,
    )


class FakeAssistant:
    """Answers by keyword. Not safe to enter twice at once, like a tokenizer: it says so if it is."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self.asked: list[Conversation] = []
        self.overlaps = 0
        self._busy = threading.Lock()

    def ask(self, conversation: Conversation) -> Answer:
        if not self._busy.acquire(blocking=False):
            self.overlaps += 1
            raise RuntimeError("Already borrowed")
        try:
            self.asked.append(conversation)
            time.sleep(self.delay)
            return self._answer(conversation.turns[-1].text)
        finally:
            self._busy.release()

    def _answer(self, question: str) -> Answer:
        if "崩溃" in question or "crash" in question:
            raise RuntimeError("as asked")
        if "索引" in question:
            raise CrlmError("索引需要重建。", "The index must be rebuilt.")
        for keyword, build in (
            ("那结节呢", leaning),
            ("结节", nodule),
            ("iopsy", biopsy),
            ("周期", cycles),
            ("cycles", cycles),
            ("CRS", score),
            ("呋喹替尼", fruquintinib),
        ):
            if keyword in question:
                return build()
        return rejected(question)

    def search(self, query: str, k: int = 10) -> list[RetrievedPassage]:
        found = [p for p in PASSAGES.values() if any(word in p.text for word in query.split())]
        return retrieved(*(p.id for p in found))[:k]

    def calculate(self, name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation:
        return calculators.run(name, inputs, language)

    def patient(self, conversation: Conversation) -> list[PatientFact]:
        return known_facts(conversation.turns)

    def passage(self, passage_id: str) -> Passage:
        return PASSAGES[passage_id]

    def document(self, document_id: str) -> DocumentInfo:
        return DOCUMENTS[document_id]

    def full_document(self, document_id: str) -> Document:
        return FULL[document_id]

    def full_documents(self) -> tuple[Document, ...]:
        return tuple(FULL.values())
