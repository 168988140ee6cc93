"""Fifty thousand random texts: nothing fails, and no figure is read that the text does not hold."""

from __future__ import annotations

import random
import re
import unicodedata

from assistant import numeric
from assistant.measurements.compounds import MONTH_DAYS
from assistant.measurements.findings import read_findings
from assistant.measurements.quantities import read_quantities
from assistant.recognition import asked_calculations, read_facts

TEXTS = 50_000
PIECES = [
    "CRS", "Oslo", "CEA", "cea", "癌胚抗原", "最大", "直径", "个灶", "枚", "mets", "lesions", "同时性", "异时", "无病间期", "个月", "months",
    "淋巴结阳性", "N+", "pN0", "pT3N2aM0", "T4bN1", "M1a", "残肝", "FLR", "%", "％", "BSA", "体表面积", "身高", "体重", "kg", "斤", "lb", "cm", "mm",
    "ng/mL", "μg/L", "μg/mL", "µmol/L", "mg/dL", "g/L", "Gy", "x", "×", "次", "fx", "胆红素", "bili", "白蛋白", "INR", "肌酐", "Na", "血小板", "万",
    "AST", "ALT", "上限", "MELD-Na", "Child", "ALBI", "APRI", "FIB-4", "米兰", "RECIST", "基线", "最低", "现在", "贝伐", "2025-03-01", "2025年13月40日",
    "FOLFIRI", "mFOLFOX6", "爱必妥", "TAS-102", "PVE", "KGR", "sFLR", "TBS", "射频", "微波", "功率", "SBRT", "BED", "切缘", "新辅助", "周期", "钇90",
    "寡转移", "左肺", "右肺", "几期", "几分", "多少", "怎么算", "-", "~", "约", "<", ">", "≥", "，", "。", "；", "\n", " ", ".", "/", "(", ")", "👍", "\u200b", "ﬁ", "Ⅲ", "①",
]  # fmt: skip
FACTORS = (
    1, 10, 0.1, 100, 12, 7, 0.001, 0.5, 0.45359237, 1 / 17.1, 1 / 88.4, 2.54, 17.1, 30.48, 1000, 0.01, 1e-4,
)  # fmt: skip
"""Every factor a unit may bring in; dates and counts in words are checked apart."""


def text(rng: random.Random) -> str:
    pieces = []
    for _ in range(rng.randint(1, 24)):
        if rng.random() < 0.35:
            pieces.append(
                rng.choice([str(rng.randint(0, 400)), f"{rng.uniform(0, 60):.1f}", "0", "1e9", "-5", "０.５"])
            )
        else:
            pieces.append(rng.choice(PIECES))
        if rng.random() < 0.3:
            pieces.append(" ")
    return "".join(pieces)


def derives(value: float, source: str) -> bool:
    figures = [float(f) for f in re.findall(r"-?\d+(?:\.\d+)?", source)]
    figures += [abs(f) for f in figures]
    if any(value == round(f * days / MONTH_DAYS, 2) for f in figures for days in (1, 7)):
        return True
    return any(abs(value - f * k) <= 1e-6 * max(1.0, abs(value)) for f in figures for k in FACTORS)


def test_no_exception_and_no_figure_invented() -> None:
    rng = random.Random(20261121)
    for _ in range(TEXTS):
        raw = text(rng)
        normal = unicodedata.normalize("NFKC", raw)
        for key, reading in read_quantities(normal).items():
            assert reading.span in normal, (raw, key)
            if isinstance(reading.value, float) and key not in ("dose_per_fraction_gy", "height_cm"):
                assert derives(reading.value, reading.span), (raw, key, reading)
        findings = read_findings(raw)
        for key, value in findings.values.items():
            if isinstance(value, bool | str) or key == "n_mets" or key not in findings.spans:
                continue
            assert derives(float(value), findings.spans[key]), (raw, key, value)
        asked_calculations(read_facts(normal))


def test_recognising_and_computing_never_fails() -> None:
    rng = random.Random(7)
    for _ in range(4_000):
        turns = [text(rng) for _ in range(rng.randint(1, 3))]
        for request in numeric.recognise(turns):
            assert numeric.calculate(request, rng.choice(["zh", "en"])).status in (  # type: ignore[arg-type]
                "ok", "incomplete", "rejected", "ambiguous", "no_parameter",
            )  # fmt: skip
