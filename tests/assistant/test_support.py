"""The words of a question and what they weigh when the evidence lacks them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.abstention import least, load_rules
from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.support import FLAGS, Word, meanings, words_of
from index.embedding import bundled


def words(assistant: Assistant, text: str) -> tuple[Word, ...]:
    query = assistant.retriever.query(text)
    evidence = assistant.finder.chooser.choose(read_question(text), query)
    return words_of(query, evidence, assistant.retriever.near(query), assistant.retriever)


def test_words_know_where_they_stand(assistant: Assistant) -> None:
    known = {w.name: w for w in words(assistant, "瑞戈非尼 剂量")}
    assert known["regorafenib"].sentence
    assert known["regorafenib"].concept
    foreign = {w.name: w for w in words(assistant, "瑞戈非尼 xylophone")}
    assert not foreign["xylophon"].anywhere
    assert foreign["xylophon"].flags == (foreign["xylophon"].weight, 0.0, *(1.0,) * 7)
    assert known["regorafenib"].nearest and known["dose"].near
    assert all(len(w.flags) == len(FLAGS) for w in known.values())


def test_a_question_without_words_has_no_least(assistant: Assistant) -> None:
    assert words(assistant, "？") == ()
    assert meanings(()).shape == (0, bundled().dimension)
    assert least([]) == 0.0


def test_the_least_is_below_the_lowest() -> None:
    assert least([3.0]) == pytest.approx(3.0)
    assert least([3.0, 3.0]) == pytest.approx(3.0 - np.log(2))
    assert least([-4.0, 30.0]) == pytest.approx(-4.0)
    assert least([-1e6, 1e6]) == pytest.approx(-1e6)


def test_rules_fit_the_bundled_model() -> None:
    rules = load_rules()
    for rule in (rules.with_questions, rules.without_questions):
        assert len(rule.meaning) == bundled().dimension
        assert set(rule.flags) == set(FLAGS)


def test_a_missing_aspect_weighs_more_than_a_missing_filler(assistant: Assistant) -> None:
    def lacking(name: str) -> Word:
        return Word(name, 0.8, False, False, False, False, True)

    rule = load_rules().with_questions
    cost, manner = rule.word_scores((lacking("reimbursement"), lacking("please")))
    assert cost < manner
    sure = {
        t: assistant.finder.find(t).verdict.certainty
        for t in ("regorafenib dose", "regorafenib dose reimbursement")
    }
    assert sure["regorafenib dose"] > sure["regorafenib dose reimbursement"]
