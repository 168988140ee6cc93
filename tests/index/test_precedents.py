"""Questions decided before: a new one is compared with them, and never with itself when learning."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.questions import load_answered, load_unanswered
from index.parts import Parts
from index.precedents import NEAR, Nearness, Precedents, terms_of
from index.retriever import Retriever


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever.open(tmp_path_factory.mktemp("index") / "index")


def test_a_decided_question_is_nearest_to_itself_unless_left_out(retriever: Retriever) -> None:
    query = retriever.query(load_unanswered()[0])
    near = retriever.near(query)
    assert near.unanswered == pytest.approx(1.0, abs=1e-4)
    assert near.unanswered_alike == pytest.approx(1.0, abs=1e-4)
    assert near.unanswered_held == pytest.approx(1.0, abs=1e-4)
    assert near.unanswered_terms == terms_of(query)
    without = retriever.near(query, leave_out=True)
    assert 0.0 <= without.unanswered < 0.9999
    assert without.unanswered_alike < 0.9999
    assert without.answered == near.answered

    query = retriever.query(load_answered()[0])
    assert retriever.near(query).answered == pytest.approx(1.0, abs=1e-4)
    assert retriever.near(query).answered_terms[0] == terms_of(query)
    assert retriever.near(query, leave_out=True).answered < 0.9999


def test_a_question_written_for_a_sentence_counts_as_answered(retriever: Retriever) -> None:
    text = retriever.documents[0].questions[0].text
    near = retriever.near(retriever.query(text))
    assert near.answered == pytest.approx(1.0, abs=1e-3)
    assert len(near.answered_terms) == NEAR


def test_nearness_is_what_the_definition_says(retriever: Retriever) -> None:
    """Weighted Jaccard, share and cosine, computed naively over every question."""
    precedents = retriever.precedents
    query = retriever.query("贝伐珠单抗停药多久可以手术")
    mine = terms_of(query)
    weight = precedents.words.weight
    total = sum(weight(t) for t in mine)
    texts = [
        *(q.text for d in retriever.documents for q in d.questions), *load_answered(), *load_unanswered(),
    ]  # fmt: skip
    alike, held = [], []
    for text in texts:
        theirs = terms_of(retriever.query(text))
        shared = sum(weight(t) for t in mine & theirs)
        alike.append(shared / (total + sum(weight(t) for t in theirs) - shared))
        held.append(shared / total)
    vectors = np.concatenate([retriever.asked.dense.vectors(), precedents.dense.vectors()])
    cosine = vectors @ retriever.embedder.encode([query.text])[0]
    yes = precedents.answered
    near = retriever.near(query)
    assert near.answered_alike == pytest.approx(np.array(alike)[yes].max(), abs=1e-4)
    assert near.unanswered_alike == pytest.approx(np.array(alike)[~yes].max(), abs=1e-4)
    assert near.answered_held == pytest.approx(np.array(held)[yes].max(), abs=1e-4)
    assert near.unanswered_held == pytest.approx(np.array(held)[~yes].max(), abs=1e-4)
    assert near.answered == pytest.approx(float(cosine[yes].max()), abs=1e-4)
    best = texts[int(np.flatnonzero(~yes)[cosine[~yes].argmax()])]
    assert near.unanswered_terms == terms_of(retriever.query(best))


def test_what_is_stored_is_what_was_built(retriever: Retriever) -> None:
    again = Precedents.from_files(retriever.precedents.to_files())
    query = retriever.query("切缘多少")
    vector = retriever.embedder.encode([query.text])[0]
    asked = retriever.asked.dense.scores(vector)
    assert again.near(query, vector, asked) == retriever.near(query)
    assert len(again.known()) == len(set(again.hashes[-again.dense.size :].tolist()))


def test_without_questions_nothing_counts_as_answered(retriever: Retriever) -> None:
    bare = Retriever.of(
        retriever.documents, retriever.embedder, Parts(questions=False), retriever.known_vectors()
    )
    near = bare.near(bare.query("切缘多少"))
    assert near.answered == near.answered_alike == near.answered_held == 0.0
    assert near.answered_terms == ()
    assert near.unanswered > 0.0


def test_an_empty_question_is_near_to_nothing(retriever: Retriever) -> None:
    assert retriever.near(retriever.query("")) != Nearness(answered=1.0)
    assert retriever.near(retriever.query("")).answered_held == 0.0
