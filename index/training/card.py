"""The model card: what the model was made of, how, and how well it does."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from index.training.data import Group
from index.training.train import Settings

ORIGINS = {
    "vocabulary": "yuanyanhui/vocabulary-corpus @ f673c26, MIT; machine-written, general language",
    "icd": "vecear/ICD10 @ edd0d31 (ICD-10-CM names), Taiwan open government data licence; made simplified",
    "medquad": "abachaa/MedQuAD @ 577bd37, CC BY 4.0; questions and first sentences of answers, English",
    "translations": "this project, corpus/translations (renderings of the five documents)",
    "clauses": "the same: a clause and the whole sentence in the other language",
    "terminology": "this project, corpus/terminology (names of concepts)",
    "neighbours": "the five documents, corpus/sources (sentences that follow each other)",
    "questions": "this project, corpus/questions (a question and the sentence or rendering that answers it)",
}


def _table(figures: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| test | figure | value |", "|---|---|---|"]
    for test, values in figures.items():
        lines += [f"| {test} | {name} | {value} |" for name, value in values.items()]
    return "\n".join(lines)


def write_card(
    out: Path,
    settings: Settings,
    groups: Sequence[Group],
    preparing: float,
    training: float,
    figures: Mapping[str, Mapping[str, float]] | None,
) -> None:
    """Write ``README.md`` into the model's folder."""
    data = "\n".join(
        f"| {g.name} | {len(g.pairs)} | {g.repeat:g} | {ORIGINS.get(g.name, '')} |" for g in groups
    )
    size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file() and f.name != "README.md") / 1e6
    options = ", ".join(f"{name} {value}" for name, value in asdict(settings).items())
    measured = _table(figures) if figures else "Not measured."
    (out / "README.md").write_text(
        f"""---
language: [zh, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: apache-2.0
---

# {out.name}

A small static bilingual model (Simplified Chinese and English) for finding passages about colorectal
liver metastases. A text's vector is the mean of the vectors of its pieces: word order plays no part. Half
precision, {size:.1f} MB.

```python
from index.embedding import load_embedder        # tokenizers and numpy only
load_embedder().encode(["肝切除切缘"])

from sentence_transformers import SentenceTransformer
SentenceTransformer("index/models/{out.name}").float().encode(["肝切除切缘"], normalize_embeddings=True)
```

Both give the same vectors. Without `.float()` sentence-transformers computes in half precision and the
vectors differ in the fourth decimal (and an empty text gives no number at all instead of zeros).

## Made from

| group | pairs | times an epoch | origin and licence |
|---|---|---|---|
{data}

Chinese medical words of THUOCL (thunlp/THUOCL @ a30ce79, MIT) seed the vocabulary. TICO-19 (CC0) is only
tested on; the training script refuses it. One in fifty ICD codes is held out, though names like the held-out
ones remain; one in ten translations is held out unless `--all-translations` was given, though their Chinese
wording also occurs among the neighbours.

## How

`python -m index.training --data ../shared/data --out {out}`: InfoNCE in both directions with the other texts
of a batch as counter-examples, batches of one origin, lazy Adam.

Settings: {options}.

Data and vocabulary took {preparing:.0f} s, training {training:.0f} s, on the CPU ({platform.machine()},
threads: {settings.threads}), no GPU.

## Figures

`python -m index.training.evaluate --data ../shared/data`; a is English, b is Chinese.

{measured}

## What it does not know

Negation and word order; numbers beyond four digits as wholes; anything in Chinese characters or English words
that neither the data nor the five documents contain. The vocabulary corpus is machine-written.
""",
        encoding="utf-8",
    )
