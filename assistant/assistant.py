"""``Assistant.ask``: understand, retrieve, choose, compose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import VERSION, calculators, numeric
from assistant.abstention import nothing_found
from assistant.answer import LIMIT, Answer, Calculation, Conversation, RetrievedPassage, Status, Trace, Turn
from assistant.calculation import with_citations
from assistant.calculation_text import render, shift_markers
from assistant.commands import Command, command_of, further, whole_passages, without_commands
from assistant.compose import SEPARATOR, Citations, body, frame
from assistant.evidence import Pick, same, without_weakest
from assistant.finding import Finder, Found
from assistant.foreign import other_cancer
from assistant.numeric_request import NumericRequest
from assistant.patient import PatientFact, edits_of, known_facts
from assistant.printed import all_printed_in
from assistant.registers import Registers, Shown, Touched
from assistant.smalltalk import SmallTalk, reply, small_talk
from assistant.subquestions import asking_clauses
from assistant.suggestions import Suggester
from corpus.model import Document, DocumentInfo, Language, Passage, PassageKind
from index.query import language_told
from index.retriever import Retriever

MAX_QUESTION = 2000
"""Longer questions are refused: no clinical question needs more, and it would only drown the search."""
SHOWN_PASSAGES = 8
BESIDE_SIDES = 2
"""Sentences that also answer, shown after the two sides of a disagreement."""
ROOM: dict[Language, int] = {"zh": 560, "en": 1440}
"""Characters of an answer with calculations, what else was asked included."""


class Assistant:
    """Answers questions from the indexed documents and nothing else. Safe to share between threads."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.documents = {d.info.id: d for d in retriever.documents}
        self.finder = Finder(retriever)
        self.registers = Registers(retriever)
        self.suggester = Suggester(retriever)
        self._passages = {p.id: p for p in retriever.passages}

    @classmethod
    def open(
        cls,
        progress: Callable[[str, float], None] | None = None,
        directory: Path | None = None,
        model: str | None = None,
    ) -> Assistant:
        """Load the index (built when missing or unusable; ``notices`` says so) and answer from it."""
        return cls(Retriever.open(directory, model, progress))

    @property
    def notices(self) -> list[tuple[str, str]]:
        """What happened to the index on opening, (Chinese, English)."""
        return self.retriever.notices

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id; KeyError when there is none."""
        return self._passages[passage_id]

    def document(self, document_id: str) -> DocumentInfo:
        """Catalogue entry of a document; KeyError when there is none."""
        return self.documents[document_id].info

    def full_document(self, document_id: str) -> Document:
        """A document with everything read from it; KeyError when there is none."""
        return self.documents[document_id]

    def full_documents(self) -> tuple[Document, ...]:
        """Every document, in the order of the catalogue."""
        return tuple(self.documents.values())

    def search(self, query: str, k: int = 10) -> list[RetrievedPassage]:
        """The ``k`` best passages."""
        return [_retrieved(passage, score) for passage, score in self.finder.find(query).ranking[:k]]

    def calculate(self, name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation:
        """One calculation with the sentences its rule comes from."""
        calculation = calculators.run(name, inputs, language)
        return with_citations(calculation, Citations(self.documents, language), self.retriever.passages)

    def patient(self, conversation: Conversation) -> list[PatientFact]:
        """The facts about the patient that the user's turns give."""
        return known_facts([t for t in conversation.turns if t.role == "user"])

    def ask(self, conversation: Conversation) -> Answer:
        """The answer to the last user turn."""
        last = next((t.text for t in reversed(conversation.turns) if t.role == "user"), "")
        language = _language(conversation)
        if problem := _unusable(last, language):
            return self._plain("rejected", language, problem)
        if kind := small_talk(last):
            return self._small_talk(kind, language)
        told = [
            t for t in conversation.turns
            if t.role == "user" and t.text.strip() and (t.facts or not small_talk(t.text))
        ]  # fmt: skip
        asked = without_commands(told)
        command = command_of(last)
        if command and len(asked) == len(told):
            return self._plain("needs_input", language, _ASK_FIRST[language])
        if command in ("zh", "en"):
            language = command
        turns = [t.text.strip() for t in asked]
        requests = self._of_this_disease(numeric.recognise(turns, edits_of(asked)), turns[-1])
        found = self.finder.understand(turns, language)
        if command in ("more", "source") and not requests and found.verdict.answer:
            return self._again(found, command, told, language)
        if requests:
            return self._numeric(requests, found, turns[-1], language)
        return self._textual(found, found.text if command or found.text != turns[-1] else None, language)

    def _of_this_disease(self, requests: list[NumericRequest], asked: str) -> list[NumericRequest]:
        """Without the documents' own rules when another cancer is asked about; published formulas hold for any."""
        if not requests or not other_cancer(asked, self.retriever.terminology):
            return requests
        return [r for r in requests if calculators.get(r.calculator).publication]

    def _again(self, found: Found, command: Command, told: Sequence[Turn], language: Language) -> Answer:
        """More of the answer before, or the whole passages it stands in."""
        times = sum(command_of(turn.text) == "more" for turn in told[-MOST_AGAIN:])
        picks = whole_passages(found) if command == "source" else further(found, times, language)
        if not picks:
            return self._plain("not_found", language, _NO_MORE[language])
        return self._textual(
            replace(found, picks=tuple(picks), unanswered=()), found.text, language, plain=True
        )

    def _textual(
        self, found: Found, understood: str | None, language: Language, plain: bool = False
    ) -> Answer:
        """``plain``: the picks as they are, without looking for what sources say differently."""
        touched = None if plain else self.registers.touched(found.text, list(found.picks))
        if not (found.verdict.answer or (touched and found.verdict.nearly)):
            return self._nothing(language, found)
        picks = all_printed_in(found.picks, language, self.retriever) if found.verdict.answer else []
        answer = self._told(found, picks, touched, understood, language)
        while len(answer.text) > LIMIT[language] and len(picks) > 1:
            picks = without_weakest(picks)
            answer = self._told(found, picks, touched, understood, language)
        return answer

    def _told(
        self,
        found: Found,
        picks: list[Pick],
        touched: Touched | None,
        understood: str | None,
        language: Language,
    ) -> Answer:
        """The answer with these sentences, and with the disagreement that the question touches."""
        citations = Citations(self.documents, language)
        disagreements = []
        if touched:
            shown = self.registers.show(*touched, picks, citations)
            disagreements.append(shown.disagreement)
            main = shown.text
            if rest := self._also(picks, shown, language):
                main += f"\n\n{frame('beside', language)}\n\n{body(rest, citations)}"
            picks = [*shown.sides, *rest]
        else:
            main = body(picks, citations)
        notes = self.registers.notes(picks, language)
        notes += self._document_notes(picks, language)
        notes += [frame("unanswered", language, part) for part in found.unanswered]
        head = f"{frame('understood', language, understood)}\n\n" if understood else ""
        foot = "".join(f"\n\n{frame('note', language)}{'：' if language == 'zh' else ': '}{n}" for n in notes)
        return Answer(
            status="answered", language=language, text=f"{head}{main}{foot}", citations=citations.items,
            passages=self._passages_of(found), disagreements=disagreements, notes=notes,
            suggestions=self._suggestions(found, language), confidence=round(found.verdict.certainty, 4),
            understood=understood, trace=self._trace(),
        )  # fmt: skip

    def _also(self, picks: Sequence[Pick], shown: Shown, language: Language) -> list[Pick]:
        """What also answers and is no side of a disagreement, as far as it fits."""
        rest: list[Pick] = []
        room = ROOM[language] - len(shown.text) - sum(map(len, self._document_notes(shown.sides, language)))
        for pick in picks:
            cost = self.finder.chooser.cost(language, pick)
            if pick.passage.kind is PassageKind.CAPTION:
                continue
            if cost <= room and len(rest) < BESIDE_SIDES and not any(same(pick, s) for s in shown.sides):
                rest.append(pick)
                room -= cost
        return rest

    def _document_notes(self, picks: Sequence[Pick], language: Language) -> list[str]:
        infos = {p.passage.document_id: self.documents[p.passage.document_id].info for p in picks}
        notes = [info.note_zh if language == "zh" else info.note_en for info in infos.values()]
        return [note for note in notes if note]

    def _numeric(
        self, requests: list[NumericRequest], found: Found, asked: str, language: Language
    ) -> Answer:
        citations = Citations(self.documents, language)
        calculations, parts = [], []
        for request in requests:
            calculation = numeric.calculate(request, language)
            offset = len(citations.items)
            calculation = with_citations(calculation, citations, self.retriever.passages)
            calculations.append(calculation)
            parts.append(shift_markers(render(calculation, language), offset))
        room = ROOM[language] - sum(map(len, parts))
        told, notes = self._beside(asked, citations, language, room)
        status: Status = "answered"
        if any(c.status == "rejected" for c in calculations):
            status = "rejected"
        elif any(c.status in ("incomplete", "ambiguous") for c in calculations):
            status = "needs_input"
        return Answer(
            status=status, language=language, text="\n\n".join([*parts, *told]), notes=notes, citations=citations.items,
            passages=self._passages_of(found), calculation=calculations[0], further_calculations=calculations[1:],
            suggestions=self._suggestions(found, language), trace=self._trace(),
        )  # fmt: skip

    def _beside(
        self, asked: str, citations: Citations, language: Language, room: int
    ) -> tuple[list[str], list[str]]:
        """What else a numeric question asks: the texts' answer to each such clause, and notes on the others.

        ``room``: characters left; what does not fit is named as not answered here.
        """
        told, notes = [], []
        for clause, whole in asking_clauses(asked, self.retriever.terminology):
            if numeric.recognise([asked, clause]):
                continue
            found = self.finder.find(whole, language)
            if not found.verdict.answer:
                notes.append(frame("unanswered", language, clause))
                continue
            first = all_printed_in(found.picks[:1], language, self.retriever)
            quoted = sum(self.finder.chooser.cost(language, pick) for pick in first)
            if quoted + len(clause) > room:
                notes.append(frame("ask_alone", language, clause))
                continue
            room -= quoted + len(clause)
            head = f"**{clause.strip(' ?？')}**{'：' if language == 'zh' else ': '}"
            told.append(head + body(first, citations))
        foot = [f"{frame('note', language)}{'：' if language == 'zh' else ': '}{note}" for note in notes]
        return [*told, *foot], notes

    def _nothing(self, language: Language, found: Found) -> Answer:
        verdict = found.verdict
        if verdict.rejected:
            return self._plain("rejected", language, _REFUSAL[language])
        citations = Citations(self.documents, language)
        text = nothing_found(language, verdict.missing, verdict.unsaid)
        near = all_printed_in(found.picks[:1], language, self.retriever)
        if near:
            text += f"\n\n{_NEAR[language]}\n\n{body(near, citations)}"
        return Answer(
            status="not_found", language=language, text=text, citations=citations.items,
            passages=self._passages_of(found), suggestions=self._suggestions(found, language),
            confidence=round(verdict.certainty, 4), trace=self._trace(),
        )  # fmt: skip

    def _small_talk(self, kind: SmallTalk, language: Language) -> Answer:
        """A greeting is answered with what can be asked; another language is declined."""
        offered = self.suggester.opening(language)
        status: Status = "rejected" if kind == "language" else "needs_input"
        return self._plain(status, language, reply(kind, language), offered)

    def _plain(
        self, status: Status, language: Language, text: str, suggestions: Sequence[str] = ()
    ) -> Answer:
        return Answer(
            status=status, language=language, text=text, suggestions=list(suggestions), trace=self._trace()
        )  # fmt: skip

    def _passages_of(self, found: Found) -> list[RetrievedPassage]:
        return [_retrieved(passage, score) for passage, score in found.ranking[:SHOWN_PASSAGES]]

    def _suggestions(self, found: Found, language: Language) -> list[str]:
        shown = [pick.sentence.id for pick in found.picks]
        return self.suggester.suggest(found.text, shown, [passage for passage, _ in found.ranking], language)

    def _trace(self) -> Trace:
        manifest = self.retriever.manifest
        return Trace(
            corpus=manifest.corpus, index=manifest.fingerprint, model=manifest.model[:16], version=VERSION
        )


_REFUSAL: dict[Language, str] = {
    "zh": "我只回答这五份文献里关于结直肠癌肝转移的问题，不能执行其他指令。",
    "en": "I only answer questions from these five documents on colorectal liver metastases and follow no other instructions.",
}
_NO_MORE: dict[Language, str] = {
    "zh": "这五份文献里关于这个问题没有更多内容了。",
    "en": "The five documents hold nothing more on this question.",
}
_ASK_FIRST: dict[Language, str] = {
    "zh": "请先提一个问题，再要求详细内容、来源原文或换一种语言。",
    "en": "Please ask a question first; then ask for more of it, its source, or the other language.",
}
MOST_AGAIN = 20
"""Turns looked back over for how often more was asked for."""
_NEAR: dict[Language, str] = {"zh": "最接近的内容：", "en": "The nearest passage:"}


def _language(conversation: Conversation) -> Language:
    """The one set, or that of the latest turn that is written in one."""
    if conversation.language != "auto":
        return conversation.language
    told = (language_told(turn.text) for turn in reversed(conversation.turns) if turn.role == "user")
    return next((language for language in told if language), "en")


def _unusable(text: str, language: Language) -> str | None:
    """Why a text is no question, in the reader's language."""
    if not any(c.isalnum() for c in text):
        return "请输入一个问题。" if language == "zh" else "Please type a question."
    if len(text) > MAX_QUESTION:
        if language == "zh":
            return f"问题太长（{len(text)}个字符，最多{MAX_QUESTION}个），请缩短后再问。"
        return (
            f"The question is too long ({len(text)} characters, at most {MAX_QUESTION}); please shorten it."
        )
    if sum(not c.isprintable() and c not in "\n\t\r" for c in text) > 0.05 * len(text) or "\x00" in text:
        return "输入不是可读的文字。" if language == "zh" else "The input is not readable text."
    return None


def _retrieved(passage: Passage, score: float) -> RetrievedPassage:
    return RetrievedPassage(
        passage_id=passage.id, document_id=passage.document_id, section=SEPARATOR.join(passage.section),
        text=passage.text, score=round(score, 4),
    )  # fmt: skip
