"""An index in memory with parts switched off, and over documents that have no questions."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from index.parts import Parts
from index.retriever import Retriever


@pytest.mark.parametrize("part", list(Parts.model_fields))
def test_everything_works_without_a_part(assistant: Assistant, part: str) -> None:
    full = assistant.retriever
    reduced = Retriever.of(full.documents, full.embedder, Parts(**{part: False}), full.known_vectors())
    answer = Assistant(reduced).search("门静脉栓塞适应证", 5)
    assert len(answer) == 5
    assert any("30%" in p.text for p in answer)


def test_without_questions_no_question_signal(assistant: Assistant) -> None:
    full = assistant.retriever
    reduced = Retriever.of(full.documents, full.embedder, Parts(questions=False), full.known_vectors())
    signals = reduced.signals(reduced.query("切缘多少"))
    assert not signals.asked_dense.any()
    assert not signals.asked_words.any()
    assert full.signals(full.query("切缘多少")).asked_dense.max() > 0.7


def test_a_question_finds_its_own_sentence(assistant: Assistant) -> None:
    full = assistant.retriever
    document = full.documents[0]
    for question in document.questions[::120]:
        signals = full.signals(full.query(question.text))
        unit = full.unit_of_sentence[question.sentence_id]
        assert signals.asked_dense[unit] == pytest.approx(1.0, abs=0.02)
        assert signals.asked_dense.max() == pytest.approx(signals.asked_dense[unit], abs=0.02)
