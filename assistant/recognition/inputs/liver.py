"""Liver function scores: Child-Pugh, ALBI, MELD and its successors."""

from __future__ import annotations

from assistant.recognition.facts import Facts
from assistant.recognition.inputs.common import Build, Inputs, known, pick

_ASCITES = (
    ("severe", r"大量|重度|顽固|severe|tense|massive|refractory|gross|large"),
    ("moderate", r"中等?量?|中度|moderate"),
    ("slight", r"少量|轻度|微量|slight|mild|small|minimal|trace"),
)
_DIALYSIS = r"透析|血透|dialysis|\bhd\b|\bcvvhd?\b|hemodialysis|haemodialysis"


def child(facts: Facts) -> Inputs | None:
    build: Build = pick(bili_mg_dl="bilirubin_mg_dl", alb_g_dl="albumin_g_dl", inr="inr")
    inputs = build(facts) or {}
    inputs |= known(ascites=_ascites(facts), enceph=_encephalopathy(facts))
    return inputs or ({} if "bilirubin_mg_dl" in facts.quantities else None)


def _ascites(facts: Facts) -> str | None:
    there = facts.stated(r"腹水|ascites")
    if there is False:
        return "none"
    if not there:
        return None
    for grade, words in _ASCITES:
        if facts.has(rf"(?:{words})[^,，;；。]{{0,3}}(?:腹水|ascites)|(?:腹水|ascites)\W{{0,3}}(?:{words})"):
            return grade
    return None


def _encephalopathy(facts: Facts) -> str | None:
    words = r"脑病|enceph\w*|\bhe\b"
    there = facts.stated(words)
    if there is False:
        return "none"
    for grade, digits in (("3-4", "3-4|3|4|III|IV|[三四]"), ("1-2", "1-2|1|2|I{1,2}|[一二]")):
        if facts.has(
            rf"(?:{words})[^\d,，;；。]{{0,10}}(?:{digits})\b|(?:\b(?:{digits})|[一二三四])\s*(?:级|度)[^,，;；。]{{0,4}}(?:{words})|grade\s*(?:{digits})\W{{0,3}}(?:{words})"
        ):
            return grade
    return None


def albi(facts: Facts) -> Inputs | None:
    bilirubin, albumin = facts.value("bilirubin_mg_dl"), facts.value("albumin_g_dl")
    if bilirubin is None and albumin is None:
        return None
    return known(
        bili_umol=None if bilirubin is None else round(bilirubin * 17.1, 6),
        alb_g_l=None if albumin is None else round(albumin * 10, 6),
    )


def meld(**names: str) -> Build:
    """A score of the MELD family: laboratory values, dialysis, sex where it counts."""
    build = pick(**{k: v for k, v in names.items() if k != "female"})

    def read(facts: Facts) -> Inputs | None:
        inputs = build(facts)
        if inputs is None or len(inputs) < 2:
            return None
        female = facts.value("female") if "female" in names else None
        return inputs | known(female=female, dialysis=facts.stated(_DIALYSIS))

    return read
