"""The patient panel and the values of a calculator's card, in a real browser."""

from __future__ import annotations

import pytest
from browsing import ARTIFACTS, Visit, needs_browser
from playwright.sync_api import Locator, Page, expect

pytestmark = needs_browser
CASE = "同时性，4个灶，最大3cm，CEA 12，CRS几分？"
EVIL = "<img src=x onerror='window.hacked=1'>\"'"


def fact(page: Page, key: str) -> Locator:
    return page.locator(f"#fact-{key}")


def test_the_panel_lists_what_was_said_and_takes_changes(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    expect(page.locator(".fact")).to_have_count(4)
    expect(fact(page, "cea")).to_have_value("12")
    expect(page.locator("#fact-cea-said")).to_have_text("原话：CEA 12")
    expect(page.get_by_label("CEA (ng/mL)")).to_be_visible()
    expect(page.locator(".patient .privacy")).to_contain_text("姓名")
    fact(page, "cea").fill("300")
    fact(page, "cea").press("Tab")
    expect(page.locator("#fact-cea-said")).to_have_text("手动设定")
    fact(page, "synchronous").select_option("no")
    expect(page.locator("#fact-synchronous-said")).to_have_text("手动设定")
    page.screenshot(path=ARTIFACTS / "patient.png")
    visit.answered("CRS几分？")
    turns = visit.assistant.asked[-1].turns
    assert turns[0].facts == {}
    assert turns[1].facts == {"cea": 300.0, "synchronous": False}
    expect(fact(page, "cea")).to_have_value("300")


def test_an_impossible_value_is_refused_beside_its_field_and_nothing_is_lost(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    fact(page, "n_mets").fill("400")
    fact(page, "n_mets").press("Enter")
    expect(page.locator("#fact-n_mets-wrong")).to_contain_text("400 不可能（应为 1~100）")
    expect(fact(page, "n_mets")).to_have_value("400")
    expect(fact(page, "n_mets")).to_have_attribute("aria-describedby", "fact-n_mets-wrong")
    expect(page.locator("#fact-n_mets-said")).to_have_text("原话：4个灶")
    fact(page, "cea").fill("20")  # not sent yet
    fact(page, "n_mets").fill("6")
    fact(page, "n_mets").press("Enter")
    expect(page.locator("#fact-n_mets-wrong")).to_have_count(0)
    expect(fact(page, "cea")).to_have_value("20")
    expect(fact(page, "n_mets")).to_be_focused()
    fact(page, "max_diameter_cm").fill(EVIL)
    fact(page, "max_diameter_cm").press("Tab")
    expect(page.locator("#fact-max_diameter_cm-wrong")).to_contain_text("<img src=x")
    expect(fact(page, "max_diameter_cm")).to_have_value(EVIL)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#patient img").count() == 0


def test_facts_are_added_and_forgotten_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.locator("#patient-summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("添加一项").select_option("flr_percent")
    expect(fact(page, "flr_percent")).to_be_focused()
    page.keyboard.type("35 %")
    page.keyboard.press("Tab")
    expect(page.locator("#fact-flr_percent-said")).to_have_text("手动设定")
    expect(fact(page, "flr_percent")).to_have_value("35")
    expect(page.get_by_role("button", name="删除 残肝")).to_be_focused()
    page.get_by_label("添加一项").select_option("ras")
    fact(page, "ras").select_option("mutant")
    expect(page.locator(".patient .count")).to_have_text("2 项")
    page.locator("#fact-flr_percent-forget").press("Enter")
    expect(fact(page, "flr_percent")).to_have_count(0)
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator(".fact")).to_have_count(0)
    visit.answered("CRS")
    assert visit.assistant.asked[-1].turns[-1].facts == {"ras": None, "flr_percent": None} or set(
        visit.assistant.asked[-1].turns[-1].facts
    ) <= {"ras", "flr_percent"}


def test_clearing_forgets_what_the_conversation_said(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator(".fact")).to_have_count(0)
    visit.answered("CRS几分？")
    assert visit.assistant.patient(visit.assistant.asked[-1]) == []


def test_recalculating_asks_again_with_the_new_facts(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    expect(page.get_by_role("button", name="按新信息重新计算")).to_have_count(0)
    fact(page, "cea").fill("300")
    fact(page, "cea").press("Tab")
    page.get_by_role("button", name="按新信息重新计算").click()
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)
    asked = visit.assistant.asked[-1]
    assert asked.turns[-1].facts == {"cea": 300.0}
    assert {f.key: f.value for f in visit.assistant.patient(asked)}["cea"] == 300.0


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_on_a_phone_it_is_folded_below_the_question_box(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    expect(page.locator(".patient .count")).to_have_text("4 项")
    expect(fact(page, "cea")).to_be_hidden()
    page.locator("#patient-summary").click()
    expect(fact(page, "cea")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    order = page.evaluate(
        "['#composer', '#patient', '#sources'].map(s => document.querySelector(s).getBoundingClientRect().top)"
    )
    assert order[1] < order[2]


def test_a_card_is_calculated_again_in_its_place(visit: Visit) -> None:
    page = visit.page
    visit.answered(CASE)
    card = page.locator(".calculation")
    expect(card.locator("tbody .chip").first).to_be_visible()
    page.get_by_text("补充或更改数值").click()
    page.get_by_label("原发肿瘤淋巴结阳性").select_option("yes")
    page.get_by_label("术前CEA（ng/mL）").fill("300")
    page.get_by_label("术前CEA（ng/mL）").press("Enter")
    expect(card.locator(".by-hand")).to_contain_text("手动更改")
    expect(card.locator(".outcome")).to_contain_text("评分 4")
    expect(page.locator("#crlm-live")).to_contain_text("评分 4")
    expect(page.locator(".question")).to_have_count(1)
    page.screenshot(path=ARTIFACTS / "card.png")
    page.get_by_label("术前CEA（ng/mL）").fill(EVIL)
    page.get_by_role("button", name="重新计算").click()
    expect(card.locator(".outcome")).to_contain_text("不可能")
    expect(page.get_by_label("术前CEA（ng/mL）")).to_have_value(EVIL)
    assert page.evaluate("window.hacked") is None
    page.get_by_role("button", name="恢复原来的数值").click()
    expect(card.locator(".by-hand")).to_have_count(0)
    expect(page.get_by_label("术前CEA（ng/mL）")).to_have_value("12")
