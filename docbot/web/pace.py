"""How fast hosts are asked: one request at a time for each, with a pause between, longer where it asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

LONGEST_PAUSE = 60.0
"""Seconds a host may ask for; one that wants more is left alone in this run."""


class Clock(msgspec.Struct, frozen=True):
    """Seconds that only go forward, Unix time, and waiting; all in seconds."""

    now: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


CLOCK = Clock()


class Stopped(Exception):
    """The run is over: nothing more is asked."""


class Pace:
    """The turns of every host. Shared by all threads of a run."""

    def __init__(self, clock: Clock = CLOCK, apart: float = 0.5) -> None:
        """`apart` are the seconds from the start of one request to a host to the start of the next."""
        self.clock = clock
        self._apart = apart
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._next: dict[str, float] = {}

    def stop(self) -> None:
        """No turn begins after this."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """The time in which one request goes to `host`. Raises Stopped when the run is over."""
        with self._lock:
            mine = self._turns.setdefault(host, threading.Lock())
        with mine:
            self.wait_until(self._next.get(host, 0.0))
            self._next[host] = self.clock.now() + self._apart
            yield

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of `host` for so long."""
        self._next[host] = max(self._next.get(host, 0.0), self.clock.now() + seconds)

    def wait_until(self, moment: float) -> None:
        """Raises Stopped when the run is over before or after the wait."""
        seconds = moment - self.clock.now()
        if seconds > 0 and not self.stopped:
            self.clock.sleep(seconds)
        if self.stopped:
            raise Stopped


def asked_pause(retry_after: str, now: float) -> float | None:
    """The seconds a `Retry-After` header asks for (RFC 9110, 10.2.3); None for nonsense. `now`: Unix time."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())
