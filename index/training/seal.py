"""No training or tuning reads the test half of the reference questions.

``seal()`` installs an audit hook (PEP 578) that refuses to open any file below ``eval/reference/test``
for as long as the process lives. Every script that fits something calls it first.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

SEALED = Path(__file__).resolve().parents[2] / "eval" / "reference" / "test"
_installed = False


class SealBroken(PermissionError):
    """Something that trains tried to read the test questions."""


def seal() -> None:
    """Refuse the test questions from now on; calling it again changes nothing."""
    global _installed
    if not _installed:
        sys.addaudithook(_refuse)
        _installed = True


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ("open", "os.listdir", "os.scandir") or not arguments or arguments[0] is None:
        return
    try:
        path = Path(os.path.realpath(os.fsdecode(arguments[0])))
    except (TypeError, ValueError, OSError):
        return
    if path == SEALED or SEALED in path.parents:
        raise SealBroken(f"training must not read {path}")
