"""Nothing serious or critical for axe-core, in light and dark; figures stay readable when enlarged."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit, needs_browser
from playwright.sync_api import Page, expect

pytestmark = needs_browser
CASE = "同时性，4个灶，最大3cm，CEA 12，CRS几分？"
THEMES = [{"color_scheme": "light"}, {"color_scheme": "dark"}]


def assert_accessible(page: Page) -> None:
    """No finding of axe-core that is serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    told = [
        f"{item['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"][:5]
    ]
    assert told == []


@pytest.mark.parametrize("visit", THEMES, indirect=True, ids=["light", "dark"])
def test_the_chat(visit: Visit) -> None:
    page = visit.page
    assert_accessible(page)
    visit.answered("周期")
    assert_accessible(page)
    visit.answered(CASE)
    page.get_by_text("补充或更改数值").click()
    page.locator("#fact-n_mets").fill("400")
    page.locator("#fact-n_mets").press("Enter")
    expect(page.locator("#fact-n_mets-wrong")).to_be_visible()
    assert_accessible(page)
    page.locator(".answer .chip").last.click()
    expect(page.frame_locator("#viewer iframe").locator("mark#cited")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("visit", THEMES, indirect=True, ids=["light", "dark"])
@pytest.mark.parametrize("address", ["calculators", "library", "document/crlm-guideline-2023"])
def test_the_other_pages(visit: Visit, url: str, address: str) -> None:
    page = visit.page
    page.goto(f"{url}{address}")
    expect(page.locator("h1").first).to_be_visible(timeout=20_000)
    if address == "calculators":
        expect(page.locator("#calculate")).to_be_visible(timeout=20_000)
    assert_accessible(page)


@pytest.mark.parametrize(
    "visit",
    [{"viewport": {"width": 640, "height": 400}}, {"viewport": {"width": 390, "height": 800}}],
    indirect=True,
    ids=["200 % zoom", "phone"],
)
def test_nothing_scrolls_sideways(visit: Visit) -> None:
    page = visit.page
    visit.answered("周期")
    visit.answered(CASE)
    page.get_by_text("补充或更改数值").click()
    page.locator("#patient-summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_those_who_want_it_calm(visit: Visit) -> None:
    visit.answered("结节")
    visit.page.get_by_role("button", name="查看来源（1）").click()
    length = visit.page.locator("mark.flash").evaluate("e => getComputedStyle(e).animationDuration")
    assert float(length.removesuffix("s")) < 0.01
