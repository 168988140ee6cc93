"""What a text says about one patient. A finding that is not stated stays None: unknown is not "no"."""

from __future__ import annotations

import re
import unicodedata

from assistant.measurements.conflicts import (
    after_restating,
    corrected,
    differ,
    nodes_conflict,
    one_and_many,
    pair,
)
from assistant.measurements.dates import find_dates, in_months, months_between
from assistant.measurements.found import Findings
from assistant.measurements.limits import ends_range, is_wide_range, side_of
from assistant.measurements.nodes import positive_nodes
from assistant.measurements.numerals import count_of
from assistant.measurements.statements import EARLIER, stated
from assistant.measurements.touching import a_range, number_before, other_unit
from assistant.measurements.units import convert

_NUMBER = r"(\d+(?:\.\d+)?)"
_COUNT = r"(\d+|[一两二三四五六七八九十]|one|two|three|four|five|six|seven|eight|nine|ten)"

_NODE_UNKNOWN = re.compile(
    r"(?:淋巴结|n分期)[^,，;；。]{0,8}(?:不详|未知|不清楚|不明|没给|没有?信息|没提|未提供)|no nodal info|nodes? (?:status )?(?:unknown|not (?:given|known))|nx\b",
    re.I | re.A,
)
_NODE_NEGATIVE = re.compile(
    r"淋巴结[^,，;；。]{0,4}(?:阴性|未见转移|无转移|没有转移|未转移|没转移|\(-\)|（-）)"
    r"|(?:无|没有?|未见|未发现|未|不伴|否认|排除)[^,，;；。、\d]{0,6}淋巴结[^,，;；。、\d]{0,2}(?:转移|受累|侵犯|阳性)"
    r"|(?:\bno|\bwithout|free of) (?:\w+ ){0,2}(?:nodal|(?:lymph[- ]?)?nodes?) (?:involvement|disease|metastas[ei]s|mets|spread)|nodes? (?:are |were |was )?(?:not involved|uninvolved)|(?<![a-z0-9])(?:[cyp]*t(?:is|\d[a-d]?))?[cyp]*n0(?![a-z0-9])"
    r"|n-(?![a-z0-9])|(?<![a-z])n\s*阴性|node[- ]neg(?:ative)?\b|negative nodes?|nodes? (?:are |is |were )?(?:negative|clear)|no (?:positive )?(?:lymph )?nodes?(?: involved| positive|$|[,;.])|ln ?-",
    re.I | re.A,
)  # fmt: skip
_NODE_POSITIVE = re.compile(
    r"淋巴结[^,，;；。不未无]{0,4}(?:阳性|有转移|转移|\(\+\)|（\+）)|(?<![a-z0-9])(?:[cyp]*t(?:is|\d[a-d]?))?[cyp]*n[12][a-c]?(?![a-z0-9])"
    r"|n\+|(?<![a-z])n\s*阳性|node[- ]pos(?:itive)?\b|positive nodes?|nodes? (?:are |is |were )?positive|nodal (?:disease|involvement)|ln ?\+",
    re.I | re.A,
)  # fmt: skip
_NODE_CORRECTED = re.compile(
    r"(?:淋巴结|nod(?:e|al)|\bn)[^;；。]{0,24}(?:不对|[说写打]?错了?|更正|改[为成]|\bsorry|\bactually|\bno,|correction)[,，:：\s]*(?:应?该?[是为]|it is|it's|is|they are)?\s*(?P<word>阴性|阳性|negative|positive)",
    re.I | re.A,
)
_HILAR = re.compile(
    r"肝门[^,，;；。]{0,3}淋巴结[^,，;；。]{0,6}|hilar (?:lymph )?nodes?[^,;.]{0,12}|\bhln\b[^,;.]{0,12}",
    re.I | re.A,
)
_SYNCHRONOUS = re.compile(
    r"同时性|同步性|同时发现|同时(?=[,，;；\s]|肝转)|(?:确诊|初诊|诊断|发现)时(?:就|已经?|即|便)[^,，;；。]{0,6}(?:肝|转移)|\bsync(?:hronous(?:ly)?)?\b"
    r"|(?:mets?|metastas[ei]s|lesions?)[^,;.]{0,24}at (?:initial )?(?:diagnosis|presentation)",
    re.I | re.A,
)
_EITHER_TIMING = re.compile(
    r"(?:同时性?|异时性?)(?:肝转移)?\s*(?:和|与|及|跟|、|/|或|还是|vs)\s*(?:同时|异时)|\b(?:syn|meta)chronous\w*\s*(?:and|or|vs\.?|versus|/)\s*(?:syn|meta)chronous",
    re.I | re.A,
)
"""Both kinds are asked about: that says nothing about a patient."""
_METACHRONOUS = re.compile(r"异时性|异时|\bmetach?(?:ronous(?:ly)?)?\b", re.I | re.A)
_DFS = re.compile(
    rf"(?:dfs|dfi|无病(?:生存)?(?:时间|间期|期)?|disease[- ]free(?: interval| survival)?)[^\d,，;；]{{0,8}}{_NUMBER}\s*(个?月|mo(?:nths?)?|m\b|年|y(?:ears?|rs?)?|个?星期|周(?!期)|weeks?|wks?|天|days?)"
    rf"|(?:异时性?|\bmetach?(?:ronous(?:ly)?)?\b)[^\d,，;；]{{0,8}}{_NUMBER}\s*(个?月|mo(?:nths?)?|m\b|年|y(?:ears?|rs?)?)"
    rf"|(?:异时性?|\bmetachronous)\s*[,，]\s*{_NUMBER}\s*(个?月|mo(?:nths?)?|年|y(?:ears?|rs?)?)(?!\s*[后前内]|\s*(?:ago|since|from|between|to)\b)"
    rf"|(?:切除|手术|根治)(?:术后?|后)?(?:到|至|距)[^\d,，;；]{{0,8}}(?:肝转移?|复发|转移)[^\d,，;；]{{0,4}}{_NUMBER}\s*(个?月|年)"
    rf"|(?:肠癌|肠子|原发灶?)(?:根治)?切(?:除|完|掉)?了?\s*{_NUMBER}\s*(个?月|年)"
    rf"|(?:appeared|found|detected|出现|发现)\D{{0,8}}{_NUMBER}\s*(个?月|mo(?:nths?)?|y(?:ears?|rs?)?)"
    rf"|(?:术后|根治术后|切除后)\s*(?:整|刚好|正好|约|大概|才|已)?第?{_NUMBER}\s*(个?月|年)[^,，;；]{{0,6}}(?:发现|查出|查到|检出|出现|发生|肝转|转移|复发)"
    rf"|{_NUMBER}\s*(mo(?:nths?)?|y(?:ears?|rs?)?) (?:after|post|from) (?:the )?(?:\w+ )?(?:surgery|resection|(?:hemi)?colectomy|LAR|APR)(?! to)",
    re.I | re.A,
)  # fmt: skip
_N_METS = re.compile(
    rf"{_COUNT}\s*(?:个|枚|处)\s*(?:肝内?)?(?:转移灶|转移瘤|病灶|灶|转移|结节|肿瘤)|(?:转移灶|病灶|数目|个数|数量)\s*[为是:：]?\s*{_COUNT}\s*(?:个|枚)?(?![\d.]|\s*(?:cm|mm))"
    rf"|(?<![\d.]){_COUNT}\s*(?:个|枚)(?=[,，;；、。\s]|$)|{_COUNT} of them\b|there (?:are|were) (?:now )?{_COUNT}(?: of them\b|\s*[,.;]|$)|(?<!seg )(?<!segment )(?<!segments )(?<![\d.]){_COUNT}(?:\s+\d+(?:\.\d+)?\s*(?:cm|mm))?\s*(?:liver |hepatic )?(?:mets?|metastas[ei]s|lesions?|nodules?|tumou?rs?|CRLMs?)\b",
    re.I | re.A,
)  # fmt: skip
_EACH = re.compile(
    rf"((?:S\s?\d\D{{0,3}}){{2,}}|左右(?:半肝|肝|叶)?|两叶|both lobes)\s*(?:各|each)(?:有|见)?\s*{_COUNT}\s*(?:个|枚|处)?",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:肺|骨|脑|腹膜|肾上腺|卵巢)(?:内|部|上)?(?:转移)?(?:灶|瘤|结节|病灶)?\s*\d{1,2}\s*(?:个|枚|处)(?!\s*肝)|\d{1,2}\s*(?:个|枚|处)\s*(?:肺|骨|脑|肾上腺)(?:转移)?(?:灶|结节)?"
)
"""Metastases of other organs are no liver metastases."""
_SINGLE = re.compile(r"单发|单个|孤立|\bsolitary\b|\bsingle\b(?: met| lesion| liver)?", re.I | re.A)
_SIZE_UNIT = r"(cm|mm|厘米|毫米|公分)"
_SIZE = re.compile(
    rf"(?:最大(?:灶|径|直径|者)?|直径|largest|max(?:imum|imal)?(?: size| diameter| lesion)?|biggest|大小)[^\d,，;；]{{0,14}}(?:1\s*[枚个处颗][^\d,，;；]{{0,6}})?{_NUMBER}(?!\d|\.\d|\s*[枚个处颗])\s*{_SIZE_UNIT}?", re.I
)  # fmt: skip
_BARE_SIZE = re.compile(rf"{_NUMBER}\s*{_SIZE_UNIT}", re.I | re.A)
_SIZE_UPPER = re.compile(rf"\s*[-~～–—至到]\s*{_NUMBER}\s*{_SIZE_UNIT}", re.I | re.A)
DISTANCE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:mm|cm|毫米|厘米)\s*(?:away|from|off|to the|deep|below)|[距离深][^\d,，;；]{0,10}\d+(?:\.\d+)?\s*(?:mm|cm|毫米|厘米)",
    re.I,
)
"""How far a lesion lies from something: no size."""
_CEA = re.compile(
    r"(?:cea|癌胚抗原)[^\d,，;；。-]{0,10}(-?\d+(?:\.\d+)?)(?!\d|\.\d|\s*分)\s*((?:[np]g|μg|µg|ug)\s*/\s*(?:ml|l|dl)|mg\s*/\s*l)?", re.I
)  # fmt: skip
_CEA_AFTER = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*((?:[np]g|μg|µg|ug)\s*/\s*(?:ml|l|dl)|mg\s*/\s*l)?\s*(?:的)?(?:cea\b|癌胚抗原)(?!\s*[:：=]?\s*\d)",
    re.I | re.A,
)
_PROGRESSION = r"进展(?!期)|\bpd\b|progress(?:ed|ion|ing|es)?\b"
_RESPONSE = r"稳定|缩小|缓解|有效|\b(?:stable|respon(?:ded|ding)|(?:good|partial|complete|major) response|shrank|shrunk|regress\w*|pr|sd|cr)\b"
_INTERVAL = re.compile(
    rf"(?:间隔|interval|切肠后?|距(?:肠)?切除|切除(?:术)?(?:后|至|到)移植|(?:切除|手术|切肠|肠切)(?:术后?|后)?(?:至|到|距)[^\d,，;；]{{0,6}}移植|(?:colectomy|resection|surgery) to (?:transplant\w*|lt))[^\d,，;；]{{0,10}}{_NUMBER}\s*(个?月|mo(?:nths?)?|年|y(?:ears?|rs?)?)"
    rf"|{_NUMBER}\s*(mo(?:nths?)?|mths?|y(?:ears?|rs?)?)\s*(?:from )?(?:crc|bowel|colon|colectomy|primary)[\w ]{{0,14}}(?:to|->|till|until) (?:tx|lt\b|transplant\w*)"
    rf"|(?:colectomy|resection|bowel surgery|(?:bowel|colon|rectum|primary) (?:was |came )?(?:out|off|resected|removed|taken out))[^\d,;.]{{0,6}}{_NUMBER}\s*(mo(?:nths?)?|mths?|y(?:ears?|rs?)?)\s*(?:before|prior|ago)"
    rf"|{_NUMBER}\s*(个?月|mo(?:nths?)?|年|y(?:ears?|rs?)?)\s*(?:to the day )?(?:since|after|from) (?:colectomy|resection|bowel|primary)"
    rf"|{_NUMBER}\s*(mo(?:nths?)?|y(?:ears?|rs?)?)\s*between (?:the )?(?:colectomy|resection|bowel|primary)[\w ]{{0,20}} and (?:the )?(?:transplant\w*|lt\b)",
    re.I | re.A,
)  # fmt: skip
_FLR_WORD = r"(?:残肝|残余肝|剩余肝|剩肝|残留肝|flr|remnant)"
_FLR = re.compile(
    rf"{_FLR_WORD}[^\d,，;；]{{0,12}}{_NUMBER}\s*(%|％)|{_NUMBER}\s*(%|％)\s*(?:的)?{_FLR_WORD}"
    rf"|{_FLR_WORD}(?:\s*(?:is|was|of|at))?[^\d,，;；a-z]{{0,6}}{_NUMBER}(?!\d|\.\d|[\s-]*(?:ml|毫升|cm|mm|cc|年|个|枚|根|y|mo|w|d\b|h\b|天|周|月|分|小时|lesion|met|seg|patient|point|cycle|course)|\s*[-~～至到–]\s*\d)",
    re.I | re.A,
)
_FLR_RANGE = re.compile(
    rf"{_FLR_WORD}[^\d,，;；]{{0,12}}{_NUMBER}\s*[-~～–至到]\s*{_NUMBER}\s*[%％]", re.I | re.A
)
_FLR_NOW = re.compile(
    rf"(?:now|currently|today|现在|目前|如今|复查|已到|达到了?)[^\d,，;；。]{{0,10}}{_NUMBER}\s*[%％]",
    re.I | re.A,
)
"""After an earlier remnant the present one counts."""
RANGE = 5.0
"""A remnant given as a wider range is a rule's, not a patient's."""
_HEPATECTOMY_NOW = re.compile(
    r"one[- ]stage (?:bowel|colon|colorectal|rect|simultaneous|combined)|肠肝(?:一起|同时|同期|一并)|同时(?:性)?(?:肝)?切|同期(?:肝)?切|一期同[步期]|同步切|simultaneous|synchronous (?:hepatectomy|resection|liver)",
    re.I | re.A,
)
_HEPATECTOMY_LATER = re.compile(
    r"异时(?:性)?(?:肝)?切|分期(?:肝)?切|二期(?:肝)?切|分阶段|staged|metachronous (?:hepatectomy|resection|liver)",
    re.I | re.A,
)


def read_findings(text: str) -> Findings:
    """Everything recognised in one text, wherever it stands in it."""
    text = unicodedata.normalize("NFKC", text)
    found = Findings()
    _nodes(text, found)
    _timing(text, found)
    _number_of_metastases(text, found)
    _cea(text, found)
    _size(_CEA.sub(" ", text), found)
    _transplant(text, found)
    _remnant(text, found)
    return found


def _nodes(text: str, found: Findings) -> None:
    text = _HILAR.sub(" ", text)
    if match := _NODE_UNKNOWN.search(text):
        found.unclear["node"] = match.group()
    elif match := _NODE_CORRECTED.search(text):
        found.put("node_positive", match["word"].lower() in ("阳性", "positive"), match["word"])
    elif match := _NODE_NEGATIVE.search(text):
        found.put("node_positive", False, match.group())
    elif match := _NODE_POSITIVE.search(text):
        found.put("node_positive", True, match.group())
    settled = "node" in found.unclear or bool(_NODE_CORRECTED.search(text))
    if (count := positive_nodes(text)) is not None and not settled:
        found.put("node_positive", count > 0, found.spans.get("node_positive", str(count)))
    if EARLIER not in text and (both := nodes_conflict(text) or _both_ways(text)):
        found.contradicted("node_positive", both)


def _both_ways(text: str) -> str | None:
    """Nodes said to be positive and, in other words, to be negative."""
    negative = _NODE_NEGATIVE.search(text)
    positive = next(
        (m for m in _NODE_POSITIVE.finditer(text) if negative and not _overlap(m.span(), negative.span())),
        None,
    )
    if negative is None or positive is None or "转移" in positive.group() or corrected(text):
        return None
    return pair(positive.group(), negative.group())


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _timing(text: str, found: Findings) -> None:
    text = _ASIDE.sub("", text)
    if match := _DFS.search(text):
        group = next(n for n, g in enumerate(match.groups(), 1) if g)
        found.put_duration("dfs_months", in_months(*match.group(group, group + 1)), match, group)
    elif (told := between_dates(text)) is not None:
        found.put("dfs_months", *told)
    if _EITHER_TIMING.search(text):
        return
    if match := _METACHRONOUS.search(text):
        found.put("synchronous", False, match.group())
    elif match := _SYNCHRONOUS.search(text):
        found.put("synchronous", True, match.group())
    elif "dfs_months" in {**found.values, **found.bounds}:
        found.values["synchronous"] = False


_ASIDE = re.compile(r"\([^()]{0,40}\)")
"""A remark in brackets stands between an event and its time."""
_RESECTED = r"切除|切的|切了|根治|手术|术后|resect|colectomy|\bLAR\b|\bAPR\b|surgery|operat"
_TRANSPLANT = r"移植|transplant|\bLT\b"
_FOUND = r"发现|转移|复发|肝转|met\b|mets\b|metasta|recur|relapse|found|detected"


def between_dates(text: str, event: str = "") -> tuple[float, str] | None:
    """Whole months from the resection of the primary to the metastasis (or ``event``), when both days are given."""
    days = find_dates(text)
    if len(days) != 2 or not days[0].day < days[1].day:
        return None
    first = text[max(0, days[0].start - 30) : days[1].start]
    second = text[days[0].end :]
    if not event:
        event = _FOUND
        if re.search(_TRANSPLANT, text[days[0].end : days[1].end + 12], re.I):
            return None
    elif not re.search(event, text[days[0].end : days[1].end + 12], re.I):
        return None
    if not re.search(_RESECTED, first, re.I) or not re.search(event, second, re.I):
        return None
    return float(months_between(days[0].day, days[1].day)), text[days[0].start : days[1].end]


def _number_of_metastases(text: str, found: Findings) -> None:
    if match := _EACH.search(text):
        places = len(re.findall(r"S\s?\d", match.group(1), re.I)) or (
            2 if re.search(r"左右|两叶|both", match.group(1), re.I) else 0
        )
        if places:
            found.put("n_mets", places * (count_of(match.group(2)) or 0), match.group())
            return
    text = _ELSEWHERE.sub(" ", text)
    if match := _N_METS.search(text):
        group = next(n for n, g in enumerate(match.groups(), 1) if g)
        if number_before(text, match.start(group)):
            found.unread("n_mets", match)
            return
        number = count_of(match.group(group)) or 0
        found.put("n_mets", number, match.group())
        if number > 1 and (both := one_and_many(text, match.group())):
            found.contradicted("n_mets", both)
        if ends_range(text, match.start()):
            found.assumptions["n_mets_range"] = (
                "个数给的是范围，取上限",
                "the number is a range: its upper end is used",
            )
    elif match := _SINGLE.search(text):
        found.put("n_mets", 1, match.group())


def _cea(text: str, found: Findings) -> None:
    match = _CEA.search(text) or _CEA_AFTER.search(text)
    if not match:
        return
    if a_range(text, match.end()) or (
        not match.group(2) and match.re is _CEA and other_unit(text, match.end())
    ):
        found.unread("cea", match)
        return
    value, unit = float(match.group(1)), (match.group(2) or "").replace(" ", "").replace("µ", "μ").lower()
    if unit in ("μg/ml", "ug/ml"):
        found.unclear["cea_unit"] = match.group()
        return
    if not unit:
        found.assumptions["cea"] = ("CEA单位按 ng/mL（=μg/L）", "CEA unit taken as ng/mL (= µg/L)")
    elif unit not in ("ng/ml", "μg/l", "ug/l"):
        value = convert(value, unit, "ug/l")
    found.put_measured("cea", value, match, 1)
    said = text.split(EARLIER)[0]
    others = [m for m in match.re.finditer(said, match.end()) if m.group(2) == match.group(2)]
    if len(others) == 1 and float(others[0].group(1)) != float(match.group(1)) and not corrected(said):
        found.contradicted("cea", pair(match.group(), others[0].group()))


def _size(text: str, found: Findings) -> None:
    match = _SIZE.search(text)
    if match is None:
        away = [m.span() for m in DISTANCE.finditer(text)]
        sizes = [m for m in _BARE_SIZE.finditer(text) if not any(a <= m.start() < b for a, b in away)]
        match = max(sizes, key=lambda m: convert(float(m.group(1)), m.group(2).lower(), "cm"), default=None)
    if match is None:
        return
    upper = _SIZE_UPPER.match(text, match.end())
    if upper and float(upper.group(1)) > float(match.group(1)):
        match = upper
    value, unit = float(match.group(1)), (match.group(2) or "").lower()
    if not unit:
        if other_unit(text, match.end()):
            found.unread("max_diameter_cm", match)
            return
        if value > 20:
            found.unclear["size_unit"] = match.group()
            return
        found.assumptions["size"] = ("大小单位按 cm", "size taken as cm")
        unit = "cm"
    if ends_range(text, match.start(1)):
        found.assumptions["size_range"] = (
            "大小给的是范围，取上限",
            "the size is a range: its upper end is used",
        )
    value = convert(value, unit, "cm")
    found.put_measured("max_diameter_cm", value, match, 1)
    if (again := _BARE_SIZE.match(text, after_restating(text, match.end()) or len(text))) and differ(
        value, convert(float(again.group(1)), again.group(2).lower(), "cm")
    ):
        found.contradicted("max_diameter_cm", pair(match.group(), again.group()))


def _transplant(text: str, found: Findings) -> None:
    progressed = stated(text, _PROGRESSION)
    if progressed is None and stated(text, _RESPONSE):
        progressed = False
    if progressed is not None and (
        match := re.search(f"{_PROGRESSION}|{_RESPONSE}", text, re.IGNORECASE | re.ASCII)
    ):
        found.put("progression_after_chemo", progressed, match.group())
    if (told := between_dates(text, _TRANSPLANT)) is not None:
        found.put("interval_months", *told)
    if match := _INTERVAL.search(text):
        group = next(n for n, g in enumerate(match.groups(), 1) if g)
        found.put_duration("interval_months", in_months(*match.group(group, group + 1)), match, group)
        if ends_range(text, match.start(group)):
            found.assumptions["interval_range"] = (
                "间隔给的是范围，取上限",
                "the interval is a range: its upper end is used",
            )


def _remnant(text: str, found: Findings) -> None:
    between = _FLR_RANGE.search(text)
    if between and 0 < float(between.group(2)) - float(between.group(1)) <= RANGE:
        found.put("flr_percent", float(between.group(1)), between.group())
        found.assumptions["flr_range"] = (
            "残肝给的是范围，取下限",
            "the remnant is a range: its lower end is used",
        )
    elif match := _FLR.search(text):
        _hepatectomy(text, found)
        if later := _FLR_NOW.search(text, match.end()):
            found.put_measured("flr_percent", float(later.group(1)), later, 1)
            return
        group = next(n for n in (1, 3, 5) if match.group(n))
        value = float(match.group(group))
        limit = side_of(text, match.start(group), match.end(group)) or is_wide_range(
            text, match.start(group), match.end(group), RANGE
        )
        if not limit and group == 5 and value < 1:
            found.unclear["flr_unit"] = match.group()
        elif not limit:
            found.put_measured("flr_percent", value, match, group)
    _hepatectomy(text, found)


def _hepatectomy(text: str, found: Findings) -> None:
    now, later = _HEPATECTOMY_NOW.search(text), _HEPATECTOMY_LATER.search(text)
    if now and not later:
        found.put("hepatectomy", "synchronous", now.group())
    elif later and not now:
        found.put("hepatectomy", "metachronous", later.group())
