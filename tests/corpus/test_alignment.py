"""Printed twins are linked sentence by sentence: a reader must not get the neighbour's rendering."""

from __future__ import annotations

import re

import pytest

from corpus.corpus import load_corpus
from corpus.model import Sentence

FIGURE = re.compile(r"\d+(?:\.\d+)?")


def twin_pairs() -> list[Sentence]:
    return [
        s
        for d in load_corpus().documents
        for p in d.passages
        if p.language == "zh" and p.translation_of
        for s in p.sentences
    ]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("影响CRLM手术治疗预后的危险因素也在不断探索", "Risk factors affecting the prognosis"),
        ("对于转化治疗的时间及疗程目前无统一标准", "There is no unified standard for the timing"),
        ("对于消失的病灶有两种处理方式", "For disappeared lesions, there are two"),
        ("另外，在同期切除中，原发灶与转移灶的切除顺序尚无统一标准", "Additionally, there is no uniform standard"),
        ("荧光腹腔镜的应用可有效的解决上述问题", "This challenge can be effectively addressed"),
        ("CRLM合并肝门周围淋巴结", "CRLM combined with hepatic lymph node"),
        ("局部治疗安全性良好", "Local therapy was well tolerated"),
        ("手术治疗后约75%的患者出现复发", "Approximately 75% of patients"),
    ],
)  # fmt: skip
def test_a_sentence_gets_its_own_rendering(chinese: str, english: str) -> None:
    found = [s for s in twin_pairs() if s.text.startswith(chinese)]
    assert len(found) == 1
    assert (found[0].translation or "").startswith(english)


def test_figures_stand_in_the_linked_twin() -> None:
    """Except numerals that English writes out or regroups (51.72万 = 517,200)."""
    pairs = [s for s in twin_pairs() if s.translation_official and FIGURE.search(s.text)]
    whole = [
        s for s in pairs if set(FIGURE.findall(s.text)) <= set(FIGURE.findall(s.translation or ""))
    ]  # fmt: skip
    assert len(pairs) > 40
    assert len(whole) / len(pairs) > 0.85, [s.text for s in pairs if s not in whole]


def test_few_sentences_share_a_rendering() -> None:
    renderings = [s.translation for s in twin_pairs() if s.translation_official]
    assert len(set(renderings)) / len(renderings) > 0.9
