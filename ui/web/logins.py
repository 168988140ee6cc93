"""Who is logged in: session tokens in memory, and passwords sent with each request (HTTP Basic)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ui.users import Users
from ui.web.throttle import Throttle

SESSION_SECONDS = 12 * 3600
BASIC_SECONDS = 300
"""How long a password sent with every request is not checked anew: the check is slow on purpose."""
MOST_SESSIONS = 10_000

_Key = TypeVar("_Key", str, bytes)


@dataclass(frozen=True)
class _Entry:
    name: str
    hashed: str
    """The hash the login was checked against: another password ends the session."""
    expires: float


class Logins:
    """Sessions and checks. What may be slow says so: call it in a thread."""

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self.users = users
        self.throttle = Throttle(clock)
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._sessions: dict[str, _Entry] = {}
        self._basic: dict[bytes, _Entry] = {}

    def check(self, name: str, password: str, address: str) -> tuple[str | None, float]:
        """(token of a new session, 0), (None, 0) when wrong, (None, seconds to wait). Slow."""
        hashed, wait = self._verify(name, password, address)
        if hashed is None:
            return None, wait
        self._tidy(self._sessions)
        token = secrets.token_urlsafe(32)
        self._sessions[token] = _Entry(name, hashed, self._clock() + SESSION_SECONDS)
        return token, 0.0

    def user(self, token: str) -> str | None:
        """Who a session belongs to, while it lasts and its user's line stands unchanged."""
        return self._current(self._sessions.get(token))

    def end(self, token: str) -> None:
        """Log out."""
        self._sessions.pop(token, None)

    def known_basic(self, header: str) -> str | None:
        """Who an ``Authorization`` header that was checked lately belongs to."""
        return self._current(self._basic.get(self._fingerprint(header)))

    def check_basic(self, header: str, address: str) -> tuple[str | None, float]:
        """(name, 0), (None, 0) when wrong, (None, seconds to wait). Slow."""
        scheme, _, encoded = header.partition(" ")
        try:
            decoded = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return None, 0.0
        name, colon, password = decoded.partition(":")
        if scheme.lower() != "basic" or not colon:
            return None, 0.0
        hashed, wait = self._verify(name, password, address)
        if hashed is None:
            return None, wait
        self._tidy(self._basic)
        self._basic[self._fingerprint(header)] = _Entry(name, hashed, self._clock() + BASIC_SECONDS)
        return name, 0.0

    def _verify(self, name: str, password: str, address: str) -> tuple[str | None, float]:
        keys = (f"name {name[:200]}", f"address {network(address)}")
        if wait := self.throttle.begin(*keys):
            return None, wait
        hashed = self.users.verify(name, password)
        if hashed is not None:
            self.throttle.succeed(*keys)
        return hashed, 0.0

    def _current(self, entry: _Entry | None) -> str | None:
        if entry is None or entry.expires <= self._clock() or self.users.hash_of(entry.name) != entry.hashed:
            return None
        return entry.name

    def _fingerprint(self, header: str) -> bytes:
        """In place of the password itself, useless outside this process."""
        return hmac.digest(self._key, header.encode("utf-8", "replace"), hashlib.sha256)

    def _tidy(self, entries: dict[_Key, _Entry]) -> None:
        """Forget what has expired, and the oldest when there are too many."""
        now = self._clock()
        for key in [key for key, entry in list(entries.items()) if entry.expires <= now]:
            entries.pop(key, None)
        while len(entries) >= MOST_SESSIONS:
            entries.pop(next(iter(entries)), None)


def network(address: str) -> str:
    """The address; of an IPv6 one its /64, all of which one subscriber has."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))
