"""The library as a page: documents, recommendations, search, and what bad input gets."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from viewer_help import HOSTILE, client

from corpus.corpus import load_corpus
from ui.web.pages.recommendations import count, recommendations

GUIDELINE = load_corpus().document("crlm-guideline-2023")


@pytest.fixture(scope="module")
def pages() -> TestClient:
    return client()


@pytest.fixture(autouse=True)
def fresh(pages: TestClient) -> None:
    pages.cookies.clear()


def test_every_document_stands_there_with_both_titles_counts_and_outline(pages: TestClient) -> None:
    html = unescape(pages.get("/library").text)
    for document in load_corpus().documents:
        info = document.info
        assert f'href="./document/{info.id}"' in html
        assert all(title in html for title in (info.title_zh, info.title_en) if title)
        assert f"{len(document.passages)} 段" in html
        assert all(section.path[-1] in html for section in document.sections)
    assert 'href="./document/crlm-guideline-2023#s4"' in html


def test_the_counts_add_up_and_lead_to_their_lists(pages: TestClient) -> None:
    counts = count(recommendations([GUIDELINE]))
    assert counts.total == sum(bool(s.grades) for p in GUIDELINE.passages for s in p.sentences)
    html = unescape(pages.get("/library").text)
    links = re.findall(r'href="(\?document=[^"]*level=[^"]*)#recommendations"[^>]*>(\d+)<', html)
    assert sum(int(number) for _, number in links) == sum(counts.cells.values())
    for link, number in links:
        assert pages.get(f"/library{link}").text.count('<li class="card">') == int(number)


def test_all_1a_recommendations_stand_verbatim_with_badge_and_source(pages: TestClient) -> None:
    html = unescape(pages.get("/library?level=1a").text)
    wanted = [r for r in recommendations([GUIDELINE]) if any(g.level == "1a" for g in r.sentence.grades)]
    assert wanted and all(r.sentence.text in html for r in wanted)
    assert html.count('<li class="card">') == len(wanted) == html.count("1a · A</span>")
    for r in wanted:
        assert f"at={r.sentence.start}-{r.sentence.end}" in html
    assert "非官方译文" not in html
    english = unescape(pages.get("/library?level=1a&lang=en").text)
    assert english.count("Unofficial translation") == len(wanted)
    assert all(str(r.sentence.translation) in english for r in wanted)


def test_a_listed_misprint_carries_its_erratum(pages: TestClient) -> None:
    assert "与附录1（1c为A级）不一致" in pages.get("/library?level=1c").text


@pytest.mark.parametrize("query", ["level=1a&grade=C", "document=dlm-review"])
def test_no_recommendation_within_the_conditions_is_said(pages: TestClient, query: str) -> None:
    reply = pages.get(f"/library?{query}")
    assert reply.status_code == 200
    assert "没有同时符合这些条件的推荐" in reply.text


def test_a_search_marks_its_words_and_leads_into_the_source(pages: TestClient) -> None:
    html = pages.get("/library?q=贝伐珠单抗").text
    assert "<mark>贝伐珠单抗</mark>" in html
    assert re.search(r'href="\./document/crlm-guideline-2023\?p=[^"]+#cited"', html)
    assert 'value="贝伐珠单抗"' in html


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("document=dlm-review", "document/dlm-review"),
        ("kind=cohort+study", "document/hcc-iiib-2025"),
        ("year=2025", "2025"),
        ("year=none", "综述"),
        ("language=en", 'lang="en"'),
        ("level=1A", "1a · A"),
    ],
)
def test_filters_narrow_a_search(pages: TestClient, query: str, holds: str) -> None:
    html = pages.get(f"/library?q=患者 patients 病灶 化疗&{query}").text
    cards = re.findall(r'<li class="card">.*?</li>', html, re.DOTALL)
    assert cards and all(holds in card for card in cards)
    assert "去掉筛选" in html
    assert "<details open><summary>筛选" in html


def test_a_search_finds_every_passage_that_names_its_word(pages: TestClient) -> None:
    document = load_corpus().document("dlm-review")
    wanted = [p.text for p in document.passages if "消融" in p.text]
    html = unescape(re.sub("</?mark>", "", pages.get("/library?q=消融&document=dlm-review").text))
    assert len(wanted) > 3 and all(passage in html for passage in wanted)
    everywhere = pages.get("/library?q=消融").text
    total = re.search(r"共 (\d+) 段，显示前 50 段", everywhere)
    assert total is not None and int(total[1]) > 50
    assert everywhere.count('<li class="card">') >= 50


def test_nothing_within_the_filters_says_what_there_is_without_them(pages: TestClient) -> None:
    html = pages.get("/library?q=西妥昔单抗&document=hcc-iiib-2025").text
    assert re.search(r"不加筛选时有 \d+ 段", html)


def test_nothing_at_all_is_said_and_near_passages_stay_apart(pages: TestClient) -> None:
    html = pages.get("/library?q=番茄炒蛋").text
    assert "没有段落含有这些词" in html
    assert "含义相近、但没有这些词的段落（10）" in html


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=", "请输入要检索的词"),
        ("q=+++", "请输入要检索的词"),
        ("q=" + "肝" * 201, "检索词太长（201 个字符"),
        ("q=%00%01", "不是可读的文字"),
        ("q=???", "不是可读的文字"),
        ("level=9z", "没有“9z”这个选项"),
        ("q=肝&kind=poem", "没有“poem”这个选项"),
        ("q=肝&year=20x5", "没有“20x5”这个选项"),
    ],
)
def test_bad_input_gets_a_message(pages: TestClient, query: str, says: str) -> None:
    reply = pages.get(f"/library?{query}")
    assert reply.status_code == 400
    assert says in reply.text
    assert 'role="alert"' in reply.text


def test_hostile_input_is_shown_and_never_run(pages: TestClient) -> None:
    for name in ("q", "document", "level", "grade", "kind", "year", "language", "other"):
        html = pages.get("/library", params={"q": "肝", name: HOSTILE}).text
        assert "<script>window" not in html and "<img" not in html and "onerror='" not in html
