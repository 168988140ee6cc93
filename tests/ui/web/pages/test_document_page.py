"""The source viewer as a page: what is marked, what stands beside it, what bad input gets."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from fastapi.testclient import TestClient
from viewer_help import HOSTILE, FakeAssistant, citation, client, sentence

from corpus.corpus import load_corpus
from corpus.registers import load_errata
from ui.web.links import document_url, passage_url
from ui.web.pages.errata import errata_by_sentence

GUIDELINE = "crlm-guideline-2023"


@pytest.fixture(scope="module")
def pages() -> TestClient:
    return client()


def address(piece: str, document_id: str = "", **more: str) -> str:
    url = document_url(citation(piece, document_id), up="/")
    return url.replace("#", "".join(f"&{k}={v}" for k, v in more.items()) + "#")


def marks(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<mark[^>]*>(.*?)</mark>", html)]


def test_the_cited_sentence_is_marked_with_its_grade_and_references(pages: TestClient) -> None:
    html = pages.get(address("必须常规探查肝脏")).text
    _, cited = sentence("必须常规探查肝脏")
    assert marks(html) == [cited.text]
    assert html.count('id="cited"') == 1
    assert '<span class="grade grade-b"' in html and "3a · B" in html
    assert '<a href="#ref-23"' in html and 'id="ref-23"' in html
    behind = html.split("所引句子依据的文献")[1].split("</ol>")[0]
    assert "Koshariya M" in behind and "Stewart CL" in behind
    assert "https://doi.org/10.1067/j.cpsurg.2018.08.004" in behind
    assert 'rel="noreferrer noopener"' in behind


def test_several_citations_lead_to_each_other(pages: TestClient) -> None:
    first, second = citation("仅限于病情需要时应用"), citation("原则上不超过6个周期")
    at = f"{second.start}-{second.end},{first.start}-{first.end}"
    html = pages.get(f"/document/{GUIDELINE}?at={at}").text
    assert marks(html) == [first.quote, second.quote]
    assert html.count('id="cited"') == 1 and html.count('id="cited-2"') == 1
    assert html.index('id="cited"') < html.index('id="cited-2"')
    assert 'href="#cited-2">↓' in html and 'href="#cited">↑' in html
    assert "所引句子 1/2" in html


def test_a_chosen_passage_leads_to_its_neighbours(pages: TestClient) -> None:
    passages = load_corpus().document("dlm-review").passages
    middle = pages.get(passage_url("dlm-review", passages[5].id, up="/")).text
    assert passage_url("dlm-review", passages[4].id).split("?")[1] in unescape(middle)
    assert passage_url("dlm-review", passages[6].id).split("?")[1] in unescape(middle)
    assert middle.count('id="cited"') == 1
    first = pages.get(passage_url("dlm-review", passages[0].id, up="/")).text
    assert 'rel="prev"' not in first and 'rel="next"' in first
    last = pages.get(passage_url("dlm-review", passages[-1].id, up="/")).text
    assert 'rel="next"' not in last and 'rel="prev"' in last


@pytest.mark.parametrize("document", load_corpus().documents, ids=lambda d: d.info.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_document_is_there_with_its_facts_and_quickly(
    pages: TestClient, document, language
) -> None:  # type: ignore[no-untyped-def]
    pages.get(f"/document/{document.info.id}")
    began = time.perf_counter()
    reply = pages.get(f"/document/{document.info.id}?lang={language}&tr=1")
    assert time.perf_counter() - began < 1.0
    html = unescape(reply.text)
    assert reply.status_code == 200
    for passage in document.passages:
        for item in passage.sentences:
            if passage.kind != "table row":
                assert item.text in html
    assert all(reference.text in html for reference in document.references)
    assert document.info.sha256 in html
    assert (document.info.note_zh if language == "zh" else document.info.note_en) in html
    ids = re.findall(r' id="([^"]*)"', reply.text)
    assert len(ids) == len(set(ids))
    assert {target for target in re.findall(r'href="#([^"]+)"', reply.text)} <= set(ids)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]*https?://", reply.text)


def test_every_erratum_stands_in_its_document(pages: TestClient) -> None:
    for erratum in load_errata():
        for anchor in erratum.anchors:
            assert erratum.note_en in unescape(pages.get(f"/document/{anchor.document_id}?lang=en").text)
    found = errata_by_sentence(load_corpus().document("crlm-surgery-2025"))
    assert sum(any(e.id == "oslo-cea-unit" for e in entries) for entries in found.values()) == 2


def test_a_cited_row_is_marked_in_its_table_and_quoted_as_printed(pages: TestClient) -> None:
    html = pages.get(address("T3~T4a | N1/N1c", lang="en")).text
    assert marks(html) == ["T3~T4a", "N1/N1c", "M0", "C", "C2"]
    assert 'id="cited"' in re.search(r"<tr [^>]*marked[^>]*>", html)[0]  # type: ignore[index]
    assert "The row as printed" in html and "T3~T4a | N1/N1c" in html
    assert "Should read" in html and "IIIB" in html


def test_translations_on_request_say_what_they_are(pages: TestClient) -> None:
    plain = pages.get(f"/document/{GUIDELINE}?lang=en").text
    assert "Unofficial translation" not in plain and 'href="?tr=1"' in plain
    asked = pages.get(f"/document/{GUIDELINE}?lang=en&tr=1").text
    assert asked.count("Unofficial translation") > 100
    assert "Translation (as published)" in pages.get("/document/crlm-surgery-2025?lang=en&tr=1").text
    cited = pages.get(address("必须常规探查肝脏", lang="en")).text
    assert '<details class="unfold" open>' in cited and cited.count("Unofficial translation") == 1
    pages.cookies.clear()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("at=abc", 400, "“abc”无法识别"),
        ("at=9-3", 400, "“9-3”无法识别"),
        ("at=9000000-9000010", 404, "没有正文句子"),
        ("p=nowhere", 404, "没有编号为“nowhere”的段落"),
        ("at=&p=&tr=&lang=xx", 200, ""),
        ("at=%00&p=%00&tr=%F0%9F%98%80", 400, "无法识别"),
    ],
)
def test_a_bad_address_shows_the_document_and_a_notice(
    pages: TestClient, query: str, status: int, says: str
) -> None:
    reply = pages.get(f"/document/dlm-review?{query}")
    assert reply.status_code == status
    assert says in reply.text
    assert ('role="alert"' in reply.text) == bool(says)
    assert "影像学" in reply.text and "<mark" not in reply.text


def test_an_unknown_document_offers_the_ones_there_are(pages: TestClient) -> None:
    reply = pages.get("/document/nope?lang=en")
    assert reply.status_code == 404
    assert "no document “nope”" in reply.text
    assert reply.text.count('href="../document/') == 5
    pages.cookies.clear()


def test_hostile_addresses_and_documents_are_shown_and_never_run(pages: TestClient) -> None:
    for reply in (
        pages.get(f"/document/{GUIDELINE}", params={"at": HOSTILE, "p": HOSTILE, "tr": HOSTILE}),
        pages.get("/document/<script>window.hacked=1<script>"),
    ):
        assert reply.status_code in (400, 404)
        assert (
            "<script>window" not in reply.text and "<img" not in reply.text and "49" not in reply.text[:3000]
        )

    class Hostile(FakeAssistant):
        def full_document(self, document_id):  # type: ignore[no-untyped-def]
            document = super().full_document(document_id)
            info = document.info.model_copy(update={"title_zh": HOSTILE, "note_zh": HOSTILE, "doi": HOSTILE})
            passages = tuple(
                p.model_copy(
                    update={
                        "text": HOSTILE,
                        "section": (HOSTILE,),
                        "lead_in": HOSTILE + "!",
                        "sentences": tuple(
                            s.model_copy(update={"text": HOSTILE, "translation": HOSTILE})
                            for s in p.sentences
                        ),
                    }
                )
                for p in document.passages
            )
            return document.model_copy(update={"info": info, "passages": passages, "sections": ()})

    html = client(Hostile()).get(f"/document/{GUIDELINE}?at=1-999999&tr=1").text
    assert "&lt;script&gt;" in html
    assert "<script>window" not in html and "<img" not in html and "onerror='" not in html
