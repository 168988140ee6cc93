"""What one answer is worth, by hand."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Calculation, Citation, Trace
from corpus.corpus import catalogue, load_corpus, read_source
from eval.questions import ReferenceQuestion
from eval.scoring import same, score

SOURCES = {info.id: read_source(info) for info in catalogue()}
TRACE = Trace(corpus="", index="", model="", version="")
QUOTE = "肝转移灶的经皮针刺活检仅限于病情需要时应用。"


def question(**changes: object) -> ReferenceQuestion:
    return ReferenceQuestion.model_validate(
        {
            "id": "t1", "kind": "single", "language": "zh", "turns": ("要穿刺吗",), "type": "yes/no",
            "difficulty": "easy", "answerable": True, "key_points": (("病情需要",),),
            "evidence": ({"document_id": "crlm-guideline-2023", "quote": "经皮针刺活检仅限于病情需要"},),
            **changes,
        }
    )  # fmt: skip


def answer(text: str = f"{QUOTE} [1]", status: str = "answered", **changes: object) -> Answer:
    sentence = next(s for s in load_corpus().sentences() if s.text == QUOTE)
    cited = Citation(
        marker=1, document_id="crlm-guideline-2023", title="", year=2023, section="", passage_id="x",
        quote=QUOTE, start=sentence.start, end=sentence.end,
    )  # fmt: skip
    given = {"citations": [cited], **changes}
    return Answer(status=status, language="zh", text=text, trace=TRACE, **given)  # type: ignore[arg-type]


def test_a_right_answer() -> None:
    scored = score(question(), answer(), SOURCES)
    assert (scored.key_points, scored.fully_right, scored.verbatim, scored.supported, scored.claims) == (1.0, True, 1.0, 1.0, 1.0)  # fmt: skip


def test_an_answer_that_is_too_long_or_refused_is_not_fully_right() -> None:
    assert not score(question(), answer(QUOTE * 40), SOURCES).fully_right
    assert not score(question(), answer(status="not_found"), SOURCES).fully_right


def test_a_quote_that_was_altered_is_caught() -> None:
    altered = answer()
    altered.citations[0].quote = QUOTE.replace("仅限", "不限")
    scored = score(question(), altered, SOURCES)
    assert scored.verbatim == 0.0
    altered.citations[0].document_id = "no-such-document"
    assert score(question(), altered, SOURCES).verbatim == 0.0


def test_a_claim_that_the_citation_does_not_say_is_caught() -> None:
    assert score(question(), answer("所有病灶都应穿刺活检。 [1]"), SOURCES).claims == 0.0
    assert score(question(), answer(f"所有病灶都应穿刺。 [1]{QUOTE} [1]"), SOURCES).claims == 0.5


def test_a_citation_that_supports_nothing_asked_is_counted() -> None:
    other = question(key_points=(("6~8周",),), evidence=())
    assert score(other, answer(), SOURCES).supported == 0.0


def test_refusals() -> None:
    nothing = question(answerable=False, evidence=(), key_points=(), kind="unanswerable", type="off_topic")
    assert score(nothing, answer(status="not_found"), SOURCES).right
    assert not score(nothing, answer(), SOURCES).right
    half = question(answerable=False, kind="unanswerable", type="half")
    assert not score(half, answer(), SOURCES).right
    assert score(half, answer(notes=["没有提到其余部分"]), SOURCES).right


def test_calculations_are_compared_by_name_status_and_result() -> None:
    asked = question(
        kind="numeric", calculator="crs", status="ok", result={"score": 3}, key_points=(), evidence=()
    )
    good = Calculation(calculator="crs", status="ok", result={"score": 3, "group": "high"})
    assert score(asked, answer(calculation=good), SOURCES).calculation is True
    for wrong in (
        good.model_copy(update={"result": {"score": 2}}),
        good.model_copy(update={"status": "incomplete"}),
        good.model_copy(update={"calculator": "oslo"}),
        None,
    ):
        scored = score(asked, answer(calculation=wrong), SOURCES)
        assert scored.calculation is False
        assert not scored.fully_right


@pytest.mark.parametrize(
    ("actual", "expected", "equal"),
    [
        (1.0000001, 1, True),
        (31.5603, 31.56, True),
        (31.6, 31.5, False),
        (True, 1, False),
        ([3, 6], [3, 6], True),
        ([3], [3, 6], False),
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ("low", "low", True),
        (None, None, True),
    ],
)
def test_same(actual: object, expected: object, equal: bool) -> None:
    assert same(actual, expected) is equal
