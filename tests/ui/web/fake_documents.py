"""The documents, passages and references of the stand-in for the assistant, cut from the real source files."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.answer import (
    Citation,
    RetrievedPassage,
)
from corpus.model import (
    Document,
    DocumentInfo,
    DocumentKind,
    EvidenceGrade,
    Language,
    Passage,
    PassageKind,
    Reference,
    Section,
    Sentence,
)

SOURCES = Path(__file__).parents[3] / "corpus" / "sources"
_MARKS = re.compile(r"\^\[[^\]]*\]|［[\d⁃，]+］|（\d[a-c]类?证据, ?[A-D]级推荐）|\s*\n\s*")

DOCUMENTS = {
    "crlm-guideline-2023": DocumentInfo(
        id="crlm-guideline-2023",
        file="000_e31ed27d0420c313.txt",
        title_zh="中国结直肠癌肝转移诊断和综合治疗指南（2023版）",
        title_en=None,
        short_zh="结直肠癌肝转移指南（2023版）",
        short_en="Chinese CRLM guideline 2023",
        authors=None,
        journal="China Journal of General Surgery",
        year=2023,
        volume="32(1):1-29",
        doi="10.7659/j.issn.1005-6947.2023.01.001",
        kind=DocumentKind.GUIDELINE,
        languages=("zh", "en"),
        rights="",
        sha256="",
    ),
    "crlm-surgery-2025": DocumentInfo(
        id="crlm-surgery-2025",
        file="001_109a730724d272d2.txt",
        title_zh=None,
        title_en="Surgical management of liver metastases from colorectal cancer",
        short_zh="肝转移外科治疗综述（2025）",
        short_en="CRLM surgery review 2025",
        authors="Ji JW, Zhang YG, Wang HW",
        journal="Chin J Clin Res",
        year=2025,
        volume="38(7):988-992",
        doi="10.13429/j.cnki.cjcr.2025.07.003",
        kind=DocumentKind.REVIEW,
        languages=("en", "zh"),
        rights="",
        sha256="",
    ),
    "dlm-review": DocumentInfo(
        id="dlm-review",
        file="003_62849c42228f5beb.txt",
        title_zh="结直肠癌肝转移灶消失的临床研究进展",
        title_en=None,
        short_zh="肝转移灶消失综述",
        short_en="DLM review",
        authors=None,
        journal=None,
        year=None,
        volume=None,
        doi=None,
        kind=DocumentKind.REVIEW,
        languages=("zh",),
        rights="",
        sha256="",
        note_zh="引用的是2020版指南，已被2023版取代。",
        note_en="Cites the 2020 edition of the guideline, superseded in 2023.",
    ),
}


def _passage(
    passage_id: str,
    document_id: str,
    section: tuple[str, ...],
    raw: list[str],
    *,
    language: Language = "zh",
    lead_in: str = "",
    kind: PassageKind = PassageKind.PROSE,
) -> Passage:
    source = (SOURCES / DOCUMENTS[document_id].file).read_text(encoding="utf-8")
    sentences: list[Sentence] = []
    for index, piece in enumerate(raw):
        start = source.index(piece)
        grades = tuple(
            EvidenceGrade(
                level=match[1],
                recommendation=match[2],
                printed=match[0],
                start=start + match.start(),
                end=start + match.end(),
            )
            for match in re.finditer(r"（(\d[a-c])类?证据, ?([A-D])级推荐）", piece)
        )
        sentences.append(
            Sentence(
                id=f"{passage_id}.{index}",
                text=_MARKS.sub("", piece),
                language=language,
                start=start,
                end=start + len(piece),
                grades=grades,
                references=tuple(int(n) for n in re.findall(r"\^\[(\d+)\]", piece)),
            )
        )
    return Passage(
        id=passage_id,
        document_id=document_id,
        section=section,
        kind=kind,
        language=language,
        text=("" if language == "zh" else " ").join(sentence.text for sentence in sentences),
        start=sentences[0].start,
        end=sentences[-1].end,
        sentences=tuple(sentences),
        lead_in=lead_in,
    )


_DIAGNOSIS = ("1 CCLM的诊断与随访", "1.2 结直肠癌确诊时肝转移的诊断常规")
PASSAGES = {
    passage.id: passage
    for passage in (
        _passage(
            "crlm-guideline-2023/1.2/2",
            "crlm-guideline-2023",
            _DIAGNOSIS,
            [
                "肝转移灶的经皮针刺活检仅限于病情需要时应用^[22]。",
                "结直肠癌手术中必须常规探查肝脏以进一步排除肝转移的可能^[23]，对可疑的肝脏结节可行术中超声检查，"
                "必要时考虑同步切除或术中活检^[9]（3a类证据, B级推荐）。",
            ],
        ),
        _passage(
            "crlm-guideline-2023/4.2/1",
            "crlm-guideline-2023",
            ("4 手术治疗", "4.2 新辅助治疗"),
            [
                "系统性化疗的方案包括FOLFOX、FOLFIRI、CapeOX或FOLFOXIRI^[191-194]，可否联合分子靶向治疗目前仍有争议，"
                "同时也可以考虑联合肝动脉灌注化疗^[195-197]。",
                "为减少化疗对肝脏手术的不利影响，新辅助化疗原则上不超过6个周期^[72,198]（1a证据，A级推荐），"
                "一般建议2~3个月内完成并进行手术^[199-200]。",
            ],
        ),
        _passage(
            "dlm-review/1/3",
            "dlm-review",
            ("一、DLM出现的相关因素", "2. 化疗方案、周期及靶向治疗药物"),
            [
                "术前化疗方案及周期等相关因素影响DLM的发生，目\n\n"
                "前对于结直肠癌肝转移患者，转化治疗以4~6个周期为宜［8］。",
                "长时间的转化治疗，一方面会增加相关并发症发生的风险；\n\n"
                "另一方面则是引起肝实质的改变，从而使影像学检测肝转移\n\n"
                "灶的能力下降，导致DLM发生的风险增高。",
            ],
        ),
        _passage(
            "crlm-surgery-2025/zh/2",
            "crlm-surgery-2025",
            ("2 手术切除",),
            [
                "对于转化治疗的时间及疗程目前无统一 标准,本团队的经验是每2个周期评效1次,对疗效显著且可 "
                "切除的病例积极手术,"
                "避免过度转化治疗导致病灶消失而无 法确切切除,同时也可避免化疗相关的肝损伤。",
            ],
        ),
        _passage(
            "crlm-surgery-2025/en/2",
            "crlm-surgery-2025",
            ("2 Surgical resection",),
            [
                "Our team believes that disappeared lesions may still be active and pose a potential risk of "
                "local recurrence.",
            ],
            language="en",
        ),
        _passage(
            "crlm-guideline-2023/appendix-3/1",
            "crlm-guideline-2023",
            ("附录3 临床危险评分（CRS）",),
            [
                "包括以下5项参数,每符合1项计1分(0~2分为CRS低评分,3~5分为CRS高评分):",
                "(1) 原发肿瘤淋巴结阳性; (2) 同时性肝转移或原发灶切除后无病生存时间<12个月; "
                "(3) 肝转移肿瘤数目>1; (4) 术前CEA>200 ng/mL; (5) 转移肿瘤最大直径>5 cm。",
            ],
        ),
        _passage(
            "crlm-guideline-2023/appendix-5/4",
            "crlm-guideline-2023",
            ("附录5 常用靶向药物", "4 呋喹替尼"),
            ["呋喹替尼用法:呋喹替尼5 mg口服,每日1次,第1~21天,每28天重复。"],
        ),
    )
}

REFERENCES = {
    22: "Jones OM, Rees M, John TG, et al. Biopsy of resectable colorectal liver metastases causes tumour "
    "dissemination and adversely affects survival after liver resection[J]. Br J Surg, 2005, "
    "92(9):1165–1168. doi: 10.1002/bjs.4888.",
    23: "Koshariya M, Jagad RB, Kawamoto J, et al. An update and our experience with metastatic liver "
    "disease[J]. Hepatogastroenterology, 2007, 54(80):2232–2239.",
}


def _full(info: DocumentInfo) -> Document:
    """A document with the fixed passages and references above."""
    passages = tuple(p for p in PASSAGES.values() if p.document_id == info.id)
    paths = dict.fromkeys(p.section[: i + 1] for p in passages for i in range(len(p.section)))
    sections = (Section(path=path, level=len(path), start=0, end=1, language="zh") for path in paths)
    listed = REFERENCES if info.id == "crlm-guideline-2023" else {}
    references = (
        Reference(
            number=number,
            text=entry,
            authors=entry.split(".")[0],
            title=entry.split(". ")[1],
            year=None,
            doi=entry.partition("doi: ")[2].rstrip(".") or None,
        )
        for number, entry in listed.items()
    )
    return Document(info=info, sections=tuple(sections), passages=passages, references=tuple(references))


FULL = {document_id: _full(info) for document_id, info in DOCUMENTS.items()}


def cite(
    marker: int,
    passage_id: str,
    sentence: int,
    language: Language,
    *,
    grade: tuple[str, str] | None = None,
    translation: str | None = None,
    references: tuple[int, ...] = (),
) -> Citation:
    """A citation of one sentence of a fixed passage."""
    passage = PASSAGES[passage_id]
    quoted = passage.sentences[sentence]
    info = DOCUMENTS[passage.document_id]
    return Citation(
        marker=marker,
        document_id=info.id,
        title=info.short_zh if language == "zh" else info.short_en,
        year=info.year,
        section=" › ".join(passage.section),
        passage_id=passage_id,
        quote=quoted.text,
        start=quoted.start,
        end=quoted.end,
        evidence_level=grade[0] if grade else None,
        recommendation=grade[1] if grade else None,
        translation=translation,
        references=[REFERENCES[number] for number in references],
    )


def retrieved(*passage_ids: str) -> list[RetrievedPassage]:
    return [
        RetrievedPassage(
            passage_id=passage_id,
            document_id=PASSAGES[passage_id].document_id,
            section=" › ".join(PASSAGES[passage_id].section),
            text=PASSAGES[passage_id].text,
            score=1.0 / (rank + 1),
        )
        for rank, passage_id in enumerate(passage_ids)
    ]
