"""Rank figures against cases computed by hand."""

from __future__ import annotations

import math

import pytest

from corpus.corpus import load_corpus
from eval.evidence import EvidenceFinder, by_piece
from eval.questions import ReferenceQuestion
from eval.retrieval import measure
from eval.trec import write_qrels, write_run

PIECES = ("经皮针刺活检仅限于病情需要时应用", "切缘至少>1 mm")


@pytest.fixture(scope="module")
def finder() -> EvidenceFinder:
    return EvidenceFinder(load_corpus().passages)


def question(all_of: bool) -> ReferenceQuestion:
    return ReferenceQuestion.model_validate(
        {
            "id": "q", "kind": "single", "language": "zh", "turns": ("？",), "type": "several", "difficulty": "hard",
            "answerable": True, "all_of": all_of, "key_points": (("病情需要",),),
            "evidence": [{"document_id": "crlm-guideline-2023", "quote": quote} for quote in PIECES],
        }
    )  # fmt: skip


def holders(finder: EvidenceFinder) -> list[str]:
    return [next(iter(finder.holding("crlm-guideline-2023", quote))) for quote in PIECES]


def test_any_piece_is_enough_or_all_are_needed(finder: EvidenceFinder) -> None:
    first, second = holders(finder)
    ranking = [("other-1", 3.0), (second, 2.0), ("other-2", 1.0)]
    any_of = measure([question(False)], {"q": ranking}, finder)["q"]
    all_of = measure([question(True)], {"q": ranking}, finder)["q"]
    assert (any_of["R@1"], any_of["R@3"], any_of["RR"]) == (0.0, 1.0, 0.5)
    assert all_of["R@3"] == 0.5
    assert math.isclose(any_of["nDCG@10"], 1 / math.log2(3))
    assert measure([question(True)], {"q": [(first, 2.0), (second, 1.0)]}, finder)["q"]["R@3"] == 1.0


def test_a_question_without_any_hit_counts_as_zero(finder: EvidenceFinder) -> None:
    assert set(measure([question(False)], {"q": []}, finder)["q"].values()) == {0.0}


def test_a_twin_neither_helps_nor_hurts(finder: EvidenceFinder) -> None:
    passages = load_corpus().passages
    passage = next(p for p in passages if p.translation_of and len(p.sentences) > 1)
    twin = passage.translation_of[0]
    asked = ReferenceQuestion.model_validate(
        {
            "id": "q", "kind": "single", "language": "zh", "turns": ("？",), "type": "fact", "difficulty": "easy",
            "answerable": True, "evidence": [{"document_id": passage.document_id, "quote": passage.sentences[0].text}],
        }
    )  # fmt: skip
    pieces = by_piece(asked, [(twin, 2.0), (passage.id, 1.0), ("other", 0.5)], finder)
    assert list(pieces) == ["q/0", "other"]


def test_languages_asked_and_read(finder: EvidenceFinder) -> None:
    asked = question(False)
    assert finder.subset(asked) == "zh"
    assert finder.subset(asked.model_copy(update={"language": "en"})) == "en on zh"


def test_trec_files_have_six_and_four_columns(tmp_path) -> None:  # type: ignore[no-untyped-def]
    write_run(tmp_path / "run", "our method", {"q1": [("doc:1 a", 2.0), ("doc:2", 1.0)]})
    write_qrels(tmp_path / "qrels", {"q1": {"doc:1 a": 1}})
    assert (tmp_path / "run").read_text().splitlines() == [
        "q1 Q0 doc:1%20a 1 2.000000 our_method",
        "q1 Q0 doc:2 2 1.000000 our_method",
    ]
    assert (tmp_path / "qrels").read_text() == "q1 0 doc:1%20a 1\n"
