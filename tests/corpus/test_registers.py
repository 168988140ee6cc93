"""Every entry of the errata and disagreement registers points at a sentence that says it."""

import json
from pathlib import Path

import pytest

from corpus.corpus import load_corpus
from corpus.errors import CorpusError
from corpus.registers import DIRECTORY, find_anchor, load_disagreements, load_errata


def test_every_erratum_is_found() -> None:
    passages = load_corpus().passages
    for erratum in load_errata():
        for anchor in erratum.anchors:
            assert find_anchor(anchor, passages), (erratum.id, anchor.quote)


def test_every_side_of_a_disagreement_is_one_sentence() -> None:
    passages = load_corpus().passages
    for entry in load_disagreements():
        assert len({s.anchor.quote for s in entry.sides}) >= 2
        for side in entry.sides:
            assert len(find_anchor(side.anchor, passages)) == 1, (entry.id, side.anchor.quote)


def test_a_broken_register_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "errata.json"
    path.write_text("[{]", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"errata\.json"):
        load_errata(path)


def _entry(**changes: object) -> dict[str, object]:
    sides = [{"anchor": {"document_id": d, "quote": "x"}} for d in ("a", "b")]
    entry = {"id": "e", "topic_zh": "", "topic_en": "", "asked": [["a"], ["b"]], "sides": sides}
    return entry | changes


ONE_DOCUMENT = [{"anchor": {"document_id": "a", "quote": q}} for q in ("x", "y")]


@pytest.mark.parametrize(
    "changes",
    [
        {"asked": [["a"]]},
        {"asked": [["a"], []]},
        {"asked": [["a"], ["@nothing"]]},
        {"sides": ONE_DOCUMENT},
        {"how": "one_document"},
        {"how": "somehow"},
        {"terms_zh": ["a"]},
    ],
)
def test_a_broken_disagreement_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    path = tmp_path / "disagreements.json"
    path.write_text(json.dumps({"words": {"w": ["c"]}, "entries": [_entry(**changes)]}), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"disagreements\.json"):
        load_disagreements(path)


def test_names_of_lists_are_resolved_in_lists_too(tmp_path: Path) -> None:
    path = tmp_path / "disagreements.json"
    words = {"inner": ["c"], "outer": ["b", "@inner"]}
    entry = _entry(
        asked=[["a"], ["@outer"]], not_asked=["@inner", "d"], how="one_document", sides=ONE_DOCUMENT
    )
    path.write_text(json.dumps({"words": words, "entries": [entry]}), encoding="utf-8")
    [loaded] = load_disagreements(path)
    assert loaded.asked == (("a",), ("b", "c"))
    assert loaded.not_asked == ("c", "d")


def test_every_list_of_words_is_used() -> None:
    text = (DIRECTORY / "disagreements.json").read_text(encoding="utf-8")
    assert [name for name in json.loads(text)["words"] if f'"@{name}"' not in text] == []


def test_places_with_evidence_3b_are_counted_as_the_note_says() -> None:
    grades = [
        grade
        for passage in load_corpus().passages
        for sentence in passage.sentences
        for grade in sentence.grades
        if grade.level.startswith("3b")
    ]
    [erratum] = [e for e in load_errata() if e.id == "evidence-3b"]
    assert {g.recommendation[0] for g in grades} == {"B"}
    assert f"{len(grades)}处" in erratum.note_zh
