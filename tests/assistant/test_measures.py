"""What kind of figure is asked for, and whether a sentence has one."""

from __future__ import annotations

import pytest

from assistant.measures import MEASURES, missing


@pytest.mark.parametrize(
    ("question", "text", "wanted", "absent"),
    [
        ("瑞戈非尼减到多少毫克", "瑞戈非尼160 mg，口服", 1, 0),
        ("瑞戈非尼减到多少毫克", "可以阻断多个受体", 1, 1),
        ("两步之间隔几天", "建议2周后复查", 2, 1),
        ("两步之间隔几天", "两步间隔7天", 2, 0),
        ("Datta研究的病例数", "研究纳入了转移性患者", 1, 1),
        ("Datta研究的病例数", "研究纳入了120例患者", 1, 0),
        ("同时性出现DLM的OR", "同时性更常见", 1, 1),
        ("surgery or ablation", "手术或消融", 0, 0),
        ("which country was it done in", "一项瑞典的全国性研究", 1, 0),
        ("who reported it", "one study found", 1, 1),
        ("APRI cut-off", "APRI predicts the prognosis", 1, 1),
        ("APRI cut-off", "APRI above 0.5", 1, 0),
        ("中位生存多少，有效率多少", "中位OS为9个月", 2, 1),
        ("肝转移怎么治", "手术切除", 0, 0),
        ("", "", 0, 0),
    ],
)
def test_kinds_of_figures(question: str, text: str, wanted: int, absent: int) -> None:
    assert missing(question, text) == (wanted, absent)


def test_names_are_unique() -> None:
    assert len({m.name for m in MEASURES}) == len(MEASURES)
