"""Unofficial renderings of sentences that exist in one language only.

``<document id>.jsonl``: one ``{"text": source sentence, "translation": rendering}`` per line. They
are marked unofficial wherever they are shown.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import CorpusError

DIRECTORY = Path(__file__).parent


def load_translations(document_id: str, directory: Path = DIRECTORY) -> dict[str, str]:
    """Renderings by sentence text; empty when the document has none. CorpusError on a broken line."""
    renderings: dict[str, str] = {}
    for path in sorted(directory.glob(f"{document_id}*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                renderings[row["text"]] = row["translation"]
            except (ValueError, KeyError, TypeError) as error:
                raise CorpusError(
                    f"{path.name} 第{number}行无法读取", f"{path.name} line {number} cannot be read"
                ) from error
    return renderings
