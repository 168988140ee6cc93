"""The pieces of the source viewer: addresses, ranges, tables, order of a document, words of a search."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from viewer_help import HOSTILE, citation, sentence

from corpus.corpus import load_corpus
from corpus.model import Document, PassageKind
from ui.web.i18n import TEXTS as ALL_TEXTS
from ui.web.links import document_url, passage_url, section_url
from ui.web.pages.cited import MOST, read_ranges, sentences_at
from ui.web.pages.document import doi_url, plain_doi
from ui.web.pages.outline import Heading, Prose, TableBlock, lay_out
from ui.web.pages.reading_texts import TEXTS
from ui.web.pages.rows import table_of
from ui.web.pages.terms import Terms

DOCUMENTS = load_corpus().documents
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.info.id)


def test_a_citation_gives_a_relative_address_that_finds_its_sentence() -> None:
    cited = citation("必须常规探查肝脏")
    url = document_url(cited, up="../", language="en")
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("", "", "cited")
    assert parts.path == "../document/crlm-guideline-2023"
    assert parse_qs(parts.query) == {
        "at": [f"{cited.start}-{cited.end}"], "p": [cited.passage_id], "lang": ["en"]
    }  # fmt: skip
    assert document_url(cited).startswith("./document/")
    assert "lang=" not in document_url(cited)


def test_addresses_escape_what_they_carry() -> None:
    for url in (passage_url(HOSTILE, HOSTILE), section_url("a/b", '"><b>')):
        assert not set("<>\"' {}") & set(url)
    assert section_url("a/b", "s1") == "./document/a%2Fb#s1"


@pytest.mark.parametrize(
    ("raw", "ranges", "wrong"),
    [
        ("", [], 0),
        ("12-15", [(12, 15)], 0),
        ("12-15, 20-31", [(12, 15), (20, 31)], 0),
        ("15-12", [], 1),
        ("12-12", [], 1),
        ("12", [], 1),
        ("-12", [], 1),
        ("１２-１５", [], 1),
        ("1-99999999999999999999999", [], 1),
        ("1-2,,3-4", [(1, 2), (3, 4)], 1),
        (HOSTILE, [], 1),
    ],
)
def test_ranges_are_read_or_named_as_wrong(raw: str, ranges: list[tuple[int, int]], wrong: int) -> None:
    found, bad = read_ranges(raw)
    assert found == ranges
    assert len(bad) == wrong
    assert all(len(piece) <= 40 for piece in bad)


def test_too_many_ranges_are_cut_and_said() -> None:
    found, bad = read_ranges(",".join(["1-2"] * 5000))
    assert len(found) == MOST
    assert len(bad) == 1


@EVERY_DOCUMENT
def test_every_sentence_is_found_by_its_own_range(document: Document) -> None:
    for passage in document.passages:
        for item in passage.sentences:
            assert item in sentences_at(document, (item.start, item.end))


def test_part_of_a_sentence_finds_it_and_beyond_the_file_is_nothing() -> None:
    passage, item = sentence("必须常规探查肝脏")
    document = load_corpus().document(passage.document_id)
    assert sentences_at(document, (item.start + 3, item.start + 5)) == [item]
    assert sentences_at(document, (9_000_000, 9_000_010)) == []


@EVERY_DOCUMENT
def test_the_layout_shows_every_passage_once_and_in_order(document: Document) -> None:
    shown = []
    for block in lay_out(document).blocks:
        if isinstance(block, Prose):
            shown.append(block.passage.id)
        elif isinstance(block, TableBlock):
            shown.extend(row.passage.id for row in block.table.rows)
    assert shown == [passage.id for passage in document.passages]


@EVERY_DOCUMENT
def test_every_section_has_one_heading_and_an_anchor_of_its_own(document: Document) -> None:
    layout = lay_out(document)
    headings = [b.node for b in layout.blocks if isinstance(b, Heading) and not b.again]
    assert {section.path for section in document.sections} <= {node.path for node in headings}
    assert len({node.anchor for node in headings}) == len(headings)
    printed = list(dict.fromkeys(section.path for section in document.sections))
    assert [node.path for node in headings if node.path in printed] == printed


@EVERY_DOCUMENT
def test_prose_is_shown_word_for_word(document: Document) -> None:
    for block in lay_out(document).blocks:
        if isinstance(block, Prose):
            sentences = block.passage.sentences
            text = "".join(piece.gap + sentences[piece.number].text for piece in block.pieces)
            assert text == block.passage.text


@EVERY_DOCUMENT
def test_table_cells_say_what_the_rows_say(document: Document) -> None:
    for block in lay_out(document).blocks:
        if not isinstance(block, TableBlock):
            continue
        group = ""
        for row in block.table.rows:
            assert row.cells, row.line
            assert len(row.cells) == (len(block.table.columns) or 2)
            group = (row.group or group) if row.grouped else ""
            for printed in row.passage.sentences[0].text.split(" | "):
                assert any(printed in cell or cell in row.line for cell in row.cells)
            assert all(cell in row.passage.text for cell in row.cells)
            assert group in row.passage.text


def test_a_table_keeps_groups_empty_cells_and_semicolons() -> None:
    row, _ = sentence("男 | 38(50.0)")
    rows = [p for p in load_corpus().passages if p.section == row.section and p.lead_in == row.lead_in]
    table = table_of([p for p in rows if p.kind is PassageKind.TABLE_ROW])
    assert table.columns[0] == "资料"
    assert table.rows[0].group == "性别[n (%)]"
    assert table.rows[0].cells == ("男", "38(50.0)", "28(36.9)", "0.060")
    assert table.rows[1].cells == ("女", "2(2.6)", "8(10.5)", "")
    assert not table.rows[2].grouped
    stage, _ = sentence("T3~T4a | N1/N1c")
    assert table_of([p for p in load_corpus().passages if p.section == stage.section]).rows[8].cells[0] == ""


def test_a_row_that_cells_would_distort_stays_a_line() -> None:
    row, _ = sentence("男 | 38(50.0)")
    odd = row.model_copy(update={"text": "甲：1；乙：2；甲：3", "lead_in": ""})
    table = table_of([odd])
    assert table.rows[0].cells == ()
    assert table.rows[0].line == "甲：1；乙：2；甲：3"


def test_a_search_is_marked_by_name_synonym_and_typed_word() -> None:
    marked = [s.text for s in Terms("bevacizumab").mark("含贝伐珠单抗的方案，Avastin亦然") if s.hit]
    assert "贝伐珠单抗" in marked
    assert [s.text for s in Terms("RAS").mark("KRAS and RAS") if s.hit][-1] == "RAS"
    for query in ("a|b", "(", "[", "\\", HOSTILE, "？"):
        text = "a|b ( [ \\ <script> 正文"
        assert "".join(s.text for s in Terms(query).mark(text)) == text


def test_a_doi_with_the_next_entry_stuck_to_it_is_cut() -> None:
    assert plain_doi("10.3760/cma.j.cn112152-20240119-00035.Zheng") == "10.3760/cma.j.cn112152-20240119-00035"
    assert doi_url("10.1002/bjs.4888") == "https://doi.org/10.1002/bjs.4888"
    assert '"' not in doi_url('10.1/"><script>')


def test_every_label_exists_in_both_languages_under_its_own_name() -> None:
    assert all(zh and en for zh, en in TEXTS.values())
    assert all(key.startswith(("doc.", "lib.")) for key in TEXTS)
    assert all(ALL_TEXTS[key] == pair for key, pair in TEXTS.items())
