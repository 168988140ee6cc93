"""Search finds what people ask for, in both languages, quickly and repeatably."""

import statistics
import time

import pytest

from index.retriever import Retriever


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever.open(tmp_path_factory.mktemp("index") / "index")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("門靜脈栓塞適用於什麼病人", "剩余肝脏体积不足30%"),
        ("爱必妥首剂", "西妥昔单抗首次剂量400 mg/m²"),
        ("PVE for small remnant", "剩余肝脏体积不足30%"),
        ("ICG dose", "0.5 mg/kg"),
        ("UGT1A1 and irinotecan", "UGT1A1是伊立替康的药物代谢酶"),
    ],
)
def test_evidence_is_in_the_top_five(retriever: Retriever, query: str, expected: str) -> None:
    assert any(expected in hit.passage.text for hit in retriever.search(query, 5))


@pytest.mark.parametrize("method", ["lexical", "dense", "hybrid"])
def test_every_method_ranks_all_it_is_asked_for(retriever: Retriever, method: str) -> None:
    hits = retriever.search("radiofrequency ablation", 7, method)  # type: ignore[arg-type]
    assert len(hits) == 7
    scores = [h.score for h in hits]
    assert scores == sorted(scores, reverse=True)


def test_same_query_same_ranking(retriever: Retriever) -> None:
    first = [(h.passage.id, h.score) for h in retriever.search("肝转移 切缘")]
    assert first == [(h.passage.id, h.score) for h in retriever.search("肝转移 切缘")]


def test_odd_queries_do_not_fail(retriever: Retriever) -> None:
    for query in ("", "？？", "\x00", "a", "😀", "的" * 1000):
        assert len(retriever.search(query, 3)) == 3


def test_search_is_fast(retriever: Retriever) -> None:
    retriever.search("warm up")
    times = []
    for _ in range(30):
        start = time.perf_counter()
        retriever.search("射频消融一次最多消融几个灶")
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.02
