"""Stage of AJCC 8 with Dukes and MAC: guideline, appendix 2 (000 L337-354).

In the extracted text the stage cell of T3-T4a N1/N1c is empty and the row seems to belong to IIIA; AJCC 8 and the
published table give IIIB. C1 or C2 of the row T2-T3 N2a follows the MAC definition (T2: C1, T3: C2).
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Impossible, Inputs, SourceAnchor
from corpus.model import Language

Row = tuple[str, str | None, str | None]
TS = ("Tis", "T1", "T2", "T3", "T4a", "T4b")
NS = ("N0", "N1", "N1a", "N1b", "N1c", "N2a", "N2b")
NODE_NEGATIVE: dict[str, Row] = {
    "Tis": ("0", None, None), "T1": ("I", "A", "A"), "T2": ("I", "A", "B1"), "T3": ("IIA", "B", "B2"),
    "T4a": ("IIB", "B", "B2"), "T4b": ("IIC", "B", "B3"),
}  # fmt: skip
NODE_POSITIVE: dict[tuple[str, str], Row] = {
    ("T1", "N1"): ("IIIA", "C", "C1"), ("T2", "N1"): ("IIIA", "C", "C1"), ("T1", "N2a"): ("IIIA", "C", "C1"),
    ("T3", "N1"): ("IIIB", "C", "C2"), ("T4a", "N1"): ("IIIB", "C", "C2"), ("T2", "N2a"): ("IIIB", "C", "C1"),
    ("T3", "N2a"): ("IIIB", "C", "C2"), ("T1", "N2b"): ("IIIB", "C", "C1"), ("T2", "N2b"): ("IIIB", "C", "C1"),
    ("T4a", "N2a"): ("IIIC", "C", "C2"), ("T3", "N2b"): ("IIIC", "C", "C2"), ("T4a", "N2b"): ("IIIC", "C", "C2"),
    ("T4b", "N1"): ("IIIC", "C", "C3"), ("T4b", "N2a"): ("IIIC", "C", "C3"), ("T4b", "N2b"): ("IIIC", "C", "C3"),
}  # fmt: skip
DISTANT = {"M1a": "IVA", "M1b": "IVB", "M1c": "IVC"}
SOURCE_ROWS: tuple[tuple[str, str, str], ...] = (
    ("Tis", "N0", "0 | Tis | N0 | M0"), ("T1", "N0", "I | T1 | N0 | M0"), ("T2", "N0", "T2 | N0 | M0"),
    ("T3", "N0", "IIA | T3 | N0 | M0"), ("T4a", "N0", "IIB | T4a | N0 | M0"), ("T4b", "N0", "IIC | T4b | N0 | M0"),
    ("T1 T2", "N1", "IIIA | T1~T2 | N1/N1c | M0"), ("T1", "N2a", "T1 | N2a | M0"),
    ("T3 T4a", "N1", "T3~T4a | N1/N1c | M0"), ("T2 T3", "N2a", "IIIB | T2~T3 | N2a | M0"),
    ("T1 T2", "N2b", "T1~T2 | N2b | M0"), ("T4a", "N2a", "IIIC | T4a | N2a | M0"),
    ("T3 T4a", "N2b", "T3~T4a | N2b | M0"), ("T4b", "N1 N2a N2b", "T4b | N1~N2 | M0"),
)  # fmt: skip
"""Tumour and node categories of each row without distant metastases, and how the row reads (a stage cell merged with the one above is empty)."""
MISPRINTED = "T3~T4a | N1/N1c | M0"
T_NAME = r"^T(?:is|x|0|1|2|3|4|4a|4b)$"
N_NAME = r"^N(?:x|0|1|1a|1b|1c|2|2a|2b|\+)$"
M_NAME = r"^M(?:x|0|1|1a|1b|1c)$"


class TnmStageInputs(Inputs):
    """T, N and M as AJCC 8 writes them; ``T4``, ``N1``, ``N2``, ``N+`` and ``M1`` without sub-category are understood."""

    T: str | None = Field(None, pattern=T_NAME, description="Tis, T1, T2, T3, T4, T4a, T4b")
    N: str | None = Field(None, pattern=N_NAME, description="N0, N1 (a, b, c), N2 (a, b), N+")
    M: str | None = Field(None, pattern=M_NAME, description="M0, M1 (a, b, c)")


class TnmStage(Calculator):
    """Stage group; asks only where the missing sub-category changes it."""

    name = "tnm_stage"
    title = {"zh": "TNM分期（AJCC第8版）", "en": "TNM stage (AJCC 8)"}
    inputs = TnmStageInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "T3~T4a | N1/N1c | M0 | C | C2"),
        SourceAnchor("crlm-guideline-2023", "IVA | 任何T | 任何N | M1a"),
    )
    caveats = {
        "zh": ("提取文本中T3~T4a N1/N1c一行的分期为空，看似属于IIIA；按AJCC第8版应为IIIB。",),
        "en": (
            "In the extracted text the stage cell of the row T3-T4a N1/N1c is empty and the row seems to belong to IIIA; AJCC 8 gives IIIB.",
        ),
    }

    def notes(self, calculation: Calculation, language: Language) -> tuple[str, ...]:
        """The misprint, where the stage stands in its row."""
        quotes = [anchor.quote for anchor in self.anchors(calculation)]
        given_ = calculation.inputs.get("T") and calculation.inputs.get("N")
        return self.caveats[language] if given_ and MISPRINTED in quotes else ()

    def anchors(self, calculation: Calculation) -> tuple[SourceAnchor, ...]:
        """The rows of the table that the stage stands in."""
        t, n, m = (str(calculation.inputs.get(name) or "") for name in ("T", "N", "M"))
        if m in DISTANT:
            quotes = [f"{DISTANT[m]} | 任何T | 任何N | {m}"]
        elif m == "M0" and t in (*TS, "T4") and n:
            cells = {(tt, re.sub("^N1[abc]$", "N1", nn)) for tt in _expand(t, TS) for nn in _expand_n(n)}
            quotes = [
                q
                for ts, ns, q in SOURCE_ROWS
                if any(tt in ts.split() and nn in ns.split() for tt, nn in cells)
            ]
        else:
            quotes = []
        return tuple(SourceAnchor("crlm-guideline-2023", q) for q in quotes) or self.sources

    def apply(self, values: TnmStageInputs, language: Language) -> Calculation:
        t, n, m = values.T, values.N, values.M
        steps = [("T", "T", t or "—"), ("N", "N", n or "—"), ("M", "M", m or "—")]
        if t == "Tis" and n not in (None, "N0", "Nx"):
            raise Impossible(
                "原位癌（Tis）不会有淋巴结转移", "A carcinoma in situ (Tis) has no nodal metastases"
            )
        if m in DISTANT:
            return self.done(
                values,
                {"stage": DISTANT[m], "dukes": None, "mac": None},
                language,
                steps=steps,
                says=DISTANT[m],
            )
        if m == "M1":
            return self.done(
                values, {"stage_partial": "IV"}, language, steps=steps, status="incomplete", missing=["M_subcategory"]
            )  # fmt: skip
        if m in (None, "Mx") or t in (None, "Tx", "T0") or n in (None, "Nx"):
            unknown = [
                name
                for name, value in (("T", t), ("N", n), ("M", m))
                if value in (None, "Tx", "T0", "Nx", "Mx")
            ]
            return self.done(values, {}, language, steps=steps, status="incomplete", missing=unknown)
        rows = {_row(tt, nn) for tt in _expand(t, TS) for nn in _expand_n(n)}
        stages = {row[0] for row in rows}
        if len(stages) > 1:
            missing = _question(t, n)
            return self.done(
                values, {"stage_options": sorted(stages)}, language, steps=steps, status="incomplete", missing=[missing]
            )  # fmt: skip
        dukes, mac = {row[1] for row in rows}, {row[2] for row in rows}
        result: dict[str, Any] = {
            "stage": stages.pop(), "dukes": dukes.pop() if len(dukes) == 1 else None,
            "mac": mac.pop() if len(mac) == 1 else None,
        }  # fmt: skip
        return self.done(values, result, language, steps=steps, says=result["stage"])


def _expand(name: str, all_names: tuple[str, ...]) -> list[str]:
    return [name] if name in all_names else [x for x in all_names if x.startswith(name)]


def _expand_n(name: str) -> list[str]:
    if name == "N+":
        return ["N1", "N2a", "N2b"]
    if name == "N2":
        return ["N2a", "N2b"]
    return [name]


def _row(t: str, n: str) -> Row:
    if n == "N0":
        return NODE_NEGATIVE[t]
    return NODE_POSITIVE[t, "N1" if re.fullmatch("N1[abc]?", n) else n]


def _question(t: str, n: str) -> str:
    if n == "N+":
        return "number_of_positive_nodes"
    return "N2a_or_N2b" if n == "N2" and t != "T4" else "T4a_or_T4b"
