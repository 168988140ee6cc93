"""The page in a real browser: asking, sources, language, escaping, and no request to anywhere else."""

from __future__ import annotations

import pytest
from browsing import ARTIFACTS, Visit, needs_browser
from playwright.sync_api import Browser, expect

pytestmark = needs_browser


def test_a_typed_question_gets_its_answer_and_its_source(visit: Visit) -> None:
    visit.ask("肝脏结节术中可疑怎么办")
    page = visit.page
    expect(page.locator(".answer .reply")).to_contain_text("必须常规探查肝脏")
    expect(page.locator(".answer .grade-b")).to_have_text("3a类证据 · B级推荐")
    mark = page.locator("#sources mark")
    expect(mark).to_contain_text("必要时考虑同步切除或术中活检")
    expect(page.locator("#sources .source")).to_contain_text("结直肠癌肝转移指南（2023版）")
    expect(page.locator("#question textarea")).to_have_value("")
    page.get_by_role("button", name="查看来源（1）").click()
    expect(mark).to_have_class("flash")
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / "web-zh.png")


def test_an_example_and_a_suggestion_ask_when_clicked(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="转化治疗几个周期合适？").click()
    expect(page.locator(".disagreement li")).to_have_count(3)
    expect(page.locator("#sources .source")).to_have_count(3)
    page.get_by_role("button", name="转化治疗首选什么方案？").click()
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)
    last = visit.assistant.asked[-1]
    assert [turn.text for turn in last.turns] == ["转化治疗几个周期合适？", "转化治疗首选什么方案？"]


def test_switching_the_language_keeps_the_chat(visit: Visit) -> None:
    visit.ask("肝脏结节术中可疑怎么办")
    page = visit.page
    expect(page.locator(".answer .reply")).to_be_visible()
    page.locator("#language label", has_text="English").click()
    expect(page.locator("#send")).to_have_text("Send")
    expect(page.locator("#notice")).to_contain_text("healthcare professionals")
    expect(page.locator(".answer .reply")).to_contain_text("必须常规探查肝脏")
    expect(page.locator("#sources")).to_contain_text("guideline")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visit.ask("Biopsy the liver lesion?")
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)
    expect(page.locator("#sources .translation")).to_contain_text("Unofficial translation")
    page.locator("#language label", has_text="中文").click()
    expect(page.locator("#send")).to_have_text("发送")
    expect(page.locator(".question")).to_have_count(2)


def test_an_earlier_answer_brings_its_own_sources_back(visit: Visit) -> None:
    page = visit.page
    visit.ask("结节")
    expect(page.locator(".answer:not(.pending)")).to_have_count(1)
    visit.ask("CRS几分")
    expect(page.locator("#sources mark")).to_contain_text("原发肿瘤淋巴结阳性")
    expect(page.locator(".calculation")).to_be_visible()
    page.locator(".exchange").first.locator(".tool[data-marker]").click()
    expect(page.locator("#sources mark.flash")).to_contain_text("必要时考虑同步切除")


def test_hostile_text_is_shown_and_never_run(visit: Visit) -> None:
    hostile = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>${window.hacked=1}{{x}}"
    visit.ask(hostile)
    expect(visit.page.locator(".answer:not(.pending)")).to_have_count(1)
    expect(visit.page.locator(".question p")).to_have_text(hostile)
    expect(visit.page.locator(".answer .reply")).to_contain_text("<img src=x")
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator(".log img, .log script").count() == 0


def test_an_empty_question_gets_a_hint_and_asks_nothing(visit: Visit) -> None:
    before = len(visit.assistant.asked)
    visit.ask("   ")
    expect(visit.page.locator(".hint.warn")).to_have_text("请先输入一个问题。")
    visit.page.locator("#send").click()
    expect(visit.page.locator(".welcome")).to_be_visible()
    assert len(visit.assistant.asked) == before


def test_a_failure_is_a_message_and_the_chat_goes_on(visit: Visit) -> None:
    page = visit.page
    visit.ask("结节")
    expect(page.locator(".answer:not(.pending)")).to_have_count(1)
    visit.ask("崩溃")
    expect(page.locator(".answer.failed")).to_contain_text("对话没有丢失")
    visit.ask("索引")
    expect(page.locator(".answer.failed").nth(1)).to_contain_text("索引需要重建。")
    visit.ask("周期")
    expect(page.locator(".answer .sides, .disagreement")).to_be_visible()
    expect(page.locator(".question")).to_have_count(4)
    assert "as asked" not in page.content()


def test_shift_enter_starts_a_line_and_candidates_do_not_send(visit: Visit) -> None:
    page = visit.page
    box = page.locator("#question textarea")
    box.fill("第一行")
    box.press("Shift+Enter")
    box.type("第二行")
    expect(box).to_have_value("第一行\n第二行")
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(300)
    assert page.locator(".question").count() == 0
    box.press("Enter")
    expect(page.locator(".question p")).to_have_text("第一行\n第二行", use_inner_text=True)


def test_clearing_starts_afresh(visit: Visit) -> None:
    page = visit.page
    visit.ask("结节")
    expect(page.locator(".answer:not(.pending)")).to_have_count(1)
    page.locator("#clear").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator("#sources .source")).to_have_count(0)
    visit.ask("CRS")
    expect(page.locator(".answer:not(.pending)")).to_have_count(1)
    assert len(visit.assistant.asked[-1].turns) == 1


def test_a_new_chat_drops_the_answer_still_on_its_way(visit: Visit) -> None:
    page = visit.page
    visit.assistant.delay = 4
    try:
        visit.ask("结节")
        expect(page.locator(".answer.pending")).to_contain_text("正在五份文献中查找")
        page.locator("#question textarea").fill("周期")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".hint.warn")).to_contain_text("还在处理中")
        expect(page.locator("#question textarea")).to_have_value("周期")
        page.locator("#clear").click()
        expect(page.locator(".welcome")).to_be_visible()
        page.wait_for_timeout(4500)
        expect(page.locator(".welcome")).to_be_visible()
        expect(page.locator("#sources .source")).to_have_count(0)
    finally:
        visit.assistant.delay = 0.1


def test_two_people_at_once_do_not_see_each_other(visit: Visit, browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN")
    other = Visit(context.new_page(), visit.assistant)
    other.page.goto(url)
    expect(other.page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
    visit.ask("结节甲")
    other.ask("周期乙")
    for side, mine, theirs in ((visit, "结节甲", "周期乙"), (other, "周期乙", "结节甲")):
        expect(side.page.locator(".answer:not(.pending)")).to_have_count(1)
        expect(side.page.locator(".log")).to_contain_text(mine)
        expect(side.page.locator("body")).not_to_contain_text(theirs)
    context.close()
    assert visit.assistant.overlaps == 0


@pytest.mark.parametrize("visit", [{"locale": "en-US"}], indirect=True)
def test_an_english_browser_gets_the_page_in_english(visit: Visit) -> None:
    expect(visit.page.locator("h1")).to_have_text("CRLM literature assistant")
    expect(visit.page.locator("#send")).to_have_text("Send")


@pytest.mark.parametrize(
    "visit",
    [{"viewport": {"width": 360, "height": 740}}, {"viewport": {"width": 640, "height": 400}}],
    indirect=True,
    ids=["phone", "200 % zoom"],
)
def test_a_narrow_page_puts_the_sources_below_and_does_not_scroll_sideways(visit: Visit) -> None:
    page = visit.page
    visit.ask("CRS几分")
    expect(page.locator("#sources .source")).to_be_visible()
    assert page.evaluate(
        """() => document.querySelector("#side").getBoundingClientRect().top
            >= document.querySelector("#chat").getBoundingClientRect().bottom"""
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".tool[data-marker]").first.click()
    expect(page.locator("mark.flash")).to_be_in_viewport()
    page.locator(".back").click()
    expect(page.locator(".question")).to_be_in_viewport()


@pytest.mark.parametrize("visit", [{"locale": "en-US"}], indirect=True)
def test_the_other_pages_follow_the_language_of_the_chat(visit: Visit) -> None:
    page = visit.page
    page.locator("#language label", has_text="中文").click()
    page.get_by_role("link", name="计算器").click()
    expect(page.locator("#calculate")).to_have_text("计算", timeout=20_000)
    page.go_back()
    expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Calculators").click()
    expect(page.locator("#calculate")).to_have_text("Calculate", timeout=20_000)
    page.go_back()
    page.get_by_role("link", name="Library").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_form_calculates_and_an_unknown_value_stays_unknown(visit: Visit, url: str) -> None:
    page = visit.page
    page.get_by_role("link", name="计算器").click()
    expect(page.locator("#calculate")).to_be_visible(timeout=20_000)
    page.locator("#in-node_positive label").first.click()
    page.locator("#in-n_mets textarea, #in-n_mets input").first.fill("3")
    page.locator("#in-max_diameter_cm textarea, #in-max_diameter_cm input").first.fill("6.2")
    page.locator("#calculate").click()
    card = page.locator("#form-result .calculation")
    expect(card).to_contain_text("信息不全")
    expect(card).to_contain_text("最低分 3")
    page.locator("#in-n_mets textarea, #in-n_mets input").first.fill("三个")
    page.locator("#calculate").click()
    expect(card).to_contain_text("不可能")
    page.screenshot(path=ARTIFACTS / "calculators.png")
    page.locator(".back-to-chat").click()
    expect(page.locator("header[data-ready]")).to_be_visible(timeout=20_000)
