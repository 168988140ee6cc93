"""The rooms: a question goes one way, modules stay small, the published schema is current."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HIGHER = {
    "corpus": {"index", "assistant", "ui", "eval"},
    "index": {"assistant", "ui", "eval"},
    "assistant": {"ui", "eval"},
    "ui": set(),
}
MODULES = [p for room in (*HIGHER, "eval") for p in (ROOT / room).rglob("*.py")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_import_points_up_the_house(path: Path) -> None:
    forbidden = HIGHER.get(path.relative_to(ROOT).parts[0], set())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not forbidden & {name.split(".")[0] for name in names}


def test_modules_stay_small() -> None:
    assert [str(p) for p in MODULES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_published_schema_is_current() -> None:
    from ui.schema import PATH, schema_text

    assert PATH.read_text(encoding="utf-8") == schema_text()
