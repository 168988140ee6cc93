"""The promise behind every citation: cleaning ``source[start:end]`` gives the quote."""

import re

import pytest

from corpus.corpus import catalogue, load_corpus, read_source
from corpus.model import PassageKind
from corpus.reading.cleaning import GRADE_TAG, clean

DAMAGE = re.compile(
    r"\$|\\[a-z]|</?su[bp]>|\^\[|［\d|⁃|[Ａ-Ｚａ-ｚ０-９]|[\u4e00-\u9fff] +[\u4e00-\u9fff]|\*\*|\n|_\{|收稿日期|基金项目"
)
TERMINAL = re.compile(r"[。！？.!?：:；;][”’）)\]】》」\"]*$|重复$")


@pytest.mark.parametrize("info", catalogue(), ids=lambda i: i.id)
def test_every_sentence_is_the_cleaned_slice(info) -> None:  # type: ignore[no-untyped-def]
    source = read_source(info)
    for passage in load_corpus().document(info.id).passages:
        for sentence in passage.sentences:
            assert clean(source[sentence.start : sentence.end]) == sentence.text, sentence.id
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end


def test_no_leftover_damage() -> None:
    assert [p.id for p in load_corpus().passages if DAMAGE.search(p.text)] == []


def test_prose_begins_and_ends_at_sentence_boundaries() -> None:
    prose = [p for p in load_corpus().passages if p.kind is PassageKind.PROSE]
    good = [p for p in prose if TERMINAL.search(p.text) and not re.match(r"^[，。；、,;)）a-z]", p.text)]
    assert len(good) / len(prose) >= 0.98, [p.id for p in prose if p not in good]


def test_passages_fit_the_contract() -> None:
    for passage in load_corpus().passages:
        assert len(passage.text) <= (400 if passage.language == "zh" else 1300), passage.id


def test_every_grade_tag_is_attached_once_to_a_sentence() -> None:
    info = next(i for i in catalogue() if i.id == "crlm-guideline-2023")
    printed = [m.start() for m in GRADE_TAG.finditer(read_source(info))]
    sentences = load_corpus().document(info.id).passages
    attached = {g.start for p in sentences for s in p.sentences for g in s.grades}
    assert len(printed) == 49
    assert attached == set(printed)
