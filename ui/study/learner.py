"""Who learns: a name, and the file that is theirs."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from corpus.errors import CrlmError

LONGEST_NAME = 40
_NAME = re.compile(r"[A-Za-z0-9\u3400-\u9fff](?:[A-Za-z0-9\u3400-\u9fff _.-]*[A-Za-z0-9\u3400-\u9fff])?")


class BadName(CrlmError):
    """Not a name that can be used."""

    def __init__(self) -> None:
        super().__init__(
            f"名字请用汉字、字母或数字，最多{LONGEST_NAME}个字符（中间可有空格、点、短横和下划线）。",
            f"Please use letters, digits or Chinese characters for the name, at most {LONGEST_NAME} "
            "(blanks, dots, hyphens and underscores within it are fine).",
        )


def clean_name(typed: str) -> str:
    """The name as shown; BadName when it is empty, too long or has other characters."""
    name = " ".join(unicodedata.normalize("NFKC", typed[: LONGEST_NAME * 4]).split())
    if len(typed) > LONGEST_NAME * 4 or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise BadName
    return name


def folder() -> Path:
    """Where the files are kept: ``CRLM_STUDY_DIR``, else the user's data folder."""
    told = os.environ.get("CRLM_STUDY_DIR", "").strip()
    if told:
        return Path(told).expanduser()
    from platformdirs import user_data_path

    return user_data_path("crlm", appauthor=False) / "study"


def file_of(name: str, directory: Path | None = None) -> Path:
    """The learner's file. A name is never part of a path; upper and lower case are the same learner."""
    key = hashlib.sha256(clean_name(name).casefold().encode()).hexdigest()[:32]
    return (directory or folder()) / f"{key}.sqlite3"
