"""The JSON Schema of ``Answer``: ``python -m ui.schema`` rewrites ``docs/answer.schema.json``."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.answer import Answer

PATH = Path(__file__).resolve().parent.parent / "docs" / "answer.schema.json"


def schema_text() -> str:
    """The schema as it is written."""
    return json.dumps(Answer.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8")
