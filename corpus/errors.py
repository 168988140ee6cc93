"""Errors a user may read: every one says what is wrong in Chinese and in English."""

from __future__ import annotations

from corpus.model import Language


class CrlmError(Exception):
    """Base of all errors that are shown as a message instead of a traceback."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def message(self, language: Language) -> str:
        """The message in the reader's language."""
        return self.zh if language == "zh" else self.en


class CorpusError(CrlmError):
    """A source file or curated data file is missing, changed or invalid."""
