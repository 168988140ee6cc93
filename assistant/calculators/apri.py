"""AST to platelet ratio index (Wai CT et al., Hepatology 2003;38:518); named in the treatment review without formula."""

from __future__ import annotations

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Enzyme, Inputs, Platelets, SourceAnchor, optional
from corpus.model import Language


class ApriInputs(Inputs):
    """What is known of the case."""

    ast_u_l: Enzyme = optional("AST, U/L")
    ast_uln_u_l: Enzyme = optional("upper limit of normal of AST, U/L")
    platelet_e9_l: Platelets = optional("platelets, 10⁹/L")


class Apri(Calculator):
    """APRI."""

    name = "apri"
    title = {"zh": "APRI指数", "en": "APRI"}
    inputs = ApriInputs
    sources = (SourceAnchor("crlm-treatment-review", "术前天冬氨酸转氨酶与血小板比值指数（APRI）"),)
    publication = "Wai CT et al., Hepatology 2003;38:518-526"
    required = ("ast_u_l", "ast_uln_u_l", "platelet_e9_l")

    def apply(self, values: ApriInputs, language: Language) -> Calculation:
        apri = (values.ast_u_l or 0.0) / (values.ast_uln_u_l or 1.0) / (values.platelet_e9_l or 1.0) * 100
        return self.done(
            values,
            {"apri": apri},
            language,
            steps=[("AST / 上限 / 血小板 × 100", "AST / ULN / platelets × 100", apri)],
        )
