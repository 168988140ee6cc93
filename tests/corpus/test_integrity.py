"""Count, first, middle and last passage of every document, references, tables and twins."""

import pytest

from corpus.corpus import catalogue, load_corpus
from corpus.model import PassageKind

PINS = {
    "crlm-guideline-2023": (
        201,
        310,
        326,
        (
            (
                "crlm-guideline-2023:摘要:1",
                "肝脏是结直肠癌血行转移最主要的靶器官，结直肠癌肝",
                "肝转移的诊疗实践提供指导和参考。",
            ),
            (
                "crlm-guideline-2023:第二部分-诊疗流程:1",
                "图1结直肠癌确诊时肝转移的诊断",
                "图1结直肠癌确诊时肝转移的诊断",
            ),
            (
                "crlm-guideline-2023:修订专家名单:2",
                "执笔人：朱德祥，任黎，许剑民",
                "执笔人：朱德祥，任黎，许剑民",
            ),
        ),
    ),
    "crlm-surgery-2025": (
        82,
        223,
        34,
        (
            ("crlm-surgery-2025:Abstract:1", "With the persistent rise", "astatic lesions."),
            (
                "crlm-surgery-2025:引言:1",
                "结直肠癌是常见的消化道肿瘤，2024年国家癌症中",
                "疗的患者的5年总生存率仅为9%。",
            ),
            (
                "crlm-surgery-2025:5:2",
                "近年来，CRLM的外科治疗理念不断更新，CRLM",
                "RLM外科治疗的安全性及可行性。",
            ),
        ),
    ),
    "crlm-treatment-review": (
        46,
        136,
        0,
        (
            (
                "crlm-treatment-review:引言:1",
                "结直肠癌是全球癌症相关死亡的第二大原因，是一种起",
                "），其平均生存期大约为2.5年。",
            ),
            (
                "crlm-treatment-review:三/（二）:7",
                "van der Lei S等人进行了II/III",
                "部控制（LC）方面均有显著改善。",
            ),
            (
                "crlm-treatment-review:结语:3",
                "然而，治疗方案和药物剂量应根据患者的化疗耐受性进",
                "方法，将成为临床研究的核心焦点。",
            ),
        ),
    ),
    "dlm-review": (
        60,
        164,
        0,
        (
            (
                "dlm-review:摘要:1",
                "结直肠癌是目前最常见的消化系统肿瘤之一，而肝脏是",
                "as/Braf状态及原发灶部位。",
            ),
            (
                "dlm-review:三/（一）/4:1",
                "尽管PET扫描对结直肠癌具有很高的灵敏度，特别是",
                "定和预测预后，从而逐渐得到普及。",
            ),
            (
                "dlm-review:五:2",
                "即使是位于计划切除肝段外的DLM，也应尽量对其进",
                "指南制定提供更加有力的临床证据。",
            ),
        ),
    ),
    "hcc-iiib-2025": (
        143,
        238,
        50,
        (
            ("hcc-iiib-2025:摘要:1", "背景与目的：中国肝癌分期(CNLC) IIIb期", "(NED)持续时间对预后的影响。"),
            ("hcc-iiib-2025:2.1:43", "表2 CNLC IIIb期寡转移HCC患者基线特", "组(n=15)：11(27.5)"),
            (
                "hcc-iiib-2025:3:12",
                "总之，对于CNLC IIIb期HCC患者，在接受",
                "需要进一步的研究来证实这些发现。",
            ),
        ),
    ),
}


@pytest.mark.parametrize("document_id", PINS)
def test_document_reads_as_pinned(document_id: str) -> None:
    count, sentences, references, pins = PINS[document_id]
    document = load_corpus().document(document_id)
    passages = document.passages
    assert len(passages) == count
    assert sum(len(p.sentences) for p in passages) == sentences
    assert len(document.references) == references
    for passage, (passage_id, begins, ends) in zip(
        (passages[0], passages[count // 2], passages[-1]), pins, strict=True
    ):
        assert passage.id == passage_id
        assert passage.text.startswith(begins)
        assert passage.text.endswith(ends)


def test_ids_are_unique_and_catalogue_is_complete() -> None:
    corpus = load_corpus()
    ids = [p.id for p in corpus.passages]
    assert len(ids) == len(set(ids))
    assert [i.id for i in catalogue()] == list(PINS)
    assert next(i for i in catalogue() if i.id == "crlm-treatment-review").title_zh is None


@pytest.mark.parametrize(
    ("document_id", "count"), [("crlm-guideline-2023", 326), ("crlm-surgery-2025", 34), ("hcc-iiib-2025", 50)]
)
def test_references_are_parsed_and_cited_ones_exist(document_id: str, count: int) -> None:
    document = load_corpus().document(document_id)
    assert [r.number for r in document.references] == list(range(1, count + 1))
    assert all(r.authors and r.title and r.year for r in document.references)
    cited = {n for p in document.passages for s in p.sentences for n in s.references}
    assert cited <= set(range(1, count + 1))
    assert len(cited) >= 0.9 * count


def test_a_reference_in_full() -> None:
    reference = load_corpus().document("crlm-guideline-2023").references[21]
    assert reference.authors.startswith("Jones OM")
    assert (reference.year, reference.doi) == (2005, "10.1002/bjs.4888")


def test_two_tables_in_one_row_are_untangled() -> None:
    rows = [
        p.text for p in load_corpus().document("hcc-iiib-2025").passages if p.kind is PassageKind.TABLE_ROW
    ]
    male = next(t for t in rows if "性别" in t and "男" in t)
    assert "38(50.0)" in male and "肝内病灶" not in male
    several = next(t for t in rows if "肝内病灶[" in t and "多个" in t)
    assert "17(22.4)" in several and "年龄" not in several


def test_the_shifted_stage_row_does_not_inherit_a_stage() -> None:
    row = next(
        p for p in load_corpus().passages if p.kind is PassageKind.TABLE_ROW and "T3~T4a；N：N1/N1c" in p.text
    )
    assert "IIIA" not in row.text


def test_items_keep_their_lead_in_and_heading_path() -> None:
    corpus = load_corpus()
    contraindications = corpus.passage("crlm-guideline-2023:4.1.1/禁忌证:1")
    assert contraindications.section[-2:] == ("4.1.1 手术适应证和禁忌证", "禁忌证")
    folfox = next(p for p in corpus.passages if p.section[-2:] == ("附录5 化疗方案", "3 FOLFOX"))
    assert "mFOLFOX6" in folfox.text
    ned = next(p for p in corpus.passages if p.id == "crlm-guideline-2023:1.4:2")
    assert ned.lead_in.startswith("CCLM灶达到NED状态后")


def test_versions_of_001_and_abstracts_are_linked() -> None:
    corpus = load_corpus()
    for document_id, share in (("crlm-surgery-2025", 0.9),):
        prose = [p for p in corpus.document(document_id).passages if p.kind is PassageKind.PROSE]
        assert sum(bool(p.translation_of) for p in prose) / len(prose) >= share
    abstract = next(p for p in corpus.document("dlm-review").passages if p.section[0] == "摘要")
    assert abstract.translation_of
