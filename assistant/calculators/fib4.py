"""FIB-4 (Sterling RK et al., Hepatology 2006;43:1317); not in the documents."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from assistant.answer import Calculation
from assistant.calculators.base import Calculator, Enzyme, Inputs, Platelets, optional
from corpus.model import Language


class Fib4Inputs(Inputs):
    """What is known of the case."""

    age: Annotated[float, Field(ge=18, le=120)] | None = optional("age, years")
    ast_u_l: Enzyme = optional("AST, U/L")
    alt_u_l: Enzyme = optional("ALT, U/L")
    platelet_e9_l: Platelets = optional("platelets, 10⁹/L")


class Fib4(Calculator):
    """FIB-4."""

    name = "fib4"
    title = {"zh": "FIB-4指数", "en": "FIB-4"}
    inputs = Fib4Inputs
    sources = ()
    publication = "Sterling RK et al., Hepatology 2006;43:1317-1325"
    required = ("age", "ast_u_l", "alt_u_l", "platelet_e9_l")

    def apply(self, values: Fib4Inputs, language: Language) -> Calculation:
        fib4 = (
            (values.age or 0.0)
            * (values.ast_u_l or 0.0)
            / ((values.platelet_e9_l or 1.0) * math.sqrt(values.alt_u_l or 1.0))
        )
        return self.done(
            values,
            {"fib4": fib4},
            language,
            steps=[("年龄 × AST / (血小板 × √ALT)", "age × AST / (platelets × √ALT)", fib4)],
        )
