"""The source viewer beside the chat: one click on a number shows the marked sentence in its document."""

from __future__ import annotations

import re

import pytest
from browsing import ARTIFACTS, Visit, needs_browser, visiting
from fake import FakeAssistant
from fake_documents import DOCUMENTS, FULL, PASSAGES
from playwright.sync_api import Browser, FrameLocator, Page, expect

from assistant.answer import Answer, Conversation
from corpus.model import Document, DocumentInfo, Passage
from ui.web.app import build_app
from ui.web.pages import routers
from ui.web.server import Server

pytestmark = needs_browser
EVIL = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>${window.hacked=1}{{7*7}}"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#viewer iframe")


def test_a_number_opens_the_document_at_the_marked_sentence(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    chip = page.locator(".answer .chip")
    chip.click()
    mark = frame(page).locator("mark#cited")
    expect(mark).to_contain_text("必要时考虑同步切除或术中活检")
    expect(mark).to_be_in_viewport()
    expect(page.locator("#viewer h2")).to_have_text("结直肠癌肝转移指南（2023版）")
    expect(frame(page).locator("html")).to_have_attribute("lang", "zh-CN")
    expect(frame(page).locator("body > .top")).to_be_hidden()
    expect(page.locator("#side")).to_be_hidden()  # its cards wait underneath
    expect(page.locator("#chat")).to_be_visible()
    page.screenshot(path=ARTIFACTS / "viewer.png")
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    expect(page.locator("#sources .source")).to_be_visible()
    expect(chip).to_be_focused()
    assert page.url.count("document") == 0


def test_the_keyboard_alone_opens_reads_and_closes(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    chip = page.locator(".answer .chip")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="关闭原文")).to_be_focused()
    frame(page).locator("body").focus()
    expect(frame(page).locator("mark#cited")).to_be_visible()
    frame(page).locator(".outline a").first.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="关闭原文").press("Enter")
    expect(chip).to_be_focused()


def test_it_follows_the_language_of_the_chat(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    page.locator("#sources .in-document").click()
    expect(frame(page).locator("html")).to_have_attribute("lang", "zh-CN")
    page.locator("#language label", has_text="English").click()
    expect(frame(page).locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#viewer h2")).not_to_be_empty()
    expect(page.get_by_role("button", name="Close the source")).to_be_visible()
    page.keyboard.press("Escape")


def test_an_earlier_number_brings_its_own_cards_along(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    visit.answered("周期")
    expect(page.locator("#sources .source")).to_have_count(3)
    page.locator(".exchange").first.locator(".chip").click()
    expect(frame(page).locator("mark#cited")).to_contain_text("同步切除")
    page.keyboard.press("Escape")
    expect(page.locator("#sources .source")).to_have_count(1)


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_it_covers_the_screen(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    page.locator(".answer .chip").tap()
    expect(frame(page).locator("mark#cited")).to_be_in_viewport()
    box = page.locator("#viewer").bounding_box()
    assert box is not None and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 800)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#viewer button").tap()
    expect(page.locator("#viewer")).to_be_hidden()
    expect(page.locator(".answer .chip")).to_be_focused()


def test_a_new_tab_is_a_plain_link(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    with page.context.expect_page() as opened:
        page.locator(".answer .chip").click(modifiers=["Control"])
    expect(opened.value.locator("mark#cited")).to_contain_text("同步切除")
    expect(page.locator("#viewer")).to_be_hidden()
    page.locator(".answer .chip").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新标签页打开").click()
    expect(opened.value.locator("mark#cited")).to_contain_text("同步切除")


def test_a_document_that_does_not_open_leaves_the_link(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    page.route("**/document/**", lambda route: route.fulfill(status=200, body="<p>nothing</p>"))
    page.locator(".answer .chip").click()
    expect(page.locator("#viewer .wait")).to_have_text("这里无法显示原文。")
    expect(page.get_by_role("link", name="在新标签页打开")).to_have_attribute(
        "href", re.compile(r"^\./document/crlm-guideline-2023\?at=\d+-\d+&p=.*&lang=zh#cited$")
    )
    page.keyboard.press("Escape")


def test_sides_of_a_disagreement_say_year_and_kind(visit: Visit) -> None:
    page = visit.page
    visit.answered("周期")
    origins = page.locator(".origin")
    expect(origins).to_have_text(["指南 2023", "综述 年份不详", "综述 2025"])
    expect(page.locator(".disagreement .grade-a")).to_have_count(1)
    tops = page.locator(".disagreement li").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert tops[0] == tops[1]
    page.locator(".disagreement .chip").nth(1).click()
    expect(frame(page).locator("mark#cited")).to_contain_text("4~6个周期")


def test_commands_ask_about_the_last_answer_only(visit: Visit) -> None:
    page = visit.page
    visit.answered("结节")
    expect(page.locator(".command")).to_have_text(["更多内容", "原文段落", "英文回答"])
    page.get_by_role("button", name="英文回答").click()
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)
    assert visit.assistant.asked[-1].turns[-1].text == "用英文回答"
    expect(page.locator(".exchange").first.locator(".command")).to_have_count(0)


def test_how_a_question_was_understood_can_be_edited(visit: Visit) -> None:
    page = visit.page
    visit.answered("那结节呢")
    bar = page.locator(".understood")
    expect(bar).to_contain_text("术中发现的肝脏结节怎么处理？")
    assert page.locator(".answer").inner_text().count("理解为") == 1
    page.get_by_role("button", name="把这个问题放入输入框修改").click()
    box = page.locator("#question textarea")
    expect(box).to_have_value("术中发现的肝脏结节怎么处理？")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.locator(".question").nth(1)).to_contain_text("术中发现的肝脏结节怎么处理？")
    expect(page.locator(".answer:not(.pending)")).to_have_count(2)


class Hostile(FakeAssistant):
    """A document that tries to run something."""

    def __init__(self) -> None:
        super().__init__()
        self.infos = {
            key: info.model_copy(update={"title_zh": EVIL, "short_zh": EVIL, "note_zh": EVIL})
            for key, info in DOCUMENTS.items()
        }
        self.evil = {
            key: passage.model_copy(
                update={
                    "lead_in": EVIL,
                    "text": EVIL,
                    "sentences": tuple(s.model_copy(update={"text": EVIL}) for s in passage.sentences),
                }
            )
            for key, passage in PASSAGES.items()
        }

    def ask(self, conversation: Conversation) -> Answer:
        answer = super().ask(conversation)
        evil = {"quote": EVIL, "title": EVIL, "translation": EVIL}
        return answer.model_copy(
            update={"citations": [c.model_copy(update=evil) for c in answer.citations], "text": f"{EVIL} [1]"}
        )

    def passage(self, passage_id: str) -> Passage:
        return self.evil[passage_id]

    def document(self, document_id: str) -> DocumentInfo:
        return self.infos[document_id]

    def full_document(self, document_id: str) -> Document:
        passages = tuple(p for p in self.evil.values() if p.document_id == document_id)
        return FULL[document_id].model_copy(update={"info": self.infos[document_id], "passages": passages})


def test_text_of_a_document_never_runs(browser: Browser) -> None:
    assistant = Hostile()
    server = Server(build_app(assistant), "127.0.0.1", 0, routers(assistant))
    server.start()
    try:
        with visiting(browser, server.url, assistant) as visit:
            page = visit.page
            visit.answered(f"结节 {EVIL}")
            expect(page.locator("#sources .source")).to_contain_text("<img src=x")
            page.locator(".answer .chip").click()
            expect(frame(page).locator("mark#cited")).to_contain_text("<img src=x")
            expect(page.locator("#viewer h2")).to_contain_text("<img src=x")
            assert page.evaluate("window.hacked") is None
            assert frame(page).locator("body").evaluate("() => window.hacked") is None
            assert page.locator(".log img, #sources img, #viewer img").count() == 0
    finally:
        server.stop()
