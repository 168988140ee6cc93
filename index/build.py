"""Building the index: idempotent, incremental where it costs (embeddings), atomic."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.corpus import as_json, fingerprint_of_inputs, load_corpus
from corpus.terminology import load_terminology
from index.contents import Contents, make_contents
from index.parts import ALL
from index.precedents import Precedents
from index.storage import IndexUnusable, Manifest, default_directory, read, read_manifest, write
from index.vectors import Known, Progress

if TYPE_CHECKING:
    from index.embedding import Embedder


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
    for name in (
        "tokens.py",
        "units.py",
        "lexical.py",
        "implied.py",
        "asked.py",
        "contents.py",
        "query.py",
        "precedents.py",
        "vectors.py",
    ):
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
    known = _known_vectors(directory, embedder)
    contents = make_contents(corpus.documents, embedder, known=known, progress=tell)
    precedents = Precedents.build(
        corpus.documents, contents.fields, load_terminology(), embedder, ALL, known, tell
    )
    files = {**contents.to_files(), **precedents.to_files()}
    files["corpus.json"] = as_json(corpus).encode()
    manifest = Manifest(
        corpus=fingerprint_of_inputs(), model=embedder.fingerprint, model_name=embedder.name,
        dimension=embedder.dimension, settings=settings_fingerprint(),
        passages=len(corpus.passages), units=contents.fields["zh"].size, files={},
    )  # fmt: skip
    tell("write", 0.95)
    manifest = write(directory, files, manifest)
    tell("done", 1.0)
    return BuildReport(directory, True, len(corpus.passages), manifest.units, contents.embedded, manifest)


def stale(manifest: Manifest, model_fingerprint: str) -> bool:
    """Whether texts, model or settings changed since the index was built."""
    return (
        manifest.corpus != fingerprint_of_inputs()
        or manifest.settings != settings_fingerprint()
        or manifest.model != model_fingerprint
    )


def _known_vectors(directory: Path, embedder: Embedder) -> Known:
    """Vectors of the index that is being replaced, when the same model made them."""
    try:
        manifest, files = read(directory)
        if manifest.model != embedder.fingerprint:
            return {}
        return {**Contents.from_files(files).known(), **Precedents.from_files(files).known()}
    except (IndexUnusable, KeyError):
        return {}


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
