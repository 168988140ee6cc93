"""A disagreement is shown for the point that differs, not for its neighbours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant
from assistant.compose import Citations
from assistant.evidence import Pick
from assistant.measures import MEASURES
from assistant.registers import GAP, Registers, word
from corpus.corpus import load_corpus
from corpus.registers import load_disagreements
from index.tokens import normalise

WORDINGS = [
    json.loads(line)
    for line in Path(__file__).with_name("registers_wordings.jsonl").read_text("utf-8").splitlines()
]
CASES = [
    pytest.param(wording["entry"], question, kind == "asks", id=f"{wording['entry']}-{kind}-{question}")
    for wording in WORDINGS
    for kind in ("asks", "neighbours")
    for question in wording[kind]
]


@pytest.fixture(scope="module")
def registers() -> Registers:
    """The registers over the corpus alone: the gate needs no index."""
    corpus = load_corpus()
    return Registers(SimpleNamespace(passages=corpus.passages, documents=corpus.documents))  # type: ignore[arg-type]


def entries_of(registers: Registers, question: str) -> list[str]:
    return [entry.id for entry, _, _ in registers.asked(question)]


@pytest.mark.parametrize(("entry", "question", "about"), CASES)
def test_wording(registers: Registers, entry: str, question: str, about: bool) -> None:
    assert (entry in entries_of(registers, question)) is about, registers.asked(question)


def test_every_entry_has_three_wordings_and_three_neighbours_in_each_language() -> None:
    counted = Counter((w["entry"], w["language"]) for w in WORDINGS)
    assert counted == {(e.id, language): 1 for e in load_disagreements() for language in ("zh", "en")}
    assert all(len(set(w["asks"])) >= 3 and len(set(w["neighbours"])) >= 3 for w in WORDINGS)


def test_figures_are_kinds_that_exist() -> None:
    kinds = {measure.name for measure in MEASURES}
    assert [e.id for e in load_disagreements() if not kinds >= set(e.figures)] == []


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("live$", "how long do they live?", True),
        ("live$", "liver metastases", False),
        ("ablat", "ablation", True),
        ("rfa", "surfactant", False),
        ("cm", "a 4cm lesion", True),
        ("bile duct", "bile-duct", True),
        ("targeted…first", "which targeted drug goes first", True),
        ("a…b", f"a{'x' * (GAP + 1)}b", False),
        ("1次", "一次最多几枚", True),
        ("切缘", "肝切缘宽度", True),
        ("5年", "2025年综述", False),
        ("5年", "术后5年", True),
    ],
)
def test_word(term: str, text: str, found: bool) -> None:
    assert bool(word(term).search(normalise(text))) is found


@pytest.mark.parametrize("question", ["", "?", "肝转移", "liver metastases", "剂量多少", "5", "射频 " * 300])
def test_no_point_no_disagreement(registers: Registers, question: str) -> None:
    assert entries_of(registers, question) == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("指南建议射频一次最多几枚", []),
        ("指南和DLM综述里射频一次最多几枚，一样吗", ["rfa-lesions"]),
        ("Lesions per RFA session in the guideline", []),
        ("Lesions per RFA session: do guideline and DLM review agree?", ["rfa-lesions"]),
    ],
)
def test_what_one_document_says(registers: Registers, question: str, found: list[str]) -> None:
    assert entries_of(registers, question) == found


def test_a_kind_of_figure_no_two_sides_print(registers: Registers) -> None:
    assert "dlm" in entries_of(registers, "化疗后消失的病灶切不切")
    assert "dlm" not in entries_of(registers, "化疗后消失的病灶切不切，间隔几周")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("BRAF突变一线用什么", "来源方向一致"),
        ("腹腔镜肝切除最多几个病灶", "同一文献内说法不一"),
        ("肠癌肝转移术后5年生存率", "来源不同，所指情况也不同"),
        ("一次射频最多几枚", "来源不一致："),
    ],
)
def test_how_the_sides_differ_is_said(assistant: Assistant, question: str, status: str) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=question)]))
    assert answer.text.startswith(status)


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("消融安全边缘要多少毫米", ["6毫米", ">5 mm"]),
        ("能不能贝伐和西妥昔一起上", ["不建议多种靶向药物联合应用", "序贯使用"]),
        ("Can ablation replace surgery for small liver mets?", ["non-inferior", "only slightly higher"]),
        ("Is SIRT alone worthwhile?", ["lose their therapeutic value", "effective treatment"]),
        ("Should CE-IOUS be routine during liver resection?", ["routinely performed", "when necessary"]),
    ],
)
def test_every_side_is_in_the_answer(assistant: Assistant, question: str, pieces: list[str]) -> None:
    answer = assistant.ask(Conversation(turns=[Turn(text=question)]))
    assert len(answer.disagreements) == 1
    assert [piece for piece in pieces if piece not in answer.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "切缘要多少",
        "残肝体积至少多少",
        "肝门淋巴结转移发生率",
        "Is BRAF V600E testing recommended?",
        "SBRT dose per fraction liver mets",
    ],
)
def test_agreeing_sources_are_not_set_against_each_other(assistant: Assistant, question: str) -> None:
    assert assistant.ask(Conversation(turns=[Turn(text=question)])).disagreements == []


def test_two_documents_are_shown_although_only_one_was_found(assistant: Assistant) -> None:
    """Sides that the question found go first, but a disagreement needs a second document."""
    [(entry, sides, _)] = assistant.registers.asked("SIRT治疗肠癌肝转移推荐吗")
    citations = Citations(assistant.documents, "en")
    shown = assistant.registers.show(
        entry, sides, [s for s in sides if "treatment" in s.passage.document_id], citations
    )
    assert {side.passage.document_id for side in shown.sides} == {
        "crlm-guideline-2023",
        "crlm-treatment-review",
    }


def test_the_best_sentence_keeps_its_room(assistant: Assistant) -> None:
    """What is no side and scores best leaves less room for the third side and the next."""
    [(entry, sides, _)] = assistant.registers.asked("转化治疗几个周期合适")
    other = next(p for p in assistant.retriever.passages if len(p.sentences[0].text) > 150)
    best = Pick(other, other.sentences[0], 9.0)
    without = assistant.registers.show(entry, sides, [], Citations(assistant.documents, "zh"))
    beside = assistant.registers.show(entry, sides, [best], Citations(assistant.documents, "zh"))
    assert 2 <= len(beside.sides) < len(without.sides)


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("BRAF突变一线用什么", "BRAF突变一线用什么，Loupakis研究里"),
        (
            "Should disappeared liver mets be resected?",
            "Should disappeared liver mets of breast cancer be resected?",
        ),
        ("肝移植推荐吗", "肝移植的推荐级别"),
        ("RFA for a 4 cm metastasis?", "RFA for a 4 cm lung metastasis?"),
    ],
)
def test_a_named_study_another_tumour_or_a_grade_is_something_else(
    registers: Registers, question: str, elsewhere: str
) -> None:
    assert entries_of(registers, question) != []
    assert entries_of(registers, elsewhere) == []


def test_hardly_a_question_that_nothing_answers_is_about_a_disagreement(registers: Registers) -> None:
    path = Path(__file__).parents[2] / "corpus" / "questions" / "unanswered.txt"
    asked = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")][::7]
    assert sum(bool(registers.asked(question)) for question in asked) <= len(asked) / 200
