"""Slows down who fails to log in: each failure after the first few doubles the wait."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 5
"""Failures without a wait."""
LONGEST_WAIT = 300.0
"""Seconds; short enough that nobody can shut a colleague out for good."""
FORGOTTEN = 3600.0
"""Seconds after which failures no longer count."""
MOST = 20_000
"""Names and addresses remembered; the oldest beyond that are dropped."""


class Throttle:
    """Failures by key (a user's name or an address). Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, *keys: str) -> float:
        """Seconds to wait first; 0 lets the attempt through and counts it as failed until ``succeed``.

        Counting before the slow check keeps many attempts at once from slipping through together.
        """
        with self._lock:
            now = self._clock()
            wait = max((self._wait(key, now) for key in keys), default=0.0)
            if wait > 0:
                return wait
            for key in keys:
                count, last = self._failures.pop(key, (0, now))
                self._failures[key] = (1 if now - last > FORGOTTEN else count + 1, now)
            while len(self._failures) > MOST:
                self._failures.popitem(last=False)
            return 0.0

    def succeed(self, name: str, address: str) -> None:
        """The attempt was right: the name starts afresh, the address gets back what ``begin`` counted.

        An address does not start afresh, or one's own password would buy tries at a colleague's.
        """
        with self._lock:
            self._failures.pop(name, None)
            count, last = self._failures.pop(address, (0, 0.0))
            if count > 1:
                self._failures[address] = (count - 1, last)

    def _wait(self, key: str, now: float) -> float:
        count, last = self._failures.get(key, (0, now))
        if count < FREE or now - last > FORGOTTEN:
            return 0.0
        return float(max(0.0, last + min(2.0 ** (count - FREE), LONGEST_WAIT) - now))
