"""Writing the model as a sentence-transformers folder in half precision."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from index.training.train import Array

MODULE = "0_StaticEmbedding"
_TYPE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


def export(out: Path, tokenizer: Tokenizer, table: Array) -> None:
    """Write ``modules.json``, the configuration and the module's weights and tokenizer."""
    module = out / MODULE
    module.mkdir(parents=True, exist_ok=True)
    # Lengths mean weights; their common factor means nothing, so it is chosen to suit half precision.
    table = table / max(float(np.abs(table).max()), 1e-12) * 8.0
    save_file(
        {"embedding.weight": np.ascontiguousarray(table.astype(np.float16))}, module / "model.safetensors"
    )
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    modules = [{"idx": 0, "name": "0", "path": MODULE, "type": _TYPE}]
    (out / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    config = {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    (out / "config_sentence_transformers.json").write_text(
        json.dumps(config, indent=2) + "\n", encoding="utf-8"
    )
