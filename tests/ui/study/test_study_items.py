"""Items: verbatim, stable, and every wrong option surely wrong, checked by other means than those that made them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import calculators
from corpus.corpus import load_corpus, read_source
from corpus.model import Passage
from corpus.registers import folded
from corpus.terminology import load_terminology
from eval import questions
from ui.study.asking import Response, ask, judge
from ui.study.bank import Bank
from ui.study.cases import case_of, right_number
from ui.study.figures import figures
from ui.study.lists import split_list
from ui.study.model import BLANK, KINDS, Item
from ui.study.patients import CASES
from ui.study.references import reference_items
from ui.study.terms import related

DOCUMENTS = load_corpus().documents
PASSAGES: dict[str, Passage] = {p.id: p for d in DOCUMENTS for p in d.passages}


def texts(language: str) -> list[str]:
    """Everything told in a language, by sentence."""
    found = []
    for passage in PASSAGES.values():
        for sentence in passage.sentences:
            told = sentence.text if sentence.language == language else sentence.translation
            if told:
                found.append(told)
    return found


def of_kind(bank: Bank, *kinds: str) -> list[Item]:
    return [item for item in bank.items if item.kind in kinds]


def test_every_kind_exists_in_both_languages(bank: Bank) -> None:
    counts = Counter((item.kind, item.language) for item in bank.items)
    assert {kind for kind, _ in counts} == set(KINDS)
    assert all(counts[kind, language] >= 10 for kind in KINDS for language in ("zh", "en")), counts


def test_ids_are_unique_and_the_same_in_another_process(bank: Bank) -> None:
    ids = sorted(item.id for item in bank.items)
    assert len(set(ids)) == len(ids)
    code = (
        "from corpus.corpus import load_corpus; from ui.study.bank import Bank\n"
        "b = Bank.build(load_corpus().documents); print(*sorted(i.id + '/' + '/'.join(o.key for o in i.options) for i in b.items))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7", "PATH": ""},
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert run.stdout.split() == sorted(i.id + "/" + "/".join(o.key for o in i.options) for i in bank.items)


def test_quotes_are_verbatim(bank: Bank) -> None:
    files = {d.info.id: read_source(d.info) for d in DOCUMENTS}
    for item in bank.items:
        for source in item.sources:
            sentence = next(s for s in PASSAGES[source.passage_id].sentences if s.start == source.start)
            assert source.quote == sentence.text and source.rendering == (sentence.translation or "")
            assert 0 <= source.start < source.end <= len(files[source.document_id])


def test_stems_and_options_are_pieces_of_what_the_source_says(bank: Bank) -> None:
    for item in of_kind(bank, "grade", "number", "term"):
        source = item.sources[0]
        told = source.quote if source.language == item.language else source.rendering
        assert item.unofficial == (source.language != item.language and not source.official)
        assert all(part in told for part in item.stem.split(BLANK))
        if item.kind != "grade":
            right = next(o.text for o in item.options if o.right)
            assert folded(item.stem.replace(BLANK, right, 1).split(BLANK)[0]) in folded(told)
    for item in of_kind(bank, "list"):
        told = " ".join(s.quote if s.language == item.language else s.rendering for s in item.sources)
        assert all(o.text in told for o in item.options if o.right)


def test_a_single_choice_has_one_right_option_and_no_two_alike(bank: Bank) -> None:
    for item in of_kind(bank, "grade", "number", "term"):
        assert sum(o.right for o in item.options) == 1 and len(item.options) == 4
    for item in bank.items:
        assert len({folded(o.text) for o in item.options}) == len(item.options)
        assert len({o.key for o in item.options}) == len(item.options)


def test_wrong_grades_are_not_printed_behind_the_sentence(bank: Bank) -> None:
    for item in of_kind(bank, "grade"):
        printed = {
            (g.level, g.recommendation)
            for p in PASSAGES.values() for s in p.sentences if s.text == item.sources[0].quote for g in s.grades
        }  # fmt: skip
        right = {tuple(re.findall(r"\b\d[a-c]?|[A-D](?=级)|[A-D]$", o.text)) for o in item.options if o.right}
        wrong = {
            tuple(re.findall(r"\b\d[a-c]?|[A-D](?=级)|[A-D]$", o.text)) for o in item.options if not o.right
        }
        assert right == printed and not wrong & printed
        assert not re.search(r"[1-5][a-c]?\s*类?证据|级推荐", item.stem)


def test_wrong_figures_share_no_value_with_the_true_one(bank: Bank) -> None:
    everything = {language: "\n".join(map(folded, texts(language))) for language in ("zh", "en")}
    for item in of_kind(bank, "number"):
        spans = {}
        for option in item.options:
            filled = item.stem.replace(BLANK, option.text)
            numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", option.text)]
            spans[option.text] = (numbers[0], numbers[-1], option.right)
            assert (folded(filled) in everything[item.language]) == option.right
        true = next(s for s in spans.values() if s[2])
        for low, high, right in spans.values():
            assert right or high < true[0] or low > true[1]


def test_the_rest_of_the_sentence_does_not_give_the_figure_away(bank: Bank) -> None:
    for item in of_kind(bank, "number"):
        right = next(o.text for o in item.options if o.right)
        filled = item.stem.replace(BLANK, right)
        assert sum(f.printed == right for f in figures(filled, item.language)) >= 1
        assert not any(
            f.printed == right
            for f in figures(item.stem.replace(BLANK, "…"), item.language)
            if f.unit in item.stem.split(BLANK)[1][:4]
        )


def test_wrong_names_are_neither_the_same_thing_nor_in_the_passage(bank: Bank) -> None:
    terminology = load_terminology()
    for item in of_kind(bank, "term"):
        passage = PASSAGES[item.sources[0].passage_id]
        told = " ".join(
            s.text if s.language == item.language else s.translation or "" for s in passage.sentences
        )
        here = {m.concept.id for m in terminology.find_nested(told)}
        (right,) = ({m.concept.id for m in terminology.find(o.text)} for o in item.options if o.right)
        for option in item.options:
            if not option.right:
                found = {m.concept for m in terminology.find(option.text)}
                assert found and not {c.id for c in found} & here, (item.stem, option.text)
                assert not any(related(c, terminology[name]) for c in found for name in right)


def test_a_name_is_no_wrong_option_where_its_section_means_its_class(bank: Bank) -> None:
    """A sentence about one antibody is not asked with another that the same section names."""
    for item in of_kind(bank, "term"):
        first = item.sources[0]
        section = folded(" ".join(p.text for p in PASSAGES.values() if p.section == first.section))
        right = next(o.text for o in item.options if o.right)
        for option in item.options:
            if not option.right and right[-2:] == option.text[-2:] and item.language == "zh":
                assert folded(option.text) not in section


def test_wrong_items_of_a_list_are_not_said_where_it_stands(bank: Bank) -> None:
    for item in of_kind(bank, "list"):
        whole = folded(" ".join(
            f"{s.text} {s.translation or ''}" for source in item.sources for s in PASSAGES[source.passage_id].sentences
        ))  # fmt: skip
        right = [folded(o.text) for o in item.options if o.right]
        wrong = [folded(o.text) for o in item.options if not o.right]
        assert len(right) >= 2 and len(wrong) >= 2
        assert all(w not in whole and not any(w in r or r in w for r in right) for w in wrong)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(CASES) - 1), st.sampled_from(["zh", "en"]), st.integers(0, 2**48))
def test_a_case_has_the_calculators_truth_and_nothing_else(place: int, language: str, seed: int) -> None:
    bank = _bank()
    item = next(
        i for i in bank.items
        if i.kind == "case" and i.language == language and case_of(i) is CASES[place]
    )  # fmt: skip
    asked = ask(item, seed, bank.documents)
    again = ask(item, seed, bank.documents)
    assert asked.facts == again.facts and asked.answer == again.answer
    assert asked.calculation is not None and asked.calculation.status == "ok"
    fresh = calculators.run(CASES[place].calculator, asked.calculation.inputs, item.language)
    truth = fresh.result[CASES[place].result]
    if asked.number is None:
        assert [o.text for o in asked.options if o.right] == [asked.answer]
        for option in asked.options:
            assert judge(asked, Response((option.key,))).correct == option.right
    else:
        assert asked.number == pytest.approx(truth)
        assert judge(asked, Response(text=f"{truth:.6f}")).correct
        assert not judge(asked, Response(text=f"{truth * 1.2 + 1:.4f}")).correct
    assert len(asked.facts) <= len(asked.calculation.inputs) and all(
        name and value for name, value in asked.facts
    )


_cached: list[Bank] = []


def _bank() -> Bank:
    if not _cached:
        _cached.append(Bank.build(DOCUMENTS))
    return _cached[0]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("170", True), ("170 mg", True), ("１７０ｍｇ", True), ("171", True), ("160", False), ("17", False),
     ("", False), ("170 or 180", False), ("1,70", False), ("一百七十", False), ("about 170 mg/m2", True)],
)  # fmt: skip
def test_a_typed_number_is_one_number_and_near_enough(typed: str, right: bool) -> None:
    assert right_number(typed, 170.0, 0.02) is right


def test_only_the_development_half_is_read(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    original = questions._read
    monkeypatch.setattr(questions, "_read", lambda path, kind: read.append(path) or original(path, kind))
    assert reference_items(DOCUMENTS)
    assert [(p.parent.name, p.name) for p in read] == [("dev", "single.jsonl")]


def test_options_come_in_another_order_with_another_seed(bank: Bank) -> None:
    item = of_kind(bank, "number")[0]
    orders = {tuple(o.text for o in ask(item, seed, bank.documents).options) for seed in range(20)}
    assert len(orders) > 3
    assert {frozenset(order) for order in orders} == {frozenset(o.text for o in item.options)}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="肝转移术前化疗 abc", min_size=2, max_size=12), min_size=3, max_size=6))
def test_whatever_is_split_is_a_piece_of_the_sentence(pieces: list[str]) -> None:
    text = "目前的方法包括：" + "；".join(pieces) + "。"
    found = split_list(text, "zh")
    assert found is None or all(piece in text for piece in found[1])


def test_a_sentence_with_clauses_is_no_list() -> None:
    assert (
        split_list("About 3 % react, including anaphylaxis, to which attention should be paid.", "en") is None
    )
    assert split_list("成员包括外科、内科，讨论后决定、记录、执行。", "zh") is None
