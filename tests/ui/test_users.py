"""The file of users: written for its owner only, read strictly, checked as slowly for a stranger."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from ui.users import Users, UsersError, add_user, clean_name, read_users

PASSWORD = "correct horse battery"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "users.txt"
    add_user(path, "reader", PASSWORD)
    return path


def test_the_file_holds_a_hash_and_only_its_owner_reads_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("reader:$argon2id$") and PASSWORD not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_password_is_right_or_wrong(file: Path) -> None:
    users = Users(file)
    assert users.verify("reader", PASSWORD) == users.hash_of("reader")
    for name, password in (("reader", "wrong password"), ("reader", ""), ("nobody", PASSWORD), ("", ""), ("a\0", "\0"),
                           ("reader", PASSWORD * 100)):  # fmt: skip
        assert users.verify(name, password) is None


def test_a_stranger_takes_as_long_as_a_wrong_password(file: Path) -> None:
    users = Users(file)

    def seconds(name: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            users.verify(name, "wrong password")
            times.append(time.perf_counter() - started)
        return min(times)

    assert 0.5 < seconds("nobody") / seconds("reader") < 2


def test_one_spelling_of_what_looks_the_same(file: Path) -> None:
    add_user(file, "Zo\u00eb", "pass\u00e9 compos\u00e9")
    assert Users(file).verify("Zoe\u0308", "passe\u0301 compose\u0301")


def test_names_that_cannot_stand_in_the_file() -> None:
    assert clean_name("张医生") == "张医生"
    for name in ("", "a:b", "a b", "a\nb", "#a", "a" * 65, "a\u202eb"):
        with pytest.raises(UsersError):
            clean_name(name)


@pytest.mark.parametrize("password", ["", "short", "123456789", "x" * 1025])
def test_passwords_too_short_or_endless(password: str, tmp_path: Path) -> None:
    with pytest.raises(UsersError):
        add_user(tmp_path / "users.txt", "a", password)
    assert not (tmp_path / "users.txt").exists()


def test_a_user_is_replaced_only_when_told_and_others_stay(file: Path) -> None:
    add_user(file, "other", "another password")
    file.write_text("# ward 3\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(UsersError):
        add_user(file, "reader", "a new password")
    add_user(file, "reader", "a new password", replace=True)
    users = Users(file)
    assert users.verify("reader", "a new password") and users.verify("other", "another password")
    assert not users.verify("reader", PASSWORD)
    assert file.read_text(encoding="utf-8").startswith("# ward 3\n")


@pytest.mark.parametrize("text", ["reader", "reader:plain", ":", "\udcff"])
def test_a_malformed_file_names_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_bytes(text.encode("utf-8", "surrogateescape") + b"\n")
    with pytest.raises(UsersError):
        read_users(path)


def test_no_file_and_no_user_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="No such file"):
        Users(tmp_path / "none")
    (tmp_path / "empty").write_text("# nobody yet\n")
    with pytest.raises(UsersError, match="No user"):
        Users(tmp_path / "empty")


def test_a_change_of_the_file_counts_at_once_and_a_bad_one_lets_nobody_in(file: Path) -> None:
    users = Users(file)
    assert users.hash_of("reader")
    file.write_text("garbage\n")
    assert users.hash_of("reader") is None
    os.unlink(file)
    assert users.hash_of("reader") is None
    add_user(file, "reader", PASSWORD)
    assert users.verify("reader", PASSWORD)
