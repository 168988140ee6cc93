"""A record holds what was asked and answered, survives its file, and names what is wrong with a bad one."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Calculation, Citation, Conversation, RetrievedPassage, Trace, Turn
from ui.record import RecordError, make, read, record_page
from ui.record.markdown import conversation_markdown
from ui.record.record import canonical, digest, parse
from ui.record.replay import page_differs, replay

HOSTILE = "</script><script>window.hacked=1</script><!--<img src=x onerror=alert(1)> [a](javascript:alert(1)) \u2028&"


def citation(**changes: Any) -> Citation:
    values = {
        "marker": 1, "document_id": "doc", "title": "指南", "year": 2023, "section": "一 › 二", "passage_id": "doc/1/1",
        "quote": "原句<b>。", "start": 10, "end": 20, "evidence_level": "1a", "recommendation": "A",
    }  # fmt: skip
    return Citation(**(values | changes))


def answer(**changes: Any) -> Answer:
    values: dict[str, Any] = {
        "status": "answered", "language": "zh", "text": "原句<b>。 [1] `1a类证据 · A级推荐`",
        "citations": [citation()],
        "passages": [RetrievedPassage(passage_id="doc/1/1", document_id="doc", section="一", text="x", score=0.1)],
        "calculation": Calculation(calculator="crs", status="ok", inputs={"n_mets": 4}, result={"score": 1}),
        "notes": ["勘误"], "confidence": 1 / 3,
        "trace": Trace(corpus="c" * 16, index="i" * 16, model="m" * 16, version="9.9"),
    }  # fmt: skip
    return Answer(**(values | changes))


def conversation(*texts: str) -> Conversation:
    return Conversation(turns=[Turn(text=text) for text in texts])


class Fixed:
    """Gives one answer and keeps what it was asked."""

    def __init__(self, given: Answer) -> None:
        self.given = given
        self.asked: list[Conversation] = []

    def ask(self, conversation: Conversation) -> Answer:
        self.asked.append(conversation)
        return self.given


@pytest.mark.parametrize("text", ["问题？", HOSTILE, "多\n行", "😀 ﷽"])
def test_the_page_gives_the_record_back(text: str, tmp_path: Path) -> None:
    record = make(conversation("先前", text), answer(text=text))
    file = tmp_path / "record.html"
    file.write_text(record_page(record), encoding="utf-8")
    again, page = read(file)
    assert again == record
    assert not page_differs(again, page)
    assert parse(record.model_dump_json()) == record


def test_the_page_shows_everything_and_asks_nothing_of_anyone() -> None:
    page = record_page(make(conversation("先前的问题", "问题？"), answer()))
    for shown in ("先前的问题", "问题？", "指南", "2023", "一 › 二", "字符 10–20", "原句&lt;b&gt;。", "肝转移个数 = 4",
                  "1a", "c" * 16, "i" * 16, "m" * 16, "9.9", "勘误"):  # fmt: skip
        assert shown in page
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!data:)", page)
    assert "url(" not in page and "@import" not in page


def test_no_text_leaves_its_place_in_the_page() -> None:
    cited = citation(quote=HOSTILE, title=HOSTILE, section=HOSTILE, translation=HOSTILE, document_id=HOSTILE)
    hostile = answer(
        text=HOSTILE, notes=["n" + HOSTILE], citations=[cited],
        calculation=Calculation(calculator=HOSTILE, status="ok", inputs={HOSTILE: HOSTILE}, interpretation=HOSTILE),
    )  # fmt: skip
    page = record_page(make(conversation(HOSTILE, HOSTILE), hostile))

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.bad: list[str] = []
            self.scripts: list[dict[str, str | None]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "script":
                self.scripts.append(dict(attrs))
            if tag in ("img", "iframe", "a") or any(name.startswith("on") for name, _ in attrs):
                self.bad.append(tag)

    tags = Tags()
    tags.feed(page)
    assert tags.bad == []
    assert [script["type"] for script in tags.scripts] == ["application/json"]


@pytest.mark.parametrize(
    ("changed", "english"),
    [
        (lambda raw: raw["answer"].update(text="另一回答"), "answer does not match"),
        (lambda raw: raw["conversation"]["turns"][0].update(text="x"), "conversation does not match"),
        (lambda raw: raw.update(format="crlm-record/2"), "newer version"),
        (lambda raw: raw.update(format="other/1"), "not a record"),
        (lambda raw: raw.pop("format"), "not a record"),
        (lambda raw: raw.pop("created"), "incomplete or malformed (created)"),
        (lambda raw: raw.pop("answer"), "answer does not match"),
        (lambda raw: raw.update(later=1), "newer version (later)"),
    ],
)
def test_a_changed_record_says_what_is_wrong(changed: Any, english: str) -> None:
    raw = json.loads(make(conversation("问"), answer()).model_dump_json())
    changed(raw)
    with pytest.raises(RecordError) as error:
        parse(json.dumps(raw))
    assert english in error.value.en
    assert error.value.zh


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "<html></html>", "hello", '{"a": 1}', "[" * 100_000, "{" + '"a":{' * 50_000,
     '<script id="crlm-record">{"format": "crlm-record/1"'],
)  # fmt: skip
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        parse(text)


def test_a_page_cut_short_is_refused() -> None:
    page = record_page(make(conversation("问"), answer()))
    for share in (0.3, 0.9, 0.97):
        with pytest.raises(RecordError):
            parse(page[: int(len(page) * share)])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b""])
def test_files_that_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "record.html"
    if content is not None:
        file.write_bytes(content)
    for path in (file, tmp_path):
        with pytest.raises(RecordError):
            read(path)


def test_edited_visible_text_is_noticed() -> None:
    record = make(conversation("问"), answer())
    page = record_page(record)
    edited = page.replace('<p class="question">问</p>', '<p class="question">别的</p>')
    assert edited != page
    assert page_differs(parse(edited), edited)


def test_the_same_answer_is_reproduced() -> None:
    fixed = Fixed(answer())
    record = make(conversation("先前", "问"), answer())
    assert replay(record, fixed, "en") == []
    assert [turn.text for turn in fixed.asked[0].turns] == ["先前", "问"]


def test_every_change_is_named() -> None:
    old = answer(citations=[citation(), citation(marker=2, start=30, end=40)])
    new = answer(
        text="新句。 [1]",
        citations=[citation(evidence_level="2b"), citation(marker=2, start=50, end=60)],
        calculation=Calculation(calculator="crs", status="ok", inputs={"n_mets": 4}, result={"score": 2}),
        trace=old.trace.model_copy(update={"index": "new"}),
    )
    told = "\n".join(replay(make(conversation("问"), old), Fixed(new), "en"))
    for line in (
        f"trace index: {'i' * 16} → new", "-原句<b>。 [1] `1a类证据 · A级推荐`", "+新句。 [1]",
        "citation [1] doc/1/1 evidence_level: 1a → 2b", "citation gone: [2] doc/1/1 30–40",
        "citation new: [2] doc/1/1 50–60", "calculation.result.score: 1 → 2",
    ):  # fmt: skip
        assert line in told
    assert "trace corpus" not in told


def test_a_rewritten_record_differs_on_the_same_versions() -> None:
    told = replay(make(conversation("问"), answer(text="自己写的")), Fixed(answer()), "zh")
    assert "改写" in told[0]


def test_a_number_and_a_truth_value_are_not_the_same() -> None:
    old = answer(calculation=Calculation(calculator="crs", status="ok", inputs={"n": 1}))
    new = answer(calculation=Calculation(calculator="crs", status="ok", inputs={"n": True}))
    assert any(
        "calculation.inputs.n" in line for line in replay(make(conversation("q"), old), Fixed(new), "en")
    )


def test_checksums_do_not_depend_on_order() -> None:
    assert canonical({"a": 1, "b": "中"}) == canonical({"b": "中", "a": 1})


def test_facts_set_by_hand_and_further_calculations_are_shown_and_asked_again() -> None:
    facts = {"n_mets": 3, "ras": "wild", "node_positive": True, "cea": None, HOSTILE: HOSTILE}
    asked = Conversation(turns=[Turn(text="先", facts={"age": 60}), Turn(text="问", facts=facts)])
    second = Calculation(
        calculator="oslo", status="ok", inputs={"cea_ug_l": 10}, citations=[citation(marker=7)]
    )
    given = answer(further_calculations=[second])
    page = record_page(make(asked, given))
    for shown in (
        "肝转移数目 = 3",
        "RAS = 野生型",
        "原发灶淋巴结阳性 = 是",
        "CEA = 已清除",
        "年龄 = 60",
        "[7]",
    ):
        assert shown in page
    fixed = Fixed(given)
    assert replay(parse(page), fixed, "en") == []
    assert fixed.asked[0].turns[1].facts == facts


def test_a_record_from_before_a_field_existed_is_read_and_reproduced() -> None:
    raw = json.loads(make(conversation("问"), answer()).model_dump_json())
    for part, field in ((raw["answer"], "further_calculations"), (raw["conversation"]["turns"][0], "facts")):
        del part[field]
    for part in ("answer", "conversation"):
        raw[f"{part}_sha256"] = digest(raw[part])
    assert replay(parse(json.dumps(raw)), Fixed(answer()), "en") == []


def test_markdown_has_everything_and_no_markup_of_others() -> None:
    text = conversation_markdown(
        [(Turn(text=HOSTILE, facts={"n_mets": 3}), answer(text=HOSTILE)), (Turn(text="第二问"), None)],
        "zh",
        "2026",
        True,
    )
    for shown in (
        "2026",
        "第二问",
        "指南",
        "字符 10–20",
        "`doc`",
        "1a / A",
        "更早",
        "没有得到回答",
        "肝转移数目 = 3",
    ):
        assert shown in text
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in rendered and "<img" not in rendered and "<a " not in rendered


def test_the_real_assistant_reproduces_its_own_record(assistant: Any) -> None:
    asked = conversation("贝伐珠单抗的方案怎么用", "那术前要停多久")
    record = make(asked, assistant.ask(asked))
    assert replay(parse(record_page(record)), assistant, "en") == []
