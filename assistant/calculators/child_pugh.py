"""Child-Pugh class (Pugh RN et al., Br J Surg 1973;60:646); used by the guideline and the cohort study without its points."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import (
    Albumin,
    Bilirubin,
    Calculator,
    Inputs,
    Inr,
    SourceAnchor,
    close_to,
    optional,
)
from corpus.model import Language


class ChildPughInputs(Inputs):
    """What is known of the case."""

    bili_mg_dl: Bilirubin = optional("bilirubin, mg/dL")
    alb_g_dl: Albumin = optional("albumin, g/dL")
    inr: Inr = optional("INR")
    ascites: Literal["none", "slight", "moderate", "severe"] | None = Field(None, description="ascites")
    enceph: Literal["none", "1-2", "3-4"] | None = Field(None, description="hepatic encephalopathy grade")


class ChildPugh(Calculator):
    """Child-Pugh class."""

    name = "child_pugh"
    title = {"zh": "Child-Pugh分级", "en": "Child-Pugh class"}
    inputs = ChildPughInputs
    sources = (SourceAnchor("crlm-guideline-2023", "Child-Pugh评分、胃肠道疾病史"),)
    publication = "Pugh RNH et al., Br J Surg 1973;60:646-649"

    def apply(self, values: ChildPughInputs, language: Language) -> Calculation:
        bili, alb, inr = values.bili_mg_dl, values.alb_g_dl, values.inr
        points = {
            "bilirubin": None if bili is None else 1 if bili < 2 else 2 if bili <= 3 else 3,
            "albumin": None if alb is None else 1 if alb > 3.5 else 2 if alb >= 2.8 else 3,
            "inr": None if inr is None else 1 if inr < 1.7 else 2 if inr <= 2.3 else 3,
            "ascites": None if values.ascites is None else {"none": 1, "slight": 2}.get(values.ascites, 3),
            "enceph": None if values.enceph is None else {"none": 1, "1-2": 2}.get(values.enceph, 3),
        }
        known = [p for p in points.values() if p is not None]
        missing = [name for name, p in points.items() if p is None]
        low, high = sum(known) + len(missing), sum(known) + 3 * len(missing)
        classes = {_class(score) for score in range(low, high + 1)}
        result: dict[str, object] = {"score": low} if not missing else {"score_min": low, "score_max": high}
        if len(classes) == 1:
            result["class"] = classes.pop()
        labels = {
            "bilirubin": ("胆红素", "bilirubin"),
            "albumin": ("白蛋白", "albumin"),
            "inr": ("INR", "INR"),
            "ascites": ("腹水", "ascites"),
            "enceph": ("肝性脑病", "encephalopathy"),
        }
        near = [
            close_to(bili, 2, "2 mg/dL", "mg/dL", 0.05),
            close_to(bili, 3, "3 mg/dL", "mg/dL", 0.05),
            close_to(alb, 3.5, "3.5 g/dL", "g/dL", 0.03),
            close_to(alb, 2.8, "2.8 g/dL", "g/dL", 0.03),
            close_to(inr, 1.7, "1.7", "", 0.03),
            close_to(inr, 2.3, "2.3", "", 0.03),
        ]
        return self.done(
            values,
            result,
            language,
            status="incomplete" if missing else "ok",
            missing=missing,
            steps=[(*labels[n], p if p is not None else "—") for n, p in points.items()],
            near=near,
        )


def _class(score: int) -> str:
    return "A" if score <= 6 else "B" if score <= 9 else "C"
