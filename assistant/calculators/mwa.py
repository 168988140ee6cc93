"""Microwave settings of one centre: surgery review (001 L60, L219). 1.5 cm stands in two bands; nothing above 2.0 cm."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Cm, Inputs, SourceAnchor, close_to, optional
from corpus.model import Language

BANDS = ((0.0, 1.0, 50, 1.0), (1.0, 1.5, 50, 1.5), (1.5, 2.0, 60, 1.5))
"""Lower and upper size (cm), watts, minutes. 1.0 cm belongs to the second band: the first is below 1.0."""


class MwaInputs(Inputs):
    """What is known of the case."""

    diameter_cm: Cm = optional("lesion, cm")


class Mwa(Calculator):
    """Microwave ablation settings (one centre)."""

    name = "mwa"
    title = {"zh": "微波消融参数（单中心）", "en": "Microwave ablation settings (one centre)"}
    inputs = MwaInputs
    sources = (
        SourceAnchor("crlm-surgery-2025", "本团队使用的是MWA"),
        SourceAnchor("crlm-surgery-2025", "Our team uses MWA, with typical parameter settings"),
    )
    required = ("diameter_cm",)
    caveats = {
        "zh": ("单一团队的经验，原文称无统一标准；邻近血管者需更强能量或更长时间（无具体数值）。",),
        "en": (
            'One team\'s practice, "no uniform standard"; near vessels more energy or time is needed (no figure given).',
        ),
    }

    def apply(self, values: MwaInputs, language: Language) -> Calculation:
        size = values.diameter_cm or 0.0
        if size > 2:
            return self.done(
                values,
                {},
                language,
                status="no_parameter",
                steps=[("直径 cm", "diameter, cm", size)],
                says="对于2.0 cm以上病灶的消融是保守的。",
            )
        fitting = [
            (watts, minutes)
            for low, high, watts, minutes in BANDS
            if low <= size <= high and not (size == 1.0 and high == 1.0)
        ]
        options = [{"power_w": w, "minutes": m, "energy_j": w * m * 60} for w, m in fitting]
        steps = [("直径 cm", "diameter, cm", size), *((f"{w} W", f"{w} W", f"{m:g} min") for w, m in fitting)]
        if len(options) > 1:
            return self.done(
                values, {"options": options}, language, status="ambiguous", steps=steps, missing=["band"]
            )
        return self.done(
            values,
            dict(options[0]),
            language,
            steps=steps,
            near=[close_to(size, limit, f"{limit} cm", "cm", 0.05) for limit in (1.0, 1.5, 2.0)],
        )
