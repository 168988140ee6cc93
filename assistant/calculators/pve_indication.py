"""Portal vein embolisation or ligation: guideline 4.1.4 (4). Below 30 %; 30-40 % with intensive chemotherapy and injury."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, Percent, SourceAnchor, close_to, flag, optional
from corpus.model import Language


class PveIndicationInputs(Inputs):
    """What is known of the case."""

    flr_percent: Percent = optional("future liver remnant, percent")
    chemo_injury: bool | None = flag("intensive chemotherapy with parenchymal injury")


class PveIndication(Calculator):
    """Portal vein embolisation indication."""

    name = "pve_indication"
    title = {"zh": "门静脉栓塞（PVE）指征", "en": "Portal vein embolisation indication"}
    inputs = PveIndicationInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "被用于预计手术切除后剩余肝脏体积不足30%"),
        SourceAnchor("crlm-guideline-2023", "对于那些剩余肝脏体积在30%~40%"),
    )
    required = ("flr_percent",)
    caveats = {
        "zh": ("同时性切除、残肝30%~40%而肝脏健康者达不到40%的容积标准，但指南没有针对此情况的PVE条文。",),
        "en": (
            "A healthy remnant of 30-40 % at simultaneous resection fails the 40 % rule, but the guideline has no PVE sentence for it.",
        ),
    }

    def apply(self, values: PveIndicationInputs, language: Language) -> Calculation:
        flr = values.flr_percent or 0.0
        steps: list[tuple[str, str, object] | tuple[str, str, object, int]] = [
            ("残肝 %", "remnant %", flr),
            ("强烈化疗且肝实质损伤", "intensive chemotherapy with injury", values.chemo_injury, 2),
        ]
        near = [close_to(flr, 30, "<30%", "%", 0.05), close_to(flr, 40, "≤40%", "%", 0.05)]
        if flr < 30:
            return self.done(
                values,
                {"indicated": True},
                language,
                steps=steps,
                near=near,
                says="此方法被用于预计手术切除后剩余肝脏体积不足30%的肝转移患者。",
            )
        if flr > 40:
            return self.done(values, {"indicated": False}, language, steps=steps, near=near)
        if values.chemo_injury is None:
            return self.done(
                values,
                {"indicated_if_injury": True},
                language,
                steps=steps,
                near=near,
                status="incomplete",
                missing=["chemo_injury"],
            )
        says = (
            "对于那些剩余肝脏体积在30%~40%，并且接受了强烈化疗而有肝实质损伤的患者，同样也可从中得益。"
            if values.chemo_injury
            else None
        )
        return self.done(
            values, {"indicated": bool(values.chemo_injury)}, language, steps=steps, near=near, says=says
        )
