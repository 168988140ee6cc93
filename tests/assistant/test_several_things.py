"""One question that asks for more than one thing, or whose sentence only announces its answer."""

from __future__ import annotations

import pytest

from assistant.answer import LIMIT, Answer, Conversation, Turn
from assistant.assistant import ROOM, Assistant
from assistant.evidence import Pick, announces, without_weakest


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.ask(Conversation(turns=[Turn(text=t) for t in turns]))


def test_what_is_asked_beside_a_score_is_answered_from_the_texts(assistant: Assistant) -> None:
    answer = ask(assistant, "根治术后10个月发现肝转移2枚，最大6cm，CEA 30，N+，CRS几分？要不要先打新辅助？")
    assert answer.calculation is not None
    assert answer.calculation.result["score"] == 4
    assert "**要不要先打新辅助**" in answer.text
    beside = {c.marker for c in answer.citations} - {c.marker for c in answer.calculation.citations}
    assert beside
    assert all(f"[{marker}]" in answer.text for marker in beside)


def test_a_part_that_nothing_answers_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "mFOLFOX6 BSA 1.75 各多少mg？医保能报销多少钱？")
    assert answer.calculation is not None
    assert any("医保" in note for note in answer.notes)
    assert len(answer.text) < ROOM["zh"] + 100


@pytest.mark.parametrize(
    ("question", "key", "values"),
    [
        ("SBRT 45Gy/3次 和 50Gy/5次 哪个BED高？", "bed_gy", [112.5, 100.0]),
        ("mFOLFOX6和FOLFIRI BSA1.7 剂量", "oxaliplatin_mg", [144.5, None]),
    ],
)
def test_two_of_a_kind_give_two_results(
    assistant: Assistant, question: str, key: str, values: list[float | None]
) -> None:
    answer = ask(assistant, question)
    assert answer.calculation is not None
    results = [c.result for c in (answer.calculation, *answer.further_calculations)]
    assert [r.get(key) for r in results] == pytest.approx(values)


def test_a_verdict_is_in_words(assistant: Assistant) -> None:
    assert "属于消融禁忌" in ask(assistant, "病灶离主胆管8mm，能不能微波？").text
    tas = ask(assistant, "160cm 52kg TAS-102每次多少mg").text
    assert "已封顶" not in tas.split("\n")[0]


def test_a_study_that_is_announced_brings_its_result(assistant: Assistant) -> None:
    answer = ask(assistant, "MWA vs SBRT for 3-5 cm liver mets")
    assert "LTPFS" in answer.text


@pytest.mark.parametrize(
    ("sentence", "only_announces"),
    [
        ("Heinemann V等人对比了贝伐珠单抗和西妥昔单抗联合化疗的疗效。", True),
        ("研究纳入100例，5年生存率为46%。", False),
        ("Smith et al. evaluated 32 patients.", True),
        ("Smith et al. found no difference.", False),
        ("肝转移灶的经皮针刺活检仅限于病情需要时应用。", False),
    ],
)
def test_what_only_announces(sentence: str, only_announces: bool) -> None:
    assert announces(sentence) is only_announces


def test_months_count_from_the_event_they_are_said_of(assistant: Assistant) -> None:
    assert ask(assistant, "乙状结肠癌术后10个月发现肝转移，能做新辅助吗").calculation is None
    told = ask(assistant, "辅助化疗结束10个月后发现肝转移，还要新辅助吗，还是直接切").calculation
    assert told is not None
    assert told.result == {"neoadjuvant": False}


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("呋喹替尼剂量多少？不良反应有哪些？批给什么病人用？", "呋喹替尼", "TAS-102已获批"),
        ("What liver injury goes with oxaliplatin, and what about the interval before surgery?", "奥沙利铂", "m²"),
        ("How many months of adjuvant in stage III colon cancer, and which regimens can I pick from?", "FOLFOX", "西妥昔"),
    ],
)  # fmt: skip
def test_a_part_is_about_what_the_whole_is_about(
    assistant: Assistant, question: str, said: str, unsaid: str
) -> None:
    shown = quotes(ask(assistant, question))
    assert any(said in quote for quote in shown)
    assert not any(unsaid in quote for quote in shown)


def test_a_part_told_by_the_sentence_that_answers_the_whole_is_not_called_unanswered(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "After bev, how long until the liver op, and why the wait?")
    assert "6-8 weeks" in answer.text
    assert answer.notes == []


def test_a_foreign_part_is_still_called_unanswered(assistant: Assistant) -> None:
    answer = ask(assistant, "瑞戈非尼一天吃多少？仑伐替尼呢，一天多少？")
    assert "160 mg" in answer.text
    assert any("仑伐替尼" in note for note in answer.notes)


def test_half_a_schedule_is_never_shown(assistant: Assistant) -> None:
    shown = quotes(ask(assistant, "NED后影像随访频率"))
    rest = [i for i, quote in enumerate(shown) if quote.startswith("以后每")]
    assert rest
    assert shown[rest[0] - 1].startswith("（2）术后2年内每3个月")


def test_the_sentence_that_answers_goes_first(assistant: Assistant) -> None:
    assert "不用于DLM的诊断" in quotes(ask(assistant, "B超能拿来判DLM吗"))[0]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("离胆管多近不能消融", "zh"),
        ("How close to the main bile duct is ablation contraindicated?", "en"),
    ],
)
def test_a_sentence_printed_in_both_languages_is_shown_in_the_readers(
    assistant: Assistant, question: str, language: str
) -> None:
    answer = ask(assistant, question)
    assert answer.citations[0].translation is None
    assert ("主胆管" in answer.citations[0].quote) is (language == "zh")
    assert "〔" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "can burning replace cutting for small mets? what number and size did the rct allow",
        "What is the starting dose of Erbitux, and which chemo partners should I avoid?",
        "Can ablation replace surgery for small liver mets? evidence in either direction",
    ],
)
def test_an_answer_stays_below_its_limit(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert len(answer.text) <= LIMIT["en"]


def test_the_weakest_sentence_goes_first_and_the_best_of_a_passage_last(assistant: Assistant) -> None:
    one, other = assistant.retriever.passages[:2]
    first, second = Pick(one, one.sentences[0], 9.0), Pick(one, one.sentences[-1], 7.0)
    third = Pick(other, other.sentences[0], 6.0)
    assert without_weakest([first, second, third]) == [first, third]
    assert without_weakest([first, third]) == [first]


def test_both_sides_answer_where_the_comparison_itself_is_not_in_the_texts(assistant: Assistant) -> None:
    answer = ask(assistant, "瑞戈非尼和呋喹替尼吃法有什么区别")
    assert {"160 mg" in answer.text, "5 mg口服" in answer.text} == {True}


def test_a_part_whose_figures_are_not_shown_is_called_unanswered(assistant: Assistant) -> None:
    answer = ask(assistant, "Oslo 0-1分移植后10年能活多少，3-4分呢")
    assert "50%" in answer.text
    assert any("3-4分" in note for note in answer.notes)


@pytest.mark.parametrize("question", ["tas102怎么服用", "瑞戈非尼怎么吃", "how do you take fruquintinib?"])
def test_how_a_drug_is_taken_is_a_question_for_its_dose(assistant: Assistant, question: str) -> None:
    assert "mg" in quotes(ask(assistant, question))[0]


def test_a_caption_is_no_second_answer(assistant: Assistant) -> None:
    shown = quotes(ask(assistant, "What % of colorectal cancer pts already have liver mets when diagnosed?"))
    assert not any(quote.startswith(("图", "Figure", "Fig.")) for quote in shown[1:])
