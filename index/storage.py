"""The index on disk: written atomically, verified on load, never half used.

A folder with ``manifest.json`` (schema, fingerprints of texts, model and settings, sha256 of every
file) and the files it names. A new index is written beside the old one and put in its place by
renaming.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import CrlmError

SCHEMA = 1
MANIFEST = "manifest.json"


class IndexUnusable(CrlmError):
    """The index is missing, damaged, of another version, or made from other texts or another model."""


class Manifest(BaseModel):
    """What an index was made of."""

    model_config = ConfigDict(extra="forbid")

    application: str = "crlm"
    schema_version: int = SCHEMA
    corpus: str
    """Fingerprint of the corpus files the index was built from."""
    model: str
    model_name: str
    dimension: int
    settings: str
    passages: int
    units: int
    files: dict[str, str]
    """sha256 of every file beside the manifest."""

    @property
    def fingerprint(self) -> str:
        """One value for everything the index holds."""
        return hashlib.sha256(json.dumps(self.files, sort_keys=True).encode()).hexdigest()[:16]


def default_directory() -> Path:
    """``$CRLM_INDEX_DIR``, else ``var/index`` in the project's folder."""
    configured = os.environ.get("CRLM_INDEX_DIR")
    return Path(configured) if configured else Path(__file__).resolve().parent.parent / "var" / "index"


def pack(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Arrays as one ``.npz``."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def unpack(raw: bytes) -> dict[str, NDArray[np.generic]]:
    """The inverse of ``pack``."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def write(directory: Path, files: Mapping[str, bytes], manifest: Manifest) -> Manifest:
    """Write all files and the manifest, then swap folders. CrlmError when the place is not writable."""
    hashes = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    manifest = manifest.model_copy(update={"files": hashes})
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    except OSError as error:
        raise _not_writable(directory, error) from error
    try:
        for name, raw in files.items():
            (fresh / name).write_bytes(raw)
        (fresh / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        _swap(fresh, directory)
    except OSError as error:
        raise _not_writable(directory, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def _swap(fresh: Path, directory: Path) -> None:
    old = directory.with_name(f".{directory.name}-old-{os.getpid()}")
    if directory.exists():
        if not (directory / MANIFEST).exists() and any(directory.iterdir()):
            raise CrlmError(
                f"文件夹 {directory} 不是本程序的索引，未作改动",
                f"Folder {directory} is no index of this program; left as it is",
            )
        directory.rename(old)
    fresh.chmod(0o755)
    fresh.rename(directory)
    shutil.rmtree(old, ignore_errors=True)


def _not_writable(directory: Path, error: OSError) -> CrlmError:
    return CrlmError(
        f"无法写入索引文件夹 {directory}：{error.strerror}",
        f"Cannot write the index folder {directory}: {error.strerror}",
    )


def read_manifest(directory: Path) -> Manifest:
    """The manifest; IndexUnusable that says whether it is missing, broken or foreign."""
    path = directory / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise IndexUnusable(f"还没有索引（{directory}）", f"There is no index yet ({directory})") from error
    except (OSError, ValidationError, ValueError) as error:
        raise IndexUnusable(f"索引清单已损坏（{path}）", f"The index manifest is damaged ({path})") from error
    if manifest.application != "crlm" or manifest.schema_version != SCHEMA:
        raise IndexUnusable(
            f"索引来自其他程序或其他版本（{directory}）",
            f"The index was made by another program or version ({directory})",
        )
    return manifest


def read(directory: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Everything, each file checked against its hash."""
    manifest = read_manifest(directory)
    files: dict[str, bytes] = {}
    for name, expected in manifest.files.items():
        try:
            raw = (directory / name).read_bytes()
        except OSError as error:
            raise IndexUnusable(f"索引缺少文件 {name}", f"The index lacks the file {name}") from error
        if hashlib.sha256(raw).hexdigest() != expected:
            raise IndexUnusable(
                f"索引文件 {name} 已损坏或被截断", f"Index file {name} is damaged or truncated"
            )
        files[name] = raw
    return manifest, files
