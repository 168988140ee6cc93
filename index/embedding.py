"""Turning texts into vectors.

The bundled model is static: a text's vector is the mean of its pieces' vectors. It is read here with
``tokenizers`` and numpy alone, so neither torch nor sentence-transformers is imported, and the table stays
on disk in half precision: only the rows of the pieces at hand are read. The same folder is a
sentence-transformers model. Any other model goes through sentence-transformers, from this machine only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CrlmError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

BUNDLED = Path(__file__).parent / "models" / "crlm-bilingual-static"
STATIC_TABLE = "embedding.weight"
_KINDS: dict[str, np.dtype[Any]] = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
_CHUNK = 1024


class EmbeddingModelError(CrlmError):
    """The embedding model cannot be found or read."""


@runtime_checkable
class Embedder(Protocol):
    """Anything that turns texts into vectors of length one (or zero for a text without content)."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """A hash of the model's files: equal fingerprints give equal vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, float32, each of length one; a text nothing is known of gives zeros."""
        ...


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32, copy=False)
    return result


def _hash_of(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0")
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _open_table(file: Path) -> NDArray[Any]:
    """The table of a safetensors file, mapped, not read."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 2 <= length <= file.stat().st_size - 8:
            raise ValueError("not a safetensors file")
        header = json.loads(stream.read(length))
    entry = header[STATIC_TABLE]
    rows, columns = entry["shape"]
    begin, end = entry["data_offsets"]
    kind = _KINDS[entry["dtype"]]
    if end - begin != rows * columns * kind.itemsize or 8 + length + end > file.stat().st_size:
        raise ValueError("the table is incomplete")
    table: NDArray[Any] = np.memmap(file, kind, "r", offset=8 + length + begin, shape=(rows, columns))
    return table


class StaticEmbedder:
    """A sentence-transformers folder whose only module is a ``StaticEmbedding``, without torch."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.folder = folder
        self.name = folder.name
        weights = folder / module if (module := _static_module(folder)) else folder
        self._files = (weights / "model.safetensors", weights / "tokenizer.json")
        try:
            self._table = _open_table(self._files[0])
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(self._files[1]))
        except Exception as error:  # tokenizers raises plain Exception
            raise EmbeddingModelError(
                f"向量模型文件缺失或损坏：{folder}（{error}）",
                f"The embedding model in {folder} is incomplete or damaged ({error}).",
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimension = int(self._table.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        return _hash_of(self._files)

    def pieces(self, text: str) -> list[str]:
        """The words and pieces of words that a text is cut into, as written."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return [text[start:end] for start, end in found.offsets]

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for begin in range(0, len(texts), _CHUNK):
            chunk = list(texts[begin : begin + _CHUNK])
            if len(chunk) == 1:
                encodings = [self._tokenizer.encode(chunk[0], add_special_tokens=False)]
            else:
                encodings = self._tokenizer.encode_batch_fast(chunk, add_special_tokens=False)
            for row, encoding in enumerate(encodings, begin):
                ids = encoding.ids
                if ids:
                    vectors[row] = self._table[ids].astype(np.float32).sum(axis=0) / np.float32(len(ids))
        return _normalised(vectors)


class SentenceTransformerEmbedder:
    """Any other model, through sentence-transformers (imported only here, several seconds)."""

    def __init__(self, name_or_path: str) -> None:
        import logging

        self.name = name_or_path
        try:
            logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name_or_path, local_files_only=True, device="cpu")
            self.dimension = int(self._model.get_embedding_dimension() or 0)
        except Exception as error:  # a dozen kinds: no such repository, damaged file, wrong format
            raise EmbeddingModelError(
                f"在这台机器上找不到或无法读取向量模型“{name_or_path}”。程序离线运行，不会下载模型："
                "请先下载到本机文件夹，再给出该文件夹的路径；不指定模型则使用自带模型。",
                f"The embedding model “{name_or_path}” is not on this machine or cannot be read. This "
                "program works offline and downloads nothing: put the model in a local folder and give its "
                "path, or name no model to use the bundled one.",
            ) from error

    @cached_property
    def fingerprint(self) -> str:
        path = Path(self.name)
        if path.is_dir():
            kinds = {".json", ".safetensors", ".bin", ".txt", ".model"}
            return _hash_of(sorted(f for f in path.rglob("*") if f.suffix in kinds))
        digest = hashlib.sha256(self.name.encode())
        for key, value in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(value.detach().cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return _normalised(np.asarray(found, dtype=np.float32))


def _static_module(folder: Path) -> str | None:
    """The subfolder of a folder's only module if that is a ``StaticEmbedding`` (``""``: the folder)."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        if kinds[:1] == ["StaticEmbedding"] and set(kinds[1:]) <= {"Normalize"}:
            weights = folder / str(modules[0]["path"]) / "model.safetensors"
            with weights.open("rb") as stream:
                header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
            if header.get(STATIC_TABLE, {}).get("dtype") in _KINDS:
                return str(modules[0]["path"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, MemoryError, OverflowError):
        return None
    return None


@lru_cache(maxsize=1)
def bundled() -> StaticEmbedder:
    """The bundled model, read once."""
    return StaticEmbedder(BUNDLED)


def load_embedder(name_or_path: str | None = None) -> Embedder:
    """The bundled model, or another one by folder or name. Raises :class:`EmbeddingModelError`."""
    if name_or_path is None:
        return bundled()
    folder = Path(name_or_path).expanduser()
    if folder.is_dir() and _static_module(folder) is not None:
        return StaticEmbedder(folder)
    return SentenceTransformerEmbedder(str(folder) if folder.is_dir() else name_or_path)
