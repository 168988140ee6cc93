"""A regimen is what its name or its drugs together say; one drug's dose never stands for a combination."""

from __future__ import annotations

import pytest

from assistant.calculators.doses import doses, regimen_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("capecitabine + oxaliplatin dose for BSA 1.7", "CapeOX"),
        ("capecitabine dose in capeox", "CapeOX"),
        ("希罗达和奥沙利铂 1.7平", "CapeOX"),
        ("卡培他滨单药 BSA 1.7", "capecitabine"),
        ("CPT-11 + xeloda", "mXELIRI"),
        ("奥沙利铂、伊立替康和5-FU", "FOLFOXIRI"),
        ("5-FU plus irinotecan", "FOLFIRI"),
        ("FOLFOXIRI", "FOLFOXIRI"),
        ("mFOLFOX6 里的奥沙利铂", "mFOLFOX6"),
        ("伊立替康加雷替曲塞", None),
        ("雷替曲塞", "raltitrexed"),
        ("奥沙利铂", None),
        ("阿司匹林", None),
    ],
)
def test_regimen_named(text: str, expected: str | None) -> None:
    assert regimen_named(text) == expected


def test_components_are_known_drugs_and_unique_together() -> None:
    sets = [frozenset(r.components) for r in doses().regimens.values() if r.components]
    assert len(sets) == len(set(sets))
    assert frozenset().union(*sets) <= set(doses().cytotoxics)
