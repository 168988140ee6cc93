"""Questions each sentence answers, written by hand for the index (doc2query; Nogueira et al. 2019).

One JSONL per document: ``{"quote": a piece of the sentence, "zh": [...], "en": [...]}``. A document
without a file has no questions, and everything works without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.model import Frozen, Passage, Question
from corpus.registers import Anchor, find_anchor

DIRECTORY = Path(__file__).parent


class Asked(Frozen):
    """The questions of one sentence."""

    quote: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


def load_answered(directory: Path = DIRECTORY) -> tuple[str, ...]:
    """Questions that the five documents answer, written by hand, of no particular sentence."""
    return _lines(directory / "answered.txt")


def load_unanswered(directory: Path = DIRECTORY) -> tuple[str, ...]:
    """Questions near the subject that the five documents do not answer, written by hand.

    A new question that is nearer to one of these than to any that is answered is probably not answered either.
    """
    return _lines(directory / "unanswered.txt")


def _lines(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def load_asked(document_id: str, directory: Path = DIRECTORY) -> tuple[Asked, ...]:
    """The lines of a document's file, none if there is no file; CorpusError names a broken line."""
    path = directory / f"{document_id}.jsonl"
    if not path.exists():
        return ()
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entries.append(Asked.model_validate_json(line))
        except ValidationError as error:
            raise CorpusError(
                f"{path.name} 第{number}行无效", f"{path.name} line {number} is invalid"
            ) from error
    return tuple(entries)


def attach(document_id: str, entries: Iterable[Asked], passages: Iterable[Passage]) -> tuple[Question, ...]:
    """Questions with the sentences they belong to; a quote no sentence holds is a CorpusError."""
    passages = tuple(passages)
    questions: dict[tuple[str, str], Question] = {}
    for entry in entries:
        found = find_anchor(Anchor(document_id=document_id, quote=entry.quote), passages)
        if not found:
            raise CorpusError(
                f"{document_id}：没有句子含有“{entry.quote}”",
                f"{document_id}: no sentence has “{entry.quote}”",
            )
        for passage, sentence in found:
            for language, texts in (("zh", entry.zh), ("en", entry.en)):
                for text in texts:
                    questions[text, sentence.id] = Question.model_validate(
                        {
                            "text": text,
                            "language": language,
                            "passage_id": passage.id,
                            "sentence_id": sentence.id,
                        }
                    )
    return tuple(questions.values())
