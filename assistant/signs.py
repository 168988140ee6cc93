"""How well the best evidence covers a question: what the abstention rule looks at.

All signs lie between 0 and about 1. ``own_*`` are the strongest match anywhere, ``top_*`` those of the best
sentence; ``has_*`` say what share of the question's concepts and words (by idf) the best sentence or its
passage has, in its text, its rendering, or a question written for it.
"""

from __future__ import annotations

import numpy as np

from assistant.evidence import Evidence
from assistant.measures import figures, missing
from assistant.question import FORMS
from assistant.ranking.features import readable
from index.query import Query
from index.retriever import Retriever

RARE = 8.0
"""Brings an idf to about 1."""


def signs(
    query: Query, evidence: Evidence, retriever: Retriever, leave_out: bool = False
) -> dict[str, float]:
    """The signs of one question. ``leave_out``: see ``Retriever.nearest_unanswered``."""
    unanswered = retriever.nearest_unanswered(query.text, leave_out)
    return {
        "unanswered": unanswered,
        "nearer_unanswered": unanswered
        - max(evidence.strongest["own_asked_dense"], evidence.strongest["own_dense"]),
        "score": evidence.confidence / 10.0,
        "gap": evidence.gap / 5.0,
        "coverage": evidence.coverage,
        "unknown": _unknown_share(query, retriever),
        "foreign": foreign_share(query, retriever),
        "no_concept": float(not query.concepts),
        "figure_asked": float(bool(evidence.figures_asked)),
        "figure_missing": float(
            any(
                not FORMS[k](p.sentence, readable(p.passage, p.sentence))
                for k in evidence.figures_asked
                for p in evidence.picks[:1]
            )
        ),
        "figure_nowhere": float(
            any(
                not any(FORMS[k](p.sentence, readable(p.passage, p.sentence)) for p in evidence.picks)
                for k in evidence.figures_asked
            )
        ),
        **_measured(query, evidence),
        "concepts": len(query.concepts) / 5.0,
        "words": len(set(query.rest)) / 8.0,
        **evidence.strongest,
        **{f"top_{name}": value for name, value in evidence.best_features.items()},
        **_support(query, evidence, retriever),
    }


def _measured(query: Query, evidence: Evidence) -> dict[str, float]:
    """Whether what would be shown has figures of the kinds asked for, and the figures of the question."""
    shown = " ".join(
        f"{readable(p.passage, p.sentence)} {p.sentence.translation or ''}" for p in evidence.picks
    )
    wanted, absent = missing(query.text, shown)
    asked = figures(query.text)
    return {
        "measure_wanted": float(wanted > 0),
        "measure_missing": absent / wanted if wanted else 0.0,
        "figures_missing": len(asked - figures(shown)) / len(asked) if asked else 0.0,
    }


def _support(query: Query, evidence: Evidence, retriever: Retriever) -> dict[str, float]:
    """What the best sentence and its passage have of the question."""
    if evidence.best is None:
        return dict.fromkeys(
            ("has_sentence", "has_passage", "has_concepts_sentence", "has_concepts_passage"), 0.0
        ) | {"missing": 1.0}
    sentence = retriever.unit_of_sentence[evidence.best.sentence.id]
    passage = retriever.passage_number[evidence.best.passage.id]
    total = concepts = missing = 0.0
    has = dict.fromkeys(("has_sentence", "has_passage", "has_concepts_sentence", "has_concepts_passage"), 0.0)
    for term, weight, is_concept in _terms(query, retriever):
        units = _holders(term, is_concept, retriever)
        in_sentence = sentence in units
        in_passage = passage in units or any(
            int(retriever.sentence_passage[u - retriever.first_sentence_unit]) == passage
            for u in units if u >= retriever.first_sentence_unit
        )  # fmt: skip
        total += weight
        has["has_sentence"] += weight * in_sentence
        has["has_passage"] += weight * in_passage
        if is_concept:
            concepts += weight
            has["has_concepts_sentence"] += weight * in_sentence
            has["has_concepts_passage"] += weight * in_passage
        if not in_passage:
            missing = max(missing, weight)
    shares = {
        name: value / (concepts if "concepts" in name else total)
        if (concepts if "concepts" in name else total)
        else 0.5
        for name, value in has.items()
    }
    return {**shares, "missing": missing / RARE}


def _terms(query: Query, retriever: Retriever) -> list[tuple[str, float, bool]]:
    """Concepts and other words of the question with their idf."""
    fields = retriever.fields
    named = [(c, fields["concept"].weight(c), True) for c in query.concepts]
    return named + [(t, fields[query.language].weight(t), False) for t in dict.fromkeys(query.rest)]


def _holders(term: str, is_concept: bool, retriever: Retriever) -> set[int]:
    """Units with a concept or word in their text or in a question written for them."""
    fields, asked = retriever.fields, retriever.asked
    if is_concept:
        own, questions = [fields["concept"].units_with(term)], asked.concepts.units_with(term)
    else:
        own, questions = [fields[x].units_with(term) for x in ("zh", "en")], asked.words.units_with(term)
    return {int(u) for u in np.concatenate([*own, asked.units[questions]])}


def foreign_share(query: Query, retriever: Retriever) -> float:
    """Share (by idf) of the question's concepts that no document names: half of it is not in the texts."""
    field = retriever.fields["concept"]
    total = sum(field.weight(c) for c in query.concepts)
    return sum(field.weight(c) for c in query.concepts if c not in field.vocabulary) / total if total else 0.0


def _unknown_share(query: Query, retriever: Retriever) -> float:
    """Share of the question's weight in concepts and words that stand in no document."""
    fields = retriever.fields
    total = seen = 0.0
    for term, weight, is_concept in _terms(query, retriever):
        names = ("concept",) if is_concept else ("zh", "en")
        total += weight
        seen += weight * any(term in fields[name].vocabulary for name in names)
    return 1.0 - seen / total if total else 1.0
