"""Which regimen or drug a dose is asked for."""

from __future__ import annotations

from assistant.calculators.doses import doses as table
from assistant.calculators.doses import drugs_named, regimen_named
from assistant.recognition.facts import Facts
from assistant.recognition.inputs.body import body_surface
from assistant.recognition.inputs.common import Inputs, known

_DOSE = r"剂量|多少|几\s*(?:mg|毫克|毫升)|用量|mg\b|毫克|怎么打|怎么用|\bdos(?:e|es|ing)\b|how much|compute|calculate|算"
_BIWEEKLY = r"q2w|q14d|2周|两周|双周|biweekly|every 2|every two|every other week|fortnight"
_TRIWEEKLY = r"q3w|q21d|3周|三周|every 3|every three|7\.5|cape?ox|xelox"
_CHEMORADIATION = r"放化疗|同步放|放疗期间|chemo-?radi|\bcrt\b|with (?:rt|radio)"


def regimen(facts: Facts) -> Inputs | None:
    surface = body_surface(facts)
    name = _regimen_name(facts)
    if name is None:
        return None
    if surface is None and not (facts.value("weight_kg") is not None or facts.value("height_cm") is not None):
        return None
    if surface is None and drug(facts) is not None:
        return None
    return {"regimen": name} | known(bsa_m2=surface)


def _regimen_name(facts: Facts) -> str | None:
    drugs = drugs_named(facts.text)
    if facts.has(_CHEMORADIATION):
        with_liver = {"rectal_crt_mets_3": {"oxaliplatin", "capecitabine"}, "rectal_crt_mets_2": {"irinotecan", "fluorouracil"},
                      "rectal_crt_mets_1": {"oxaliplatin", "fluorouracil"}, "rectal_crt_no_mets": {"capecitabine"}}  # fmt: skip
        return next((name for name, parts in with_liver.items() if parts == drugs), None)
    if drugs == {"fluorouracil"} and facts.has(r"\blv\b|亚叶酸|leucovorin|四氢叶酸"):
        if facts.has(r"每周|周方案|weekly|roswell"):
            return "5FU_LV_weekly"
        if facts.has(r"[5五]\s*[日天]|days? ?x ?5|x ?5\b|d1-5|mayo|daily"):
            return "5FU_LV_daily5"
    name = regimen_named(facts.text)
    if name and name.startswith("cetuximab"):
        return "cetuximab_q2w" if facts.has(_BIWEEKLY) else "cetuximab_weekly"
    return name


def drug(facts: Facts) -> Inputs | None:
    weight = facts.value("weight_kg")
    asks = facts.has(r"多少\s*(?:mg|毫克)(?!\s*/)|how many mg|compute|calculate|算一?下")
    if (
        weight is None
        and not facts.given("weight_kg")
        and (not asks or facts.has(r"/\s*kg|每公斤|按公斤|按体重|weight-based|per kilo"))
    ):
        return None
    lowered = facts.text.lower()
    for name, entry in table().drugs.items():
        if not any(alias in lowered for alias in entry.names):
            continue
        if entry.mg_per_kg is None and (
            (weight is None and not facts.given("weight_kg")) or not facts.has(_DOSE)
        ):
            return None
        if name.startswith("bevacizumab"):
            name = (
                "bevacizumab_q3w" if facts.has(_TRIWEEKLY) and not facts.has(_BIWEEKLY) else "bevacizumab_q2w"
            )
        return {"drug": name} | known(weight_kg=weight)
    return None


def tas102(facts: Facts) -> Inputs | None:
    surface = body_surface(facts)
    if surface is None or facts.stated(r"tablets?(?: table)?|label|片|说明书") is False:
        return None
    return {"bsa_m2": surface}
