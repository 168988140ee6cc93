"""From chosen sentences to what the user reads. Every sentence is verbatim or a fixed frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Citation
from assistant.evidence import Pick
from corpus.model import Document, Language, PassageKind

SEPARATOR = " › "
_FRAMES: dict[str, dict[Language, str]] = {
    "original": {"zh": "原文", "en": "Original"},
    "unofficial": {"zh": "非官方译文", "en": "unofficial translation"},
    "understood": {"zh": "理解为：{0}", "en": "Understood as: {0}"},
    "grade": {"zh": "{0}类证据 · {1}级推荐", "en": "evidence {0} · recommendation {1}"},
    "views": {"zh": "来源不一致：", "en": "The sources differ:"},
    "situations": {
        "zh": "来源不同，所指情况也不同（见括号）：",
        "en": "The sources speak of different situations (in brackets):",
    },
    "details": {
        "zh": "来源方向一致，条件或细节不同：",
        "en": "The sources agree in direction and differ in conditions or details:",
    },
    "one_document": {"zh": "同一文献内说法不一：", "en": "One document says different things:"},
    "beside": {"zh": "同时：", "en": "Also:"},
    "unanswered": {"zh": "文献没有回答这一部分：“{0}”", "en": "The documents do not answer this part: “{0}”"},
    "ask_alone": {"zh": "这一部分请单独提问：“{0}”", "en": "Please ask this part by itself: “{0}”"},
    "note": {"zh": "注", "en": "Note"},
}


def frame(name: str, language: Language, *values: object) -> str:
    """A fixed phrase of the product in the reader's language."""
    return _FRAMES[name][language].format(*values)


class Citations:
    """Numbers sentences in the order they are used; the same sentence keeps its number."""

    def __init__(self, documents: Mapping[str, Document], language: Language) -> None:
        self.documents = documents
        self.language = language
        self.items: list[Citation] = []
        self._markers: dict[str, int] = {}

    def add(self, pick: Pick) -> int:
        """The marker of the pick's sentence."""
        sentence = pick.sentence
        if sentence.id not in self._markers:
            self._markers[sentence.id] = len(self.items) + 1
            self.items.append(self._citation(pick))
        return self._markers[sentence.id]

    def _citation(self, pick: Pick) -> Citation:
        document, passage, sentence = self.documents[pick.passage.document_id], pick.passage, pick.sentence
        references = {r.number: r.text for r in document.references}
        return Citation(
            marker=self._markers[sentence.id],
            document_id=passage.document_id,
            title=document.info.short_zh if self.language == "zh" else document.info.short_en,
            year=document.info.year,
            section=SEPARATOR.join(passage.section),
            passage_id=passage.id,
            quote=sentence.text,
            start=sentence.start,
            end=sentence.end,
            evidence_level="; ".join(dict.fromkeys(g.level for g in sentence.grades)) or None,
            recommendation="; ".join(dict.fromkeys(g.recommendation for g in sentence.grades)) or None,
            translation=sentence.translation if sentence.language != self.language else None,
            translation_official=sentence.translation_official,
            references=[f"[{n}] {references[n]}" for n in sentence.references if n in references],
        )


def grade_badges(pick: Pick, language: Language) -> str:
    """Grades of the sentence as inline code, each once."""
    badges = dict.fromkeys(frame("grade", language, g.level, g.recommendation) for g in pick.sentence.grades)
    return "".join(f" `{badge}`" for badge in badges)


def statement(pick: Pick, citations: Citations) -> str:
    """One sentence as shown: rendering first when the reader needs one, original beneath."""
    marker = citations.add(pick)
    language = citations.language
    shown = pick.passage.text if pick.passage.kind is PassageKind.TABLE_ROW else pick.sentence.text
    badges = grade_badges(pick, language)
    if pick.sentence.language == language or not pick.sentence.translation:
        return f"{_escape(shown)} [{marker}]{badges}"
    kind = "" if pick.sentence.translation_official else f" ({frame('unofficial', language)})"
    original = _escape(shown)
    return f"{_escape(pick.sentence.translation)} [{marker}]{badges}{kind}\n\n> 〔{frame('original', language)}〕{original}"


def _escape(text: str) -> str:
    """Verbatim text must not turn into Markdown or HTML."""
    return text.replace("<", "&lt;") if "</" in text or "<s" in text.lower() else text.replace("|", "\\|")


def body(picks: Sequence[Pick], citations: Citations) -> str:
    """The direct answer: sentences of one passage run on in the order of the page, others are paragraphs."""
    paragraphs: list[list[str]] = []
    previous: Pick | None = None
    for pick in picks:
        text = statement(pick, citations)
        goes_on = (
            previous is not None
            and previous.passage.id == pick.passage.id
            and previous.sentence.start < pick.sentence.start
        )
        if goes_on and "\n" not in text and "\n" not in paragraphs[-1][-1]:
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
        previous = pick
    lines = [(" " if citations.language == "en" else "").join(p) for p in paragraphs]
    if len(lines) > 1 and all("\n" not in line for line in lines):
        return "\n".join(f"- {line}" for line in lines)
    return "\n\n".join(lines)
