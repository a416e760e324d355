"""The pages of one host, looked at one after the other; what wasn't sure is looked at again at the end."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace

from docbot.web.exchange import Answer, Fault, Trouble
from docbot.web.interface import Look, State, Unseen, Why
from docbot.web.pace import LONGEST_PAUSE, Pace, asked_pause
from docbot.web.urls import host_of, parsed
from docbot.web.visit import Again, visit

SECOND_LOOK = 5.0
"""Seconds at least between the two looks that must both find nothing."""
TRIES = 3
"""Looks at a page that gives no sound answer. The pause doubles from BACKOFF seconds."""
BACKOFF = 2.0
PAUSE = 15.0
"""Seconds to wait where a host asks for a pause and doesn't say how long."""
MOST_PAUSES = 3
MOST_REFUSALS = 5
"""Pages in a row that a host refuses before docbot takes it that the host wants no programs."""
MOST_SILENCES = 3
"""Looks in a row without any answer before a host counts as out of reach."""


class Asker(Protocol):
    """What a lane needs of the looker it belongs to."""

    @property
    def pace(self) -> Pace:
        """The turns of all hosts."""
        ...

    def ask(self, method: str, url: str) -> Answer | Fault:
        """One request."""
        ...

    def settled(self, look: Look) -> Look:
        """A verdict with what belongs to it."""
        ...


class _Job(msgspec.Struct, order=True):
    """A page to look at, not before `due`."""

    due: float
    number: int
    url: str
    looks: int = 0
    deaths: int = 0
    """How many of the looks found nothing there."""


class Lane:
    """All pages of one host."""

    def __init__(self, host: str, urls: Sequence[str], asker: Asker) -> None:
        self.host = host
        self.nameless: list[Look] = []
        """Pages whose host has no name, as far as this machine can tell."""
        self._asker = asker
        self._jobs = [_Job(0.0, number, url) for number, url in enumerate(urls)]
        self._refusals = self._silences = self._pauses = self._missed = 0
        self._witnesses: dict[str, bool] = {}
        """Whether a host has any page that is there, where that is known."""

    def run(self) -> Iterator[Look | Unseen]:
        """A verdict on each page but the nameless. Raises Stopped when the run is over."""
        while self._jobs:
            job = heapq.heappop(self._jobs)
            self._asker.pace.wait_until(job.due)
            job.looks += 1
            seen = visit(job.url, self._asker.ask, first=job.looks == 1)
            said = self._sure(job, seen) if isinstance(seen, Again) else seen
            if said is not None:
                yield self._finished(said)
            if self._is_closed:
                yield from self._leave()

    def _finished(self, look: Look) -> Look:
        if look.state in (State.GOOD, State.SOFT):
            self._witnesses[host_of(look.end)] = True
        # What another host says to which this one sends readers is no word about this one.
        refused = look.state is State.REFUSED and not look.hops
        self._refusals = self._refusals + 1 if refused else 0
        if look.status:
            self._silences = self._missed = 0
        if look.state is State.DEAD:
            look = replace(look, host_answers=self._host_answers(look.end))
        return self._asker.settled(look)

    def _sure(self, job: _Job, seen: Again) -> Look | None:
        """The verdict, or None where the page will be looked at again."""
        look = seen.look
        if seen.fault is Trouble.NO_NAME:
            self._without_name(job, look)
            return None
        self._missed = 0
        if seen.fault in (Trouble.UNREACHABLE, Trouble.TIMEOUT):
            self._silences += 1
        if look.state is State.REFUSED:
            return self._paused(job, seen)
        dead = look.state is State.DEAD
        job.deaths += dead
        if job.deaths >= 2 if dead else job.looks >= TRIES:
            return look
        self._later(job, SECOND_LOOK if dead else BACKOFF * 2 ** (job.looks - 1))
        return None

    def _without_name(self, job: _Job, look: Look) -> None:
        """All pages of the host share its fate, which is told when it is known whether names work here."""
        self._missed += 1
        self._later(job, SECOND_LOOK)
        self._asker.pace.hold(self.host, SECOND_LOOK)
        if self._missed > 1:
            self.nameless = [replace(look, url=job.url, hops=()) for job in self._jobs]
            self._jobs.clear()

    def _paused(self, job: _Job, seen: Again) -> Look | None:
        self._pauses += 1
        asked = asked_pause(seen.pause, self._asker.pace.clock.wall())
        seconds = PAUSE * 2 ** (self._pauses - 1) if asked is None else asked
        if self._pauses > MOST_PAUSES or seconds > LONGEST_PAUSE:
            self._pauses = MOST_PAUSES + 1
            return seen.look
        self._asker.pace.hold(host_of(seen.look.end), seconds)
        self._later(job, seconds)
        return None

    def _later(self, job: _Job, seconds: float) -> None:
        job.due = self._asker.pace.clock.now() + seconds
        heapq.heappush(self._jobs, job)

    @property
    def _is_closed(self) -> bool:
        return (
            self._pauses > MOST_PAUSES or self._refusals >= MOST_REFUSALS or self._silences >= MOST_SILENCES
        )

    def _leave(self) -> Iterator[Unseen]:
        """Give the host up."""
        for job in self._jobs:
            yield Unseen(job.url, Why.HOST)
        self._jobs.clear()

    def _host_answers(self, url: str) -> bool:
        """Whether the host has any page, so that one it says is gone is gone by itself."""
        host = host_of(url)
        if host not in self._witnesses:
            home = parsed(url)._replace(path="/", query=None, fragment=None).url
            seen = visit(home, self._asker.ask, first=False)
            self._witnesses[host] = isinstance(seen, Look) and seen.state in (State.GOOD, State.SOFT)
        return self._witnesses[host]
