"""Words that ask for a calculation, and which calculation makes another superfluous."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.recognition import builders as b
from assistant.recognition.facts import Facts, Memory, read_facts

Told = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """One calculation with its inputs."""

    calculator: str
    inputs: dict[str, Any]
    assumptions: tuple[Told, ...] = ()
    questions: tuple[Told, ...] = field(default=())
    reused: dict[str, str] = field(default_factory=dict)
    """Input or fact -> how an earlier turn gave it."""


ANY = r"."
"""No word of its own asks for it: a named regimen or drug with a body does."""
CUES: tuple[tuple[str, str, b.Build], ...] = (
    ("tumor_burden_score", r"\btbs\b|肿瘤负荷评分|tumou?r burden score", b.pick("max_diameter_cm", "n_lesions", max_diameter_cm="max_diameter_cm", n_lesions="n_mets")),
    ("n_category", r"\bN\s*几|N分期|n categor|\bN stage|算N", b.nodes),
    ("tnm_stage", r"几期|哪期|分期|\bstage\b|什么期|\bwith (?:liver|lung)", b.tnm),
    ("pve_indication", r"\bpve\b|\bpvl\b|门静?脉栓塞|栓塞门|栓门", b.pve),
    ("resection_volume", r"(?:切掉|切除量|要切|切除)[^,，。]{0,8}\d+(?:\.\d+)?\s*[%％]|(?:remov|resect)\w*[^,.]{0,8}\d+(?:\.\d+)?\s*%", b.resection),
    ("surgical_margin", r"切缘[^,，。\d<>≥≤]{0,6}\d+(?:\.\d+)?\s*(?:mm|毫米|cm|厘米).{0,6}(?:够|行|可|达|合|吗|\?|？)|margin (?:of |was |is )?\d+(?:\.\d+)?\s*(?:mm|cm)\D{0,14}(?:enough|ok|adequate|meet|\?)", b.pick("margin_mm", margin_mm="margin_mm")),
    ("sflr", r"\bsflr\b|standardi[sz]ed|标准化残肝", b.sflr),
    ("liver_growth", r"\bkgr\b|增生率|增长率|hypertrophy|kinetic", b.growth),
    ("flr_percent", r"残肝|\bflr\b|remnant", b.pick("flr_ml", "total_liver_ml", flr_ml="flr_ml", total_liver_ml="total_liver_ml", tumor_ml="tumor_ml")),
    ("total_liver_volume", r"\btlv\b|标准肝体积|肝体积|liver volume", b.volume),
    ("tas102_tablets", r"(?:tas-?102|朗斯弗|lonsurf|曲氟尿苷).*(?:片|说明书|tablet|label)|(?:片|说明书|tablet|label).*(?:tas-?102|朗斯弗|lonsurf|曲氟尿苷)", b.pick("bsa_m2", bsa_m2="bsa_m2")),
    ("regimen_dose", ANY, b.regimen),
    ("drug_dose", ANY, b.drug),
    ("bsa", r"体表面积|\bbsa\b|body surface", b.pick("height_cm", "weight_kg", height_cm="height_cm", weight_kg="weight_kg")),
    ("ablation_bile_duct", r"胆管|bile duct", b.pick("distance_mm", distance_mm="distance_mm")),
    ("ablation_margin_3d", r"3d|安全边界", b.pick("percent_covered_3mm", "percent_covered_6mm", percent_covered_3mm="percent_3mm", percent_covered_6mm="percent_6mm")),
    ("mwa", r"(?:微波|\bmwa\b|microwave)[^。]*(?:功率|时间|参数|怎么设|设置|多少瓦|几分钟|setting|power|watt|minute|怎么)|(?:setting|功率|参数)[^。]*(?:微波|\bmwa\b|microwave)", b.pick("diameter_cm", diameter_cm="max_diameter_cm")),
    ("rfa", r"射频|\brfa\b|radiofrequency", b.pick("max_diameter_cm", "n_lesions", max_diameter_cm="max_diameter_cm", n_lesions="n_mets")),
    ("sbrt", r"\bsbrt\b|\bsabr\b|立体定向", b.sbrt),
    ("bed", r"\bbed(?:10)?\b|生物等效|eqd2|a/b|α/β|fx\b|fractions?", b.bed),
    ("bevacizumab_interval", r"贝伐|安维汀|avastin|\bbev\b|bevacizumab", b.interval),
    ("bevacizumab_surgery", r"贝伐|安维汀|avastin|\bbev\b|bevacizumab", b.window),
    ("surveillance_ned", r"\bned\b.*(?:多久|间隔|随访|复查|how often|interval|查)", b.one_duration("months_since_ned")),
    ("surveillance_primary", r"(?:根治|肠癌|colectomy|resection of the primary)[^。]*\d+\s*(?:个月|年|months?)[^。]*(?:多久|间隔|随访|复查|how often|interval)", b.one_duration("months_since_surgery")),
    ("neoadjuvant_cycles", r"(?:新辅助|neoadjuvant)[^。]*\d[^。]*(?:超|太多|够|上限|within|limit|too many|over)", b.cycles),
    ("perioperative_chemo_total", r"(?:before|术前)[^。]*(?:after|术后)[^。]*(?:超|上限|总|limit|over|too long|total|合计)|(?:超|limit|over)[^。]*(?:术前|before)", b.two_durations),
    ("oxaliplatin_rechallenge", r"(?:奥沙利铂|oxaliplatin|folfox|capeox)[^。]*(?:结束|停|after|since|ended|finished|辅助)[^。]*(?:换|用什么|方案|which|what|regimen|复发|转移)", b.one_duration("months_since_ox_chemo_end")),
    ("neoadjuvant_metachronous", r"(?:末次|最后一次|上次)化疗[^。]*(?:新辅助)", b.one_duration("months_since_last_chemo")),
    ("staged_resection_timing", r"(?:术后|colectomy|bowel resection|切肠)[^。]*\d+\s*(?:周|weeks?)[^。]*(?:切肝|肝切|时机|timing|liver resection)|\d+\s*(?:周|weeks?)[^。]*(?:since|after)[^。]*(?:colectomy|bowel|切肠)", b.staged),
    ("stage_ii_risk", r"(?:II期|二期|stage ii\b|stage 2)[^。]*(?:高危|high.risk)", b.stage_two),
    ("evidence_grade", r"(?:几级推荐|对应|推荐等级|推荐级别|哪级推荐|grade)", b.level),
    ("hcc_lung_oligometastasis", r"(?:hcc|肝癌)[^。]*(?:肺|lung)[^。]*(?:寡|oligo|wang)", b.lung),
    ("hcc_oligometastasis", r"(?:hcc|肝细胞癌|肝癌)[^。]*(?:寡转移|oligo)", b.oligo),
    ("crc_oligometastasis", r"(?:肠癌|colorectal|\bcrc\b|esmo)[^。]*(?:寡转移|oligo)", b.oligo),
    ("dlm_marker", r"标记|marker|fiducial", b.pick("diameter_cm", "depth_cm", diameter_cm="max_diameter_cm", depth_cm="depth_cm")),
    ("y90_dose", r"(?:钇|y-?90)[^。]*(?:哪一?档|属于|算|tier|落在)", b.pick("tumor_dose_gy", tumor_dose_gy="tumor_dose_gy")),
    ("apri", r"\bapri\b", b.pick("ast_u_l", "platelet_e9_l", ast_u_l="ast_u_l", ast_uln_u_l="ast_uln_u_l", platelet_e9_l="platelet_e9_l")),
    ("fib4", r"fib-?4", b.pick("ast_u_l", "platelet_e9_l", age="age", ast_u_l="ast_u_l", alt_u_l="alt_u_l", platelet_e9_l="platelet_e9_l")),
    ("meld3", r"meld\s*3", b.pick("bilirubin_mg_dl", "creatinine_mg_dl", creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr", sodium_mmol_l="sodium_mmol_l", albumin_g_dl="albumin_g_dl")),
    ("meld_na", r"meld.?na", b.pick("bilirubin_mg_dl", "creatinine_mg_dl", creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr", sodium_mmol_l="sodium_mmol_l")),
    ("meld", r"\bmeld\b(?!.?na|\s*3)", b.pick("bilirubin_mg_dl", "creatinine_mg_dl", creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr")),
    ("child_pugh", r"child", b.child),
    ("albi", r"\balbi\b", b.albi),
    ("milan", r"米兰|milan", b.milan),
    ("mrecist", r"mrecist", b.mresponse),
    ("early_tumor_shrinkage", r"早期退缩|\bets\b|early tumou?r shrinkage", b.pick("baseline_mm", "current_mm", baseline_mm="baseline_mm", current_mm="current_mm")),
    ("recist", r"(?<!m)recist|疗效评价|\bPD\b|\bPR\b|进展了?吗", b.response),
)  # fmt: skip
"""Calculator, words that ask for it, and how its inputs are read; earlier ones take precedence in ``EXCLUDES``."""
EXCLUDES = {
    "sflr": {"flr_percent", "bsa", "total_liver_volume", "liver_remnant"}, "liver_growth": {"sflr", "liver_remnant", "flr_percent", "pve_indication"},
    "flr_percent": {"liver_remnant"}, "pve_indication": {"liver_remnant"}, "resection_volume": {"liver_remnant"},
    "regimen_dose": {"bsa", "drug_dose"}, "tas102_tablets": {"regimen_dose", "bsa"}, "sbrt": {"bed"},
    "bevacizumab_interval": {"bevacizumab_surgery"}, "hcc_lung_oligometastasis": {"hcc_oligometastasis"},
    "hcc_oligometastasis": {"crc_oligometastasis"}, "mwa": {"rfa"}, "tnm_stage": {"n_category"}, "total_liver_volume": {"bsa"},
    "ablation_bile_duct": {"rfa", "mwa"}, "surveillance_ned": {"surveillance_primary"}, "early_tumor_shrinkage": {"recist"},
    "mrecist": {"recist"}, "meld3": {"meld_na", "meld"}, "drug_dose": {"bsa"},
}  # fmt: skip


STATE = frozenset(("child_pugh", "tnm_stage", "milan", "stage_ii_risk"))
"""Calculators whose inputs are words about the patient: an earlier turn's are taken over where this one is silent."""
_BUILDERS = {name: build for name, _, build in CUES}
_ASKS = re.compile(
    r"呢|几[分期级枚档]|多少|多大|多重|算|剂量|够|行吗|可以吗|能.{0,8}吗|what about|how about|and the|what(?: is|'s) (?:the|his|her)|how much|dose|score|stage|class|grade|calculate|compute|enough|ok\b|possible",
    re.IGNORECASE | re.ASCII,
)
"""A turn that gives no value of its own must ask for one in so many words."""
_DOSES = re.compile(
    r"呢|多少|算|剂量|mg|毫克|what about|how about|and the|how much|dose|dosing|calculate|compute",
    re.IGNORECASE | re.ASCII,
)
"""The same for doses, which any mention of a drug could otherwise ask for."""
_SHORT_ASK = 60


def asked_calculations(facts: Facts, memory: Memory | None = None) -> list[Asked]:
    """Calculations the text asks for, apart from CRS, Oslo and liver remnant (``assistant.scores``).

    ``memory``: what earlier turns said; it completes a calculation this turn asks for and never starts one.
    """
    found: dict[str, Asked] = {}
    known = memory or Memory()
    for name, cue, build in CUES:
        if not facts.has(cue):
            continue
        try:
            if build(facts) is None and not (known.texts and _asks_for_value(facts.text, cue)):
                continue
            inputs, reused = _completed(name, facts, known)
        except b.ImpossibleBody as impossible:
            return [Asked("bsa", impossible.inputs)]
        if inputs is None:
            continue
        keys = [k for k, r in facts.quantities.items() if r.value in inputs.values() or r.unclear]
        told = [a for k in keys if (a := facts.quantities[k].assumed)]
        told += [a for k in reused if k in known.quantities and (a := known.quantities[k].assumed)]
        if "bsa_m2" in inputs and facts.value("bsa_m2") is None and known.value("bsa_m2")[0] is None:
            bsa = f"{inputs['bsa_m2']:.2f}"
            told.append(
                (
                    f"体表面积由身高、体重按 Mosteller 公式算得 {bsa} m²",
                    f"body surface {bsa} m² from height and weight (Mosteller)",
                )
            )
        asks = tuple(r.unclear for k in keys if (r := facts.quantities[k]).unclear)
        found[name] = Asked(name, inputs, tuple(dict.fromkeys(told)), asks, reused)
        if name == "sflr" and facts.has("vauthey") and facts.has("urata"):
            found["sflr urata"] = Asked(name, {**inputs, "formula": "urata"}, tuple(told), asks, reused)
    hidden = {other for name in found for other in EXCLUDES.get(name, ())}
    return [asked for name, asked in found.items() if name not in hidden]


def _asks_for_value(text: str, cue: str) -> bool:
    words = _DOSES if cue == ANY else _ASKS
    return len(text) <= _SHORT_ASK and bool(words.search(text))


def _completed(name: str, facts: Facts, memory: Memory) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Inputs of a calculation with what earlier turns gave, and which those are."""
    remembering = facts.remembering(memory)
    inputs, reused = _BUILDERS[name](remembering), remembering.reused
    if name in STATE and memory.texts:
        together = _BUILDERS[name](read_facts("，".join((facts.text, *reversed(memory.texts))))) or {}
        taken = {k: v for k, v in together.items() if inputs is None or k not in inputs}
        own = _BUILDERS[name](facts) or {}
        if taken:
            inputs = {**(inputs or {}), **taken}
            reused = reused | dict.fromkeys((k for k in taken if k not in own), "")
    if inputs is None:
        return None, {}
    return inputs, reused
