"""What differs from document to document: zones, headings, wrapping. One entry per source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Zone = Literal["skip", "text", "references"]


@dataclass(frozen=True)
class ZoneRule:
    """From a line that matches, the file is in ``zone``; ``heading`` opens a section there."""

    pattern: re.Pattern[str]
    zone: Zone
    heading: str | None = None
    keep_line: bool = False
    """Whether the matching line itself holds text (``摘要:随着…``); the label is cut off."""
    once: bool = False
    """Only the first match counts: the English abstract of 001 is printed twice."""


@dataclass(frozen=True)
class HeadingRule:
    """A line that matches is a heading. With ``run_in``, group ``title`` is followed by prose."""

    pattern: re.Pattern[str]
    level: int
    run_in: bool = False
    within: str | None = None
    """Only inside a section whose outermost heading starts so."""
    top: bool = False
    """Outermost heading that does not stand inside anything."""


@dataclass(frozen=True)
class DocumentRules:
    """How one source file is laid out."""

    zones: tuple[ZoneRule, ...]
    headings: tuple[HeadingRule, ...]
    wrapped: bool = False
    """Every printed line is a line of the file; a short line with a full stop ends a paragraph."""
    drop: tuple[re.Pattern[str], ...] = ()
    """Lines that are no text at all."""
    no_fill_down: tuple[re.Pattern[str], ...] = ()
    """Table rows whose empty first cell is a misprint and must not inherit the row above."""
    line_per_paragraph: tuple[str, ...] = field(default=())
    """Sections (start of the outermost heading) where each line is a statement of its own."""


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_DROP = (
    _p(r"^(?:\*\*)?(?:收稿日期|修订日期|通信作者|基金项目|作者简介|出版日期|QR code|中图分类号|CLC number)"),
    _p(r"^(?:DOI:|doi:|Fund program|利益冲突|Conflict of interest)"),
    _p(r"^\s*\d{1,4}\s*$"),
)

RULES: dict[str, DocumentRules] = {
    "crlm-guideline-2023": DocumentRules(
        zones=(
            ZoneRule(_p(r"^摘要$"), "text", "摘要"),
            ZoneRule(_p(r"^关键词$"), "skip"),
            ZoneRule(_p(r"^Abstract$"), "text", "Abstract"),
            ZoneRule(_p(r"^Key words$"), "skip"),
            ZoneRule(_p(r"^第一部分 诊疗指南$"), "text", "第一部分 诊疗指南"),
            ZoneRule(_p(r"^第二部分 诊疗流程$"), "text", "第二部分 诊疗流程"),
            ZoneRule(_p(r"^第三部分 附录$"), "text", "第三部分 附录"),
            ZoneRule(_p(r"^修订专家名单"), "text", "修订专家名单"),
            ZoneRule(_p(r"^编写组成员:"), "skip"),
            ZoneRule(_p(r"^执笔人:"), "text", "修订专家名单", keep_line=True),
            ZoneRule(_p(r"^参考文献$"), "references"),
            ZoneRule(_p(r"^\(本文编辑"), "skip"),
        ),
        headings=(
            HeadingRule(_p(r"^附录 ?\d+ ?\S.*$"), 1, top=True),
            HeadingRule(_p(r"^\d \S[^。]{2,40}$"), 1, within="第一部分", top=True),
            HeadingRule(_p(r"^\d \S[^。]{2,40}$"), 1, within="[1-6] ", top=True),
            HeadingRule(_p(r"^\d\.\d [^。]{2,60}$"), 2),
            HeadingRule(_p(r"^(?P<title>\d\.\d\.\d .+?[\u4e00-\u9fff]) (?!\([A-Z])(?=[\u4e00-\u9fff(*\[（])"),
                        3, run_in=True),
            HeadingRule(_p(r"^\d\.\d\.\d [^。]{2,60}$"), 3),
            HeadingRule(_p(r"^(?P<title>[^，。；0-9:：]{8,30}的新辅助治疗)[：:](?=.)"), 3, run_in=True, within="5 "),
            HeadingRule(_p(r"^[^，,。；0-9:：]{6,30}[：:]$"), 3),
            HeadingRule(_p(r"^\d \S[^。]{1,30}$"), 2, within="附录"),
            HeadingRule(_p(r"^(?:原发肿瘤|区域淋巴结|远处转移|组织学分级)\([A-Z]\)$|^分期分组$|^美国癌症联合委员会.*$"),
                        2, within="附录"),
        ),
        drop=(*_DROP, _p(r"^《中国结直肠癌肝转移诊断和综合治疗指南\(2023版\)》$")),
        no_fill_down=(_p(r"^\tT ₃ ~T _\{4a\}\tN ₁ /N _\{1c\}"),),
        line_per_paragraph=("附录6",),
    ),
    "crlm-surgery-2025": DocumentRules(
        zones=(
            ZoneRule(_p(r"^Abstract: "), "text", "Abstract", keep_line=True, once=True),
            ZoneRule(_p(r"^Keywords:"), "skip"),
            ZoneRule(_p(r"^Colorectal cancer is a type of"), "text", "Introduction", keep_line=True),
            ZoneRule(_p(r"^Reference$"), "references"),
            ZoneRule(_p(r"^Submission Received"), "skip"),
            ZoneRule(_p(r"^摘要:"), "text", "摘要", keep_line=True),
            ZoneRule(_p(r"^关键词:"), "skip"),
            ZoneRule(_p(r"^结直肠癌是常见的消化道肿瘤"), "text", "引言", keep_line=True),
            ZoneRule(_p(r"^参考文献$"), "references"),
        ),
        headings=(
            HeadingRule(_p(r"^\d [A-Z][^.]{3,80}$"), 1),
            HeadingRule(_p(r"^\d [\u4e00-\u9fff][^。，]{1,60}$"), 1),
        ),
        drop=_DROP,
    ),
    "crlm-treatment-review": DocumentRules(
        zones=(ZoneRule(_p(r"^\s*结直肠癌是全球"), "text", "引言", keep_line=True),),
        headings=(
            HeadingRule(_p(r"^\s*[一二三四五六七八九]、[^。，]{2,30}$"), 1),
            HeadingRule(_p(r"^\s*结语$"), 1),
            HeadingRule(_p(r"^\s*（[一二三四五六]）[^。，]{2,30}$"), 2),
        ),
        wrapped=True,
        drop=_DROP,
    ),
    "dlm-review": DocumentRules(
        zones=(
            ZoneRule(_p(r"^\s*【摘要】"), "text", "摘要", keep_line=True),
            ZoneRule(_p(r"^\s*【Abstract】"), "text", "Abstract", keep_line=True),
            ZoneRule(_p(r"^\s*部分结直肠癌肝转移患者在"), "text", "引言", keep_line=True),
        ),
        headings=(
            HeadingRule(_p(r"^\s*[一二三四五六七八九]、[^。，]{2,30}$"), 1),
            HeadingRule(_p(r"^\s*（[一二三四五六]）[^。，]{2,30}$"), 2),
            HeadingRule(_p(r"^\s*(?P<title>\d\. ?[^。，：（]{2,30}(?:（[^）]*）)?)：(?=.)"), 3, run_in=True),
        ),
        wrapped=True,
        drop=_DROP,
    ),
    "hcc-iiib-2025": DocumentRules(
        zones=(
            ZoneRule(_p(r"^### 摘要"), "text", "摘要"),
            ZoneRule(_p(r"^### 关键词"), "skip"),
            ZoneRule(_p(r"^### Abstract"), "text", "Abstract"),
            ZoneRule(_p(r"^#### Key words"), "skip"),
            ZoneRule(_p(r"^肝细胞癌（HCC）是全球"), "text", "引言", keep_line=True),
            ZoneRule(_p(r"^作者贡献声明"), "skip"),
            ZoneRule(_p(r"^## 参考文献"), "references"),
            ZoneRule(_p(r"^\( 本文编辑"), "skip"),
        ),
        headings=(
            HeadingRule(_p(r"^(?:## )?\d [\u4e00-\u9fff][^。，]{1,30}$"), 1),
            HeadingRule(_p(r"^(?:### )?\d\.\d [^。，]{2,30}$"), 2),
        ),
        drop=_DROP,
    ),
}  # fmt: skip
