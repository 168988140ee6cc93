"""Every entry of the errata and disagreement registers points at a sentence that says it."""

import pytest

from corpus.corpus import load_corpus
from corpus.errors import CorpusError
from corpus.registers import find_anchor, load_disagreements, load_errata


def test_every_erratum_is_found() -> None:
    passages = load_corpus().passages
    for erratum in load_errata():
        for anchor in erratum.anchors:
            assert find_anchor(anchor, passages), (erratum.id, anchor.quote)


def test_every_side_of_a_disagreement_is_one_sentence() -> None:
    passages = load_corpus().passages
    for entry in load_disagreements():
        assert len({s.anchor.quote for s in entry.sides}) >= 2
        for side in entry.sides:
            assert len(find_anchor(side.anchor, passages)) == 1, (entry.id, side.anchor.quote)


def test_a_broken_register_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "errata.json"
    path.write_text("[{]", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"errata\.json"):
        load_errata(path)
