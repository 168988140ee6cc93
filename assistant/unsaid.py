"""What a question asks that the nearest passages do not speak of, in the user's own words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support import Word
from corpus.terminology import Terminology
from index.embedding import bundled

LOW = -2.5
"""A word that speaks so much against an answer is named."""
BESIDE = 1.5
"""And others that do hardly less than the worst."""
MOST = 2


def unsaid(
    text: str, words: Sequence[Word], scores: Sequence[float], terminology: Terminology
) -> tuple[str, ...]:
    """The words that speak most against an answer, as typed, worst first.

    ``scores``: what each word adds (``Rule.word_scores``). Of Chinese text only whole words are named.
    """
    limit = min(LOW, min(scores, default=0.0) + BESIDE)
    weak = {
        word.term: score for word, score in zip(words, scores, strict=True)
        if not word.shown and score <= limit
    }  # fmt: skip
    named = [(weak[m.concept.id], m.surface) for m in terminology.find(text) if m.concept.id in weak]
    whole = {piece.lower(): piece for piece in bundled().pieces(text) if len(piece) > 1}
    named += [(score, whole[term]) for term, score in weak.items() if term in whole]
    return tuple(dict.fromkeys(typed for _, typed in sorted(named)))[:MOST]
