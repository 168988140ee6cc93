"""A learner's file: SQLite, one short transaction per step, damaged files set aside and never deleted."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import CrlmError

VERSION = 1
WAIT_SECONDS = 10
"""How long a step waits for another tab's step."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SIDE_FILES = ("", "-wal", "-shm")
_SCHEMA = """
CREATE TABLE learner (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, salt TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, settings TEXT NOT NULL, started TEXT NOT NULL, ended TEXT);
CREATE UNIQUE INDEX one_open_session ON sessions ((1)) WHERE ended IS NULL;
CREATE TABLE cards (
  item TEXT PRIMARY KEY, fsrs TEXT NOT NULL, due TEXT NOT NULL);
CREATE TABLE shown (
  token TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions (id), item TEXT NOT NULL, seed INTEGER NOT NULL,
  shown TEXT NOT NULL, answered TEXT, response TEXT, correct INTEGER, closed TEXT);
CREATE UNIQUE INDEX one_open_question ON shown (session) WHERE closed IS NULL;
CREATE TABLE reviews (
  token TEXT PRIMARY KEY REFERENCES shown (token), item TEXT NOT NULL, session TEXT NOT NULL, rating TEXT NOT NULL,
  correct INTEGER NOT NULL, first INTEGER NOT NULL, at TEXT NOT NULL);
CREATE INDEX reviews_at ON reviews (at);
CREATE INDEX reviews_session ON reviews (session);
"""


class StudyFileDamaged(CrlmError):
    """The file could not be read as a database and was set aside."""

    def __init__(self, kept: Path | None) -> None:
        where = kept.name if kept else ""
        zh = f"原文件已改名保留为 {where}，没有删除。" if where else "原文件未能改名，请联系管理员。"
        en = (
            f"It was kept under the name {where}; nothing was deleted."
            if where
            else "It could not be renamed; please ask whoever runs this service."
        )
        super().__init__(
            f"学习记录文件已损坏，无法读取。{zh}再次打开本页将从新的记录开始。",
            f"The file with the study record is damaged and cannot be read. {en} Opening this page again starts a new record.",
        )


class StudyFileUnusable(CrlmError):
    """The file cannot be opened or written; it is left as it is."""

    def __init__(self, error: object) -> None:
        super().__init__(
            f"学习记录无法读写：{error}。文件未作改动，请稍后重试或检查磁盘与权限。",
            f"The study record cannot be read or written: {error}. The file was left as it is; "
            "try again later, or check the disk and its permissions.",
        )


class Store:
    """One learner's file. Safe to use from several threads and processes at once."""

    _aside = threading.Lock()

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        return self.path.exists()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, alone among writers; StudyFileDamaged or StudyFileUnusable when it cannot be."""
        try:
            connection = self._open()
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error

    def delete(self) -> None:
        """Everything kept of the learner, set-aside files too."""
        try:
            for found in self.path.parent.glob(f"{self.path.stem}.*"):
                found.unlink(missing_ok=True)
        except OSError as error:
            raise StudyFileUnusable(error.strerror) from error

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StudyFileUnusable(error.strerror) from error
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                self._create(connection)
            elif version > VERSION:
                raise StudyFileUnusable(f"version {version}")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _create(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # another tab may have been first
            for statement in _SCHEMA.split(";"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()

    def _explained(self, error: sqlite3.DatabaseError) -> CrlmError:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(code, int) and code & 0xFF in _DAMAGED:
            return StudyFileDamaged(self._set_aside())
        return StudyFileUnusable(error)

    def _set_aside(self) -> Path | None:
        """The damaged file under another name, with what belongs to it."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        kept = self.path.with_name(f"{self.path.stem}.{stamp}.damaged")
        with self._aside:
            if not self.path.exists() or self._sound():
                return None  # another tab has already done so
            try:
                for side in _SIDE_FILES:
                    part = self.path.with_name(self.path.name + side)
                    if part.exists():
                        part.rename(kept.with_name(kept.name + side))
            except OSError:
                return None
        return kept

    def _sound(self) -> bool:
        try:
            probe = sqlite3.connect(self.path, timeout=WAIT_SECONDS)
            try:
                return bool(probe.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
            finally:
                probe.close()
        except sqlite3.DatabaseError:
            return False
