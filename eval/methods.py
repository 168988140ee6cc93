"""Every way of ranking passages that a run compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from corpus.model import Passage
from eval.retrieval import Ranking, Search
from index.embedding import load_embedder
from index.fusion import Method
from index.lexical import BM25
from index.parts import Parts
from index.retriever import Retriever
from index.tokens import tokenise

OURS = "ours"
RRF_K = 60
"""Cormack, Clarke & Büttcher, SIGIR 2009."""
ABLATIONS = {
    "ours without glossary": Parts(glossary=False),
    "ours without translations": Parts(translations=False),
    "ours without questions": Parts(questions=False),
    "ours without any of the three": Parts(glossary=False, translations=False, questions=False),
}


def methods(
    assistant: Assistant, models: Sequence[str] = (), baselines: bool = True
) -> Iterator[tuple[str, Search]]:
    """Ours, baselines, ours without each part, and a plain dense run with each model given.

    They come one by one, so that only one index beside the assistant's is in memory.
    """
    retriever = assistant.retriever
    passages = retriever.passages
    yield OURS, _asked(assistant)
    if baselines:
        yield from _baselines(retriever)
    for model in models:
        yield f"plain {model}", plain_dense(model, passages)


def _baselines(retriever: Retriever) -> Iterator[tuple[str, Search]]:
    passages = retriever.passages
    yield "BM25, words", bm25(passages, words)
    yield "BM25, bigrams", bm25(passages, tokenise)
    yield "dense", _by(retriever, "dense")
    yield "lexical", _by(retriever, "lexical")
    yield "RRF of lexical and dense", reciprocal_rank(_by(retriever, "lexical"), _by(retriever, "dense"))
    yield "ours without reranking", _by(retriever, "hybrid")
    known = retriever.known_vectors()
    for name, parts in ABLATIONS.items():
        reduced = Retriever.of(retriever.documents, retriever.embedder, parts, known)
        yield name, _asked(Assistant(reduced))


def words(text: str) -> list[str]:
    """Words of Chinese text as jieba cuts them, English words stemmed."""
    import jieba

    jieba.setLogLevel(60)
    tokens: list[str] = []
    for piece in jieba.cut(text):
        if any("\u3400" <= c <= "\u9fff" for c in piece):
            tokens.append(piece)
        else:
            tokens.extend(tokenise(piece))
    return tokens


def bm25(passages: Sequence[Passage], tokens: Callable[[str], list[str]]) -> Search:
    """BM25 over the passages as printed, nothing else."""
    field = BM25.build([tokens(p.text) for p in passages])
    return lambda text, k: _best(passages, field.scores(tokens(text)), k)


def plain_dense(model: str, passages: Sequence[Passage]) -> Search:
    """Cosine over whole passages with a sentence-transformers model of that name or path."""
    embedder = load_embedder(model)
    vectors = embedder.encode([p.text for p in passages])
    return lambda text, k: _best(passages, vectors @ embedder.encode([text])[0], k)


def reciprocal_rank(*searches: Search) -> Search:
    """Sum of ``1 / (60 + rank)`` over the rankings."""

    def search(text: str, k: int) -> Ranking:
        total: dict[str, float] = {}
        for other in searches:
            for position, (passage, _) in enumerate(other(text, 100), 1):
                total[passage] = total.get(passage, 0.0) + 1.0 / (RRF_K + position)
        return sorted(total.items(), key=lambda item: -item[1])[:k]

    return search


def _asked(assistant: Assistant) -> Search:
    return lambda text, k: [(p.passage_id, p.score) for p in assistant.search(text, k)]


def _by(retriever: Retriever, method: Method) -> Search:
    return lambda text, k: [(hit.passage.id, hit.score) for hit in retriever.search(text, k, method)]


def _best(passages: Sequence[Passage], scores: NDArray[np.float32], k: int) -> Ranking:
    return [(passages[i].id, float(scores[i])) for i in np.argsort(-scores, kind="stable")[:k]]
