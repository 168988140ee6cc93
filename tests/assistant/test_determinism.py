"""The same question gives the same bytes, whatever order a process hashes its strings in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

QUESTIONS = (
    "西妥昔单抗500mg/m2，体表面积1.7，总量多少？术前多久停贝伐珠单抗？",
    "Which patients benefit from hepatic arterial infusion, and what are the contraindications?",
    "再次肝切除和消融比较，生存怎样",
    "liver-first vs classic staged approach: complications and 5-year survival in the guideline",
)

SCRIPT = """
import sys
from pathlib import Path
from assistant.answer import Conversation, Turn
from assistant.assistant import Assistant

assistant = Assistant.open(directory=Path(sys.argv[1]))
for text in sys.argv[2:]:
    print(assistant.ask(Conversation(turns=[Turn(text=text)])).model_dump_json())
    print([(passage.id, float(score)) for passage, score in assistant.finder.find(text).ranking])
"""


def _answers(index: Path, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(index), *QUESTIONS],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        timeout=120,
    )
    return done.stdout


def test_answers_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    index = tmp_path / "index"
    first, second, third = (_answers(index, seed) for seed in ("0", "1", "4242"))
    assert first.count("\n") == 2 * len(QUESTIONS)
    assert second == first
    assert third == first
