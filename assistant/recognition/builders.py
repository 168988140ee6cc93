"""Inputs of each calculation out of a text; None when it does not give enough to ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from assistant.calculators.bsa import FORMULAS, BodySurfaceInputs
from assistant.calculators.doses import doses, regimen_named
from assistant.measurements import quantities as q
from assistant.recognition.facts import Facts

Build = Callable[[Facts], dict[str, Any] | None]


class ImpossibleBody(ValueError):
    """Height or weight no one has; ``inputs`` are those of the calculator ``bsa``, which says why."""

    def __init__(self, height_cm: float, weight_kg: float) -> None:
        super().__init__(f"{height_cm:g} cm, {weight_kg:g} kg")
        self.inputs = {"height_cm": height_cm, "weight_kg": weight_kg}


def body_surface(height_cm: float, weight_kg: float) -> float:
    """Mosteller's body surface in m²; raises ImpossibleBody."""
    try:
        BodySurfaceInputs.model_validate({"height_cm": height_cm, "weight_kg": weight_kg})
    except ValidationError as error:
        raise ImpossibleBody(height_cm, weight_kg) from error
    return FORMULAS["mosteller"](height_cm, weight_kg)


def pick(*needed: str, **names: str) -> Build:
    """Inputs by finding or quantity; ``names``: input -> key. All of ``needed`` must be given."""

    def build(facts: Facts) -> dict[str, Any] | None:
        values = {name: facts.value(key) for name, key in names.items()}
        if any(values[name] is None and names[name] not in facts.quantities for name in needed):
            return None
        return {name: value for name, value in values.items() if value is not None}

    return build


def regimen(facts: Facts) -> dict[str, Any] | None:
    body = [facts.value(k) for k in ("bsa_m2", "height_cm", "weight_kg")]
    if all(v is None for v in body):
        return None
    name = regimen_named(facts.text)
    if name is None:
        return None
    if name.startswith("cetuximab"):
        name = (
            "cetuximab_q2w"
            if facts.has(r"q2w|2周|两周|双周|biweekly|every 2|every two")
            else "cetuximab_weekly"
        )
    inputs: dict[str, Any] = {"regimen": name}
    if body[0] is not None:
        inputs["bsa_m2"] = body[0]
    elif body[1] is not None and body[2] is not None:
        inputs["bsa_m2"] = body_surface(body[1], body[2])
    return inputs


def drug(facts: Facts) -> dict[str, Any] | None:
    lowered = facts.text.lower()
    if facts.value("weight_kg") is None and not facts.has(r"体重|weight|多少\s*(?:mg|毫克)|compute|算"):
        return None
    for name, drug in doses().drugs.items():
        if not any(alias in lowered for alias in drug.names):
            continue
        if drug.mg_per_kg is None:
            return None
        if name.startswith("bevacizumab"):
            name = (
                "bevacizumab_q3w"
                if facts.has(r"q3w|3周|三周|every 3|every three|7\.5")
                else "bevacizumab_q2w"
            )
        weight = facts.value("weight_kg")
        return {"drug": name} | ({"weight_kg": weight} if weight is not None else {})
    return None


def tnm(facts: Facts) -> dict[str, Any] | None:
    found = q.tnm(facts.text)
    if "T" not in found and "N" not in found:
        return None
    if "M" not in found:
        sites = [facts.has(p) for p in (r"肝转|肝上|liver", r"肺转|肺|lung", r"腹膜|periton")]
        if sites[2]:
            found["M"] = "M1c"
        elif sites[0] and sites[1]:
            found["M"] = "M1b"
        elif sites[0] or sites[1]:
            found["M"] = "M1a"
    if len(found) < 2:
        return None
    return {k: v for k, v in found.items()}


def nodes(facts: Facts) -> dict[str, Any] | None:
    match = re.search(
        r"(\d{1,3})\s*(?:枚|个)?\s*(?:区域)?(?:淋巴结)?(?:阳性|positive)|(?:阳性|positive)\D{0,8}(\d{1,3})\s*(?:枚|个|nodes?)?",
        facts.text,
        re.IGNORECASE,
    )
    deposits = facts.has(r"癌结节|种植结节|deposit")
    if match:
        return {"positive_nodes": int(next(g for g in match.groups() if g)), "tumor_deposits": deposits}
    if deposits and facts.has(r"没有?淋巴结|无淋巴结|淋巴结阴性|no nodes?|node.negative"):
        return {"positive_nodes": 0, "tumor_deposits": True}
    return None


def growth(facts: Facts) -> dict[str, Any] | None:
    found = q.growth(facts.text)
    return dict(zip(("sflr_pre_percent", "sflr_post_percent", "days"), found, strict=True)) if found else None


def sflr(facts: Facts) -> dict[str, Any] | None:
    flr = facts.value("flr_ml")
    if flr is None:
        return None
    bsa = facts.value("bsa_m2")
    height, weight = facts.value("height_cm"), facts.value("weight_kg")
    if bsa is None and height and weight:
        bsa = body_surface(height, weight)
    formula = (
        "urata"
        if facts.has("urata") and not facts.has("vauthey")
        else "feng_chinese_2017"
        if facts.has("feng")
        else "vauthey"
    )
    tlv = facts.value("total_liver_ml")
    return {"flr_ml": flr, "formula": formula} | ({"tlv_ml": tlv} if tlv else {"bsa_m2": bsa} if bsa else {})


def volume(facts: Facts) -> dict[str, Any] | None:
    bsa = facts.value("bsa_m2")
    if bsa is None or facts.value("flr_ml") is not None:
        return None
    formula = (
        "urata"
        if facts.has("urata")
        else "feng_chinese_2017"
        if facts.has("feng|中国|chinese")
        else "vauthey"
    )
    return {"bsa_m2": bsa, "formula": formula}


def interval(facts: Facts) -> dict[str, Any] | None:
    days = q.dates(facts.text)
    return {"last_dose": days[0].isoformat(), "surgery": days[1].isoformat()} if len(days) >= 2 else None


def window(facts: Facts) -> dict[str, Any] | None:
    days = q.dates(facts.text)
    return {"last_dose": days[0].isoformat()} if len(days) == 1 else None


def one_duration(name: str) -> Build:
    return lambda facts: {name: found[0]} if len(found := q.months(facts.text)) == 1 else None


def two_durations(facts: Facts) -> dict[str, Any] | None:
    found = q.months(facts.text)
    if len(found) != 2:
        pair = re.search(
            r"(\d+(?:\.\d+)?)\s*(?:months?|个月)\D{0,24}?(?:and|,|，)\s*(\d+(?:\.\d+)?)\s*(?:after|post|个月)",
            facts.text,
            re.IGNORECASE,
        )
        found = [float(g) for g in pair.groups()] if pair else []
    return {"months_before": found[0], "months_after": found[1]} if len(found) == 2 else None


def staged(facts: Facts) -> dict[str, Any] | None:
    match = re.search(r"(\d+(?:\.\d+)?)\s*(?:周|weeks?)", facts.text, re.IGNORECASE)
    if not match:
        return None
    therapy = None
    if facts.has(r"(?:没|无|未)[^,，。]{0,4}(?:化疗|系统治疗)|without (?:chemo|systemic)|no chemo"):
        therapy = False
    elif facts.has(r"化疗|系统治疗|chemo|systemic"):
        therapy = True
    return {"weeks_after_crc": float(match.group(1))} | (
        {"systemic_therapy": therapy} if therapy is not None else {}
    )


WORDS = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "单": 1,
    "one": 1,
    "single": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}


def _counted(text: str) -> int:
    return int(text) if text.isdigit() else WORDS[text.lower()]


def _first(match: re.Match[str] | None) -> int:
    return int(next(g for g in match.groups() if g)) if match else 0


def oligo(facts: Facts) -> dict[str, Any] | None:
    number = r"(\d{1,2}|[一两二三四五单]|one|single|two|three|four|five)"
    organs = re.search(number + r"\s*(?:个)?\s*(?:肝外)?(?:器官|organs?)", facts.text, re.IGNORECASE)
    lesions = re.search(
        number + r"\s*(?:个|枚|处)?\s*(?:肝外)?(?:病灶|灶|lesions?|mets)", facts.text, re.IGNORECASE
    )
    if not organs or not lesions:
        return None

    return {"organs": _counted(organs.group(1)), "lesions": _counted(lesions.group(1))}


def lung(facts: Facts) -> dict[str, Any] | None:
    left = re.search(r"左肺?\D{0,4}(\d{1,2})|(\d{1,2})\D{0,10}left", facts.text, re.IGNORECASE)
    right = re.search(r"右肺?\D{0,4}(\d{1,2})|(\d{1,2})\D{0,10}right", facts.text, re.IGNORECASE)
    only = re.search(r"(\d{1,2})\s*(?:个|枚)?\s*(?:结节|nodules?)", facts.text, re.IGNORECASE)
    size = facts.value("max_diameter_cm")

    if only and facts.has(r"right lung only|只有?右肺|仅右肺"):
        return {"n_left": 0, "n_right": int(only.group(1))} | ({"max_cm": size} if size else {})
    if only and facts.has(r"left lung only|只有?左肺|仅左肺"):
        return {"n_left": int(only.group(1)), "n_right": 0} | ({"max_cm": size} if size else {})
    if not left and not right:
        return None
    return {"n_left": _first(left), "n_right": _first(right)} | ({"max_cm": size} if size else {})


def child(facts: Facts) -> dict[str, Any] | None:
    build = pick(bili_mg_dl="bilirubin_mg_dl", alb_g_dl="albumin_g_dl", inr="inr")
    inputs = build(facts) or {}
    if facts.has(r"(?:无|没有?)腹水|no ascites|ascites (?:none|absent)"):
        inputs["ascites"] = "none"
    elif facts.has(r"大量腹水|重度腹水|severe ascites|tense ascites"):
        inputs["ascites"] = "severe"
    elif facts.has(r"中(?:等|量|度)[^,，]{0,2}腹水|moderate ascites"):
        inputs["ascites"] = "moderate"
    elif facts.has(r"少量腹水|轻度腹水|(?:slight|mild|small) ascites"):
        inputs["ascites"] = "slight"
    if facts.has(r"(?:无|没有?)(?:肝性)?脑病|no (?:he\b|hepatic enceph|enceph)"):
        inputs["enceph"] = "none"
    elif facts.has(r"(?:脑病|enceph\w*|\bhe\b)\D{0,8}[34]|[34]\s*(?:级|度|grade)\D{0,6}(?:脑病|enceph)"):
        inputs["enceph"] = "3-4"
    elif facts.has(r"(?:脑病|enceph\w*|\bhe\b)\D{0,8}[12]|[12]\s*(?:级|度|grade)\D{0,6}(?:脑病|enceph)"):
        inputs["enceph"] = "1-2"
    return inputs if len(inputs) >= 2 or "bilirubin_mg_dl" in facts.quantities else None


def albi(facts: Facts) -> dict[str, Any] | None:
    bilirubin, albumin = facts.value("bilirubin_mg_dl"), facts.value("albumin_g_dl")
    if bilirubin is None or albumin is None:
        return None
    return {"bili_umol": round(bilirubin * 17.1, 6), "alb_g_l": round(albumin * 10, 6)}


def milan(facts: Facts) -> dict[str, Any] | None:
    sizes = q.sizes_cm(facts.text)
    if not sizes:
        return None
    inputs: dict[str, Any] = {"sizes_cm": sizes}
    if facts.has(r"(?:无|没有?)[^,，。]{0,10}血管侵犯|no (?:macro)?vascular"):
        inputs["vascular"] = False
    elif facts.has(r"血管侵犯|癌栓|vascular invasion|thromb"):
        inputs["vascular"] = True
    if facts.has(r"(?:无|没有?)[^,，。]{0,12}肝外|no [^,.]{0,30}extrahepatic"):
        inputs["extrahepatic"] = False
    elif facts.has(r"肝外转移|extrahepatic"):
        inputs["extrahepatic"] = True
    return inputs


def response(facts: Facts) -> dict[str, Any] | None:
    inputs = pick(
        "baseline_mm", "current_mm", baseline_mm="baseline_mm", nadir_mm="nadir_mm", current_mm="current_mm"
    )(facts)
    if inputs is None:
        return None
    if facts.has(r"(?:无|没有?)新(?:发)?(?:病)?灶|no new lesion"):
        inputs["new_lesion"] = False
    elif facts.has(r"新(?:发)?(?:病)?灶|new lesion"):
        inputs["new_lesion"] = True
    return inputs


def mresponse(facts: Facts) -> dict[str, Any] | None:
    inputs = response(facts)
    return {k.replace("_mm", "_viable"): v for k, v in inputs.items()} if inputs else None


def stage_two(facts: Facts) -> dict[str, Any] | None:
    inputs: dict[str, Any] = {}
    nodes = re.search(
        r"(\d{1,2})\s*(?:枚|个|nodes?)\D{0,8}(?:淋巴结|examined|harvest)|(?:淋巴结|nodes?)\D{0,10}(\d{1,2})\s*(?:枚|个)?",
        facts.text,
        re.IGNORECASE,
    )
    if nodes:
        inputs["nodes_lt_12"] = int(next(g for g in nodes.groups() if g)) < 12
    for name, pattern in (("T4", r"\bp?T4"), ("poor_diff", r"低分化|分化差|poor(?:ly)? diff"), ("lvi_pni", r"脉管|神经侵犯|LVI|PNI|perineural|lymphovascular"),
                          ("obstruction", r"梗阻|obstruct"), ("perforation", r"穿孔|perforat"), ("margin_uncertain", r"切缘(?:阳性|不)|margin (?:positive|uncertain)")):  # fmt: skip
        if facts.has(pattern):
            inputs[name] = not facts.has(rf"(?:无|没有?|no )[^,，。]{{0,3}}(?:{pattern})")
    return inputs or None


def level(facts: Facts) -> dict[str, Any] | None:
    level = q.evidence_level(facts.text)
    return {"level": level} if level else None


def resection(facts: Facts) -> dict[str, Any] | None:
    match = re.search(r"(\d+(?:\.\d+)?)\s*[%％]", facts.text)
    if not match:
        return None
    setting = (
        "synchronous_one_stage"
        if facts.has(r"一期|同步|同期|同时|one.stage|simultaneous|synchronous")
        else "metachronous"
        if facts.has(r"异时|二期|metachron|staged")
        else None
    )
    return {"resected_percent": float(match.group(1))} | ({"setting": setting} if setting else {})


def pve(facts: Facts) -> dict[str, Any] | None:
    flr = facts.value("flr_percent")
    if flr is None:
        return None
    injury = None
    if facts.has(r"(?:未|没有?|无)[^,，。]{0,4}(?:化疗|肝损伤)|no chemo|healthy liver"):
        injury = False
    elif facts.has(r"化疗|chemo") and facts.has(r"损伤|脂肪|窦|steato|injur|damage|sinusoid|heavily|强烈"):
        injury = True
    return {"flr_percent": flr} | ({"chemo_injury": injury} if injury is not None else {})


def bed(facts: Facts) -> dict[str, Any] | None:
    inputs = pick(
        "fractions",
        "dose_per_fraction_gy",
        fractions="fractions",
        dose_per_fraction_gy="dose_per_fraction_gy",
        alpha_beta_gy="alpha_beta_gy",
    )(facts)
    if inputs and "fractions" in inputs:
        inputs["fractions"] = int(inputs["fractions"])
    return inputs


def sbrt(facts: Facts) -> dict[str, Any] | None:
    inputs = bed(facts)
    if inputs is None:
        return None
    inputs.pop("alpha_beta_gy", None)
    size = facts.value("max_diameter_cm")
    return inputs | ({"diameter_cm": size} if size else {})


def cycles(facts: Facts) -> dict[str, Any] | None:
    match = re.search(r"(\d{1,2})\s*(?:个)?\s*(?:周期|疗程|程|cycles?)", facts.text, re.IGNORECASE)
    return {"cycles": int(match.group(1))} if match else None
