"""What a refusal names as missing."""

from __future__ import annotations

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from assistant.support import Word
from assistant.unsaid import MOST, unsaid
from corpus.terminology import load_terminology

TERMS = load_terminology()


def word(term: str, concept: bool = False, shown: bool = False) -> Word:
    return Word(term, 1.0, concept, False, shown, False, True, term=term)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("呋喹替尼肝功能不全怎么减量", "减量"),
        ("造口怎么护理", "造口"),
        ("how long was follow-up in the liver-first study", "liver-first"),
        ("fertility preservation before chemo?", "fertility preservation"),
    ],
)
def test_a_refusal_names_what_is_missing(assistant: Assistant, question: str, named: str) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=question)]))
    assert answer.status == "not_found"
    assert named in answer.text.splitlines()[0]


def test_only_what_speaks_clearly_against_an_answer_is_named() -> None:
    words = [word("stopped"), word("surgery", shown=True), word("bevacizumab", concept=True)]
    assert unsaid("Avastin stopped surgery", words, [-4.0, -5.0, -1.0], TERMS) == ("stopped",)
    assert unsaid("Avastin stopped surgery", words, [-1.0, -1.0, -1.0], TERMS) == ()
    assert unsaid("", [], [], TERMS) == ()


def test_a_concept_is_named_as_typed() -> None:
    assert unsaid("安维汀几天", [word("bevacizumab", concept=True)], [-4.0], TERMS) == ("安维汀",)


def test_two_characters_across_two_words_are_not_named() -> None:
    assert unsaid("手术费大概多少钱", [word("费大")], [-4.0], TERMS) == ()


def test_no_more_than_a_few_are_named() -> None:
    words = [word(w) for w in ("alpha", "beta", "gamma")]
    assert len(unsaid("alpha beta gamma", words, [-4.0, -3.9, -3.8], TERMS)) == MOST
