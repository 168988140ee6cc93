"""From sentences of the corpus to the sources of items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.model import Document, Language, Passage, PassageKind, Sentence
from ui.study.model import Source


def source_of(passage: Passage, sentence: Sentence) -> Source:
    """The sentence as a source."""
    return Source(
        document_id=passage.document_id,
        passage_id=passage.id,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        language=sentence.language,
        section=passage.section,
        rendering=sentence.translation or "",
        official=sentence.translation_official,
    )


def read_in(sentence: Sentence, language: Language) -> tuple[str, bool] | None:
    """The sentence as a reader of ``language`` sees it, and whether that is an unofficial rendering."""
    if sentence.language == language:
        return sentence.text, False
    if sentence.translation:
        return sentence.translation, not sentence.translation_official
    return None


def before(passage: Passage, sentence: Sentence, language: Language) -> str:
    """The sentence before this one in its passage, else what introduces the passage."""
    previous = passage.lead_in if passage.language == language else ""
    for other in passage.sentences:
        if other.id == sentence.id:
            return previous
        shown = read_in(other, language)
        previous = shown[0] if shown else ""
    return ""


def prose(documents: Iterable[Document]) -> Iterator[tuple[Passage, Sentence]]:
    """Every sentence that is neither table nor caption."""
    for document in documents:
        for passage in document.passages:
            if passage.kind is PassageKind.PROSE:
                for sentence in passage.sentences:
                    yield passage, sentence
