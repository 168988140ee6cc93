"""The study pages over HTTP: the way through, bad input, posts from elsewhere, hostile text."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.study.learner import file_of
from ui.web.i18n import TEXTS
from ui.web.pages.study import study_router
from ui.web.pages.study_view import source_url

APP = FastAPI()
APP.include_router(study_router(SimpleNamespace()))  # type: ignore[arg-type]
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRLM_STUDY_DIR", str(tmp_path))
    return tmp_path


class Reader:
    """A browser without scripts."""

    def __init__(self, language: str = "zh") -> None:
        self.http = TestClient(APP, base_url="http://study.test", headers={"accept-language": language})
        self.get("/study")

    def get(self, path: str) -> str:
        self.last = self.http.get(path)
        return self.last.text

    def post(self, step: str, data: dict[str, object] | None = None, **headers: str) -> str:
        data = {"form": self.http.cookies.get("study_form", ""), **(data or {})}
        self.last = self.http.post(f"/study/{step}", data=data, headers=headers)
        return self.last.text

    def enter(self, name: str = "李雷") -> str:
        return self.post("learner", {"name": name})

    def begin(self, **chosen: object) -> str:
        return self.post("begin", {"language": "zh", "new": "20", **chosen})

    def field(self, name: str) -> list[str]:
        return [unescape(v) for v in re.findall(rf'name="{name}" value="([^"]*)"', self.last.text)]


@pytest.fixture
def reader() -> Iterator[Reader]:
    yield Reader()


def test_from_the_name_to_the_summary(reader: Reader) -> None:
    assert "李雷" in reader.enter() and reader.last.url.path == "/study"
    page = reader.begin(kind=["grade", "number"])
    assert reader.last.url.path == "/study/question" and 'type="radio"' in page
    token = reader.field("token")[0]
    page = reader.post("answer", {"token": token, "option": reader.field("option")[0]})
    assert reader.last.url.path == "/study/feedback" and "出处" in page
    assert re.search(r'href="\.\./document/crlm-guideline-2023\?at=\d+-\d+#cited"', page)
    page = reader.post("rate", {"token": token, "rating": "easy"})
    assert reader.last.url.path == "/study/question" and "本次已答1题" in page
    page = reader.post("end")
    assert reader.last.url.path == "/study/summary" and "共1题" in page
    page = reader.get("/study")
    assert "已学" in page and "继续未完成的学习" not in page


def test_every_kind_can_be_answered_and_i_do_not_know_shows_the_source_open(reader: Reader) -> None:
    reader.enter()
    for kind in ("reference", "grade", "number", "term", "list", "case"):
        for language in ("zh", "en"):
            reader.begin(kind=[kind], language=language)
            assert reader.last.status_code == 200
            token = reader.field("token")[0]
            page = reader.post("answer", {"token": token, "unknown": "1"})
            assert reader.last.url.path == "/study/feedback" and "答错了" in page
            assert "<mark>" in page or "文献未给出此公式" in page
            reader.post("rate", {"token": token, "rating": "again", "point": []})
            assert reader.last.status_code == 200


def test_a_learner_may_overrule_the_grading(reader: Reader) -> None:
    reader.enter()
    reader.begin(kind=["reference"])
    token = reader.field("token")[0]
    reader.post("answer", {"token": token, "text": "完全不相干"})
    points = reader.field("point")
    reader.post("rate", {"token": token, "rating": "good", "point": points})
    assert "答对1题" in reader.post("end")


def test_a_second_click_and_a_second_tab_count_nothing_twice(reader: Reader) -> None:
    reader.enter()
    reader.begin()
    token = reader.field("token")[0]
    reader.get("/study/question")
    assert reader.field("token")[0] == token
    for _ in range(2):
        reader.post("answer", {"token": token, "unknown": "1"})
        assert reader.last.url.path == "/study/feedback"
    for _ in range(3):
        reader.post("rate", {"token": token, "rating": "good"})
    assert "本次已答1题" in reader.last.text
    assert "已经计入" in reader.get(f"/study/feedback?token={token}")


@pytest.mark.parametrize("name", ["", "x" * 41, "../../etc", EVIL, "a\x00"])
def test_a_bad_name_is_refused_and_shown_nowhere(reader: Reader, name: str, directory: Path) -> None:
    page = reader.enter(name)
    assert reader.last.status_code == 400 and "名字请用" in page
    assert "<script>alert" not in page and list(directory.iterdir()) == []


def test_hostile_answers_are_shown_and_never_run(reader: Reader) -> None:
    reader.enter()
    reader.begin(kind=["reference"])
    token = reader.field("token")[0]
    page = reader.post("answer", {"token": token, "text": EVIL})
    assert (
        EVIL in unescape(page)
        and "<script>alert" not in page
        and "<img src=x" not in page
        and "49" not in page.split("typed")[1][:200]
    )


def test_a_hostile_cookie_is_no_learner(reader: Reader) -> None:
    for value in ("%3Cscript%3E", "..%2F..", "%00", "x" * 5000):
        client = TestClient(APP, cookies={"study_name": value})
        assert 'name="name"' in client.get("/study").text
        assert client.get("/study/question").status_code == 403


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("begin", {"language": "fr"}), ("begin", {"new": "-1"}), ("begin", {"new": "99999"}), ("begin", {"new": "²"}),
        ("begin", {"new": ""}), ("begin", {"kind": ["nonsense"]}), ("begin", {"chapter": ["../x"]}),
        ("begin", {"kind": ["grade"], "chapter": ["dlm-review|引言"]}), ("rate", {"rating": "perfect", "token": "x"}),
        ("rate", {"rating": "good", "token": "x"}), ("answer", {"token": ""}), ("answer", {"token": EVIL}),
        ("answer", {"token": "x", "text": "a" * 2001}), ("answer", {"token": "x", "text": "a" * 80_000}), ("delete", {}),
    ],
)  # fmt: skip
def test_bad_input_gets_a_message(reader: Reader, step: str, data: dict[str, object]) -> None:
    reader.enter()
    reader.begin()
    page = reader.post(step, {"language": "zh", "new": "5", **data} if step == "begin" else data)
    assert 400 <= reader.last.status_code < 500, page
    assert 'role="alert"' in page and "Traceback" not in page and "<script>alert" not in page


def test_an_empty_answer_asks_for_one_and_keeps_the_question(reader: Reader) -> None:
    reader.enter()
    reader.begin()
    token = reader.field("token")[0]
    page = reader.post("answer", {"token": token, "text": "  "})
    assert reader.last.status_code == 400 and "请先作答" in page and reader.field("token")[0] == token
    reader.get("/study/answer")
    assert reader.last.url.path == "/study"


def test_an_option_of_another_question_is_refused(reader: Reader) -> None:
    reader.enter()
    reader.begin(kind=["grade"])
    reader.post("answer", {"token": reader.field("token")[0], "option": "0123456789"})
    assert reader.last.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.test"}],
)
def test_posts_from_elsewhere_do_nothing(reader: Reader, headers: dict[str, str], directory: Path) -> None:
    reader.enter()
    reader.begin()
    before = {p.name: p.read_bytes() for p in directory.iterdir()}
    for step, data in (("delete", {"sure": "yes"}), ("end", {}), ("begin", {"language": "zh", "new": "1"})):
        reader.post(step, data, **headers)
        assert reader.last.status_code == 403
    assert {p.name: p.read_bytes() for p in directory.iterdir()} == before


def test_a_post_without_the_pages_token_does_nothing(reader: Reader) -> None:
    reader.enter()
    for token in ("", "x" * 32, "é"):
        reader.post("begin", {"language": "zh", "new": "1", "form": token})
        assert reader.last.status_code == 403
    reader.post(
        "begin",
        {"language": "zh", "new": "1"},
        origin="http://study.test",
        **{"sec-fetch-site": "same-origin"},
    )
    assert reader.last.status_code == 200


def test_cookies_are_for_this_site_only(reader: Reader) -> None:
    answer = reader.http.post(
        "/study/learner",
        data={"form": reader.http.cookies["study_form"], "name": "李雷"},
        follow_redirects=False,
    )
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=strict" in told and answer.headers["location"] == "../study"


def test_deleting_removes_the_file(reader: Reader, directory: Path) -> None:
    reader.enter()
    reader.begin()
    assert file_of("李雷").exists()
    page = reader.post("delete", {"sure": "yes"})
    assert "已全部删除" in page and list(directory.iterdir()) == []
    assert 'name="name"' in reader.get("/study")


def test_a_damaged_file_is_told_and_the_next_visit_starts_anew(reader: Reader, directory: Path) -> None:
    reader.enter()
    reader.begin()
    file_of("李雷").write_bytes(os.urandom(5000))
    page = reader.get("/study/question")
    assert reader.last.status_code == 503 and ".damaged" in page and "没有删除" in page
    assert "新的学习" in reader.get("/study") and len(list(directory.glob("*.damaged"))) == 1


def test_two_names_do_not_see_each_other() -> None:
    one, other = Reader(), Reader()
    one.enter("甲")
    other.enter("乙")
    one.begin()
    token = one.field("token")[0]
    other.begin()
    other.post("answer", {"token": token, "unknown": "1"})
    assert other.last.status_code == 404


def test_english_readers_get_english_pages() -> None:
    reader = Reader("en-GB")
    assert "Your name" in reader.last.text
    reader.enter("")
    assert "Please use letters" in reader.last.text
    reader.enter("Ann")
    page = reader.begin(language="en", kind=["grade"])
    assert "Check" in page and not re.search(
        r"[\u4e00-\u9fff]{2}", re.sub(r"<figcaption.*?</figcaption>|中文", "", page, flags=re.S)
    )


def test_the_package_can_be_downloaded(reader: Reader) -> None:
    reader.get("/study/anki?language=en")
    assert reader.last.content[:2] == b"PK" and "crlm-en.apkg" in reader.last.headers["content-disposition"]
    reader.get("/study/anki?language=../x")
    assert reader.last.status_code == 400


def test_every_label_has_two_languages_with_the_same_gaps() -> None:
    for key, (zh, en) in TEXTS.items():
        if key.startswith("study_"):
            assert zh and en and sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en)), key


def test_the_address_of_a_source() -> None:
    assert source_url("../", "a b/c", 3, 9) == "../document/a%20b%2Fc?at=3-9#cited"


def test_a_page_is_quick_once_the_items_are_made(reader: Reader) -> None:
    reader.enter()
    reader.begin()
    began = time.perf_counter()
    for _ in range(5):
        reader.get("/study/question")
    assert (time.perf_counter() - began) / 5 < 0.5
