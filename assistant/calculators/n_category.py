"""N category of AJCC 8: guideline, appendix 2 (000 L317-325)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Inputs, SourceAnchor, flag, optional
from corpus.model import Language


class NCategoryInputs(Inputs):
    """What is known of the case."""

    positive_nodes: Annotated[int, Field(ge=0, le=200)] | None = optional("positive regional nodes")
    tumor_deposits: bool | None = flag("tumour deposits without nodal metastasis")


class NCategory(Calculator):
    """N category (AJCC 8)."""

    name = "n_category"
    title = {"zh": "N分期", "en": "N category (AJCC 8)"}
    inputs = NCategoryInputs
    sources = (
        SourceAnchor("crlm-guideline-2023", "1~3枚区域淋巴结转移(淋巴结中的肿瘤"),
        SourceAnchor("crlm-guideline-2023", "4~6枚区域淋巴结转移"),
    )
    required = ("positive_nodes",)

    def apply(self, values: NCategoryInputs, language: Language) -> Calculation:
        count = values.positive_nodes or 0
        if count == 0 and values.tumor_deposits is None:
            return self.done(
                values,
                {},
                language,
                status="incomplete",
                missing=["tumor_deposits"],
                steps=[("阳性淋巴结", "positive nodes", 0)],
            )
        n = _category(count, bool(values.tumor_deposits))
        return self.done(
            values,
            {"n": n},
            language,
            steps=[
                ("阳性淋巴结", "positive nodes", count, 2 if count > 3 else 1),
                ("癌结节", "deposits", values.tumor_deposits),
            ],
        )


def _category(count: int, deposits: bool) -> str:
    for name, most in (("N1a", 1), ("N1b", 3), ("N2a", 6)):
        if 0 < count <= most:
            return name
    return "N2b" if count else "N1c" if deposits else "N0"
