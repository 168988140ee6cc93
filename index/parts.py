"""Which parts of the engine are on: all of them for users, fewer when ``eval`` asks what a part is worth."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Parts(BaseModel):
    """Switches; everything works with any of them off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    glossary: bool = True
    """Concepts of ``corpus/terminology``: the concept signal and names in the other language."""
    translations: bool = True
    """Renderings in the other language, searched beside the original."""
    questions: bool = True
    """Questions written for each sentence (``corpus/questions``)."""


ALL = Parts()
