"""``load_corpus()``: the five documents, read, linked and checked."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from corpus.errors import CorpusError
from corpus.linking import link_translations
from corpus.model import Document, DocumentInfo, Passage, Sentence
from corpus.questions import attach, load_asked
from corpus.reading.passages import PassageBuilder
from corpus.reading.references import read_references
from corpus.reading.rules import RULES
from corpus.reading.structure import read_layout
from corpus.translations import load_translations

SOURCES = Path(__file__).parent / "sources"


class Corpus:
    """Documents and their passages, looked up by id."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, documents in catalogue order, passages in reading order."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def _by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.info.id: document for document in self.documents}

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id; KeyError when there is none."""
        return self._by_id[passage_id]

    def document(self, document_id: str) -> Document:
        """The document of that id; KeyError when there is none."""
        return self._documents[document_id]

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in reading order."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of everything read: same texts, same reading, same translations, same value."""
        digest = hashlib.sha256()
        for document in self.documents:
            digest.update(document.model_dump_json().encode())
        return digest.hexdigest()[:16]


def catalogue(directory: Path = SOURCES) -> tuple[DocumentInfo, ...]:
    """What is known of each source; CorpusError when the catalogue is missing or invalid."""
    try:
        raw = (directory / "catalogue.json").read_text(encoding="utf-8")
        return tuple(TypeAdapter(list[DocumentInfo]).validate_json(raw))
    except (OSError, ValueError) as error:
        raise CorpusError(f"资料目录无法读取：{error}", f"The catalogue cannot be read: {error}") from error


def read_source(info: DocumentInfo, directory: Path = SOURCES) -> str:
    """The source text, checked against the catalogue's sha256."""
    try:
        raw = (directory / info.file).read_bytes()
    except OSError as error:
        raise CorpusError(f"缺少资料文件 {info.file}", f"Source file {info.file} is missing") from error
    if hashlib.sha256(raw).hexdigest() != info.sha256:
        raise CorpusError(
            f"资料文件 {info.file} 与登记的内容不一致",
            f"Source file {info.file} differs from its registered content",
        )
    return raw.decode("utf-8")


def read_document(info: DocumentInfo, directory: Path = SOURCES) -> Document:
    """One source read into sections, passages, sentences and references."""
    source = read_source(info, directory)
    rules = RULES[info.id]
    layout = read_layout(source, rules)
    passages = PassageBuilder(info.id, source, rules).build(layout)
    references = read_references(layout.reference_lines[0]) if layout.reference_lines else ()
    passages = link_translations(passages, load_translations(info.id))
    return Document(
        info=info, sections=tuple(layout.sections), passages=passages, references=references,
        questions=attach(info.id, load_asked(info.id), passages),
    )  # fmt: skip


@lru_cache(maxsize=1)
def load_corpus() -> Corpus:
    """The five documents of the project. Takes a second; the index keeps the result."""
    return Corpus(tuple(read_document(info) for info in catalogue()))


def fingerprint_of_inputs() -> str:
    """Hash of every file that decides what the corpus reads as, without reading the texts."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".json", ".jsonl", ".tsv", ".txt"} and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(root)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def as_json(corpus: Corpus) -> str:
    """The corpus as one JSON document, for the index to keep."""
    return json.dumps([json.loads(d.model_dump_json()) for d in corpus.documents], ensure_ascii=False)
