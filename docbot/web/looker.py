"""Looks at many pages: hosts beside each other, the pages of one host one after the other.

Whoever reads the answers decides how long it lasts: the threads are daemons, and none begins a request after
the last answer was read. So Ctrl-C ends at once.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from docbot.web.archive import WAYBACK, Archive
from docbot.web.exchange import Answer, Fault, Patience, Trouble, exchange, fetch
from docbot.web.guard import Guard
from docbot.web.interface import Copy, Look, State, Unseen, Why
from docbot.web.lane import Lane
from docbot.web.pace import CLOCK, Clock, Pace, Stopped
from docbot.web.urls import host_of, is_numeric

_ENOUGH = 6
"""Hosts that must all be out of reach before docbot takes it that there is no network."""
_GRACE = 5.0
"""Seconds that other hosts have to answer meanwhile: the dead are often listed together."""


class Manners(msgspec.Struct, frozen=True):
    """How much is asked at once, and how long; times in seconds."""

    hosts: int = 8
    """Hosts that are asked at the same time, each over one connection."""
    apart: float = 0.5
    """From the start of one request to a host to the start of the next."""
    budget: float = 600.0
    """For the whole run."""
    patience: Patience = Patience()


MANNERS = Manners()


class HttpLooker:
    """The Looker that asks real servers. Good for one run."""

    def __init__(
        self,
        guard: Guard,
        *,
        manners: Manners = MANNERS,
        archive: str = WAYBACK,
        clock: Clock = CLOCK,
    ) -> None:
        """`archive` is the availability API that is asked for copies of dead pages; "" for none."""
        self._guard, self._manners, self._clock = guard, manners, clock
        self._pace = Pace(clock, manners.apart)
        self._archive = Archive(archive, self._fetch)
        self._archive_turn = threading.Lock()
        self._said: queue.SimpleQueue[Look | Unseen | None] = queue.SimpleQueue()
        self._lanes: deque[Lane] = deque()
        self._answered: dict[str, str] = {}
        """For each host that answered, a URL it answered for."""
        self._end = 0.0
        self._bug: BaseException | None = None
        self._silent: set[str] = set()

    def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
        self._end = self._clock.now() + self._manners.budget
        left = dict.fromkeys(urls)
        lanes = self._grouped(left)
        self._lanes.extend(lanes)
        count = min(self._manners.hosts, len(lanes))
        for _ in range(count):
            threading.Thread(target=self._work, daemon=True).start()
        try:
            for answer in self._heard(count):
                left.pop(answer.url, None)
                yield answer
            for look in self._nameless(lanes, left):
                left.pop(look.url, None)
                yield look
            yield from self._unseen(lanes, left)
        finally:
            self._pace.stop()

    def _grouped(self, urls: Collection[str]) -> list[Lane]:
        by_host: dict[str, list[str]] = {}
        for url in urls:
            by_host.setdefault(host_of(url), []).append(url)
        return [Lane(host, mine, self) for host, mine in by_host.items()]

    @property
    def _is_reached(self) -> bool:
        """Whether any server answered at all: proof that there is a network."""
        return bool(self._answered)

    @property
    def _is_offline(self) -> bool:
        waited = self._clock.now() - (self._end - self._manners.budget)
        return not self._is_reached and len(self._silent) >= _ENOUGH and waited >= _GRACE

    def _heard(self, workers: int) -> Iterator[Look | Unseen]:
        """Everything the workers say, until they are done, time is over, or there is no network."""
        while workers:
            if self._clock.now() >= self._end or self._is_offline:
                return
            try:
                said = self._said.get(timeout=0.2)
            except queue.Empty:
                continue
            if self._bug is not None:
                raise self._bug
            if said is None:
                workers -= 1
            else:
                yield said

    def _work(self) -> None:
        try:
            while True:
                try:
                    lane = self._lanes.popleft()
                except IndexError:
                    return
                for said in lane.run():
                    self._said.put(said)
        except Stopped:
            return
        except BaseException as error:
            self._bug = error
            raise
        finally:
            self._said.put(None)

    def _nameless(self, lanes: Collection[Lane], left: Collection[str]) -> Iterator[Look]:
        """Verdicts on hosts without a name: dead, if right now they still have none and other names work."""
        lost = [lane for lane in lanes if lane.nameless and lane.host not in self._answered]
        gone = [lane for lane in lost if self._clock.now() < self._end and self._has_no_name(lane.host)]
        if not gone or not self._names_work():
            return
        for look in (look for lane in gone for look in lane.nameless if look.url in left):
            yield self._dated(replace(look, state=State.DEAD, copy=self._copy(look.url)))

    def _unseen(self, lanes: Collection[Lane], left: Collection[str]) -> Iterator[Unseen]:
        nameless = {lane.host for lane in lanes if lane.nameless}
        for url in left:
            why = Why.HOST if host_of(url) in nameless else Why.TIME
            yield Unseen(url, why if self._is_reached else Why.OFFLINE)

    def _has_no_name(self, host: str) -> bool:
        fault = exchange("HEAD", f"http://{host}/", self._guard, self._manners.patience)
        return isinstance(fault, Fault) and fault.trouble is Trouble.NO_NAME

    def _names_work(self) -> bool:
        """Whether a host that is known by name answers now."""
        named = [url for host, url in list(self._answered.items()) if not is_numeric(host)]
        return any(
            isinstance(exchange("HEAD", url, self._guard, self._manners.patience), Answer)
            for url in named[-2:]
        )

    def ask(self, method: str, url: str) -> Answer | Fault:
        """One request, in its host's turn. Raises Stopped when the run is over."""
        host = host_of(url)
        with self._pace.turn(host):
            answer = exchange(method, url, self._guard, self._manners.patience)
        if isinstance(answer, Answer):
            self._answered[host] = url
        elif answer.trouble in (Trouble.NO_NAME, Trouble.UNREACHABLE, Trouble.TIMEOUT):
            self._silent.add(host)
        return answer

    @property
    def pace(self) -> Pace:
        return self._pace

    def settled(self, look: Look) -> Look:
        """`look` with its day, and with an archived copy where the page is dead."""
        return self._dated(replace(look, copy=self._copy(look.url)) if look.state is State.DEAD else look)

    def _dated(self, look: Look) -> Look:
        return replace(look, day=datetime.fromtimestamp(self._clock.wall(), UTC).date().isoformat())

    def _copy(self, url: str) -> Copy | None:
        with self._archive_turn:
            return self._archive.copy_of(url)

    def _fetch(self, url: str) -> bytes | Fault:
        with self._pace.turn(host_of(url)):
            return fetch(url, self._guard, self._manners.patience)
