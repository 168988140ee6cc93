"""The concept table and its look-up."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.terminology import Terminology, TerminologyError, load_terminology
from corpus.terminology.forms import has_chinese, light_stem
from corpus.terminology.loading import COLUMNS, CONCEPTS_FILE

SOURCES = CONCEPTS_FILE.parents[1] / "sources"
TERMS = load_terminology()
HEADER = "\t".join(COLUMNS)


def body(path: Path) -> str:
    """A source without its reference lists."""
    text = path.read_text(encoding="utf-8")
    number = path.name[:3]
    if number == "000":
        return "".join(text.splitlines(keepends=True)[:490])
    if number == "001":
        english = text[: text.index("\nReference\n")]
        chinese = text[text.index("Submission Received") : text.index("参考文献")]
        return english + chinese
    if number == "004":
        return text[: text.index("## 参考文献")]
    return text


BODIES = {path.name[:3]: body(path) for path in sorted(SOURCES.glob("*.txt"))}
VOCABULARY = {word.lower() for text in BODIES.values() for word in re.findall(r"[A-Za-z]+", text)}


def ids(text: str) -> list[str]:
    return [match.concept.id for match in TERMS.find(text)]


def test_counts() -> None:
    inside = [concept for concept in TERMS.concepts if not concept.outside]
    assert len(inside) >= 700
    assert len(TERMS) - len(inside) >= 120
    per_category = Counter(concept.category for concept in TERMS.concepts)
    assert min(per_category.values()) >= 10


def test_no_form_stands_twice_in_a_concept() -> None:
    for concept in TERMS.concepts:
        for column in COLUMNS[2:]:
            forms = getattr(concept, column)
            assert len(forms) == len(set(forms)), concept.id
        assert not set(concept.misspellings) & set(concept.variants), concept.id


def test_chinese_and_english_stand_in_their_columns() -> None:
    for concept in TERMS.concepts:
        assert not any(has_chinese(form) for form in concept.en), concept.id
        assert concept.en and concept.zh, concept.id


def test_every_form_finds_its_concept() -> None:
    for concept in TERMS.concepts:
        for form in (*concept.variants, *concept.misspellings):
            found = TERMS.find(form)
            assert concept in [match.concept for match in found], (concept.id, form)
            assert found[0].surface == form


def test_few_forms_are_ambiguous() -> None:
    owners: dict[str, set[str]] = {}
    for concept in TERMS.concepts:
        for form in concept.variants:
            owners.setdefault(form, set()).add(concept.id)
    assert {form for form, concepts in owners.items() if len(concepts) > 1} == set()
    assert {m.concept.id for m in TERMS.find("pcr rate")} == {
        "pathological-complete-response",
        "polymerase-chain-reaction",
    }
    assert ids("pCR")[0] == "pathological-complete-response"
    assert ids("PCR") == ["polymerase-chain-reaction"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bev停多久才能手术", ["bevacizumab", "withhold"]),
        ("爱必妥和帕尼单抗哪个好", ["cetuximab", "panitumumab", "comparison"]),
        ("希罗达", ["capecitabine"]),
        ("拜万戈 Stivarga", ["regorafenib", "regorafenib"]),
        ("打化疗拉肚子", ["chemotherapy", "diarrhoea"]),
        ("结 直 肠 癌 肝 转移", ["colorectal-liver-metastases"]),
        ("残肝体积不足", ["insufficient-liver-remnant"]),
        ("Ｒ０切除", ["r0-resection"]),
        ("肝转移灶切除术后CEA", ["hepatectomy", "postoperative", "carcinoembryonic-antigen"]),
        ("R₀切除", ["r0-resection"]),
        ("患者的os", ["overall-survival"]),
        ("贝发珠单抗", ["bevacizumab"]),
        ("CRLM with DLMs", ["colorectal-liver-metastases", "disappearing-liver-metastases"]),
        ("resected tumours", ["resection", "malignancy"]),
        ("keyhole liver surgery", ["laparoscopic-liver-resection"]),
        ("PET/CT or PET-CT", ["pet-ct", "pet-ct"]),
        ("RAS wild type", ["ras-wild-type"]),
        ("anemia, anaemia", ["anaemia", "anaemia"]),
        ("hepatectomies", ["hepatectomy"]),
        ("bowel cancer liver mets", ["colorectal-liver-metastases"]),
        ("Y-90 radioembolisation", ["selective-internal-radiation-therapy"] * 2),
        ("is it so as or in", []),
        ("SET BED aside: the bed is set", ["biologically-effective-dose"]),
        ("the os is", []),
        ("OS", ["overall-survival"]),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    found = [i for i in ids(text) if TERMS[i].category != "question_word"]
    for wanted in expected:
        assert wanted in found
    if not expected:
        assert found == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("新辅助治疗", "转化治疗"),
        ("RFA", "MWA"),
        ("PVE", "PVL"),
        ("同时性肝转移", "同期切除"),
        ("synchronous metastases", "simultaneous resection"),
        ("MSI-H", "MSS"),
        ("dMMR", "pMMR"),
        ("SBRT", "SIRT"),
        ("TACE", "HAI"),
        ("PFS", "DFS"),
    ],
)
def test_different_things_are_different_concepts(first: str, second: str) -> None:
    assert set(ids(first)).isdisjoint(ids(second))


def test_spans_point_into_the_text() -> None:
    for text in ("①结直肠癌肝转移㎎ R₀切除", *BODIES.values()):
        previous_start = last = 0
        for match in TERMS.find(text):
            assert text[match.start : match.end] == match.surface
            assert match.end > match.start
            assert match.start >= last or match.start == previous_start
            previous_start, last = match.start, match.end


def test_nested_concepts() -> None:
    nested = [match.concept.id for match in TERMS.find_nested("RAS wild-type mCRC")]
    assert nested[0] == "ras-wild-type"
    assert {"ras", "wild-type", "metastatic-colorectal-cancer"} <= set(nested)
    assert "hepatectomy" in [m.concept.id for m in TERMS.find_nested("二步肝切除")]
    for text, wrong in (
        ("不可切除", "resectable"),
        ("结直肠癌", "rectal-cancer"),
        ("非寡转移", "oligometastases"),
    ):
        assert wrong not in [m.concept.id for m in TERMS.find_nested(text)]
    for text in BODIES.values():
        assert set(TERMS.find(text)) <= set(TERMS.find_nested(text))


def test_expand_crosses_languages() -> None:
    chinese = TERMS.expand("贝伐珠单抗的不良反应", "zh")
    assert "bevacizumab" in chinese and "Avastin" in chinese and "side effect" in chinese
    assert chinese.index("安维汀") < chinese.index("bevacizumab")
    english = TERMS.expand("Avastin toxicity", "en")
    assert "贝伐珠单抗" in english and "不良反应" in english
    assert english.index("bevacizumab") < english.index("贝伐珠单抗")
    assert not set(english) & {"Avastin", "toxicity", "bevacizumap"}


def test_expand_leaves_out_question_words_and_outside_topics() -> None:
    assert TERMS.expand("为什么", "zh") == []
    assert "why" in TERMS.expand("为什么", "zh", question_words=True)
    assert TERMS.expand("ramucirumab", "en") == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("胰腺癌肝转移怎么治", "outside-pancreatic-cancer"),
        ("GAME score cutoff", "outside-game-score"),
        ("雷莫西尤单抗用法", "outside-ramucirumab"),
        ("encorafenib", "outside-encorafenib"),
        ("BCLC分期", "outside-bclc-stage"),
    ],
)
def test_outside(text: str, concept: str) -> None:
    assert [found.id for found in TERMS.outside(text)] == [concept]


def test_questions_inside_are_not_outside() -> None:
    for text in (
        "肝细胞癌寡转移局部治疗",
        "MELD评分",
        "pembrolizumab dose",
        "the patient was playing a game",
    ):
        assert TERMS.outside(text) == []


@pytest.mark.parametrize("number", sorted(BODIES))
def test_outside_drugs_and_scores_are_not_in_the_sources(number: str) -> None:
    text = BODIES[number]
    folded = text.lower()
    outside = [c for c in TERMS.concepts if c.category in ("outside_drug", "outside_score")]
    for concept in outside:
        for form in concept.variants:
            if has_chinese(form):
                assert form not in text, (concept.id, form)
            else:
                pattern = rf"(?<![a-z0-9]){re.escape(form.lower())}(?![a-z0-9])"
                assert re.search(pattern, folded) is None, (concept.id, form)


@pytest.mark.parametrize("number", sorted(BODIES))
def test_the_sources_are_hardly_misspelt(number: str) -> None:
    surfaces = {c.surface for c in TERMS.corrections(BODIES[number], VOCABULARY)}
    assert surfaces <= {"RO 切除", "pathological complete respons"}


def test_most_of_the_sources_words_are_covered() -> None:
    for number, text in BODIES.items():
        covered = sum(m.end - m.start for m in TERMS.find(text))
        assert covered / len(text) > 0.2, number


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("hepatectmoy", "hepatectomy"),
        ("西妥西单抗 剂量", "西妥昔单抗 剂量"),
        ("oxaliplatine dose", "oxaliplatin dose"),
        ("ablatoin of liver", "ablation of liver"),
        ("significantly", "significantly"),
        ("a short wrod", "a short wrod"),
        ("presenting", "presenting"),
        ("conversation", "conversation"),
        ("panitummumab", "panitumumab"),
    ],
)
def test_repair(wrong: str, right: str) -> None:
    assert TERMS.repair(wrong, VOCABULARY) == right


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("resected", "resect"),
        ("ablating", "ablat"),
        ("ablate", "ablat"),
        ("biopsies", "biopsy"),
        ("stopped", "stop"),
        ("bleeding", "bleed"),
        ("bleed", "bleed"),
        ("metastasis", "metastasis"),
        ("virus", "virus"),
        ("dlms", "dlm"),
        ("os", "os"),
    ],
)
def test_light_stem(word: str, stem: str) -> None:
    assert light_stem(word) == stem


def test_fast_enough() -> None:
    started = time.perf_counter()
    load_terminology()
    assert time.perf_counter() - started < 0.5
    question = "贝伐珠单抗停药多久才能做肝切除手术？What is the 5-year survival after hepatectomy for CRLM?"
    started = time.perf_counter()
    for _ in range(100):
        TERMS.find(question)
    assert (time.perf_counter() - started) / 100 < 0.005


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_looked_up_without_error(text: str) -> None:
    for match in TERMS.find(text):
        assert text[match.start : match.end] == match.surface
    TERMS.expand(text, "en")
    TERMS.outside(text)
    TERMS.repair(text)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("x\tdrug\t甲\ta\t\t\t", "line 2"),
        ("x\tfruit\t甲\ta\t\t\t\t", "line 2"),
        ("x\tdrug\t\t\t\t\t\t", "line 2"),
        ("x\tdrug\t甲|甲\ta\t\t\t\t", "line 2"),
        ("x\tdrug\t甲|\ta\t\t\t\t", "line 2"),
        ("\tdrug\t甲\ta\t\t\t\t", "line 2"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(TerminologyError, match=says) as caught:
        load_terminology(write(tmp_path / "concepts.tsv", HEADER, line))
    assert "第 2 行" in caught.value.zh


def test_missing_table_wrong_header_and_repeated_id(tmp_path: Path) -> None:
    with pytest.raises(TerminologyError):
        load_terminology(tmp_path / "nothing.tsv")
    with pytest.raises(TerminologyError, match="line 1"):
        load_terminology(write(tmp_path / "header.tsv", "id\tname"))
    row = "x\tdrug\t甲\ta\t\t\t\t"
    with pytest.raises(TerminologyError, match="line 3"):
        load_terminology(write(tmp_path / "twice.tsv", HEADER, row, row))


def test_small_table(tmp_path: Path) -> None:
    terms = load_terminology(write(tmp_path / "c.tsv", HEADER, "x\tdrug\t甲药\tdrug a|drugs of a\tDA\t\t\t"))
    assert isinstance(terms, Terminology)
    assert len(terms) == 1 and "x" in terms
    assert terms["x"].preferred("zh") == "甲药"
    assert [m.surface for m in terms.find("甲药, Drug-A and DA; da")] == ["甲药", "Drug-A", "DA", "da"]
