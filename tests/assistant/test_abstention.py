"""When the documents do not answer: names asked about, names that only describe, parts alone."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Conversation, Turn
from assistant.assistant import Assistant
from assistant.subquestions import asked_about


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.ask(Conversation(turns=[Turn(text=text)]))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("利伐沙班术前停几天", "利伐沙班"),
        ("Y药给几mg/kg", "Y药"),
        ("Karnofsky和IMDC评分怎么算", "IMDC"),
        ("selpercatinib dose for RET fusion", "selpercatinib"),
    ],
)
def test_a_foreign_name_that_is_asked_about_is_refused_by_name(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = ask(assistant, question)
    assert answer.status == "not_found"
    assert name in answer.text


def test_a_foreign_name_that_describes_the_patient_does_not_refuse(assistant: Assistant) -> None:
    answer = ask(assistant, "房颤口服利伐沙班，肝转移灶切缘至少要多少mm？")
    assert answer.status == "answered"
    assert "1 mm" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "TBS肿瘤负荷评分的计算公式是什么，几分算高？",
        "肝移植以后吃什么抗排异药，他克莫司浓度维持多少",
    ],
)
def test_one_weak_part_does_not_answer_for_the_whole(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status == "not_found"


def test_clauses_that_ask_about_a_known_name(assistant: Assistant) -> None:
    text = "On rivaroxaban. How wide must the resection margin be?"
    known = [m for m in assistant.retriever.terminology.find(text) if m.surface != "rivaroxaban"]
    ((start, end),) = asked_about(text, known)
    assert text[start:end].strip().startswith("How wide")
    assert asked_about("利伐沙班，剂量多少", []) == []


def test_a_question_that_names_no_disease_is_about_liver_metastases(assistant: Assistant) -> None:
    first = ask(assistant, "MDT要有哪些科室").citations[0]
    assert first.document_id == "crlm-guideline-2023"


@pytest.mark.parametrize(
    "question",
    [
        "神经内分泌肿瘤多发肝转移，减瘤要切到90%吗？", "胃癌肝转移，残肝35%够吗", "gallbladder cancer: how many lesions can be ablated, 4 of 2 cm?",
        "乳腺癌肝转移，切缘要多少？",
    ],
)  # fmt: skip
def test_another_cancer_gets_no_rule_of_this_one(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "not_found"
    assert answer.calculation is None


def test_formulas_hold_for_any_patient(assistant: Assistant) -> None:
    answer = ask(assistant, "胃癌患者，身高170cm体重65kg，BSA多少")
    assert answer.calculation is not None
    assert answer.calculation.calculator == "bsa"


def test_a_cancer_in_the_history_does_not_refuse(assistant: Assistant) -> None:
    assert ask(assistant, "既往乳腺癌，现结直肠癌肝转移，切缘至少要多少？").status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "替吉奥能代替卡培他滨吗，怎么给", "Is aflibercept plus FOLFIRI an option after oxaliplatin failure, and at what dose?",
        "ipi + nivo schedule for MSI-H liver mets",
    ],
)  # fmt: skip
def test_a_later_clause_is_about_the_foreign_name_too(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status == "not_found"


def test_a_clause_with_its_own_subject_is_answered(assistant: Assistant) -> None:
    answer = ask(assistant, "西妥昔首剂多少，奥希替尼呢")
    assert "400 mg/m²" in answer.text
    assert "奥希替尼" in answer.notes[-1]
