"""Questions written for sentences: attached where they belong, broken ones named."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.corpus import load_corpus
from corpus.errors import CorpusError
from corpus.model import PassageKind
from corpus.questions import Asked, attach, load_asked, load_unanswered
from corpus.reading.lines import language_of


def test_most_sentences_have_questions_in_both_languages() -> None:
    for document in load_corpus().documents:
        prose = {
            s.id
            for p in document.passages
            if p.kind is PassageKind.PROSE and p.language == "zh"
            for s in p.sentences
        }
        for language in ("zh", "en"):
            asked = {q.sentence_id for q in document.questions if q.language == language}
            assert len(prose & asked) / len(prose) > 0.85, (document.info.id, language)


def test_a_question_is_no_copy_of_its_sentence() -> None:
    sentences = {s.id: s.text for s in load_corpus().sentences()}
    for document in load_corpus().documents:
        for question in document.questions:
            assert question.text not in sentences[question.sentence_id] or len(question.text) < (
                20 if question.language == "zh" else 45
            )


def test_questions_are_in_the_language_they_are_filed_under() -> None:
    wrong = [
        q.text
        for d in load_corpus().documents
        for q in d.questions
        if q.language == "en" and language_of(q.text) == "zh"
    ]
    assert wrong == []


def test_unanswered_questions_are_not_answered_ones() -> None:
    answered = {q.text for d in load_corpus().documents for q in d.questions}
    unanswered = load_unanswered()
    assert len(unanswered) > 300
    assert not answered & set(unanswered)


def test_a_quote_nobody_has_is_named() -> None:
    passages = load_corpus().document("dlm-review").passages
    with pytest.raises(CorpusError) as error:
        attach("dlm-review", [Asked(quote="没有这句话", zh=("？",))], passages)
    assert "没有这句话" in error.value.zh


def test_a_broken_line_is_named_and_a_missing_file_is_fine(tmp_path: Path) -> None:
    assert load_asked("nothing", tmp_path) == ()
    (tmp_path / "x.jsonl").write_text("{}\n")
    with pytest.raises(CorpusError) as error:
        load_asked("x", tmp_path)
    assert "line 1" in error.value.en
