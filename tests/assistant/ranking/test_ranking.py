"""Features stand where their names say, weights fit them, and abstention rules read known signs."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.abstention import load_rules
from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.ranking import NAMES, FeatureTable, Ranker
from assistant.ranking.model import RankingWeights, load_weights
from assistant.signs import signs
from assistant.support import words_of


@pytest.fixture(scope="module")
def table(assistant: Assistant) -> FeatureTable:
    return FeatureTable(assistant.retriever)


def column(table: FeatureTable, text: str, name: str) -> np.ndarray:  # type: ignore[type-arg]
    query = table.retriever.query(text)
    features = table.compute(read_question(text), query, table.retriever.signals(query))
    assert features.shape == (len(table.sentences), len(NAMES))
    assert np.isfinite(features).all()
    return features[:, NAMES.index(name)]


def test_every_weight_is_of_a_feature() -> None:
    weights = load_weights()
    assert set(weights.zh) == set(weights.en) == set(NAMES)


def test_the_guideline_column_marks_the_guideline(table: FeatureTable) -> None:
    marked = column(table, "切缘", "guideline")
    for value, (passage, _) in zip(marked, table.sentences, strict=True):
        assert value == float(passage.document_id == "crlm-guideline-2023")


def test_forms_count_only_when_they_are_asked_for(table: FeatureTable) -> None:
    assert column(table, "贝伐停多久手术", "form_time").max() == 1.0
    assert column(table, "贝伐珠单抗是什么药", "form_time").max() == 0.0


def test_figures_of_the_question_are_looked_for(table: FeatureTable) -> None:
    found = column(table, "139 Gy有什么意义", "figure_asked")
    texts = [s.text for value, (_, s) in zip(found, table.sentences, strict=True) if value == 1.0]
    assert texts
    assert all("139" in text for text in texts)


def test_a_named_document_goes_first(assistant: Assistant) -> None:
    ranker = Ranker(assistant.retriever)
    question, query = read_question("射频消融一次最多几枚"), assistant.retriever.query("射频消融一次最多几枚")
    best = int(np.argmax(ranker.rank(question, query, ("dlm-review",)).sentences))
    assert ranker.table.sentences[best][0].document_id == "dlm-review"


def test_zero_weights_rank_in_reading_order(assistant: Assistant) -> None:
    ranker = Ranker(assistant.retriever, RankingWeights(zh={}, en={}))
    ranked = ranker.rank(read_question("切缘"), assistant.retriever.query("切缘"))
    assert ranker.best(ranked.sentences, 3) == [0, 1, 2]


def test_rules_read_signs_that_exist(assistant: Assistant) -> None:
    question, query = read_question("切缘多少"), assistant.retriever.query("切缘多少")
    found = assistant.finder.chooser.choose(question, query)
    near = assistant.retriever.near(query)
    words = words_of(query, found, near, assistant.retriever)
    known = signs(question, query, found, words, near, assistant.retriever)
    rules = load_rules()
    assert set(rules.with_questions.weights) == set(known)
    assert {n for n in known if "asked" not in n} >= set(rules.without_questions.weights)
    assert 0.0 <= rules.with_questions.certainty(known, rules.with_questions.word_scores(words)) <= 1.0
