"""Number and place of metastases: oligometastasis, Milan, markers."""

from __future__ import annotations

import re

from assistant.measurements import lengths
from assistant.recognition.facts import Facts
from assistant.recognition.inputs.common import Inputs, counted, known, pick

_N = r"(\d{1,2}|单|one|single|two|three|four|five|six|seven|eight|nine|ten)"
_ORGANS = {
    "liver": r"肝(?!癌|外|细胞|功|硬|动脉|静脉|门)|liver|hepatic", "lung": r"肺|lungs?\b|pulmonary", "bone": r"骨|\bbones?\b",
    "adrenal": r"肾上腺|adrenals?", "brain": r"脑|brain", "nodes": r"淋巴结|lymph nodes?|\bnodes?\b", "peritoneum": r"腹膜|periton\w*",
    "ovary": r"卵巢|ovar\w+", "spleen": r"脾|spleen", "pleura": r"胸膜|pleura\w*", "soft tissue": r"软组织|肌肉|皮肤|soft tissue|muscle|skin",
}  # fmt: skip
_TOTAL = rf"(?:共|总共|一共|合计|总数)\s*{_N}\s*(?:个|枚|处|颗)?|{_N}\s*(?:lesions?|mets|metastases|deposits|nodules?)?\s*(?:in all|in total|altogether|total\b)"
_LESIONS = rf"{_N}\s*(?:个|枚|处|颗)?\s*(?:肝外)?(?:转移)?(?:病灶|灶|结节|lesions?|mets\b|metastases|nodules?|deposits?)"


def _organs(facts: Facts, liver_counts: bool) -> int | None:
    explicit = counted(rf"{_N}\s*(?:个)?\s*(?:肝外|转移)?(?:器官|脏器|部位|organs?|sites?)", facts.text)
    if explicit is not None:
        return explicit
    named = [n for n, words in _ORGANS.items() if (liver_counts or n != "liver") and facts.stated(words)]
    return len(named) or None


def _lesions(facts: Facts) -> int | None:
    total = counted(_TOTAL, facts.text)
    if total is not None:
        return total
    labelled = counted(
        rf"(?:病灶|转移灶|lesions?|mets)[^\d,，;；。]{{0,4}}{_N}\s*(?:个|枚|处|$|[,，;；。?？])", facts.text
    )
    if labelled is not None:
        return labelled
    each = _of_each_organ(facts)
    if len(each) > 1:
        return sum(each)
    alone = counted(_LESIONS, facts.text)
    return alone if alone is not None else (each[0] if each else None)


def _of_each_organ(facts: Facts) -> list[int]:
    """The lesions of each organ; a text that begins with an organ has every number after its organ (肺2枚肝3枚)."""
    after = {o: rf"(?:{w})[^\d,，;；。+]{{0,6}}{_N}\s*(?:个|枚|处|颗)" for o, w in _ORGANS.items()}
    before = {o: rf"{_N}\s*(?:个|枚|处|颗)?\s*(?:in (?:the )?)?(?:{w})" for o, w in _ORGANS.items()}
    first = {
        side: min((m.start() for p in forms.values() if (m := re.search(p, facts.text, re.I))), default=None)
        for side, forms in (("after", after), ("before", before))
    }
    leading = after if first["before"] is None or (first["after"] or 0) < first["before"] else before
    if first["after"] is None:
        leading = before
    other = before if leading is after else after
    found = []
    for organ, words in _ORGANS.items():
        number = counted(leading[organ], facts.text)
        if number is None and first["after"] != first["before"] and leading is before:
            number = counted(other[organ], facts.text)
        if number is not None and facts.stated(words):
            found.append(number)
    return found


def hcc_oligo(facts: Facts) -> Inputs | None:
    return known(organs=_organs(facts, False), lesions=_lesions(facts)) or None


def crc_oligo(facts: Facts) -> Inputs | None:
    found = known(organs=_organs(facts, True), lesions=_lesions(facts))
    return found if "lesions" in found else None


def lung(facts: Facts) -> Inputs | None:
    size = facts.value("max_diameter_cm")
    text = facts.text
    only = counted(
        rf"{_N}\s*(?:个|枚|处)?\s*(?:肺)?(?:结节|转移灶|灶|nodules?|lesions?|mets)|{_N}\s*(?:个|枚|处)", text
    )
    for side, n_left, n_right in ((r"右肺?|right", 0, only), (r"左肺?|left", only, 0)):
        alone = facts.has(
            rf"(?:只有?|仅|单侧|限于|都在|均在|全在)[^,，;；。]{{0,3}}(?:{side})|(?:{side})[^,，;；。]{{0,6}}(?:only|单侧)|only [^,;.]{{0,8}}(?:{side})"
        )
        if only is not None and alone:
            return {"n_left": n_left, "n_right": n_right} | known(max_cm=size)
    left = counted(
        rf"左(?:侧)?肺?[^\d,，;；。右]{{0,4}}{_N}|{_N}\s*(?:nodules?|lesions?|mets)?\s*(?:in |on )?(?:the )?left|left[^\d,;.]{{0,8}}{_N}|\bL\s*[:=]?\s*{_N}",
        text,
    )
    right = counted(
        rf"右(?:侧)?肺?[^\d,，;；。左]{{0,4}}{_N}|{_N}\s*(?:nodules?|lesions?|mets)?\s*(?:in |on )?(?:the )?right|right[^\d,;.]{{0,8}}{_N}|\bR\s*[:=]?\s*{_N}",
        text,
    )
    if left is None and right is None:
        return None
    return {"n_left": left or 0, "n_right": right or 0} | known(max_cm=size)


def ablation(facts: Facts) -> Inputs | None:
    """Size and number, and the one source whose rule is asked for."""
    inputs = pick("max_diameter_cm", "n_lesions", max_diameter_cm="max_diameter_cm", n_lesions="n_mets")(
        facts
    )
    guideline, review = facts.has(r"指南|guideline"), facts.has(r"综述|dlm|review")
    rule = None if guideline == review else "guideline2023" if guideline else "dlm_review"
    return None if inputs is None else inputs | known(rule=rule)


def milan(facts: Facts) -> Inputs | None:
    sizes = lengths.sizes_cm(facts.text)
    if not sizes:
        return None
    return {"sizes_cm": sizes} | known(
        vascular=facts.stated(r"血管侵犯|癌栓|大血管|(?:macro)?vascular(?: invasion)?|thromb\w*|pvtt"),
        extrahepatic=facts.stated(r"肝外(?:转移|病灶|扩散)?|extrahepatic"),
    )


def marker(facts: Facts) -> Inputs | None:
    depth = facts.value("depth_cm")
    used = facts.quantities["depth_cm"].span if "depth_cm" in facts.quantities else ""
    sizes = lengths.sizes_with_units_cm(facts.text.replace(used, " ") if used else facts.text)
    size = max(sizes) if sizes else facts.value("max_diameter_cm")
    if size is None and depth is None:
        return None
    outside = facts.stated(
        r"切除范围(?:之|以)?外|范围外|outside (?:the )?(?:planned |intended )?(?:resection|field)|not in (?:the )?resection"
    )
    inside = facts.stated(
        r"(?<!不)在(?:计划|拟)?切除范围(?:之|以)?内|inside (?:the )?(?:planned )?resection|within (?:the )?(?:planned )?resection"
    )
    if facts.has(r"不在(?:计划|拟|打算|要)?(?:的)?切除?的?范围|不在(?:计划|拟|打算|要)?切的"):
        outside = True
    if outside is None and inside is not None:
        outside = not inside
    return known(diameter_cm=size, depth_cm=depth, outside_planned_resection=outside)
