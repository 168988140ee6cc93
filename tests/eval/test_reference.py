"""The reference set: enough of everything, evidence that exists, halves that share no passage."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from corpus.corpus import load_corpus
from corpus.errors import CrlmError
from corpus.questions import load_answered, load_asked, load_unanswered
from eval.evidence import EvidenceFinder
from eval.questions import KINDS, SPLITS, ReferenceQuestion, load_questions
from eval.split import assign, problems

QUESTIONS = load_questions("all")


@pytest.fixture(scope="module")
def finder() -> EvidenceFinder:
    return EvidenceFinder(load_corpus().passages)


def test_counts() -> None:
    kinds = Counter(q.kind for q in QUESTIONS)
    assert kinds["single"] >= 400
    assert kinds["dialogue"] >= 60
    assert kinds["numeric"] >= 360
    assert all(n >= 160 for n in Counter(q.language for q in QUESTIONS if q.kind == "numeric").values())
    assert kinds["unanswerable"] >= 80
    assert len({q.id for q in QUESTIONS}) == len(QUESTIONS)
    types = Counter(q.type for q in QUESTIONS if q.kind == "single")
    wanted = {
        "fact",
        "list",
        "yes/no",
        "comparison",
        "dose",
        "survival",
        "definition",
        "grade",
        "several",
        "disagreement",
    }
    assert wanted <= set(types)


def test_languages(finder: EvidenceFinder) -> None:
    single = [q for q in QUESTIONS if q.kind == "single"]
    subsets = Counter(finder.subset(q) for q in single)
    assert 0.5 <= subsets["zh"] / len(single) <= 0.65
    assert 0.55 <= subsets["en on zh"] / (subsets["en on zh"] + subsets["en on en"]) <= 0.75


def test_every_question_is_sound(finder: EvidenceFinder) -> None:
    assert [(q.id, wrong) for q in QUESTIONS if (wrong := problems(q, finder))] == []


def test_no_passage_is_on_both_sides(finder: EvidenceFinder) -> None:
    sides = {split: {p for q in load_questions(split) for p in finder.passages(q)} for split in SPLITS}
    assert sides["dev"] & sides["test"] == set()
    for kind in KINDS:
        counts = {split: len(load_questions(split, (kind,))) for split in SPLITS}
        assert min(counts.values()) >= 12, (kind, counts)


def test_every_section_with_something_to_ask_is_covered(finder: EvidenceFinder) -> None:
    passages = load_corpus().passages
    asked = {p for q in QUESTIONS for p in finder.passages(q)}
    prose = {
        d.info.id: {p.id for p in d.passages if p.kind.value == "prose"} for d in load_corpus().documents
    }
    shares = {document: len(ids & asked) / len(ids) for document, ids in prose.items()}
    assert min(shares.values()) > 0.4, shares
    sections = {p.section[:2] for p in passages if p.kind.value == "prose"}
    covered = {p.section[:2] for p in passages if p.id in asked}
    assert len(sections & covered) / len(sections) >= 0.85, sections - covered


def test_dialogues_lean_on_earlier_turns_and_others_have_one() -> None:
    assert all(2 <= len(q.turns) <= 4 for q in QUESTIONS if q.kind == "dialogue")
    assert all(len(q.turns) == 1 for q in QUESTIONS if q.kind == "single")
    assert all(len(q.turns) <= 4 for q in QUESTIONS if q.kind == "unanswerable")


def _question(name: str, quote: str, **changes: object) -> ReferenceQuestion:
    return ReferenceQuestion.model_validate(
        {
            "id": name, "kind": "single", "language": "zh", "turns": ("要穿吗",), "type": "fact", "difficulty": "easy",
            "answerable": True, "evidence": [{"document_id": "crlm-guideline-2023", "quote": quote}],
            "key_points": [[quote]], **changes,
        }
    )  # fmt: skip


def test_problems_are_named(finder: EvidenceFinder) -> None:
    good = "经皮针刺活检仅限于病情需要时应用"
    assert problems(_question("a", good), finder) == []
    assert "no sentence" in problems(_question("a", "这句话哪里都没有"), finder)[0]
    assert "no wording" in problems(_question("a", good, key_points=[["三天"]]), finder)[0]
    copied = _question("a", good, turns=("肝转移灶的经皮针刺活检仅限于病情需要时应用吗",))
    assert problems(copied, finder) == ["repeats the source's words"]
    assert problems(_question("a", good, evidence=[], key_points=[]), finder) == [
        "needs evidence and key points"
    ]


def test_questions_on_one_passage_stay_together(finder: EvidenceFinder) -> None:
    a, b = (
        _question("a", "PET-CT检查不作为常规推荐"),
        _question("b", "肝脏细胞特异性造影剂增强MRI检查对于发现"),
    )
    halves = assign([a, b], finder)
    assert halves["a"] == halves["b"]
    assert assign([a, b], finder, {"a": "test"})["b"] == "test"
    with pytest.raises(CrlmError, match="tie both halves"):
        assign([a, b], finder, {"a": "test", "b": "dev"})


def test_questions_decided_before_are_no_held_out_questions() -> None:
    answered, unanswered = set(load_answered()), set(load_unanswered())
    assert len(answered) > 6000 and len(unanswered) > 12000
    assert not answered & unanswered
    held_out = {q.turns[-1] for q in load_questions("test")}
    assert not held_out & (answered | unanswered)


def test_questions_of_the_index_are_no_reference_questions() -> None:
    """By other writers, who saw only the sources: what stands there word for word was left out."""
    own = re.compile(r"[\W_]+")
    asked = {
        own.sub("", text.lower())
        for document in load_corpus().documents
        for entry in load_asked(document.info.id)
        for text in (*entry.zh, *entry.en)
    }
    assert not asked & {own.sub("", turn.lower()) for q in QUESTIONS for turn in q.turns}
