"""The facts a conversation gives about a patient, and those set by hand."""

from __future__ import annotations

import pytest

from assistant.answer import Turn
from assistant.patient import KINDS, check, known_facts, shown
from corpus.errors import CrlmError


def facts(*turns: Turn) -> dict[str, object]:
    return {fact.key: fact.value for fact in known_facts(turns)}


def test_findings_figures_and_genes_are_known() -> None:
    found = facts(
        Turn(text="58岁男，直肠癌，RAS野生 BRAF野生型，MSS，肝转移3个，最大4cm，CEA 30，N+，同时性，体重65kg")
    )
    assert found == {
        "node_positive": True, "synchronous": True, "n_mets": 3, "max_diameter_cm": 4.0, "cea": 30.0, "ras": "wild",
        "braf": "wild", "msi": "MSS", "side": "left", "age": 58.0, "female": False, "weight_kg": 65.0,
    }  # fmt: skip


def test_later_turns_and_edits_correct_earlier_ones() -> None:
    found = facts(
        Turn(text="RAS野生，肝转移3个，CEA 30"),
        Turn(text="那Oslo呢", facts={"cea": 250, "n_mets": None}),
        Turn(text="KRAS G12D突变"),
    )
    assert found == {"cea": 250.0, "ras": "mutant"}


def test_contradictory_sides_are_left_out() -> None:
    assert "side" not in facts(Turn(text="左半还是右半结肠更差"))


@pytest.mark.parametrize(
    ("key", "value"),
    [("cea", -1), ("n_mets", 2.5), ("flr_percent", 100), ("weight_kg", "abc"), ("ras", "maybe"), ("female", 1), ("nothing", 1), ("cea", True)],
)  # fmt: skip
def test_impossible_values_are_refused_with_a_reason(key: str, value: object) -> None:
    with pytest.raises(CrlmError) as raised:
        check(key, value)
    assert raised.value.message("zh") != raised.value.message("en")


def test_every_kind_has_two_labels_and_possible_values() -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert all(kind.label)
        example = {"flag": True, "number": kind.high, "choice": next(iter(kind.options), "")}[kind.kind]
        assert check(kind.key, example) == example
        assert kind.label[0] in shown(kind.key, example, "zh")
