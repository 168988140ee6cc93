"""Who may log in: a file of ``name:argon2-hash`` lines, and checking a password against it."""

from __future__ import annotations

import os
import tempfile
import threading
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from corpus.errors import CrlmError

SHORTEST = 10
"""Characters of a password."""
LONGEST = 1024
"""Characters of a password; more would only be work for the server."""
LONGEST_NAME = 64

_HASHER = PasswordHasher()
# Checked in place of an unknown user's hash, so that both take as long. Nobody knows its password.
_NOBODY = _HASHER.hash(os.urandom(32).hex())


class UsersError(CrlmError):
    """The file of users is missing or malformed, or a name or password is not acceptable."""


def hash_password(password: str) -> str:
    """Argon2id hash. UsersError when the password is too short or too long."""
    password = _normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsersError(
            f"密码至少{SHORTEST}个字符，至多{LONGEST}个",
            f"A password needs at least {SHORTEST} characters and at most {LONGEST}",
        )
    return _HASHER.hash(password)


def clean_name(name: str) -> str:
    """The name as it is kept. UsersError when it cannot stand in the file."""
    name = _normal(name)
    bad = any(mark == ":" or unicodedata.category(mark)[0] in "CZ" for mark in name)
    if not name or len(name) > LONGEST_NAME or bad or name.startswith("#"):
        raise UsersError(
            f"用户名应为1到{LONGEST_NAME}个字符，不含空格、冒号和控制字符，不以 # 开头",
            f"A name is 1 to {LONGEST_NAME} characters without spaces, colons or control characters, "
            "and does not start with #",
        )
    return name


def read_users(path: Path) -> dict[str, str]:
    """Hash by name; blank lines and ``#`` comments are left out. UsersError says which line is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise UsersError(f"找不到用户文件：{path}", f"No such file of users: {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsersError(f"无法读取用户文件：{path}", f"Cannot read the file of users: {path}") from error
    users = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, hashed = line.strip().partition(":")
        if not colon or not hashed.startswith("$argon2"):
            raise UsersError(
                f"{path} 第{number}行应为“用户名:argon2哈希”（用 crlm user add 添加）",
                f"{path}, line {number}: expected name:argon2-hash (made by crlm user add)",
            )
        users[_normal(name)] = hashed
    return users


def add_user(path: Path, name: str, password: str, replace: bool = False) -> None:
    """Add or, with ``replace``, change one user; the file is written whole and only its owner reads it."""
    name, hashed = clean_name(name), hash_password(password)
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    users = read_users(path) if path.exists() else {}
    if name in users and not replace:
        raise UsersError(
            f"用户“{name}”已存在；加 --replace 可改密码", f"{name} exists; --replace changes the password"
        )
    lines = [line for line in lines if _normal(line.partition(":")[0]) != name]
    text = "\n".join([*lines, f"{name}:{hashed}"]) + "\n"
    try:
        descriptor, fresh = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            os.replace(fresh, path)
        finally:
            Path(fresh).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror
        raise UsersError(f"无法写入 {path}：{reason}", f"Cannot write {path}: {reason}") from error


class Users:
    """The file of users, read again whenever it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int, int] | None = None
        self._hashes: dict[str, str] = {}
        self._lock = threading.Lock()
        self._refresh()
        if not self._hashes:
            raise UsersError(
                f"{path} 中没有用户；先用 crlm user add 添加",
                f"No user in {path}; add one with crlm user add",
            )

    def hash_of(self, name: str) -> str | None:
        """The hash that stands in the file now; None for nobody. A file that went bad lets nobody in."""
        with self._lock:
            try:
                self._refresh()
            except UsersError:
                self._hashes, self._stamp = {}, None
            return self._hashes.get(_normal(name))

    def verify(self, name: str, password: str) -> str | None:
        """The user's hash when the password is right. As slow for an unknown user as for a wrong password."""
        known = self.hash_of(name)
        right = _matches(known or _NOBODY, _normal(password[: LONGEST + 1]))
        return known if right else None

    def _refresh(self) -> None:
        try:
            state = self.path.stat()
        except OSError as error:
            raise UsersError(f"找不到用户文件：{self.path}", f"No such file of users: {self.path}") from error
        stamp = (state.st_mtime_ns, state.st_size, state.st_ino)
        if stamp != self._stamp:
            self._hashes = read_users(self.path)
            self._stamp = stamp


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def _normal(text: str) -> str:
    """One spelling of what looks the same, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", text)
