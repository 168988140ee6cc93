"""How well the best evidence covers a question: what the abstention rule looks at.

All signs lie between 0 and about 1. ``own_*`` are the strongest match anywhere, ``top_*`` those of the best
sentence; ``has_*`` say what share of the question's concepts and words (by idf) the best sentence or its
passage has (see ``support``); ``wants_*`` what form of answer the question asks for, ``lacks_*`` and
``nowhere_*`` that the best sentence and everything shown has not that form.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.measures import figures, missing
from assistant.question import FORMS, Question
from assistant.ranking.features import readable
from assistant.support import Word
from index.precedents import Nearness
from index.query import Query
from index.retriever import Retriever


def signs(
    question: Question, query: Query, evidence: Evidence, words: Sequence[Word], near: Nearness,
    retriever: Retriever,
) -> dict[str, float]:  # fmt: skip
    """The signs of one question."""
    return {
        **_decided(near),
        "score": evidence.confidence / 10.0,
        "gap": evidence.gap / 5.0,
        "coverage": evidence.coverage,
        "unknown": _unknown_share(query, retriever),
        "foreign": foreign_share(query, retriever),
        "no_concept": float(not query.concepts),
        **_formed(question, evidence),
        **_measured(query, evidence),
        "concepts": len(query.concepts) / 5.0,
        "words": len(set(query.rest)) / 8.0,
        **evidence.strongest,
        **{f"top_{name}": value for name, value in evidence.best_features.items()},
        **_support(words),
    }


def _decided(near: Nearness) -> dict[str, float]:
    """Whether it is put like questions that are answered, or like others."""
    return {
        "answered": near.answered,
        "unanswered": near.unanswered,
        "nearer_unanswered": near.unanswered - near.answered,
        "answered_alike": near.answered_alike,
        "unanswered_alike": near.unanswered_alike,
        "liker_answered": near.answered_alike - near.unanswered_alike,
        "answered_held": near.answered_held,
        "unanswered_held": near.unanswered_held,
    }


def _formed(question: Question, evidence: Evidence) -> dict[str, float]:
    """Whether what would be shown has the forms that the question asks for."""
    shown = [(pick.sentence, readable(pick.passage, pick.sentence)) for pick in evidence.picks]
    found = {}
    for name, has_form in FORMS.items():
        wants = question.wants(name)
        found[f"wants_{name}"] = float(wants)
        found[f"lacks_{name}"] = float(wants and not any(has_form(*item) for item in shown[:1]))
        found[f"nowhere_{name}"] = float(wants and not any(has_form(*item) for item in shown))
    return found


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


def _support(words: Sequence[Word]) -> dict[str, float]:
    """Shares of the words that the best sentence and its passage have, and the rarest that neither has."""
    concepts = [word for word in words if word.concept]
    return {
        "has_sentence": _share(words, [w for w in words if w.sentence]),
        "has_passage": _share(words, [w for w in words if w.passage]),
        "has_concepts_sentence": _share(concepts, [w for w in concepts if w.sentence]),
        "has_concepts_passage": _share(concepts, [w for w in concepts if w.passage]),
        "missing": max((w.weight for w in words if not w.passage), default=0.0),
    }


def _share(words: Sequence[Word], held: Sequence[Word]) -> float:
    """By weight; one half when there is nothing to hold."""
    total = sum(word.weight for word in words)
    return sum(word.weight for word in held) / total if total else 0.5


def foreign_share(query: Query, retriever: Retriever) -> float:
    """Share (by idf) of the question's concepts that no document names: half of it is not in the texts."""
    field = retriever.fields["concept"]
    total = sum(field.weight(c) for c in query.concepts)
    return sum(field.weight(c) for c in query.concepts if c not in field.vocabulary) / total if total else 0.0


def _unknown_share(query: Query, retriever: Retriever) -> float:
    """Share of the question's weight in concepts and words that stand in no document's own text."""
    fields = retriever.fields
    terms = [(fields["concept"].weight(c), c in fields["concept"].vocabulary) for c in query.concepts]
    terms += [
        (fields[query.language].weight(t), any(t in fields[name].vocabulary for name in ("zh", "en")))
        for t in dict.fromkeys(query.rest)
    ]
    total = sum(weight for weight, _ in terms)
    seen = sum(weight for weight, there in terms if there)
    return 1.0 - seen / total if total else 1.0
