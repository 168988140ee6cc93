"""The items of the real documents, made once."""

from __future__ import annotations

import pytest

from corpus.corpus import load_corpus
from ui.study.bank import Bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.build(load_corpus().documents)
