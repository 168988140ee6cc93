"""What ``crlm serve`` is told beside its address, checked before anything slow starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from ui.feedback import Store
    from ui.users import Users


class ServeOptions(TypedDict):
    """Keyword arguments of ``ui.web.app.serve``."""

    store: Store | None
    users: Users | None
    root_path: str


def serve_options(feedback: Path | None, users: Path | None, root_path: str) -> ServeOptions:
    """The options; CrlmError when a file cannot be used or the path is none."""
    from ui.feedback import Store
    from ui.users import Users
    from ui.web.paths import clean_root_path

    options = ServeOptions(
        store=Store(feedback) if feedback else None,
        users=Users(users) if users else None,
        root_path=clean_root_path(root_path),
    )
    if options["store"]:
        options["store"].check()
    return options
