"""The training scripts, on a handful of pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding import load_embedder
from index.training import data
from index.training.__main__ import main

pytest.importorskip("torch")
pytest.importorskip("jieba")

WORDS = [
    ("liver", "肝脏"),
    ("colon", "结肠"),
    ("rectum", "直肠"),
    ("metastasis", "转移"),
    ("surgery", "手术"),
    ("ablation", "消融"),
    ("margin", "切缘"),
    ("chemotherapy", "化疗"),
    ("survival", "生存"),
    ("vein", "静脉"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    lines = [f"phrase\t{a}\t{a} and {b}\t{x}和{y}" for a, x in WORDS for b, y in WORDS if a != b]
    (folder / "vocabulary_en_zh.tsv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "icd10cm_en_zhhant.tsv").write_text(
        "C78.7\t1\tSecondary malignant neoplasm of liver\t肝續發性惡性腫瘤\n"
        "C18.9\t1\tMalignant neoplasm of colon\t結腸惡性腫瘤\n"
        "S52.001A\t1\tToo long a code\t太長的編碼\n",
        encoding="utf-8",
    )
    (folder / "thuocl_medical.tsv").write_text("肝转移\t10\n", encoding="utf-8")
    corpus = tmp_path / "corpus"
    (corpus / "terminology").mkdir(parents=True)
    (corpus / "translations").mkdir()
    (corpus / "sources").mkdir()
    (corpus / "terminology" / "concepts.tsv").write_text(
        "id\tzh\ten\tabbreviations\nx\t肝转移|肝脏转移\tliver metastases|hepatic metastases\tLM\n",
        encoding="utf-8",
    )
    (corpus / "translations" / "000.jsonl").write_text(
        '{"text": "肝脏转移需要手术。", "translation": "Liver metastasis needs surgery."}\n', encoding="utf-8"
    )
    (corpus / "sources" / "000.txt").write_text(
        "肝脏转移需要手术治疗的患者。切缘应当足够而且阴性。\n", encoding="utf-8"
    )
    return tmp_path


def run(folder: Path, out: str, *more: str) -> Path:
    main(
        [
            "--data",
            str(folder / "data"),
            "--corpus",
            str(folder / "corpus"),
            "--out",
            str(folder / out),
            "--dimension",
            "16",
            "--vocabulary",
            "300",
            "--epochs",
            "30",
            "--batch",
            "32",
            "--threads",
            "1",
            "--no-evaluation",
            *more,
        ]
    )
    return folder / out


def test_learns_and_repeats(small: Path) -> None:
    first, second = run(small, "one"), run(small, "two")
    for name in ("0_StaticEmbedding/model.safetensors", "0_StaticEmbedding/tokenizer.json", "modules.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    embedder = load_embedder(str(first))
    scores = embedder.encode([a for a, _ in WORDS]) @ embedder.encode([b for _, b in WORDS]).T
    assert (scores.argmax(axis=1) == np.arange(len(WORDS))).mean() > 0.7
    card = (first / "README.md").read_text(encoding="utf-8")
    assert "terminology" in card and "MIT" in card
    other = run(small, "three", "--seed", "1")
    assert (other / "0_StaticEmbedding/model.safetensors").read_bytes() != (
        first / "0_StaticEmbedding/model.safetensors"
    ).read_bytes()


def test_refuses_the_outside_test(small: Path) -> None:
    outside = small / "data" / "tico19_en_zh.tsv"
    outside.write_text("x\tliver\t肝\n", encoding="utf-8")
    with pytest.raises(data.OutsideTestError):
        list(data.rows(outside))
    with pytest.raises(data.OutsideTestError):
        data.vocabulary_pairs(outside)
    with pytest.raises(data.OutsideTestError):
        run(small, "out", "--data", str(outside))


def test_reads_what_is_there(small: Path) -> None:
    train, test = data.icd_pairs(small / "data" / "icd10cm_en_zhhant.tsv")
    assert data.Pair("Malignant neoplasm of colon", "结肠恶性肿瘤") in train + test
    assert all("编码" not in pair.b for pair in train + test)
    pairs = data.terminology_pairs(small / "corpus" / "terminology")
    assert data.Pair("hepatic metastases", "肝脏转移") in pairs and data.Pair("LM", "肝转移") in pairs
    assert data.translation_pairs(small / "corpus" / "translations") == (
        data.Pair("Liver metastasis needs surgery.", "肝脏转移需要手术。"),
    )
    assert len(data.neighbour_pairs(small / "corpus" / "sources", 5)) == 1
    nothing = small / "nothing"
    assert (
        data.vocabulary_pairs(nothing) == data.medquad_pairs(nothing) == data.terminology_pairs(nothing) == ()
    )


def test_held_out_names_are_not_trained_on(tmp_path: Path) -> None:
    file = tmp_path / "icd.tsv"
    lines = (
        f"A{n:02d}.{d}\t1\tDisease number {n % 40}.{d}\t疾病{n % 40}之{d}"
        for n in range(100)
        for d in range(10)
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    train, test = data.icd_pairs(file)
    assert test and train
    assert not {pair.a for pair in train} & {pair.a for pair in test}
