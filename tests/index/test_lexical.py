"""Our BM25 against bm25s, and its edge cases."""

import numpy as np
import pytest

from corpus.corpus import load_corpus
from index.lexical import BM25, K1, B
from index.tokens import tokenise

bm25s = pytest.importorskip("bm25s")


def test_scores_equal_those_of_bm25s() -> None:
    documents = [tokenise(p.text) for p in load_corpus().passages]
    ours = BM25.build(documents)
    reference = bm25s.BM25(method="lucene", k1=K1, b=B)
    reference.index(documents, show_progress=False)
    for query in (
        "射频消融最多几个灶",
        "bevacizumab surgery interval",
        "mFOLFOX6 奥沙利铂 85 mg/m²",
        "BRAF V600E",
    ):
        tokens = list(dict.fromkeys(tokenise(query)))
        known = [t for t in tokens if t in ours.vocabulary]
        np.testing.assert_allclose(ours.scores(tokens), reference.get_scores(known), rtol=1e-4, atol=1e-5)


def test_unknown_and_empty() -> None:
    index = BM25.build([["a", "b"], [], ["b"]])
    assert index.scores(["zzz"]).tolist() == [0.0, 0.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0, 0.0]
    assert index.scores(["b"])[1] == 0.0
    assert index.weight("zzz") > index.weight("b")
    assert BM25.build([]).scores(["a"]).shape == (0,)


def test_round_trip() -> None:
    index = BM25.build([["肝", "转移"], ["liver"]])
    again = BM25.from_arrays(index.arrays())
    assert again.vocabulary == index.vocabulary
    assert again.scores(["转移", "liver"]).tolist() == index.scores(["转移", "liver"]).tolist()
