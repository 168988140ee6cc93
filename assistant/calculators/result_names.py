"""What the results of calculators are called in both languages, with their units."""

from __future__ import annotations

from assistant.calculators.base import shown
from corpus.model import Language

NAMES: dict[str, tuple[str, str, str]] = {
    "albi": ("ALBI", "ALBI", ""), "apri": ("APRI", "APRI", ""), "fib4": ("FIB-4", "FIB-4", ""),
    "meld": ("MELD", "MELD", ""), "meld_i": ("MELD(i)", "MELD(i)", ""), "meld_na": ("MELD-Na", "MELD-Na", ""),
    "meld3": ("MELD 3.0", "MELD 3.0", ""), "raw": ("取整前", "before rounding", ""), "tbs": ("TBS", "TBS", ""),
    "bed_gy": ("BED", "BED", "Gy"), "eqd2_gy": ("EQD2", "EQD2", "Gy"), "total_gy": ("总剂量", "total dose", "Gy"),
    "ge_100": ("BED≥100 Gy", "BED ≥100 Gy", ""), "bed_ok": ("BED符合", "BED within the limits", ""),
    "size_ok": ("大小符合", "size within the limits", ""), "fractions_ok": ("分割次数符合", "fractions within the limits", ""),
    "dose_per_fraction_ok": ("单次剂量符合", "dose per fraction within the limits", ""),
    "bsa_m2": ("体表面积", "BSA", "m²"), "formula": ("公式", "formula", ""),
    "tlv_ml": ("标准肝体积", "TLV", "mL"), "sflr_percent": ("sFLR", "sFLR", "%"), "flr_percent": ("FLR", "FLR", "%"),
    "kgr_per_week": ("KGR", "KGR", "%/周|%/week"), "kgr_ge_2": ("KGR≥2%/周", "KGR ≥2 %/week", ""),
    "dh_points": ("肥大程度", "degree of hypertrophy", "个百分点| percentage points"), "dh_gt_7_5": ("肥大程度>7.5", "degree of hypertrophy >7.5", ""),
    "threshold": ("界值", "threshold", "%"), "limit": ("上限", "limit", ""), "meets": ("达到要求", "meets the requirement", ""),
    "meets_if_synchronous": ("同时性切除时达到", "met if synchronous", ""), "meets_if_metachronous": ("异时性切除时达到", "met if metachronous", ""),
    "meets_surgery_review": ("达到2025外科综述的要求", "meets the 2025 surgical review", ""),
    "within": ("在标准内", "within the criteria", ""), "size_and_number": ("大小和数目符合", "size and number fit", ""),
    "guideline2023": ("按2023指南符合", "fits the 2023 guideline", ""), "dlm_review": ("按DLM综述符合", "fits the DLM review", ""),
    "eligible": ("符合条件", "eligible", ""), "indicated": ("有适应证", "indicated", ""),
    "indicated_if_injury": ("有肝损伤时有适应证", "indicated if the liver is injured", ""), "contraindicated": ("禁忌", "contraindicated", ""),
    "predicts_success": ("预示消融成功", "predicts success", ""), "marker_recommended": ("建议放置标记", "marker recommended", ""),
    "timing_ok": ("时机符合", "timing fits", ""), "neoadjuvant": ("可选新辅助化疗", "neoadjuvant chemotherapy applies", ""),
    "high_risk": ("高危", "high risk", ""), "n_factors": ("高危因素数", "risk factors", ""),
    "oligo": ("寡转移", "oligometastatic", ""), "pattern": ("类型", "pattern", ""), "ets": ("早期肿瘤退缩", "early tumour shrinkage", ""),
    "shrink_percent": ("缩小", "shrinkage", "%"), "change_from_baseline_percent": ("较基线变化", "change from baseline", "%"),
    "category": ("疗效", "response", ""), "class": ("分级", "class", ""), "grade": ("分级", "grade", ""), "score": ("评分", "score", ""),
    "score_min": ("最低分", "lowest score", ""), "score_max": ("最高分", "highest score", ""), "group": ("组别", "group", ""),
    "os10_percent": ("10年生存率", "10-year survival", "%"), "zone": ("分区", "zone", ""), "tier": ("剂量档", "dose tier", ""),
    "n": ("N分期", "N category", ""), "stage": ("分期", "stage", ""), "stage_options": ("可能的分期", "possible stages", ""),
    "stage_partial": ("分期", "stage", ""), "dukes": ("Dukes", "Dukes", ""), "mac": ("MAC", "MAC", ""),
    "days": ("间隔", "interval", "天| days"), "weeks": ("间隔", "interval", "周| weeks"), "too_early": ("过早", "too early", ""),
    "within_6_8_weeks": ("在6~8周内", "within 6-8 weeks", ""), "earliest": ("最早", "earliest", ""), "latest": ("最晚", "latest", ""),
    "imaging_interval_months": ("影像复查间隔", "imaging every", "个月| months"), "marker_interval_months": ("标志物复查间隔", "markers every", "个月| months"),
    "total": ("合计", "total", "个月| months"), "regimen": ("方案", "regimen", ""),
    "options": ("可选设置", "settings", ""), "power_w": ("功率", "power", "W"), "minutes": ("时间", "time", "分钟| min"), "energy_j": ("能量", "energy", "J"),
    "capecitabine_mg_per_day": ("卡培他滨每日", "capecitabine a day", "mg"), "capecitabine_mg_per_dose": ("卡培他滨每次", "capecitabine a dose", "mg"),
    "capecitabine_mg_per_dose_low": ("卡培他滨每次，低限", "capecitabine a dose, lower", "mg"),
    "capecitabine_mg_per_dose_high": ("卡培他滨每次，高限", "capecitabine a dose, upper", "mg"),
    "fu_bolus_mg": ("氟尿嘧啶静脉推注", "5-FU bolus", "mg"), "fu_infusion_total_mg": ("氟尿嘧啶持续输注总量", "5-FU infusion, total", "mg"),
    "fu_infusion_mg_per_day": ("氟尿嘧啶持续输注每日", "5-FU infusion a day", "mg"), "fu_mg_per_day": ("氟尿嘧啶每日", "5-FU a day", "mg"),
    "fu_mg_per_day_low": ("氟尿嘧啶每日，低限", "5-FU a day, lower", "mg"), "fu_mg_per_day_high": ("氟尿嘧啶每日，高限", "5-FU a day, upper", "mg"),
    "lv_mg": ("亚叶酸钙", "leucovorin", "mg"), "lv_mg_per_day": ("亚叶酸钙每日", "leucovorin a day", "mg"),
    "irinotecan_mg": ("伊立替康", "irinotecan", "mg"), "oxaliplatin_mg": ("奥沙利铂", "oxaliplatin", "mg"),
    "oxaliplatin_mg_weekly": ("奥沙利铂每周", "oxaliplatin weekly", "mg"), "raltitrexed_mg": ("雷替曲塞", "raltitrexed", "mg"),
    "fudr_mg": ("氟尿苷", "FUDR", "mg"), "mitomycin_mg": ("丝裂霉素", "mitomycin", "mg"), "half_fudr_mg": ("半量氟尿苷", "half FUDR", "mg"),
    "half_mitomycin_mg": ("半量丝裂霉素", "half mitomycin", "mg"), "half_oxaliplatin_mg": ("半量奥沙利铂", "half oxaliplatin", "mg"),
    "loading_mg": ("首次", "first dose", "mg"), "weekly_mg": ("以后每周", "then weekly", "mg"), "q2w_mg": ("每2周", "every 2 weeks", "mg"),
    "mg": ("剂量", "dose", "mg"), "mg_per_kg": ("按体重", "by weight", "mg/kg"), "mg_per_day": ("每日", "a day", "mg"),
    "mg_per_dose": ("每次", "a dose", "mg"), "raw_mg_per_dose": ("每次，未封顶", "a dose, uncapped", "mg"), "capped": ("已封顶", "capped", ""),
    "label_table_mg": ("说明书用量表", "table of the label", "mg"), "label_first_dose_mg": ("说明书首剂", "first dose of the label", "mg"),
    "interval_weeks": ("间隔", "every", "周| weeks"), "cycle_days": ("周期", "cycle", "天| days"), "days_on": ("用药", "given for", "天| days"),
    "n_factors_min": ("高危因素数，最少", "risk factors, at least", ""), "n_factors_max": ("高危因素数，最多", "risk factors, at most", ""),
    "specificity_percent": ("特异性", "specificity", "%"), "sensitivity_percent": ("敏感性", "sensitivity", "%"),
    "standard_liver_weight_g": ("标准肝重", "standard liver weight", "g"),
    "timing_ok_without_therapy": ("期间未治疗时符合", "fits without therapy", ""), "timing_ok_with_therapy": ("期间治疗时符合", "fits with therapy", ""),
    "days_before_surgery": ("术前给药", "given", "天| days before surgery"),
}  # fmt: skip
_VALUES = {
    "high": ("高", "high"), "low": ("低", "low"), "unilateral": ("单侧", "unilateral"), "bilateral": ("双侧", "bilateral"),
    "le_139": ("≤139 Gy", "≤139 Gy"), "gt_139": (">139 Gy", ">139 Gy"), "gt_189": (">189 Gy", ">189 Gy"), "mosteller": ("Mosteller", "Mosteller"), "dubois": ("DuBois", "DuBois"),
    "haycock": ("Haycock", "Haycock"), "stevenson": ("许文生", "Stevenson"), "vauthey": ("Vauthey", "Vauthey"), "urata": ("Urata", "Urata"),
    "feng_chinese_2017": ("Feng 2017（中国成人）", "Feng 2017 (Chinese adults)"), "chan_hongkong_2006": ("Chan 2006（香港）", "Chan 2006 (Hong Kong)"),
}  # fmt: skip


VERDICTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "indicated": (("有适应证", "原文条文不支持"), ("indicated", "not covered by the source's indication")),
    "indicated_if_injury": (("有肝损伤时同样可得益，否则原文未涵盖", "无适应证"), ("may benefit if the liver is injured", "not indicated")),
    "contraindicated": (("属于消融禁忌", "不在禁忌距离之内"), ("ablation is contraindicated", "not within the forbidden distance")),
    "within": (("在界限之内", "超出界限"), ("within the limit", "beyond the limit")),
    "meets": (("达到要求", "未达到要求"), ("meets the requirement", "does not meet the requirement")),
    "eligible": (("符合条件", "不符合条件"), ("fits the criteria", "does not fit the criteria")),
    "guideline2023": (("符合2023指南", "不符合2023指南"), ("fits the 2023 guideline", "does not fit the 2023 guideline")),
    "dlm_review": (("符合DLM综述", "不符合DLM综述"), ("fits the DLM review", "does not fit the DLM review")),
    "timing_ok": (("时机符合", "时机不符合"), ("timing fits", "timing does not fit")),
    "neoadjuvant": (("可采用新辅助治疗", "宜直接切除，继而术后辅助治疗"), ("neoadjuvant treatment may be used", "resect first, adjuvant treatment after")),
    "high_risk": (("属于高危", "无高危因素"), ("high risk", "no high-risk factor")),
    "oligo": (("属于寡转移", "不属于寡转移"), ("oligometastatic", "not oligometastatic")),
    "marker_recommended": (("建议化疗前放置标记", "不符合放置标记的条件"), ("marker before chemotherapy recommended", "does not fit the marker criteria")),
    "predicts_success": (("预示消融成功", "不足以预示消融成功"), ("predicts success", "does not predict success")),
    "ets": (("达到早期退缩", "未达到早期退缩"), ("early shrinkage reached", "early shrinkage not reached")),
    "capped": (("已按上限封顶", "未到上限"), ("capped", "below the cap")),
    "ge_100": (("达到100 Gy", "未达到100 Gy"), ("reaches 100 Gy", "below 100 Gy")),
    "within_6_8_weeks": (("在6~8周之内", "不在6~8周之内"), ("within 6-8 weeks", "not within 6-8 weeks")),
    "too_early": (("过早（不足6周）", "不过早"), ("too early (under 6 weeks)", "not too early")),
    "kgr_ge_2": (("KGR≥2%/周", "KGR<2%/周"), ("KGR ≥2 %/week", "KGR <2 %/week")),
    "dh_gt_7_5": (("肥大程度>7.5", "肥大程度≤7.5"), ("hypertrophy >7.5", "hypertrophy ≤7.5")),
}  # fmt: skip
"""A yes or no put into words: (Chinese yes, no), (English yes, no)."""


def result_line(key: str, value: object, language: Language) -> str:
    """One result with its name, a verdict in words."""
    if isinstance(value, bool) and key in VERDICTS:
        return VERDICTS[key][0 if language == "zh" else 1][0 if value else 1]
    return f"{result_name(key, language)} {result_text(key, value, language)}"


def result_name(key: str, language: Language) -> str:
    """What one result is called; an unnamed one by its key."""
    names = NAMES.get(key)
    return names[0 if language == "zh" else 1] if names else key.replace("_", " ")


def result_text(key: str, value: object, language: Language) -> str:
    """One result as a reader sees it: by name where it has one, with the unit of its key."""
    if isinstance(value, dict):
        return ", ".join(
            f"{result_name(k, language)} {result_text(k, v, language)}" for k, v in value.items()
        )
    if isinstance(value, list | tuple):
        texts = [_plain(v, language) for v in value]
        numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
        if numbers and len(texts) == 2:
            return _with_unit(key, texts[0] if texts[0] == texts[1] else "~".join(texts), language)
        return "; ".join(
            result_text(key, v, language) if isinstance(v, dict) else _plain(v, language) for v in value
        )
    if value is None:
        return "—"
    return _with_unit(key, _plain(value, language), language)


def _plain(value: object, language: Language) -> str:
    """Large figures are read rounded; the answer's data keep every digit."""
    if isinstance(value, float):
        value = round(value, 1 if abs(value) >= 100 else 2 if abs(value) >= 10 else 4)
    names = _VALUES.get(value) if isinstance(value, str) else None
    return names[0 if language == "zh" else 1] if names else shown(value, language)


def _with_unit(key: str, value: str, language: Language) -> str:
    chinese, _, english = NAMES.get(key, ("", "", ""))[2].partition("|")
    unit = chinese if language == "zh" or not english else english
    if not unit:
        return value
    return f"{value}{unit}" if unit[0] == " " or unit[0] == "%" or unit[0] >= "\u4e00" else f"{value} {unit}"
