"""Words that ask for a calculation, and which calculation makes another superfluous."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.calculators.doses import drug_names, regimens_named
from assistant.measurements.categories import every_tnm
from assistant.measurements.found import CONFLICT, UNREAD, subject
from assistant.measurements.lengths import lengths_mm
from assistant.measurements.quantities import fractionations
from assistant.measurements.statements import EARLIER
from assistant.recognition.facts import Facts, Memory, is_short, read_facts
from assistant.recognition.inputs import body, doses, liver, spread, staging, treatment
from assistant.recognition.inputs.common import Build, one_duration, pick
from assistant.scores import question

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
_WORTH = r"要不要|需要|需不需|指征|能|行|吗|该|值得|有没有用|获益|need|indicat|should|useful|help|benefit|worth|qualif|candidate|\?"
_OFTEN = r"多久|间隔|随访|复查|监测|几个月(?:查|复)|how often|interval|surveil|follow.?up|schedule|checks?\b|marker"
_A_TIME = (
    r"^(?!.*(?:(?:前|头|最初|first|initial)\s*\d|第\s*\d+\s*(?:[-~～至到]|年)|(?:年|个月)内|within|之后每))"
)
"""A point in time and not a stretch of one ("the first 2 years")."""
_GIVEN = r"已|打了|做了|用了|完成|过了|给了|打完|做完|计划|拟|given|\bhad\b|done|received|completed|after|plan|on cycle"
_BELONGS = r"算|符合|属于|是不是|是否|吗|寡转移\s*\?|oligo\w*\s*(?:\?|per\b|by\b|according)|qualif|count as|meet|by (?:the )?[\w' ]{0,20}(?:definition|criteria)"
_LIMIT = r"超|太多|够|上限|过长|合适吗|可以吗|within|limit|too (?:many|long|much)|over\b|enough|exceed|max"
_OLIGO = r"寡转移|oligo"
_HCC = r"\bhcc\b|肝癌|肝细胞癌|hepatocellular|IIIb期|CNLC"
_METASTASES = r"转移|复发|\bmets?\b|metasta|recur|relapse"
_TNM_ALONE = r"^[^\w\u3400-\u9fff]*[cpyr]{0,2}t(?:is|\d[a-d]?)[\s,]*[cpy]?n(?:x|\d[a-c]?|\+)[\s,]*(?:m(?:x|\d[a-c]?))?[^\w\u3400-\u9fff]*$"
_CHEMO = r"化疗|chemo|folf|cape?ox|xelox|奥沙利铂|oxaliplatin|辅助|adjuvant"
_CHEMO_END = _CHEMO + "|停药"
_CHEMO_PAST = r"(?:化疗|方案)(?:结束|完|后|过)|末次|最后一次|上次化疗|辅助|adjuvant|finished|last (?:chemo|folf|cape|cycle)|after (?:chemo|folf|cape|xelox)"


@dataclass(frozen=True)
class Cue:
    """Words that ask for a calculation (every pattern must be found), and how its inputs are read."""

    calculator: str
    words: tuple[str, ...]
    build: Build


CUES = (
    Cue("tumor_burden_score", (r"\btbs\b|肿瘤负荷评分|tumou?r burden score",), pick(max_diameter_cm="max_diameter_cm", n_lesions="n_mets")),
    Cue("n_category", (r"\bN\s*几|N分期|n categor|\bN stage|算N|哪个N|which N\b|\bpN\b",), staging.nodes),
    Cue("tnm_stage", (_TNM_ALONE + r"|几期|哪一?期|分期|\bstage\b|staging|什么期|\bwith (?:liver|lung)",), staging.tnm),
    Cue("pve_indication", (r"\bpve\b|\bpvl\b|门静?脉(?:支)?(?:栓塞|结扎)|栓塞门|栓门|portal (?:vein )?(?:emboli|ligat)|栓塞", _WORTH,), body.pve),
    Cue("resection_volume", (r"(?:切掉|切去|要切|拟切|切肝|肝切|肝切除量|切除量|切除)[^,，。]{0,12}\d+(?:\.\d+)?\s*[%％]|(?:remov|resect)\w*[^,.]{0,20}\d+(?:\.\d+)?\s*%|\d+(?:\.\d+)?\s*[%％]的?肝", r"行|可以|够|能|吗|安全|超|ok\b|within|safe|too much|allowed|volume|\?"), body.resection),
    Cue("surgical_margin", (r"切缘|\bmargins?\b", r"够|行|可以|达标|合格|充分|足够|合适|吗|enough|ok\b|adequate|meet|sufficient|acceptable|\?"), pick("margin_mm", margin_mm="margin_mm")),
    Cue("sflr", (r"\bsflr\b|standardi[sz]ed|标准化残肝",), body.sflr),
    Cue("liver_growth", (r"\bkgr\b|增生率|增长率|增生度|hypertrophy|kinetic|\bDH\b|每周(?:增?长|增加)|growth (?:rate|per week)",), body.growth),
    Cue("flr_percent", (r"残肝|剩余肝|残余肝|\bflr\b|remnant",), body.flr_percent),
    Cue("total_liver_volume", (r"\btlv\b|标准肝体积|肝体积|肝重|liver (?:volume|weight)",), body.total_liver_volume),
    Cue("tas102_tablets", (r"tas-?102|朗斯弗|lonsurf|曲氟尿苷", r"片|说明书|tablet|label"), doses.tas102),
    Cue("regimen_dose", (ANY,), doses.regimen),
    Cue("drug_dose", (ANY,), doses.drug),
    Cue("bsa", (r"体表面积|\bbsa\b|body surface",), body.bsa),
    Cue("ablation_bile_duct", (r"胆管|bile duct",), pick("distance_mm", distance_mm="distance_mm")),
    Cue("ablation_margin_3d", (r"3d|安全边界|三维|3\s*(?:mm|毫米).{0,40}?[%％].{0,30}?6\s*(?:mm|毫米).{0,40}?[%％]",), pick("percent_covered_3mm", percent_covered_3mm="percent_3mm", percent_covered_6mm="percent_6mm")),
    Cue("mwa", (r"微波|\bmwa\b|microwave", r"功率|时间|参数|怎么设|设置|多少瓦|几瓦|几分钟|多久|setting|power|watt|\bw\b|minute|\bmin\b|how long|protocol|param|怎么"), treatment.one_size),
    Cue("rfa", (r"射频|\brfa\b|radiofrequency",), spread.ablation),
    Cue("sbrt", (r"\bsbrt\b|\bsabr\b|立体定向",), treatment.sbrt),
    Cue("bed", (r"\bbed(?:10)?\b|生物等效|eqd2|a/b|α/β|fx\b|fractions?|分割|\d\s*次",), treatment.bed),
    Cue("bevacizumab_interval", (r"贝伐|安维汀|avastin|\bbev\b|bevacizumab",), treatment.interval),
    Cue("bevacizumab_surgery", (r"贝伐|安维汀|avastin|\bbev\b|bevacizumab",), treatment.window),
    Cue("surveillance_ned", (r"\bned\b|无瘤|无疾病证据", _OFTEN, _A_TIME), one_duration("months_since_ned")),
    Cue("surveillance_primary", (r"根治|肠癌|切肠|colectomy|primary|radical|curative", _OFTEN, _A_TIME, r"^(?!.*\bned\b)"), one_duration("months_since_surgery")),
    Cue("neoadjuvant_cycles", (r"新辅助|neoadjuvant|pre-?op\w* chemo|术前化疗", _LIMIT, _GIVEN), treatment.cycles),
    Cue("perioperative_chemo_total", (_LIMIT + r"|总|合计|total",), treatment.around_surgery),
    Cue("oxaliplatin_rechallenge", (r"奥沙利铂|oxaliplatin|folfox|cape?ox|xelox|辅助化疗", r"换|用什么|方案|哪个|还能用|再用|which|what|regimen|doublet|rechalleng|again", _METASTASES, _A_TIME), one_duration("months_since_ox_chemo_end", _CHEMO_END)),
    Cue("neoadjuvant_metachronous", (_CHEMO, _CHEMO_PAST, _A_TIME, r"新辅助|neoadj\w*|直接切|直接手术|straight to|upfront", _METASTASES, r"^(?!.*\d\s*(?:个?周期|cycles))"), one_duration("months_since_last_chemo", _CHEMO_END)),
    Cue("staged_resection_timing", (r"切肠|肠癌|结肠|直肠|结直肠|colectomy|bowel|原发|primary|colorectal|\bcolon\b|rectal", r"切肝|肝切|肝转移灶?(?:手术|切除)|时机|liver (?:resection|surgery|operation)|hepatectomy|timing"), treatment.staged),
    Cue("stage_ii_risk", (r"II期|二期|stage (?:ii\b|2)|T[34][ab]?\s*,?\s*N0", r"高危|风险因素|high.?risk|risk factor"), staging.stage_two),
    Cue("evidence_grade", (r"几级推荐|推荐几级|对应|推荐等级|推荐级别|哪级推荐|什么推荐|grade",), staging.level),
    Cue("hcc_lung_oligometastasis", (_HCC, r"肺|lung", _OLIGO + r"|wang"), spread.lung),
    Cue("hcc_oligometastasis", (_HCC, _OLIGO, _BELONGS), spread.hcc_oligo),
    Cue("crc_oligometastasis", (_OLIGO, _BELONGS), spread.crc_oligo),
    Cue("dlm_marker", (r"标记(?!物)|(?<!tumor )(?<!tumour )markers?\b|fiducial|\bcoil|线圈|tattoo",), spread.marker),
    Cue("y90_dose", (r"钇|y-?90|\btare\b|\bsirt\b", r"哪一?档|属于|算|落在|预测|过|阈值|界值|threshold|cut-?off|达到|够|tier|predict|respon|enough|above|over"), pick("tumor_dose_gy", tumor_dose_gy="tumor_dose_gy")),
    Cue("apri", (r"\bapri\b",), pick(ast_u_l="ast_u_l", ast_uln_u_l="ast_uln_u_l", platelet_e9_l="platelet_e9_l")),
    Cue("fib4", (r"fib-?4",), pick(age="age", ast_u_l="ast_u_l", alt_u_l="alt_u_l", platelet_e9_l="platelet_e9_l")),
    Cue("meld3", (r"meld\s*3",), liver.meld(creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr", sodium_mmol_l="sodium_mmol_l", albumin_g_dl="albumin_g_dl", female="female")),
    Cue("meld_na", (r"meld.?na",), liver.meld(creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr", sodium_mmol_l="sodium_mmol_l")),
    Cue("meld", (r"\bmeld\b(?!.?na|\s*3)",), liver.meld(creatinine_mg_dl="creatinine_mg_dl", bilirubin_mg_dl="bilirubin_mg_dl", inr="inr")),
    Cue("child_pugh", (r"child|\bCTP\b|\bCP\s*(?:score|class|grade|评分|分级|[:：])",), liver.child),
    Cue("albi", (r"\balbi\b",), liver.albi),
    Cue("milan", (r"米兰|milan",), spread.milan),
    Cue("mrecist", (r"mrecist",), treatment.viable_response),
    Cue("early_tumor_shrinkage", (r"早期(?:肿瘤)?(?:退缩|缩小)|\bets\b|early tumou?r shrinkage",), treatment.shrinkage),
    Cue("recist", (r"(?<!m)recist|疗效评价|疗效|\bPD\b|\bPR\b|进展了?吗|what response",), treatment.response),
)  # fmt: skip
"""Every calculation but CRS, Oslo and liver remnant."""
EXCLUDES = {
    "sflr": {"flr_percent", "bsa", "total_liver_volume", "liver_remnant"}, "liver_growth": {"sflr", "liver_remnant", "flr_percent", "pve_indication"},
    "flr_percent": {"liver_remnant"}, "pve_indication": {"liver_remnant"}, "resection_volume": {"liver_remnant"},
    "regimen_dose": {"bsa"}, "tas102_tablets": {"regimen_dose", "bsa"}, "sbrt": {"bed"},
    "bevacizumab_interval": {"bevacizumab_surgery"}, "hcc_lung_oligometastasis": {"hcc_oligometastasis"},
    "hcc_oligometastasis": {"crc_oligometastasis"}, "mwa": {"rfa"}, "tnm_stage": {"n_category"}, "total_liver_volume": {"bsa"},
    "ablation_bile_duct": {"mwa"}, "ablation_margin_3d": {"surgical_margin"}, "surveillance_ned": {"surveillance_primary"}, "early_tumor_shrinkage": {"recist"},
    "mrecist": {"recist"}, "meld3": {"meld_na", "meld"}, "drug_dose": {"bsa"}, "stage_ii_risk": {"tnm_stage"},
}  # fmt: skip


STATE = frozenset(
    ("child_pugh", "tnm_stage", "milan", "stage_ii_risk", "recist", "mrecist", "perioperative_chemo_total",
     "liver_growth", "neoadjuvant_cycles")
)  # fmt: skip
"""Calculators whose inputs are words about the patient: an earlier turn's are taken over where this one is silent."""
_IN_ORDER = frozenset(
    ("recist", "mrecist", "perioperative_chemo_total", "liver_growth", "neoadjuvant_cycles")
)
"""Of these, the ones where what was said first came first."""
_SERIES = frozenset(("recist", "mrecist"))
"""Of these, earlier turns count only when one of them gives a baseline: a size alone is no course."""
_BUILDERS = {cue.calculator: cue.build for cue in CUES}
_ASKS = re.compile(
    r"呢|几[分期级枚档]|[分哪]期|重新?[分算评]|再[分算评]|restag|recalculat|评价|上限|超|多少|多大|多重|算|剂量|够|行吗|可以吗|能.{0,8}吗|what about|how about|and the|what(?: is|'s) (?:the|his|her)|how much|dose|score|stage|class|grade|calculate|compute|enough|ok\b|possible|limit|respon|[?？]",
    re.IGNORECASE | re.ASCII,
)
"""A turn that gives no value of its own must ask for one in so many words."""
_RULE_ASKED = re.compile(
    r"怎么|如何|标准|定义|包括|哪些|什么是|是什么|意义|界值|cut-?off|what (?:is|are) (?:an? )?\w+\s*\?|how (?:is|are|do)|criteria|definition|components?",
    re.IGNORECASE,
)
_DOSES = re.compile(
    r"呢|多少|算|剂量|mg|毫克|what about|how about|and the|how much|dose|dosing|calculate|compute",
    re.IGNORECASE | re.ASCII,
)
"""The same for doses, which any mention of a drug could otherwise ask for."""


def asked_calculations(facts: Facts, memory: Memory | None = None) -> list[Asked]:
    """Calculations the text asks for, apart from CRS, Oslo and liver remnant (``assistant.scores``).

    ``memory``: what earlier turns said; it completes a calculation this turn asks for and never starts one.
    """
    found: dict[str, list[Asked]] = {}
    known = memory or Memory()
    for cue in CUES:
        name = cue.calculator
        if not all(facts.has(words) for words in cue.words) and not _asked_over_turns(cue, facts, known):
            continue
        facts = replace(facts, wanted=set(), conflicts=[])
        try:
            if cue.build(facts) is None and not (known.texts and _asks_for_value(facts.text, cue)):
                continue
            inputs, reused = _completed(name, facts, known)
        except body.ImpossibleBody as impossible:
            return [Asked("bsa", impossible.inputs)]
        if inputs is None:
            continue
        used = [
            r for key, r in facts.quantities.items()
            if r.value in inputs.values() or (r.unclear and key in facts.wanted)
        ]  # fmt: skip
        told = _told(inputs, reused, [r.assumed for r in used if r.assumed], facts, known)
        asks = tuple(
            dict.fromkeys([*(r.unclear for r in used if r.unclear), *_unread(facts), *facts.conflicts])
        )
        variants = [{}, *_others_named(name, facts, inputs)]
        found[name] = [Asked(name, inputs | other, told, asks, reused) for other in variants]
    hidden = {other for name in found for other in EXCLUDES.get(name, ())}
    if facts.has(r"(?<!m)recist"):
        hidden.discard("recist")
    return [asked for name, several in found.items() if name not in hidden for asked in several]


def _unread(facts: Facts) -> list[Told]:
    """Questions about findings that the calculation looked for and that were given in a way not understood."""
    return [
        question(key, said) for key, said in facts.findings.unclear.items()
        if key.endswith((UNREAD, CONFLICT)) and subject(key) in facts.wanted
    ]  # fmt: skip


def _told(
    inputs: dict[str, Any], reused: dict[str, str], assumed: list[Told], facts: Facts, known: Memory
) -> tuple[Told, ...]:
    """What was assumed for these inputs, each once."""
    told = [*assumed, *(a for k in reused if k in known.quantities and (a := known.quantities[k].assumed))]
    told += [
        a
        for k, a in facts.findings.assumptions.items()
        if _uses(inputs, facts.findings.values.get(subject(k)))
    ]
    if "bsa_m2" in inputs and facts.value("bsa_m2") is None and known.value("bsa_m2")[0] is None:
        bsa = f"{inputs['bsa_m2']:.2f}"
        zh = f"体表面积由身高、体重按 Mosteller 公式算得 {bsa} m²"
        told.append((zh, f"body surface {bsa} m² from height and weight (Mosteller)"))
    return tuple(dict.fromkeys(told))


def _others_named(name: str, facts: Facts, inputs: dict[str, Any]) -> list[dict[str, Any]]:
    """Inputs of further regimens, fractionations or formulas that the text asks for in one breath."""
    if name == "regimen_dose":
        return [{"regimen": other} for other in regimens_named(facts.text) if other != inputs["regimen"]]
    if name == "drug_dose":
        return [{"drug": other} for other in drug_names(facts.text) if not _same_drug(other, inputs["drug"])]
    if name == "tnm_stage":
        return [dict(other) for other in every_tnm(facts.text)[1:]]
    if name == "bed" and "fractions" in inputs:
        return [
            {"dose_per_fraction_gy": dose, "fractions": count}
            for dose, count in fractionations(facts.text)[1:]
        ]
    if name in ("sflr", "total_liver_volume"):
        return [{"formula": formula} for formula in body.formulas(facts)[1:]]
    return []


def _same_drug(first: str, second: str) -> bool:
    """Whether two entries are one drug in two schedules (bevacizumab_q2w, bevacizumab_q3w)."""
    return first.partition("_")[0] == second.partition("_")[0]


def _uses(inputs: dict[str, Any], value: Any) -> bool:
    return value is not None and any(value is v or value == v for v in inputs.values())


def _asked_over_turns(cue: Cue, facts: Facts, memory: Memory) -> bool:
    """The turn has part of the words, what was said before the rest ("4 cycles of neoadjuvant", "two more: too many?")."""
    if cue.calculator not in STATE or not memory.texts or not _asks_for_value(facts.text, cue):
        return False
    together = " ".join((*memory.texts, facts.text))
    return any(facts.has(w) for w in cue.words) and all(
        re.search(w, together, re.IGNORECASE | re.ASCII) for w in cue.words
    )


def asks_for_some(facts: Facts) -> bool:
    """Whether the words ask for a calculation whose values may come in the next turn."""
    return not _RULE_ASKED.search(facts.text) and any(
        cue.words != (ANY,) and all(facts.has(words) for words in cue.words) for cue in CUES
    )


def _asks_for_value(text: str, cue: Cue) -> bool:
    if _RULE_ASKED.search(text):
        return False
    words = _DOSES if cue.words == (ANY,) else _ASKS
    return is_short(text) and bool(words.search(text))


def _completed(name: str, facts: Facts, memory: Memory) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Inputs of a calculation with what earlier turns gave, and which those are."""
    remembering = facts.remembering(memory)
    inputs, reused = _BUILDERS[name](remembering), remembering.reused
    if (
        name in _SERIES
        and "baseline_mm" not in {**memory.quantities, **facts.quantities}
        and not lengths_mm(facts.text)
    ):
        return None, {}
    if name in STATE and memory.texts:
        said = [*memory.texts, facts.text]
        text = "，".join(said) if name in _IN_ORDER else EARLIER.join(reversed(said))
        together = _BUILDERS[name](read_facts(text)) or {}
        taken = {k: v for k, v in together.items() if inputs is None or k not in inputs or name in _IN_ORDER}
        own = _BUILDERS[name](facts) or {}
        if taken:
            inputs = {**(inputs or {}), **taken}
            reused = reused | dict.fromkeys((k for k in taken if k not in own), "")
    if inputs is None:
        return None, {}
    return inputs, reused
