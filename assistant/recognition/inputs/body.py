"""Body surface, liver volumes and their growth."""

from __future__ import annotations

import re

from pydantic import ValidationError

from assistant.calculators.bsa import FORMULAS, BodySurfaceInputs
from assistant.measurements.dates import find_dates
from assistant.measurements.limits import side_of
from assistant.recognition.facts import Facts
from assistant.recognition.inputs.common import Inputs, known, pick

LIVER_FORMULAS = {
    "vauthey": "vauthey",
    "urata": "urata",
    "feng_chinese_2017": r"\bfeng\b|中国人|中国成人|chinese formula",
    "chan_hongkong_2006": r"\bchan\b|香港|hong ?kong",
}
"""Formula -> the words that name it."""
_NUMBER = r"(\d+(?:\.\d+)?)"
_ARROW = r"\s*(?:->|=>|→|—>|~|至|到|to|升至|升到|增至|增到|增加到|涨到|变为|变成)\s*"
_GROWTH_TIGHT = re.compile(rf"{_NUMBER}\s*[%％]?{_ARROW}{_NUMBER}\s*[%％]", re.IGNORECASE)
_GROWTH_LOOSE = re.compile(
    rf"{_NUMBER}\s*[%％]\s*(?:before\w*|pre-?\w*|术前|栓塞前|原来)\s*[,，;；]?\s*(?:and |then )?{_NUMBER}\s*[%％]|{_NUMBER}\s*[%％].{{0,24}}?(?:到|至|to|后|升|增|涨|post|after|now|现).{{0,14}}?{_NUMBER}\s*[%％]",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?:s?flr|残肝|remnant)[^\d,，;；。]{{0,14}}{_NUMBER}\s*[%％]", re.IGNORECASE)
_REMOVAL = re.compile(r"切掉|切去|要切|拟切|切肝|肝切|切除|remov\w*|resect\w*", re.IGNORECASE)
_PVE_DONE = r"\b(?:after|post|since|following)[- ](?:the )?(?:pve|pvl|portal|emboli)|(?:pve|pvl|栓塞|结扎)(?:术)?(?:后|做完|完成)|(?:已经?|刚)做(?:过|了|完)?(?:的)?(?:pve|pvl|栓塞)|做的\s*(?:pve|pvl|栓塞)|\bhad (?:a )?(?:pve|pvl)|(?:pve|pvl) (?:\d+ \w+ ago|done)"
_DAYS = re.compile(rf"{_NUMBER}\s*(天|日|d(?:ays?)?\b|周|w(?:ee)?ks?\b)", re.IGNORECASE)
_ON_DAY = re.compile(r"(?:day|第)\s*(\d{1,3})(?:\s*(?:天|日)|\b)", re.IGNORECASE)
_MILLILITRES = re.compile(rf"{_NUMBER}\s*(?:ml|毫升|cc|cm3|cm³)(?![a-z/])", re.IGNORECASE)


class ImpossibleBody(ValueError):
    """Height or weight no one has; ``inputs`` are those of the calculator ``bsa``, which says why."""

    def __init__(self, height_cm: float, weight_kg: float) -> None:
        super().__init__(f"{height_cm:g} cm, {weight_kg:g} kg")
        self.inputs = {"height_cm": height_cm, "weight_kg": weight_kg}


def body_surface(facts: Facts) -> float | None:
    """Given, or Mosteller's from height and weight, in m²; raises ImpossibleBody."""
    given = facts.value("bsa_m2")
    if given is not None:
        return float(given)
    height, weight = facts.value("height_cm"), facts.value("weight_kg")
    if height is None or weight is None:
        return None
    try:
        BodySurfaceInputs.model_validate({"height_cm": height, "weight_kg": weight})
    except ValidationError as error:
        raise ImpossibleBody(height, weight) from error
    return FORMULAS["mosteller"](height, weight)


def bsa(facts: Facts) -> Inputs | None:
    inputs = pick(height_cm="height_cm", weight_kg="weight_kg")(facts)
    if facts.value("bsa_m2") is not None and len(inputs or {}) < 2:
        return None
    named = {"dubois": r"du ?bois", "haycock": "haycock", "stevenson": "stevenson|许文生"}
    formula = next((name for name, words in named.items() if facts.has(words)), None)
    return None if inputs is None else inputs | known(formula=formula)


def formulas(facts: Facts) -> list[str]:
    """The liver-volume formulas a text names; the first is used where one is needed."""
    return [name for name, words in LIVER_FORMULAS.items() if facts.has(words)]


def total_liver_volume(facts: Facts) -> Inputs | None:
    if facts.value("flr_ml") is not None and not facts.has(r"\btlv\b|肝体积"):
        return None
    formula = next(iter(formulas(facts)), "vauthey")
    if formula == "chan_hongkong_2006":
        female = facts.value("female")
        weight = facts.value("weight_kg")
        return (
            None
            if weight is None
            else known(formula=formula, weight_kg=weight, male=None if female is None else not female)
        )
    surface = body_surface(facts)
    return None if surface is None else {"bsa_m2": surface, "formula": formula}


def sflr(facts: Facts) -> Inputs | None:
    flr = facts.value("flr_ml")
    volumes = _MILLILITRES.findall(facts.text)
    if len(volumes) == 1 and "flr_ml" not in facts.quantities:
        flr = float(volumes[0])
    if flr is None:
        return None
    formula = next((f for f in formulas(facts) if f != "chan_hongkong_2006"), "vauthey")
    tlv = facts.value("total_liver_ml")
    surface = None if tlv else body_surface(facts)
    return {"flr_ml": flr, "formula": formula} | known(tlv_ml=tlv, bsa_m2=surface)


def flr_percent(facts: Facts) -> Inputs | None:
    """Remnant, whole liver and tumour; a volume without a name beside the other two is the remnant."""
    named = {key: facts.value(key) for key in ("flr_ml", "total_liver_ml", "tumor_ml")}
    if named["flr_ml"] is None:
        others = [v for v in map(float, _MILLILITRES.findall(facts.text)) if v not in named.values()]
        if len(others) != 1 or named["total_liver_ml"] is None:
            return None
        named["flr_ml"] = others[0]
    return known(**named)


def growth(facts: Facts) -> Inputs | None:
    match = _GROWTH_TIGHT.search(facts.text) or _GROWTH_LOOSE.search(facts.text)
    if not match:
        return _growth_between(facts)
    span = _days(facts.text)
    first, second = (float(share) for share in match.groups() if share)
    return {"sflr_pre_percent": first, "sflr_post_percent": second} | known(days=span)


def _days(text: str) -> float | None:
    for dated in reversed(find_dates(text)):
        text = f"{text[: dated.start]} ; {text[dated.end :]}"
    if match := _DAYS.search(text):
        return float(match.group(1)) * (7 if match.group(2)[0] in "周wW" else 1)
    on_day = _ON_DAY.search(text)
    return float(on_day.group(1)) if on_day else None


def _growth_between(facts: Facts) -> Inputs | None:
    """Two remnants given apart, with the days between them or two dates."""
    shares = [float(v) for v in _SHARE.findall(facts.text)]
    every = [float(v) for v in re.findall(rf"{_NUMBER}\s*[%％]", facts.text)]
    if len(shares) == 1 and len(every) == 2:
        shares = every
    if len(shares) != 2:
        return None
    dates = [d.day for d in find_dates(facts.text) if d.exact]
    span = _days(facts.text)
    if len(dates) == 2:
        span = float((dates[1] - dates[0]).days)
    return {"sflr_pre_percent": shares[0], "sflr_post_percent": shares[1]} | known(days=span)


def _removed(text: str) -> re.Match[str] | None:
    """The percentage that is said to be removed: the one next to the word, and never the remnant's."""
    shares = [m for m in re.finditer(rf"{_NUMBER}\s*[%％]", text)]
    remnants = [m.span(1) for m in _SHARE.finditer(text)]
    shares = [m for m in shares if not any(start <= m.start(1) < end for start, end in remnants)]
    words = [m.span() for m in _REMOVAL.finditer(text)]
    if not shares or not words:
        return shares[0] if shares else None
    return min(shares, key=lambda m: min(max(m.start() - end, start - m.end(), 0) for start, end in words))


def resection(facts: Facts) -> Inputs | None:
    match = _removed(facts.text)
    if not match or side_of(facts.text, match.start(1), match.end(1)) is not None:
        return None
    setting = (
        "synchronous_one_stage"
        if facts.has(
            r"一期|同步|同期|同时|one.?stage|simultaneous|synchronous|same (?:operation|session)|combined"
        )
        else "metachronous"
        if facts.has(r"异时|二期|分期|metachron|staged|two.?stage")
        else None
    )
    cirrhosis = facts.stated(r"肝硬化|cirrho\w*")
    return {"resected_percent": float(match.group(1))} | known(setting=setting, cirrhosis=cirrhosis)


def pve(facts: Facts) -> Inputs | None:
    flr = facts.value("flr_percent")
    if flr is None or facts.has(_PVE_DONE):
        return None
    damage = r"肝?(?:实质)?损伤|肝损|伤肝|损害|脂肪(?:肝|变)|肝窦|蓝肝|steato\w*|injur\w*|damage\w*|sinusoid\w*|CASH\b|blue liver"
    harm, chemo = (
        facts.stated(damage),
        facts.stated(r"化疗|chemo\w*|folf\w+|cape?ox|xelox|oxaliplatin|奥沙利铂|heavily (?:pre)?treated"),
    )
    injury = True if harm and chemo is not False else False if harm is False or chemo is False else None
    if facts.has(r"healthy liver|normal liver|肝脏?(?:质地)?正常|肝实质正常"):
        injury = False
    return {"flr_percent": flr} | known(chemo_injury=injury)
