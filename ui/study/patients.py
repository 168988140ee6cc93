"""Random patients for the calculators: plausible values, often near a limit, never at odds with each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from assistant.calculators.doses import doses
from assistant.calculators.tnm_stage import DISTANT, TS

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What is asked of one calculator. ``within``: how far a typed number may be off, share of the truth;
    ``choices``: all values the result can have, else a number is typed."""

    calculator: str
    result: str
    patient: Callable[[Random], Inputs]
    within: float = 0.0
    choices: tuple[Any, ...] = ()


def _crs(chance: Random) -> Inputs:
    timing: Inputs = {"synchronous": True}
    if chance.random() < 0.5:
        timing = {"synchronous": False, "dfs_months": chance.choice([3, 8, 11, 12, 13, 18, 30])}
    return {
        "node_positive": chance.random() < 0.5,
        **timing,
        "n_mets": chance.choice([1, 1, 2, 3, 5]),
        "cea_ng_ml": chance.choice([4, 35, 120, 199, 200, 201, 260, 800]),
        "max_diameter_cm": chance.choice([1.5, 2.8, 4.6, 5.0, 5.1, 6.5, 9.0]),
    }


def _oslo(chance: Random) -> Inputs:
    return {
        "max_diameter_cm": chance.choice([2.0, 3.5, 5.4, 5.5, 5.6, 7.0]),
        "progression_after_chemo": chance.random() < 0.4,
        "interval_months": chance.choice([8, 15, 23, 24, 25, 36]),
        "cea_ug_l": chance.choice([5, 40, 79, 80, 81, 150]),
    }


def _remnant(chance: Random) -> Inputs:
    return {
        "flr_percent": chance.choice([22, 28, 29, 30, 33, 36, 39, 40, 41, 48]),
        "timing": chance.choice(["synchronous", "metachronous"]),
        "hepatic_veins_preserved": chance.choice([0, 1, 1, 2, 3]),
    }


def _pve(chance: Random) -> Inputs:
    return {
        "flr_percent": chance.choice([20, 26, 29, 30, 34, 38, 40, 41, 47]),
        "chemo_injury": chance.random() < 0.5,
    }


def _child(chance: Random) -> Inputs:
    return {
        "bili_mg_dl": chance.choice([0.8, 1.4, 1.9, 2.4, 3.2, 4.5]),
        "alb_g_dl": chance.choice([2.2, 2.7, 3.0, 3.4, 3.6, 4.1]),
        "inr": chance.choice([1.0, 1.3, 1.6, 1.8, 2.2, 2.6]),
        "ascites": chance.choice(["none", "none", "slight", "moderate"]),
        "enceph": chance.choice(["none", "none", "1-2", "3-4"]),
    }


def _stage(chance: Random) -> Inputs:
    t = chance.choice(TS)
    nodes = ("N0",) if t == "Tis" else ("N0", "N1a", "N1b", "N1c", "N2a", "N2b")
    distant = chance.choice(["M0", "M0", "M0", *DISTANT])
    return {"T": t, "N": chance.choice(nodes), "M": "M0" if t == "Tis" else distant}


def _nodes(chance: Random) -> Inputs:
    count = chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12])
    return {"positive_nodes": count, "tumor_deposits": count == 0 and chance.random() < 0.5}


def _level(chance: Random) -> Inputs:
    return {"level": chance.choice(["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4", "5"])}


def _surface(chance: Random) -> float:
    return round(chance.uniform(1.4, 2.1), 2)


def _regimen(drug: str) -> Callable[[Random], Inputs]:
    with_drug = [name for name, regimen in doses().regimens.items() if drug in regimen.per_m2]
    return lambda chance: {"regimen": chance.choice(with_drug), "bsa_m2": _surface(chance)}


def _sflr(chance: Random) -> Inputs:
    return {"flr_ml": chance.randrange(250, 620, 10), "tlv_ml": chance.randrange(1100, 1700, 20)}


def _flr(chance: Random) -> Inputs:
    tumor = chance.randrange(40, 260, 20)
    return {
        "flr_ml": chance.randrange(280, 620, 10),
        "total_liver_ml": chance.randrange(1300, 1900, 20),
        "tumor_ml": tumor,
    }


def _bed(chance: Random) -> Inputs:
    fractions, dose = chance.choice([(3, 15), (3, 20), (5, 10), (5, 12), (6, 8), (8, 7.5), (10, 5), (12, 5)])
    return {"fractions": fractions, "dose_per_fraction_gy": dose, "alpha_beta_gy": 10.0}


def _body(chance: Random) -> Inputs:
    return {
        "height_cm": chance.randrange(148, 190),
        "weight_kg": chance.randrange(45, 96),
        "formula": "mosteller",
    }


def _burden(chance: Random) -> Inputs:
    return {"max_diameter_cm": round(chance.uniform(1, 9), 1), "n_lesions": chance.randrange(1, 12)}


STAGES = ("0", "I", "IIA", "IIB", "IIC", "IIIA", "IIIB", "IIIC", "IVA", "IVB", "IVC")
YES_NO = (True, False)
CASES: tuple[Case, ...] = (
    Case("crs", "score", _crs),
    Case("crs", "group", _crs, choices=("low", "high")),
    Case("oslo", "score", _oslo),
    Case("liver_remnant", "meets", _remnant, choices=YES_NO),
    Case("pve_indication", "indicated", _pve, choices=YES_NO),
    Case("child_pugh", "class", _child, choices=("A", "B", "C")),
    Case("tnm_stage", "stage", _stage, choices=STAGES),
    Case("n_category", "n", _nodes, choices=("N0", "N1a", "N1b", "N1c", "N2a", "N2b")),
    Case("evidence_grade", "grade", _level, choices=("A", "B", "C", "D")),
    Case("regimen_dose", "oxaliplatin_mg", _regimen("oxaliplatin_mg"), within=0.02),
    Case("regimen_dose", "irinotecan_mg", _regimen("irinotecan_mg"), within=0.02),
    Case("sflr", "sflr_percent", _sflr, within=0.02),
    Case("flr_percent", "flr_percent", _flr, within=0.02),
    Case("bed", "bed_gy", _bed, within=0.01),
    Case("bed", "ge_100", _bed, choices=YES_NO),
    Case("bsa", "bsa_m2", _body, within=0.02),
    Case("tumor_burden_score", "tbs", _burden, within=0.02),
)
