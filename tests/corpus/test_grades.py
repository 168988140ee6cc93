"""Which sentences a grade belongs to."""

from __future__ import annotations

from corpus.corpus import load_corpus


def grades(piece: str) -> set[tuple[str, str]]:
    [sentence] = [
        s
        for p in load_corpus().passages
        if p.document_id == "crlm-guideline-2023"
        for s in p.sentences
        if piece in s.text
    ]
    return {(g.level, g.recommendation) for g in sentence.grades}


def test_a_headings_grade_holds_for_the_items_below_it() -> None:
    assert grades("肝转移灶切除后至少保留3根肝静脉中的1根") == {("3b", "B")}


def test_an_item_with_a_grade_of_its_own_does_not_take_the_headings() -> None:
    assert grades("被用于预计手术切除后剩余肝脏体积不足30%") == set()
    assert grades("对于那些剩余肝脏体积在30%~40%") == {("4", "C")}
