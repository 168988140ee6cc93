"""What the page shows, as HTML: escaping, marking, badges, both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import fake
import pytest

from assistant.answer import Answer, BreakdownItem, Calculation, Citation
from corpus.model import DocumentKind, Language, Passage, PassageKind
from ui.web import i18n, render, sources
from ui.web.calculation import calculation_card
from ui.web.markdown import render_markdown
from ui.web.server import ASSETS
from ui.web.session import KEPT, Session

EVIL = (
    '<img src=x onerror="window.hacked=1"> "\'&</textarea><script>window.hacked=1</script>'
    " ${window.hacked=1} {{x}} [a](javascript:alert(1))"
)


def session_with(answer: Answer, question: str = "问题", language: Language = "zh") -> Session:
    session = Session(language)
    session.finish(session.begin(question), answer)
    return session


class Harmless(HTMLParser):
    """Refuses what could run or load something."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"img", "script", "iframe", "object", "link", "style", "textarea", "form", "svg"}
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "style"}]
        assert all(str(value).startswith("./") for name, value in attrs if name == "href")


def cited(*markers: int) -> dict[int, Citation]:
    """Citations under these numbers."""
    return {marker: fake.cite(marker, "dlm-review/1/3", 0, "zh") for marker in markers}


def assert_harmless(html: str) -> None:
    parser = Harmless()
    parser.feed(html)
    parser.close()


def test_labels_exist_in_both_languages_with_the_same_placeholders() -> None:
    for key, (zh, en) in i18n.TEXTS.items():
        assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en)), key
        assert bool(zh) == bool(en), key
    assert all(i18n.kind_name(kind, "zh") and i18n.kind_name(kind, "en") for kind in DocumentKind)
    assert len(i18n.examples("zh")) == len(i18n.examples("en")) >= 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_question_and_answer_are_escaped(language: Language) -> None:
    answer = fake.rejected(EVIL).model_copy(
        update={"notes": [EVIL], "suggestions": [EVIL], "passages": fake.retrieved("dlm-review/1/3")}
    )
    session = session_with(answer, EVIL, language)
    assistant = fake.FakeAssistant()
    for html in (render.transcript(session), sources.panel(session, assistant)):
        assert_harmless(html)
        assert "&lt;img" in html


def test_everything_from_a_document_is_escaped() -> None:
    answer = fake.nodule()
    passage = fake.PASSAGES["crlm-guideline-2023/1.2/2"]
    citation = answer.citations[0].model_copy(
        update={"title": EVIL, "section": EVIL, "quote": EVIL, "translation": EVIL, "references": [EVIL],
                "evidence_level": EVIL, "recommendation": EVIL}
    )  # fmt: skip
    hostile = passage.model_copy(update={"text": EVIL, "lead_in": EVIL, "sentences": ()})

    class Hostile(fake.FakeAssistant):
        def passage(self, passage_id: str) -> Passage:
            return hostile

    session = session_with(answer.model_copy(update={"citations": [citation]}))
    html = sources.panel(session, Hostile())
    assert_harmless(html)
    assert html.count("&lt;img") >= 5


def test_a_calculation_is_escaped() -> None:
    calculation = Calculation(
        calculator=EVIL, status="ok", result={EVIL: EVIL}, interpretation=EVIL, reason=EVIL, missing=[EVIL],
        assumptions=[EVIL], sensitivity=[EVIL], breakdown=[BreakdownItem(item=EVIL, value=EVIL, note=EVIL)],
    )  # fmt: skip
    assert_harmless(calculation_card(calculation, "zh"))


def test_the_cited_sentence_is_marked_inside_its_whole_passage() -> None:
    answer = fake.nodule()
    html = sources.source_cards(answer, 7, fake.FakeAssistant(), "zh")
    passage = fake.PASSAGES["crlm-guideline-2023/1.2/2"]
    first, second = passage.sentences
    assert f"{first.text}<mark" in html
    assert f'<span id="s-7-1"></span>{second.text}<sup>&#8288;[1]</sup></mark>' in html
    assert html.count("<mark") == 1


def test_two_sentences_of_one_passage_share_a_card() -> None:
    one = fake.cite(1, "crlm-guideline-2023/1.2/2", 0, "zh")
    two = fake.cite(2, "crlm-guideline-2023/1.2/2", 1, "zh", grade=("3a", "B"))
    three = fake.cite(3, "crlm-guideline-2023/1.2/2", 1, "zh", grade=("3a", "B"))
    answer = fake.nodule().model_copy(update={"citations": [one, two, three]})
    html = sources.source_cards(answer, 1, fake.FakeAssistant(), "zh")
    assert html.count("<article") == 1
    assert html.count("<mark") == 2
    assert all(html.count(f'id="s-1-{number}"') == 1 for number in (1, 2, 3))
    assert "[2][3]</sup>" in html
    assert html.count("3a · B级推荐") == 1


def test_a_quote_that_is_not_in_its_passage_is_shown_all_the_same() -> None:
    citation = fake.cite(1, "dlm-review/1/3", 0, "zh")
    citation = citation.model_copy(update={"quote": "别的句子。", "start": 1, "end": 2})
    html = sources.source_cards(
        fake.nodule().model_copy(update={"citations": [citation]}), 1, fake.FakeAssistant(), "zh"
    )
    assert 'id="s-1-1"' in html
    assert "别的句子。<sup>&#8288;[1]</sup></mark>" in html


def test_an_unknown_passage_does_not_break_the_panel() -> None:
    citation = fake.cite(1, "dlm-review/1/3", 0, "zh")
    citation = citation.model_copy(update={"passage_id": "gone", "document_id": "gone"})
    answer = fake.nodule().model_copy(update={"citations": [citation]})
    html = sources.panel(session_with(answer), fake.FakeAssistant())
    assert f"{citation.quote}<sup>&#8288;[1]</sup></mark>" in html


def test_badges_kind_and_references_in_both_languages() -> None:
    answer = fake.nodule()
    zh = sources.source_cards(answer, 1, fake.FakeAssistant(), "zh")
    en = sources.source_cards(answer, 1, fake.FakeAssistant(), "en")
    assert '<span class="grade grade-b" title="证据等级 3a，B 级推荐">3a · B级推荐</span>' in zh
    assert "3a · grade B</span>" in en
    assert "2023 · 指南" in zh
    assert "2023 · guideline" in en
    assert "该句引用的文献（1）" in zh
    assert "Literature cited in this sentence (1)" in en
    assert "Koshariya" in zh


def test_a_translation_says_whether_it_is_official() -> None:
    answer = fake.biopsy()
    html = sources.source_cards(answer, 1, fake.FakeAssistant(), "en")
    assert "Unofficial translation" in html
    assert "Percutaneous needle biopsy" in html
    official = answer.citations[0].model_copy(update={"translation_official": True})
    answer = answer.model_copy(update={"citations": [official]})
    html = sources.source_cards(answer, 1, fake.FakeAssistant(), "zh")
    assert "非官方译文" not in html
    assert "原刊双语" in html


def test_a_document_note_is_in_the_card() -> None:
    html = sources.source_cards(fake.cycles(), 1, fake.FakeAssistant(), "en")
    assert "superseded in 2023" in html


def test_markers_become_chips_and_the_rest_stays() -> None:
    html = render_markdown("甲[1][2]乙[1,2] 丙[9] 丁 `[1]`", 3, cited(1, 2), "zh")
    assert html.count('class="chip"') == 4
    assert 'data-turn="3" data-marker="2" aria-label="来源 2：肝转移灶消失综述"' in html
    assert 'href="./document/dlm-review?at=' in html
    assert "丙[9]" in html
    assert "<code>[1]</code>" in html


def test_markdown_keeps_ranges_and_refuses_links_images_and_html() -> None:
    html = render_markdown(
        "建议2~3个月，4~6个周期，~~不删~~ <b>粗</b> [x](http://evil.example) ![y](http://evil.example/i.png) "
        "<http://evil.example>\n\n[1]: http://evil.example\n\n    缩进\n",
        1, cited(1), "zh",
    )  # fmt: skip
    assert "2~3个月，4~6个周期" in html
    assert not re.search(r"<(img|b|s|del|pre)\b|=.http:", html)
    assert "缩进" in html


def test_markdown_tables_lists_quotes_and_grades() -> None:
    source = "| a | b |\n|---|---|\n| 1 | [1] |\n\n1. x\n2. y\n\n> q\n\n`1a类证据 · A级推荐` `x`"
    html = render_markdown(source, 1, cited(1), "zh")
    assert '<div class="table"><table>' in html
    assert "<ol>" in html
    assert "<blockquote>" in html
    assert '<span class="grade grade-a">1a类证据 · A级推荐</span>' in html
    assert "<code>x</code>" in html


@pytest.mark.parametrize(
    ("printed", "css"),
    [
        ("1a · A级", "grade-a"),
        ("3a类证据 · B级推荐", "grade-b"),
        ("2b · grade C", "grade-c"),
        ("evidence 1a · recommendation A", "grade-a"),
        ("5 · Grade D", "grade-d"),
    ],
)
def test_grade_badges(printed: str, css: str) -> None:
    assert f'class="grade {css}"' in render_markdown(f"`{printed}`", 1, {}, "zh")


def test_calculation_card_shows_points_missing_and_assumptions() -> None:
    calculation = fake.score().calculation
    assert calculation is not None
    zh, en = calculation_card(calculation, "zh"), calculation_card(calculation, "en")
    assert '<td class="number">1</td>' in zh
    assert '<td class="number">–</td>' in zh  # not given is not zero
    assert "信息不全" in zh
    assert "incomplete" in en
    assert "CEA 单位按 ng/mL" in zh
    assert "lowest score" in en


def test_calculation_citations_have_cards_even_when_the_answer_lists_none() -> None:
    answer = fake.score().model_copy(update={"citations": []})
    assert 'id="s-1-1"' in sources.source_cards(answer, 1, fake.FakeAssistant(), "zh")
    assert 'class="chip"' in render.answer_html(answer, 1, "zh")


def test_statuses_notes_disagreements_and_suggestions() -> None:
    html = render.transcript(session_with(fake.cycles()))
    assert html.count("来源不一致") >= 1
    assert "肝转移灶消失综述" in html
    assert "已被2023版取代" in html
    assert 'data-ask="转化治疗多久评估一次？"' in html
    assert "Not in the documents" in render.transcript(session_with(fake.fruquintinib(), language="en"))
    assert "无法回答" in render.transcript(session_with(fake.rejected("天气")))


def test_a_note_the_text_ends_with_is_shown_once() -> None:
    answer = fake.nodule()
    note = "该指南的这一行有误印。"
    answer = answer.model_copy(update={"notes": [note], "text": f"{answer.text}\n\n注：{note}"})
    assert render.answer_html(answer, 1, "zh").split("data-copy")[0].count(note) == 1


def test_other_passages_leave_out_the_quoted_one() -> None:
    html = sources.panel(session_with(fake.nodule()), fake.FakeAssistant())
    listed = html[html.index('class="passages"') :]
    assert "转化治疗以4~6个周期为宜" in listed
    assert "必要时考虑同步切除或术中活检" not in listed


def test_the_clipboard_text_carries_the_sources() -> None:
    copied = render.plain_text(fake.cycles())
    assert "[1] 结直肠癌肝转移指南（2023版）" in copied
    assert "[3] " in copied


def test_a_session_forgets_what_is_old_and_keeps_numbering() -> None:
    session = Session()
    for number in range(KEPT + 5):
        session.finish(session.begin(f"问{number}"), fake.nodule())
    assert len(session.exchanges) == KEPT
    assert session.exchanges[-1].turn == KEPT + 5
    assert len(session.conversation().turns) == KEPT
    assert "更早的对话已不再显示" in render.transcript(session)


def test_pending_failed_and_empty_states() -> None:
    session = Session("en")
    assert "data-ask" in render.transcript(session)
    exchange = session.begin("x")
    assert 'class="answer pending" role="status"' in render.transcript(session)
    exchange.failed = True
    html = render.transcript(session)
    assert 'role="alert"' in html
    assert "Try again" in html
    assert "lead to the passages" in sources.panel(session, fake.FakeAssistant())


def test_a_table_row_is_shown_as_printed_and_as_its_header_reads_it() -> None:
    row = fake.PASSAGES["crlm-guideline-2023/appendix-5/4"]
    row = row.model_copy(update={"kind": PassageKind.TABLE_ROW, "text": "T：T3；N：N1", "sentences": ()})
    citation = fake.cite(1, row.id, 0, "zh").model_copy(update={"quote": "T3 | N1"})
    html = sources.highlight(row, [citation], 1, "zh")
    assert html.index("T3 | N1") < html.index("按表头读作：") < html.index("T：T3；N：N1")


def test_colours_can_be_told_apart() -> None:
    """Text on its background has a contrast of at least 4.5 : 1, light and dark."""
    css = (ASSETS / "frame.css").read_text(encoding="utf-8")
    pairs = [
        ("ink", "paper"), ("ink", "ground"), ("soft", "paper"), ("soft", "ground"), ("accent", "paper"),
        ("accent", "accent-soft"), ("accent-ink", "accent"), ("ink", "asked"), ("ink", "mark"),
        ("soft", "mark"),
        ("warn-ink", "warn"), ("bad-ink", "bad"), ("bad-ink", "paper"), ("c", "paper"),
        ("a", "a-soft"), ("b", "b-soft"), ("c", "c-soft"), ("d", "d-soft"),
    ]  # fmt: skip
    for block in re.findall(r"(?:root|dark) \{(.*?)\}", css, re.DOTALL):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for text, ground in pairs:
            bright, dim = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (text, ground)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
