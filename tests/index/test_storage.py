"""The index on disk: missing, damaged, foreign, read-only, and what is rebuilt when."""

import json
import os
from pathlib import Path

import pytest

from corpus.errors import CrlmError
from index.build import build, info, verify
from index.retriever import Retriever
from index.storage import MANIFEST, IndexUnusable, read


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("index") / "index"
    build(directory)
    return directory


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(built, tmp_path / "index"))


def test_building_twice_changes_nothing(copy: Path) -> None:
    before = (copy / MANIFEST).read_bytes()
    report = build(copy)
    assert not report.rebuilt
    assert (copy / MANIFEST).read_bytes() == before
    assert verify(copy) == []
    assert info(copy)["passages"] == report.passages


def test_a_rebuild_takes_over_known_vectors(copy: Path) -> None:
    report = build(copy, force=True)
    assert report.rebuilt
    assert report.embedded == 0


def test_missing_index_is_named_and_built(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="no index"):
        read(tmp_path / "nowhere")
    retriever = Retriever.open(tmp_path / "nowhere")
    assert "no index" in retriever.notices[0][1]
    assert Retriever.open(tmp_path / "nowhere").notices == []


@pytest.mark.parametrize("name", ["dense.faiss", "corpus.json", "lexical-zh.npz", MANIFEST])
def test_truncated_file_is_named_and_rebuilt(copy: Path, name: str) -> None:
    raw = (copy / name).read_bytes()
    (copy / name).write_bytes(raw[: len(raw) // 2])
    assert verify(copy)
    retriever = Retriever.open(copy)
    assert "damaged" in retriever.notices[0][1]
    assert verify(copy) == []


def test_foreign_index_is_refused(copy: Path) -> None:
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["application"] = "other"
    (copy / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(IndexUnusable, match="another program"):
        read(copy)


def test_changed_corpus_is_stale(copy: Path) -> None:
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["corpus"] = "0" * 16
    (copy / MANIFEST).write_text(json.dumps(manifest))
    assert "changed" in verify(copy)[0][1]


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("keep")
    with pytest.raises(CrlmError, match="left as it is"):
        build(tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "keep"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_place(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CrlmError, match="Cannot write"):
        build(tmp_path / "x")


def test_place_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CrlmError, match="Cannot write"):
        build(tmp_path / "file" / "index")
