"""Ranking sentences by a learned weighted sum of readable features."""

from assistant.ranking.features import NAMES, FeatureTable
from assistant.ranking.model import Ranked, Ranker

__all__ = ["NAMES", "FeatureTable", "Ranked", "Ranker"]
