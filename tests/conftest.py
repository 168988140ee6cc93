"""One index and one assistant for the whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real assistant over an index built for this run."""
    from assistant.assistant import Assistant

    return Assistant.open(directory=tmp_path_factory.mktemp("crlm") / "index")
