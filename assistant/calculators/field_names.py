"""Chinese names of the calculators' inputs; the English ones are in the models."""

from __future__ import annotations

from corpus.model import Language

ZH = {
    "node_positive": "原发肿瘤淋巴结阳性", "synchronous": "同时性肝转移", "dfs_months": "无病间期（月）", "n_mets": "肝转移个数",
    "cea_ng_ml": "术前CEA（ng/mL）", "max_diameter_cm": "最大病灶直径（cm）", "progression_after_chemo": "化疗后进展",
    "interval_months": "肠切除至移植（月）", "cea_ug_l": "CEA（μg/L）", "n_lesions": "病灶个数", "positive_nodes": "阳性淋巴结数",
    "tumor_deposits": "癌结节（无淋巴结转移）", "T": "T分期", "N": "N分期", "M": "M分期", "flr_percent": "残肝（%）", "timing": "时机（同时性或异时性）",
    "hepatic_veins_preserved": "保留肝静脉（根）", "chemo_injury": "强烈化疗且肝实质损伤", "resected_percent": "肝切除量（%）",
    "setting": "手术安排", "cirrhosis": "肝硬化", "margin_mm": "切缘（mm）", "height_cm": "身高（cm）", "weight_kg": "体重（kg）",
    "formula": "公式", "bsa_m2": "体表面积（m²）", "male": "男性", "flr_ml": "残肝体积（mL）", "tlv_ml": "标准肝体积（mL）",
    "total_liver_ml": "全肝体积（mL）", "tumor_ml": "肿瘤体积（mL）", "sflr_pre_percent": "栓塞前sFLR（%）",
    "sflr_post_percent": "栓塞后首次sFLR（%）", "days": "间隔天数", "rule": "采用哪份文献", "diameter_cm": "病灶直径（cm）",
    "fractions": "分割次数", "dose_per_fraction_gy": "单次剂量（Gy）", "alpha_beta_gy": "α/β（Gy）", "distance_mm": "距主胆管（mm）",
    "percent_covered_3mm": "3 mm边界覆盖（%）", "percent_covered_6mm": "6 mm边界覆盖（%）", "regimen": "方案", "drug": "药物",
    "last_dose": "末次贝伐珠单抗日期", "surgery": "手术日期", "months_since_surgery": "术后月数", "months_since_ned": "NED后月数",
    "cycles": "已用周期数", "months_since_last_chemo": "末次化疗至肝转移（月）", "months_before": "术前化疗（月）",
    "months_after": "术后化疗（月）", "months_since_ox_chemo_end": "奥沙利铂结束至肝转移（月）", "weeks_after_crc": "肠切除后周数",
    "systemic_therapy": "期间系统治疗", "T4": "T4", "poor_diff": "组织分化差", "lvi_pni": "淋巴管/神经侵犯", "obstruction": "肠梗阻",
    "perforation": "T3伴局部穿孔", "margin_uncertain": "切缘不确定或阳性", "nodes_lt_12": "检出淋巴结<12枚", "level": "证据级别",
    "organs": "转移器官数", "lesions": "转移灶数", "n_left": "左肺结节数", "n_right": "右肺结节数", "max_cm": "最大结节（cm）",
    "depth_cm": "距肝表面（cm）", "outside_planned_resection": "在计划切除范围之外", "tumor_dose_gy": "肿瘤吸收剂量（Gy）",
    "ast_u_l": "AST（U/L）", "ast_uln_u_l": "AST正常上限（U/L）", "platelet_e9_l": "血小板（10⁹/L）", "age": "年龄（岁）",
    "alt_u_l": "ALT（U/L）", "creatinine_mg_dl": "肌酐（mg/dL）", "bilirubin_mg_dl": "胆红素（mg/dL）", "inr": "INR",
    "dialysis": "透析", "sodium_mmol_l": "血钠（mmol/L）", "female": "女性", "albumin_g_dl": "白蛋白（g/dL）",
    "bili_mg_dl": "胆红素（mg/dL）", "alb_g_dl": "白蛋白（g/dL）", "ascites": "腹水", "enceph": "肝性脑病",
    "bili_umol": "胆红素（μmol/L）", "alb_g_l": "白蛋白（g/L）", "sizes_cm": "各病灶直径（cm，逗号分隔）", "vascular": "大血管侵犯",
    "extrahepatic": "肝外转移", "baseline_mm": "基线径和（mm）", "nadir_mm": "最低径和（mm）", "current_mm": "当前径和（mm）",
    "new_lesion": "新病灶", "all_gone": "靶病灶全部消失", "baseline_viable": "基线存活径和（mm）",
    "nadir_viable": "最低存活径和（mm）", "current_viable": "当前存活径和（mm）",
    "node": "原发肿瘤淋巴结状态", "cea": "CEA", "size": "最大直径", "progression": "化疗后是否进展", "interval": "切除至移植间隔",
    "N2a_or_N2b": "N2a还是N2b", "T4a_or_T4b": "T4a还是T4b", "M_subcategory": "M1a、M1b还是M1c", "number_of_positive_nodes": "阳性淋巴结个数",
    "bilirubin": "胆红素", "albumin": "白蛋白", "band": "属于哪一档", "before_or_after_12_months": "早于还是晚于12个月",
}  # fmt: skip

_EN = {
    "T": "T category", "N": "N category", "M": "M category", "N2a_or_N2b": "N2a or N2b", "T4a_or_T4b": "T4a or T4b",
    "M_subcategory": "M1a, M1b or M1c", "before_or_after_12_months": "before or after 12 months",
}  # fmt: skip


def missing_label(key: str, language: Language) -> str:
    """What is asked for when it is missing."""
    return ZH.get(key, key) if language == "zh" else _EN.get(key, key.replace("_", " "))


def field_label(key: str, english: str, language: Language) -> str:
    """What an input is called in the reader's language."""
    return ZH.get(key, english) if language == "zh" else english
