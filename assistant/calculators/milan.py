"""Milan criteria (Mazzaferro V et al., NEJM 1996;334:693); named in the cohort study without definition."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, close_to, flag
from corpus.model import Language


class MilanInputs(Inputs):
    """What is known of the case."""

    sizes_cm: list[Annotated[float, Field(gt=0, le=30)]] | None = Field(
        None, min_length=1, max_length=50, strict=False, description="diameter of every lesion, cm"
    )
    vascular: bool | None = flag("macrovascular invasion")
    extrahepatic: bool | None = flag("extrahepatic disease")


class Milan(Calculator):
    """Milan criteria."""

    name = "milan"
    title = {"zh": "米兰标准", "en": "Milan criteria"}
    inputs = MilanInputs
    sources = (SourceAnchor("hcc-iiib-2025", "肝内病灶符合米兰标准"),)
    publication = "Mazzaferro V et al., N Engl J Med 1996;334:693-699"
    required = ("sizes_cm",)
    caveats = {
        "zh": ("队列研究把米兰标准用于有肝外转移者的肝内病灶，只取大小和数目部分。",),
        "en": (
            "The cohort study applies the size and number part to intrahepatic lesions of patients who by definition have extrahepatic disease.",
        ),
    }

    def apply(self, values: MilanInputs, language: Language) -> Calculation:
        sizes = values.sizes_cm or []
        fits = (len(sizes) == 1 and sizes[0] <= 5) or (2 <= len(sizes) <= 3 and max(sizes) <= 3)
        steps = [
            ("病灶 cm", "lesions, cm", ", ".join(f"{s:g}" for s in sizes)),
            ("大小和数目", "size and number", fits),
            ("血管侵犯", "vascular invasion", values.vascular),
            ("肝外转移", "extrahepatic", values.extrahepatic),
        ]
        near = [close_to(max(sizes), 5 if len(sizes) == 1 else 3, "≤", "cm", 0.05)]
        if not fits or values.vascular or values.extrahepatic:
            return self.done(
                values, {"within": False, "size_and_number": fits}, language, steps=steps, near=near
            )
        unknown = [n for n in ("vascular", "extrahepatic") if getattr(values, n) is None]
        if unknown:
            return self.done(
                values,
                {"size_and_number": fits},
                language,
                status="incomplete",
                missing=unknown,
                steps=steps,
                near=near,
            )
        return self.done(values, {"within": True, "size_and_number": fits}, language, steps=steps, near=near)
