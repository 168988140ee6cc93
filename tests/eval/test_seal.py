"""Training and tuning cannot read the test questions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


def test_without_the_seal_the_test_questions_can_be_read() -> None:
    assert run("from eval.questions import load_questions; assert load_questions('test')").returncode == 0


@pytest.mark.parametrize(
    "reading",
    [
        "from eval.questions import load_questions; load_questions('test')",
        "from eval.questions import load_questions; load_questions('all')",
        "open('eval/reference/test/single.jsonl')",
        "import os; os.chdir('eval/reference/test'); open('single.jsonl')",
        "import os; os.listdir('eval/reference/test')",
        "from pathlib import Path; Path('eval/reference/dev/../test/single.jsonl').read_text()",
    ],
)
def test_with_it_every_way_is_refused(reading: str) -> None:
    done = run(f"from index.training.seal import seal; seal(); {reading}")
    assert done.returncode != 0
    assert "SealBroken" in done.stderr


def test_the_development_questions_stay_open() -> None:
    assert (
        run(
            "from index.training.seal import seal; seal(); from eval.questions import load_questions; load_questions('dev')"
        ).returncode
        == 0
    )


@pytest.mark.parametrize("script", ["index/training/__main__.py", "eval/tuning/__main__.py"])
def test_every_script_that_fits_something_is_sealed(script: str) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    assert "from index.training.seal import seal" in text
    assert "seal()" in text


def test_nothing_the_product_runs_on_names_the_test_half() -> None:
    for package in ("corpus", "index", "assistant", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name != "seal.py":
                assert "reference/test" not in path.read_text(encoding="utf-8"), path
