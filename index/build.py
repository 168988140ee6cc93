"""Building the index: idempotent, incremental where it costs (embeddings), atomic."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.corpus import as_json, fingerprint_of_inputs, load_corpus
from corpus.model import Passage
from corpus.terminology import Terminology, load_terminology
from index import lexical
from index.dense import DenseIndex
from index.implied import implied_concepts
from index.lexical import BM25
from index.storage import IndexUnusable, Manifest, default_directory, pack, read, read_manifest, unpack, write
from index.tokens import tokenise
from index.units import LANGUAGES, Unit, context_of, text_of, units_of

if TYPE_CHECKING:
    from index.embedding import Embedder

Progress = Callable[[str, float], None]
FIELDS = ("zh", "en", "concept", "heading")
SATURATION = {
    "zh": (lexical.K1, lexical.B),
    "en": (lexical.K1, lexical.B),
    "concept": (0.0, 0.0),
    "heading": (0.5, 0.5),
}
"""k1 and b of each field. A concept counts once however often it is named: the field is idf coverage."""
BATCH = 256


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    directory: Path
    rebuilt: bool
    passages: int
    units: int
    embedded: int
    """Texts that had to be embedded; the others were taken over."""
    manifest: Manifest


def settings_fingerprint() -> str:
    """Hash of the code that decides what is stored."""
    digest = hashlib.sha256()
    for name in ("tokens.py", "units.py", "lexical.py", "implied.py", "build.py"):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]


def build(
    directory: Path | None = None,
    model: str | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> BuildReport:
    """Build the index, or find that it is up to date.

    ``model``: name or path of a sentence-transformers model; None means ``$CRLM_MODEL`` or the bundled one.
    """
    from index.embedding import load_embedder

    directory = directory or default_directory()
    tell = progress or (lambda message, share: None)
    tell("model", 0.0)
    embedder = load_embedder(model)
    if not force:
        try:
            manifest, _ = read(directory)
            if not stale(manifest, embedder.fingerprint):
                tell("done", 1.0)
                return BuildReport(directory, False, manifest.passages, manifest.units, 0, manifest)
        except IndexUnusable:
            pass
    tell("corpus", 0.05)
    corpus = load_corpus()
    units = units_of(corpus.passages)
    tell("lexical", 0.2)
    files = {
        f"lexical-{field}.npz": pack(b.arrays()) for field, b in _lexical(corpus.passages, units).items()
    }
    tell("dense", 0.4)
    vectors, hashes, embedded = _vectors(corpus.passages, units, embedder, directory, tell)
    files["dense.faiss"] = DenseIndex.build(vectors).to_bytes()
    files["texts.npz"] = pack({"hashes": hashes})
    files["corpus.json"] = as_json(corpus).encode()
    manifest = Manifest(
        corpus=fingerprint_of_inputs(), model=embedder.fingerprint, model_name=embedder.name,
        dimension=embedder.dimension, settings=settings_fingerprint(),
        passages=len(corpus.passages), units=len(units), files={},
    )  # fmt: skip
    tell("write", 0.95)
    manifest = write(directory, files, manifest)
    tell("done", 1.0)
    return BuildReport(directory, True, len(corpus.passages), len(units), embedded, manifest)


def stale(manifest: Manifest, model_fingerprint: str) -> bool:
    """Whether texts, model or settings changed since the index was built."""
    return (
        manifest.corpus != fingerprint_of_inputs()
        or manifest.settings != settings_fingerprint()
        or manifest.model != model_fingerprint
    )


def _lexical(passages: Sequence[Passage], units: Sequence[Unit]) -> dict[str, BM25]:
    terminology = load_terminology()
    fields: dict[str, list[list[str]]] = {field: [] for field in FIELDS}
    for unit in units:
        concepts: set[str] = set()
        for language in LANGUAGES:
            text = text_of(passages, unit, language)
            context = context_of(passages, unit, language)
            fields[language].append(tokenise(f"{context} {text}") if text else [])
            concepts.update(match.concept.id for match in terminology.find_nested(f"{context}\n{text}"))
            concepts |= implied_concepts(text)
        fields["concept"].append(sorted(concepts))
        fields["heading"].append(
            _heading(passages[unit.passage], terminology) if unit.sentence is None else []
        )
    return {field: BM25.build(documents, *SATURATION[field]) for field, documents in fields.items()}


def _heading(passage: Passage, terminology: Terminology) -> list[str]:
    """Tokens and concepts of the heading path; the innermost heading counts twice."""
    path = [*passage.section, passage.section[-1]]
    return [token for title in path for token in heading_tokens(title, terminology)]


def heading_tokens(text: str, terminology: Terminology) -> list[str]:
    """What a heading and a question are compared by: concepts, then the words no concept covers."""
    matches = terminology.find(text)
    rest = list(text)
    for match in matches:
        rest[match.start : match.end] = " " * (match.end - match.start)
    return [match.concept.id for match in matches] + tokenise("".join(rest))


def _vectors(
    passages: Sequence[Passage], units: Sequence[Unit], embedder: Embedder, directory: Path, tell: Progress
) -> tuple[NDArray[np.float32], NDArray[np.generic], int]:
    """Rows: every unit in Chinese, then every unit in English; a missing rendering is a zero row."""
    texts = [text_of(passages, unit, language) for language in LANGUAGES for unit in units]
    hashes = np.array([hashlib.sha256(t.encode()).hexdigest()[:24] for t in texts], dtype="S24")
    known = _known_vectors(directory, embedder)
    rows = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    todo = []
    for i, (text, key) in enumerate(zip(texts, hashes.tolist(), strict=True)):
        if key in known:
            rows[i] = known[key]
        elif text:
            todo.append(i)
    for a in range(0, len(todo), BATCH):
        part = todo[a : a + BATCH]
        rows[part] = embedder.encode([texts[i] for i in part])
        tell("dense", 0.4 + 0.5 * (a + len(part)) / len(todo))
    return rows, hashes, len(todo)


def _known_vectors(directory: Path, embedder: Embedder) -> dict[bytes, NDArray[np.float32]]:
    """Vectors of the index that is being replaced, when the same model made them."""
    try:
        manifest, files = read(directory)
    except IndexUnusable:
        return {}
    if manifest.model != embedder.fingerprint:
        return {}
    hashes = unpack(files["texts.npz"])["hashes"].tolist()
    return dict(zip(hashes, DenseIndex.from_bytes(files["dense.faiss"]).vectors(), strict=True))


def info(directory: Path | None = None) -> dict[str, object]:
    """What the index holds; IndexUnusable when there is none."""
    directory = directory or default_directory()
    manifest = read_manifest(directory)
    size = sum(path.stat().st_size for path in directory.iterdir())
    return {
        "directory": str(directory), "passages": manifest.passages, "units": manifest.units,
        "model": manifest.model_name, "dimension": manifest.dimension, "corpus": manifest.corpus,
        "model_fingerprint": manifest.model, "fingerprint": manifest.fingerprint, "bytes": size,
    }  # fmt: skip


def verify(directory: Path | None = None, model: str | None = None) -> list[tuple[str, str]]:
    """Problems found, as (Chinese, English); empty when the index is whole and up to date."""
    from index.embedding import load_embedder

    directory = directory or default_directory()
    try:
        manifest, _ = read(directory)
    except IndexUnusable as problem:
        return [(problem.zh, problem.en)]
    if stale(manifest, load_embedder(model).fingerprint):
        return [
            (
                "文献、模型或设置在建索引之后有变化",
                "Texts, model or settings changed after the index was built",
            )
        ]
    return []
