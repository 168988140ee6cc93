"""The bundled model and the loader."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import CrlmError
from index.embedding import BUNDLED, Embedder, EmbeddingModelError, StaticEmbedder, load_embedder

TEXTS = [
    "结直肠癌肝转移的手术切缘应为多少？",
    "What is the role of portal vein embolisation before major hepatectomy?",
    "RAS/BRAF 野生型患者使用西妥昔单抗联合FOLFIRI",
    "初始 不可切除",
    "",
    "   ",
    "😀𠮷ÄÖ",
    "CRLM " * 3000,
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_is_an_embedder(embedder: Embedder) -> None:
    assert isinstance(embedder, Embedder)
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name == "crlm-bilingual-static"
    assert len(embedder.fingerprint) == 64


def test_lengths_and_kinds(embedder: Embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert np.isfinite(vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.allclose(lengths[[0, 1, 2, 3, 7]], 1, atol=1e-5)
    assert lengths[4] == lengths[5] == 0


def test_no_texts(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimension)


def test_same_alone_and_in_company(embedder: Embedder) -> None:
    together = embedder.encode(TEXTS)
    for row, text in enumerate(TEXTS):
        assert np.array_equal(embedder.encode([text])[0], together[row])
    assert np.array_equal(load_embedder().encode(TEXTS), together)


def test_spacing_case_and_width_do_not_matter(embedder: Embedder) -> None:
    one, two = embedder.encode(["肝转移 ＣＲＬＭ（同时性）", "肝 转移 crlm(同时性)"])
    assert np.allclose(one, two, atol=1e-6)


def test_crosses_the_languages(embedder: Embedder) -> None:
    chinese = [
        "结直肠癌肝转移",
        "门静脉栓塞",
        "射频消融",
        "贝伐珠单抗",
        "切缘",
        "化疗",
        "淋巴结转移",
        "术中超声",
    ]
    english = [
        "colorectal liver metastases",
        "portal vein embolization",
        "radiofrequency ablation",
        "bevacizumab",
        "surgical margin",
        "chemotherapy",
        "lymph node metastasis",
        "intraoperative ultrasound",
    ]
    scores = embedder.encode(chinese) @ embedder.encode(english).T
    assert (scores.argmax(axis=1) == np.arange(len(chinese))).all()
    assert (scores.argmax(axis=0) == np.arange(len(chinese))).all()


def test_equals_sentence_transformers(embedder: Embedder) -> None:
    """Slow: imports sentence-transformers."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(BUNDLED), device="cpu", local_files_only=True)
    assert model.get_embedding_dimension() == embedder.dimension
    half = model.encode(TEXTS[:4], normalize_embeddings=True)
    assert np.abs(half.astype(np.float32) - embedder.encode(TEXTS[:4])).max() < 2e-3
    full = model.float().encode(TEXTS, normalize_embeddings=True)
    assert np.abs(full - embedder.encode(TEXTS)).max() < 1e-6


def test_imports_neither_torch_nor_jieba() -> None:
    code = (
        "import sys; from index.embedding import load_embedder; load_embedder().encode(['肝转移', 'liver']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers', 'jieba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_is_quick(embedder: Embedder) -> None:
    """Generous, and in processor time: 0.06 s to load and 0.03 ms a query where it was written."""
    loads, queries = [], []
    for _ in range(3):
        begun = time.process_time()
        load_embedder()
        loaded = time.process_time()
        for _ in range(100):
            embedder.encode([TEXTS[0]])
        loads.append(loaded - begun)
        queries.append((time.process_time() - loaded) / 100)
    assert min(loads) < 0.5
    assert min(queries) < 0.005


def test_folder_is_complete_and_small() -> None:
    assert sum(f.stat().st_size for f in BUNDLED.rglob("*") if f.is_file()) <= 25_000_000
    assert "TICO-19" in (BUNDLED / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["no-such/model-anywhere", "/no/such/folder"])
def test_unknown_model(name: str) -> None:
    with pytest.raises(EmbeddingModelError) as caught:
        load_embedder(name)
    error = caught.value
    assert isinstance(error, CrlmError)
    assert name in error.message("zh") and name in error.message("en")
    assert "Traceback" not in error.message("en")


def test_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelError):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("damage", ["table", "tokenizer", "missing"])
def test_damaged_folder(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    module = folder / json.loads((folder / "modules.json").read_text())[0]["path"]
    if damage == "table":
        content = (module / "model.safetensors").read_bytes()
        (module / "model.safetensors").write_bytes(content[: len(content) // 2])
    elif damage == "tokenizer":
        (module / "tokenizer.json").write_text("{")
    else:
        (module / "tokenizer.json").unlink()
    with pytest.raises(EmbeddingModelError) as caught:
        load_embedder(str(folder))
    assert caught.value.zh and caught.value.en


def test_fingerprint_follows_the_files(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    copy = load_embedder(str(folder))
    assert copy.fingerprint == embedder.fingerprint
    tokenizer = next(folder.rglob("tokenizer.json"))
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load_embedder(str(folder)).fingerprint != embedder.fingerprint
