"""Radiotherapy, timing and length of drug treatment, follow-up, response."""

from __future__ import annotations

import re

from assistant.measurements.dates import Dated, find_dates, near
from assistant.measurements.findings import DISTANCE
from assistant.measurements.lengths import lengths_mm, sizes_with_units_cm
from assistant.recognition.facts import Facts
from assistant.recognition.inputs.common import Inputs, durations, known, pick

_BEVACIZUMAB = r"贝伐\w*|安维汀|avastin|\bbev\w*"
_SURGERY = r"手术|切除|切肝|肝切|开刀|surgery|operat\w*|hepatectomy|resection"
_CHEMO = r"化疗|系统(?:性)?治疗|全身治疗|新辅助|chemo\w*|systemic|folf\w+|cape?ox|xelox"
_CYCLES = re.compile(
    r"(?P<before>\d{1,2})\s*(?:more |additional |further |extra )?(?:个)?\s*(?:周期|疗程|程|cycles?|courses?)|cycles?\s*(?P<after>\d{1,2})",
    re.IGNORECASE,
)
_MORE = re.compile(r"又|再|加|追|more|another|additional|further|extra", re.IGNORECASE)
_MONTHS = (
    r"(\d+(?:\.\d+)?)\s*(?:(?:more\s*)?(?:个月|月|mo(?:nths?|s)?\b)|(?:more)?(?=\s+(?:after|post|before)\b))"
)


def bed(facts: Facts) -> Inputs | None:
    build = pick(
        fractions="fractions", dose_per_fraction_gy="dose_per_fraction_gy", alpha_beta_gy="alpha_beta_gy"
    )
    inputs = build(facts) or {}
    if "fractions" in inputs:
        inputs["fractions"] = int(inputs["fractions"])
    asked = facts.has(r"\d\s*gy\b")
    return inputs if asked and ("fractions" in inputs or facts.has(r"(?:总|total)[^,，。]{0,8}\d")) else None


def sbrt(facts: Facts) -> Inputs | None:
    inputs = bed(facts)
    if inputs is None or "fractions" not in inputs:
        return None
    size = facts.value("max_diameter_cm")
    if size is None and facts.has(r"\bbed|生物等效|eqd2"):
        return None
    inputs.pop("alpha_beta_gy", None)
    return inputs | known(diameter_cm=size)


def _bevacizumab_dates(facts: Facts) -> tuple[Dated | None, Dated | None]:
    days = [d for d in find_dates(facts.text) if d.exact]
    last = near(facts.text, days, _BEVACIZUMAB)
    others = [d for d in days if d is not last]
    surgery = near(facts.text, others, _SURGERY) if others else None
    return last, surgery


def interval(facts: Facts) -> Inputs | None:
    last, surgery = _bevacizumab_dates(facts)
    if last is None or surgery is None or not _planned(facts, surgery):
        return None
    return {"last_dose": last.day.isoformat(), "surgery": surgery.day.isoformat()}


def _planned(facts: Facts, surgery: Dated) -> bool:
    """The second date is the operation's: the same clause says so, and of no other treatment."""
    before = re.split(r"[,，;；。\n(（)）]", facts.text[: surgery.start])[-1]
    after = re.split(r"[,，;；。\n)）]|\. ", facts.text[surgery.end :])[0][:20]
    clause = f"{before} {after}"
    return bool(re.search(_SURGERY, clause, re.IGNORECASE)) and not re.search(_CHEMO, clause, re.IGNORECASE)


def window(facts: Facts) -> Inputs | None:
    last, _ = _bevacizumab_dates(facts)
    return {"last_dose": last.day.isoformat()} if last else None


def around_surgery(facts: Facts) -> Inputs | None:
    before = _labelled(
        facts.text, r"术前|手术前|切肝前|before|\bpre\b|pre-?op\w*|preoperative|neoadjuvant|新辅助"
    )
    after = _labelled(
        facts.text,
        r"术后|手术后|切肝后|after|\bpost\b|post-?op\w*|postoperative|adjuvant(?<!neoadjuvant)|(?<!新)辅助",
    )
    found = durations(facts.text)
    if len(found) == 2 and before is not None and after is None:
        after = found[1]
    elif len(found) == 2 and before is None and after == found[1]:
        before = found[0]
    if before is None or after is None:
        return None
    return {"months_before": before, "months_after": after}


def _labelled(text: str, label: str) -> float | None:
    """The months said of ``label``: the closest ones in the same clause."""
    best: tuple[int, float] | None = None
    for word in re.finditer(label, text, re.IGNORECASE):
        for months in re.finditer(_MONTHS, text, re.IGNORECASE):
            between = (
                text[word.end() : months.start()]
                if word.end() <= months.start()
                else text[months.end() : word.start()]
            )
            bare = not re.search(
                r"月|mo", months.group(), re.IGNORECASE
            )  # "3 post" belongs to what follows it
            if bare and word.start() < months.end():
                continue
            if re.search(r"[,，;；。\n]|\band\b|\d", between) or len(between) > 30:
                continue
            if best is None or len(between) < best[0]:
                best = (len(between), float(months.group(1)))
    return best[1] if best else None


def staged(facts: Facts) -> Inputs | None:
    match = re.search(r"(\d+(?:\.\d+)?)\s*(?:周|w(?:ee)?ks?\b)", facts.text, re.IGNORECASE)
    days = [dated.day for dated in find_dates(facts.text) if dated.exact]
    if not match and (len(days) != 2 or days[0] >= days[1]):
        return None
    weeks = float(match.group(1)) if match else round((days[1] - days[0]).days / 7, 2)
    return {"weeks_after_crc": weeks} | known(systemic_therapy=facts.stated(_CHEMO))


def cycles(facts: Facts) -> Inputs | None:
    """Cycles given; "two more" adds to what was said before."""
    total: int | None = None
    for match in _CYCLES.finditer(facts.text):
        number = int(match.group("after") or match.group("before"))
        more = _MORE.search(facts.text[max(0, match.start() - 6) : match.end()])
        total = number + (total or 0) if more else number
    return None if total is None else {"cycles": total}


def response(facts: Facts) -> Inputs | None:
    """Sums of target lesions: by their labels, else baseline first and the present last."""
    labelled = pick(baseline_mm="baseline_mm", nadir_mm="nadir_mm", current_mm="current_mm")(facts) or {}
    series = lengths_mm(facts.text)
    if len(series) >= 2 and not {"baseline_mm", "current_mm"} <= labelled.keys():
        labelled = {"baseline_mm": series[0], "current_mm": series[-1]} | (
            {"nadir_mm": min(series[:-1])} if len(series) > 2 else {}
        )
    if len(series) == 2 and "baseline_mm" in facts.quantities:
        others = [v for v in series if v != facts.value("baseline_mm")]
        if len(others) == 1:
            labelled |= {
                "baseline_mm": facts.value("baseline_mm"),
                "current_mm": facts.value("current_mm") or others[0],
            }
    elif len(series) > 2 and "nadir_mm" not in labelled:
        between = [v for v in series if v not in (labelled["baseline_mm"], labelled["current_mm"])]
        labelled |= {"nadir_mm": min(between)} if between else {}
    if "baseline_mm" not in labelled or not (series or "current_mm" in labelled):
        return None
    fresh = facts.stated(
        r"新(?:发|出现)?的?(?:病)?灶|新发|\bnew (?:\w+ ){0,2}(?:lesions?|mets?|metastas[ei]s)|(?<=nothing )new\b"
    )
    return labelled | known(new_lesion=fresh)


def one_size(facts: Facts) -> Inputs | None:
    """The size of one lesion; several sizes ask for a table."""
    size = facts.value("max_diameter_cm")
    sizes = set(sizes_with_units_cm(DISTANCE.sub(" ", facts.text)))
    return None if size is None or len(sizes) > 1 else {"diameter_cm": size}


def viable_response(facts: Facts) -> Inputs | None:
    inputs = response(facts)
    return {k.replace("_mm", "_viable"): v for k, v in inputs.items()} if inputs else None


def shrinkage(facts: Facts) -> Inputs | None:
    inputs = response(facts)
    return {k: inputs[k] for k in ("baseline_mm", "current_mm")} if inputs else None
