"""Labelled figures with units: laboratory values, body size, volumes, doses, times, dates.

A unit that is missing is assumed only where one reading is plausible, and said; where two are, it is asked.
Conversions of amounts of substance are those of the field (bilirubin 17.1, creatinine 88.4 µmol/L per mg/dL).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.measurements.conflicts import after_restating, corrected, differ, pair
from assistant.measurements.limits import side_of
from assistant.measurements.statements import EARLIER
from assistant.measurements.touching import a_range, as_said, more_of_a_number, number_before, other_unit
from assistant.measurements.units import convert
from corpus.terminology.forms import has_chinese

Told = tuple[str, str]


@dataclass(frozen=True)
class Reading:
    """One value, the text it stands in, what was assumed, or what has to be asked instead."""

    value: float | str | bool | None
    span: str
    assumed: Told | None = None
    unclear: Told | None = None


@dataclass(frozen=True)
class Quantity:
    """How a figure is called and in which units it comes; factors lead to the unit of the key."""

    key: str
    labels: str
    units: dict[str, float]
    bare: Callable[[float, str], tuple[float | None, Told | None]]
    """What a figure without a unit is taken for, given the figure and the text; None asks."""


def _as_is(value: float, text: str) -> tuple[float | None, Told | None]:
    return value, None


def _said(zh: str, en: str) -> Callable[[float, str], tuple[float | None, Told | None]]:
    return lambda value, text: (value, (zh, en))


def _bilirubin(value: float, text: str) -> tuple[float | None, Told | None]:
    if value <= 15:
        return value, ("胆红素单位按 mg/dL", "bilirubin taken as mg/dL")
    if has_chinese(text):
        return value / 17.1, ("胆红素单位按 μmol/L", "bilirubin taken as µmol/L")
    return None, ("胆红素的单位是μmol/L还是mg/dL？", "Is the bilirubin in µmol/L or mg/dL?")


def _albumin(value: float, text: str) -> tuple[float | None, Told | None]:
    if value >= 10:
        return value / 10, ("白蛋白单位按 g/L", "albumin taken as g/L")
    return value, ("白蛋白单位按 g/dL", "albumin taken as g/dL")


def _creatinine(value: float, text: str) -> tuple[float | None, Told | None]:
    if value > 20:
        return value / 88.4, ("肌酐单位按 μmol/L", "creatinine taken as µmol/L")
    return value, ("肌酐单位按 mg/dL", "creatinine taken as mg/dL")


def _platelets(value: float, text: str) -> tuple[float | None, Told | None]:
    if value > 2000:
        return value / 1000, ("血小板单位按 /μL", "platelets taken as /µL")
    return value, ("血小板单位按 10⁹/L", "platelets taken as 10⁹/L")


def _millilitres(value: float, text: str) -> tuple[float | None, Told | None]:
    """A volume without a unit beside one that has it."""
    if re.search(r"\d\s*(?:ml|毫升|cc|cm3)(?![a-z/])", text, re.IGNORECASE):
        return value, ("体积单位按 mL", "volumes taken as mL")
    return None, None


MICROMOLE = r"[μµu]mol/l"
QUANTITIES = (
    Quantity("height_cm", r"身高|height|\bht(?![a-z])|\btall", {"cm": 1, "厘米": 1, r"m\b": 100, "米": 100}, _said("身高单位按 cm", "height taken as cm")),
    Quantity("weight_kg", r"体重|weight|\bwt(?![a-z])|weighs", {"kg": 1, "公斤": 1, "千克": 1, "kilos?|kilograms?|kgs": 1, "斤": 0.5, "lbs?|pounds?|磅": 0.45359237}, _said("体重单位按 kg", "weight taken as kg")),
    Quantity("bsa_m2", r"bsa|体表(?:面积)?|body surface(?: area)?", {"m2|m²|㎡|平方米?": 1}, _said("体表面积单位按 m²", "body surface taken as m²")),
    Quantity("bilirubin_mg_dl", r"总?胆红素|总胆(?!固醇|管|囊)|t?bili?(?:rubin)?(?![a-z])|\btbil(?![a-z])", {"mg/dl": 1, MICROMOLE: 1 / 17.1}, _bilirubin),
    Quantity("albumin_g_dl", r"白蛋白|albumin|\balb(?![a-z])", {"g/dl": 1, "g/l": 0.1}, _albumin),
    Quantity("creatinine_mg_dl", r"肌酐|creatinine|\bs?cr(?:eat?)?(?![a-z])", {"mg/dl": 1, MICROMOLE: 1 / 88.4}, _creatinine),
    Quantity("sodium_mmol_l", r"血?钠|sodium|(?<!meld)(?<!meld[- ])\bna(?![a-z])", {"mmol/l": 1, "meq/l": 1}, _as_is),
    Quantity("inr", r"\binr(?![a-z])", {}, _as_is),
    Quantity("platelet_e9_l", r"血小板|platelets?|\bplt(?![a-z])", {r"[x×*]?\s*10\^?9/l|g/l|e9/l": 1, "万(?:/[μµu]l)?": 10, "/[μµu]l|/mm3": 0.001}, _platelets),
    Quantity("ast_uln_u_l", r"(?:ast)?(?:正常)?上限|uln|upper limit(?: of normal)?", {"u/l|iu/l": 1}, _as_is),
    Quantity("ast_u_l", r"\bast(?![a-z])|谷草转氨酶|天冬氨酸氨基转移酶", {"u/l|iu/l": 1}, _as_is),
    Quantity("alt_u_l", r"\balt(?![a-z])|谷丙转氨酶|丙氨酸氨基转移酶", {"u/l|iu/l": 1}, _as_is),
    Quantity("age", r"年龄|\bage(?![a-z])|aged", {"岁": 1, "years?": 1}, _as_is),
    Quantity("flr_ml", r"残肝(?:体积)?|残余肝(?:体积)?|剩余肝(?:体积)?|\bflr(?![a-z])(?: volume)?|remnant(?: volume)?", {"ml|毫升|cm3|cc": 1}, _millilitres),
    Quantity("total_liver_ml", r"全肝(?:体积)?|肝(?:脏)?总体积|总肝(?:体积)?|total liver(?: volume)?|\btlv(?![a-z])|whole liver", {"ml|毫升|cm3|cc": 1}, _millilitres),
    Quantity("tumor_ml", r"肿瘤(?:体积)?|tumou?r(?: volume)?", {"ml|毫升|cm3|cc": 1}, _millilitres),
    Quantity("margin_mm", r"切缘|margin", {"mm|毫米": 1, "cm|厘米": 10}, lambda v, t: (None, None)),
    Quantity("distance_mm", r"距(?:离)?(?:主?胆管)?|离(?:主?胆管)?|lesion|distance|met(?![a-z])|from (?:the )?(?:main )?bile duct", {r"mm|毫米": 1, "cm|厘米": 10}, lambda v, t: (None, None)),
    Quantity("dose_per_fraction_gy", r"每次|单次(?:剂量)?|per fraction|/\s*fx|a fraction|each", {"gy": 1}, lambda v, t: (None, None)),
    Quantity("tumor_dose_gy", r"(?:肿瘤)?(?:吸收)?剂量|tumou?r dose|absorbed dose|钇90(?!\d)|y-?90(?!\d)", {"gy": 1}, lambda v, t: (None, None)),
    Quantity("alpha_beta_gy", r"α/β|a/b|alpha/?beta|alpha beta", {"gy": 1}, _as_is),
    Quantity("percent_3mm", r"3\s*(?:mm|毫米)(?![^\d]{0,14}\d\s*(?:mm|毫米|D))[^\d]{0,12}", {"%|％": 1}, lambda v, t: (None, None)),
    Quantity("percent_6mm", r"6\s*(?:mm|毫米)(?![^\d]{0,14}\d\s*(?:mm|毫米|D))[^\d]{0,12}", {"%|％": 1}, lambda v, t: (None, None)),
    Quantity("depth_cm", r"深度?(?:约|为)?(?=\s*\d)|[距离](?:离)?肝?(?:脏)?(?:表面|包膜)|(?:below|beneath|under|from) the (?:liver )?(?:surface|capsule)|subcapsular|deep|depth", {"cm|厘米": 1, "mm|毫米": 0.1}, lambda v, t: (None, None)),
    Quantity("baseline_mm", r"基线(?:总?(?:径|和))?|baseline(?: sum)?", {"mm|毫米": 1, "cm|厘米": 10}, _said("长度单位按 mm", "lengths taken as mm")),
    Quantity("nadir_mm", r"最低(?:值|点)?|最小(?:值|径和)?|nadir", {"mm|毫米": 1, "cm|厘米": 10}, _said("长度单位按 mm", "lengths taken as mm")),
    Quantity("current_mm", r"现在|目前|当前|周后|复查|本次|这次|最近|now|today|latest|current(?: sum)?", {"mm|毫米": 1, "cm|厘米": 10}, _said("长度单位按 mm", "lengths taken as mm")),
)  # fmt: skip
_WEIGHT = next(quantity for quantity in QUANTITIES if quantity.key == "weight_kg")
ONE_VALUE = frozenset(
    ("height_cm", "weight_kg", "bsa_m2", "bilirubin_mg_dl", "albumin_g_dl", "creatinine_mg_dl", "sodium_mmol_l", "inr", "platelet_e9_l", "age")
)  # fmt: skip
"""What a patient has one value of: two different ones are asked about."""
KEYS = frozenset((*(quantity.key for quantity in QUANTITIES), "fractions", "female"))
_IMPERIAL = re.compile(
    r"(\d)\s*'\s*(\d{1,2}(?:\.\d)?)\s*(?:\"|''|in)?|(\d)\s*(?:ft|feet)\s*(\d{1,2})", re.IGNORECASE
)
_WEIGHED = r"(\d{2,3}(?:\.\d)?)\s*(kg|公斤|千克|斤|lbs?)"
_BODY = re.compile(
    rf"(?<![\d.])(1\d\d(?:\.\d)?|2[0-2]\d)\s*cm\D{{1,8}}{_WEIGHED}|{_WEIGHED}\D{{1,8}}(1\d\d(?:\.\d)?)\s*cm",
    re.IGNORECASE,
)
_WEIGHT_ALONE = re.compile(
    r"(?<![\d.])(\d{2,4}(?:\.\d{1,2})?)\s*(kgs?(?![/²a-z0-9])|kilos?(?![a-z])|kilograms?|公斤|千克|lbs?(?![a-z])|pounds?(?![a-z])|磅|斤)",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"胆红素|总胆|白蛋白|肌酐|血?钠|血小板|体重|身高|bilirubin|\bbili\b|albumin|\balb\b|creatinine|\bcr\b|sodium|platelet|\binr\b|\bast\b|\balt\b|weight|height",
    re.IGNORECASE,
)
"""A figure belongs to the label next to it."""
_BARE_SURFACE = re.compile(
    r"(?<![\d./])([12]\.\d{1,2}|0\.[89]\d?)\s*(?:m2|m²|㎡|平方)(?!\s*/|[a-z])", re.IGNORECASE
)
_AGE = re.compile(
    r"(?<![\d.])(\d{2,3})\s*(?:岁|-?\s*y(?:ea)?rs?[- ]?old|\s?y/?o\b|\s?y\b|(?=[mf]\b))", re.IGNORECASE
)
_FEMALE = re.compile(r"女性?(?!儿)|\bfemale\b|\bwoman\b|\b(?:she|her)\b|(?<=\d)f\b", re.IGNORECASE)
_MALE = re.compile(
    r"男性?|\bmale\b|\bman\b|\b(?:he|his)\b(?! (?:grade|stage|enceph))|(?<=\d)m\b(?!\s*²)", re.IGNORECASE
)
_TIMES = re.compile(r"(?<![\d.])(\d{1,2})\s*(?:次|fractions?|fx\b|f\b)", re.IGNORECASE)
_YEAR = range(1900, 2101)
_COUNT_GY = re.compile(
    r"(\d+(?:\.\d+)?)\s*gy\s*[x×*]\s*(\d{1,2})|(\d{1,2})\s*[x×*]\s*(\d+(?:\.\d+)?)\s*gy|(\d+(?:\.\d+)?)\s*gy\s*打\s*(\d{1,2})\s*次", re.IGNORECASE
)  # fmt: skip
_ONE_GY = re.compile(
    r"\bsingle (?:(?:dose|fraction|shot) )?(?:of )?(\d+(?:\.\d+)?)\s*gy(?!\s*(?:[x×*/]|in\b|per\b))|(\d+(?:\.\d+)?)\s*gy\s*(?:in (?:one|1|a single)|as a single)\b(?! fractions)",
    re.IGNORECASE,
)
_TOTAL_GY = re.compile(
    r"(\d+(?:\.\d+)?)\s*gy\s*(?:in|/|分)\s*(\d{1,2})\s*(?:fractions?|fx|次)?", re.IGNORECASE
)


def read_quantities(text: str) -> dict[str, Reading]:
    """Every labelled figure of a text; the first of each."""
    found: dict[str, Reading] = {}
    for quantity in QUANTITIES:
        if reading := _labelled(quantity, text):
            found[quantity.key] = reading
    _body(text, found)
    _fractions(text, found)
    _person(text, found)
    return found


def _labelled(quantity: Quantity, text: str) -> Reading | None:
    """The first reading; none when another says the same thing differently."""
    first: tuple[Reading, int] | None = None
    for reading, end in _readings(quantity, text):
        if first is None:
            first = (reading, end)
            if quantity.key not in ONE_VALUE or reading.value is None:
                break
        elif EARLIER in text[:end]:
            break
        elif reading.value is not None and differ(_number(first[0]), _number(reading)):
            if not corrected(text[first[1] : end]):
                return _contradiction(first[0].span, reading.span)
            first = (reading, end)
    if first is not None and first[0].value is not None and (said := _said_again(quantity, text, first[1])):
        value, span = said
        if differ(_number(first[0]), value):
            return _contradiction(first[0].span, span)
    return first[0] if first else None


def _number(reading: Reading) -> float:
    return float(reading.value or 0)


def _contradiction(first: str, second: str) -> Reading:
    both = pair(first, second)
    asked = (f"{both} 相互矛盾：以哪个为准？", f"{both} contradict each other: which is right?")
    return Reading(None, first, unclear=asked)


def _said_again(quantity: Quantity, text: str, end: int) -> tuple[float, str] | None:
    """The same value in another unit right after it: 60kg，也就是|150斤."""
    start = after_restating(text, end)
    if start is None or not quantity.units:
        return None
    units = "|".join(f"(?P<u{n}>{u})" for n, u in enumerate(quantity.units))
    match = re.compile(rf"(\d+(?:\.\d+)?)\s*(?:{units})", re.IGNORECASE | re.ASCII).match(text, start)
    if match is None:
        return None
    factor = next(f for n, f in enumerate(quantity.units.values()) if match[f"u{n}"])
    return float(match.group(1)) * factor, match.group()


def _readings(quantity: Quantity, text: str) -> Iterator[tuple[Reading, int]]:
    """Every reading of a quantity and where it ends, those with the label before the figure first."""
    for match in _places(quantity, text):
        value, unit = float(match["value"]), match["unit"]
        if not unit and value.is_integer() and int(value) in _YEAR:
            continue
        if side_of(text, match.start("value"), match.end("value")) is not None:
            continue
        if _OTHER_LABEL.search(match.groupdict().get("gap") or ""):
            continue
        told_only_in_part = more_of_a_number(text, match.end()) or number_before(text, match.start("value"))
        if told_only_in_part or (
            not unit and (other_unit(text, match.end()) or _opens_range(quantity, match))
        ):
            yield Reading(None, match.group().strip(), unclear=_unread(match)), match.end()
            continue
        if unit:
            factor = next(
                f for u, f in quantity.units.items() if re.fullmatch(u, unit, re.IGNORECASE | re.ASCII)
            )
            yield Reading(round(value * factor, 9), match.group().strip()), match.end()
            continue
        taken, told = quantity.bare(value, text)
        if taken is not None:
            yield Reading(round(taken, 9), match.group().strip(), assumed=told), match.end()
        elif told is not None:
            yield Reading(None, match.group().strip(), unclear=told), match.end()


def _opens_range(quantity: Quantity, match: re.Match[str]) -> bool:
    """A range of a value; lengths of a course are written that way as well (80-56 mm)."""
    return not quantity.key.endswith("_mm") and a_range(match.string, match.end())


def _unread(match: re.Match[str]) -> Told:
    """The question about a figure that goes on in a way not understood."""
    said = as_said(match)
    return (
        f"“{said}”没有读懂：数值和单位是多少？",
        f"“{said}” was not understood: what are the value and its unit?",
    )


def _places(quantity: Quantity, text: str) -> Iterator[re.Match[str]]:
    """Where a label stands before a figure, then where one stands after it."""
    for pattern in _patterns(quantity.labels, tuple(quantity.units)):
        yield from pattern.finditer(text)


@cache
def _patterns(labels: str, units_of: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    units = "|".join(f"(?:{u})" for u in units_of) or "(?!)"
    number = r"(?P<value>-?\d+(?:\.\d+)?)"
    before = rf"(?:{labels})(?P<gap>[^\d,，;；。\n-]{{0,10}}){number}\s*(?P<unit>{units})?(?![\d.]*\d)"
    after = rf"(?<![\d.]){number}\s*(?P<unit>{units})\s*(?:的|of (?:the )?|at (?:the )?)?\s*(?:{labels})"
    flags = re.IGNORECASE | re.ASCII
    return re.compile(before, flags), re.compile(after, flags)


def _body(text: str, found: dict[str, Reading]) -> None:
    if match := _IMPERIAL.search(text):
        feet, inches = (float(g) for g in match.groups() if g)
        found["height_cm"] = Reading(convert(feet * 12 + inches, "inch", "cm"), match.group())
    if match := _BODY.search(text):
        found.setdefault("height_cm", Reading(float(match.group(1) or match.group(6)), match.group()))
    if "bsa_m2" not in found and (match := _BARE_SURFACE.search(text)):
        found["bsa_m2"] = Reading(float(match.group(1)), match.group())
    alone = _weight_alone(text, given="weight_kg" in found)
    if alone is not None:
        match = alone
        if more_of_a_number(text, match.end()) or number_before(text, match.start()):
            found["weight_kg"] = Reading(None, match.group(), unclear=_unread(match))
            return
        unit = match.group(2).lower()
        factor = 0.5 if unit == "斤" else 0.45359237 if unit[0] in "lp磅" else 1.0
        weight = round(float(match.group(1)) * factor, 9)
        said = _said_again(_WEIGHT, text, match.end())
        if said and differ(weight, said[0]):
            found["weight_kg"] = _contradiction(match.group(), said[1])
        else:
            found["weight_kg"] = Reading(weight, match.group())


def _weight_alone(text: str, given: bool) -> re.Match[str] | None:
    """A weight without a label: the first, or one that corrects what was said before it."""
    first: re.Match[str] | None = None
    for match in _WEIGHT_ALONE.finditer(text.split(EARLIER)[0] if given else text):
        if (first is None and not given) or (
            corrected(text[first.end() if first else 0 : match.start()])
            and EARLIER not in text[: match.end()]
        ):
            first = match
    return first


def _person(text: str, found: dict[str, Reading]) -> None:
    if "age" not in found and (match := _AGE.search(text)):
        found["age"] = Reading(float(match.group(1)), match.group())
    woman, man = _FEMALE.search(text), _MALE.search(text)
    if woman and not man:
        found["female"] = Reading(True, woman.group())
    elif man and not woman:
        found["female"] = Reading(False, man.group())


def _fractions(text: str, found: dict[str, Reading]) -> None:
    matches = _gy_matches(text)
    if matches:
        dose, count = _dose_and_count(matches[0])
        found["dose_per_fraction_gy"] = Reading(dose, matches[0].group())
        found["fractions"] = Reading(float(count), matches[0].group())
    elif "dose_per_fraction_gy" in found and (match := _TIMES.search(text)):
        found["fractions"] = Reading(float(match.group(1)), match.group())


def _dose_and_count(match: re.Match[str]) -> tuple[float, int]:
    """Dose per fraction in Gy and number of fractions, of a match of either pattern."""
    if match.re is _ONE_GY:
        return float(match.group(1) or match.group(2)), 1
    if match.re is _TOTAL_GY:
        return float(match.group(1)) / float(match.group(2)), int(match.group(2))
    a, b, c, d, e, f = match.groups()
    dose, count = (a, b) if a else (d, c) if c else (e, f)
    return float(dose), int(count)


def fractionations(text: str) -> list[tuple[float, int]]:
    """Every (dose per fraction in Gy, number of fractions) of a text, in its order."""
    return list(dict.fromkeys(_dose_and_count(match) for match in _gy_matches(text)))


def _gy_matches(text: str) -> list[re.Match[str]]:
    patterns = (_COUNT_GY, _TOTAL_GY, _ONE_GY)
    return sorted((m for p in patterns for m in p.finditer(text)), key=lambda m: m.start())
