"""What a text says of the tumour's genes and the side of the primary."""

from __future__ import annotations

import re

_GENES = {
    "ras": r"\b[kn]?-?ras\b", "braf": r"\bbraf\b", "her2": r"\bher-?2\b",
}  # fmt: skip
_MUTANT = r"突变(?!型?检测)|阳性|扩增|mut(?:ant|ated|ation)?\b|\bmt\b|positive|amplif\w*|v600e|g12[a-z]|\+"
_WILD = r"野生型?|未突变|无突变|未见突变|阴性|wild[- ]?type|\bwt\b|negative|not mutated|no mutation"
_MSI_HIGH = r"\bMSI-?H(?:igh)?\b|\bdMMR\b|微卫星高度不稳定|错配修复(?:功能)?缺陷"
_MSI_STABLE = r"\bMSS\b|\bMSI-?L\b|\bpMMR\b|微卫星稳定|错配修复(?:功能)?(?:完整|正常)"
_RIGHT = r"右半(?:结肠)?|右侧结肠|右结肠|升结肠|盲肠|肝曲|横结肠|right[- ](?:sided|colon)|caec(?:um|al)|cec(?:um|al)|ascending colon|transverse colon"
_LEFT = r"左半(?:结肠)?|左侧结肠|左结肠|降结肠|乙状结肠|脾曲|直肠(?!癌?肝)|left[- ](?:sided|colon)|descending colon|sigmoid|rectal|rectum"


def read_profile(text: str) -> dict[str, tuple[str, str]]:
    """Key -> (value, the text that says it): ras, braf, her2, msi, side. What is contradictory is left out."""
    found: dict[str, tuple[str, str]] = {}
    for key, name in _GENES.items():
        said = re.compile(
            rf"(?P<gene>{name}(?:\s*/\s*\w+)?)[^,，;；。]{{0,8}}?(?:(?P<wild>{_WILD})|(?P<mutant>{_MUTANT}))",
            re.IGNORECASE | re.ASCII,
        )
        verdicts = {"wild": "wild", "mutant": "mutant"}
        hits = {v: m.group() for m in said.finditer(text) for k, v in verdicts.items() if m.group(k)}
        if len(hits) == 1:
            found[key] = next(iter(hits.items()))
    for key, options in (
        ("msi", {"MSI-H": _MSI_HIGH, "MSS": _MSI_STABLE}), ("side", {"right": _RIGHT, "left": _LEFT})
    ):  # fmt: skip
        seen = {
            value: m.group()
            for value, words in options.items()
            if (m := re.search(words, text, re.IGNORECASE))
        }
        if len(seen) == 1:
            found[key] = next(iter(seen.items()))
    return found
