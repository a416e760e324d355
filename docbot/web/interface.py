"""What the web can be asked, and what it can answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

PERMANENT = frozenset((301, 308))
"""The statuses by which a server says that a page has moved for good (RFC 9110, 15.4)."""


class State(StrEnum):
    """What became of a page, as far as asking can tell."""

    GOOD = "good"
    """It answered with a page."""
    DEAD = "dead"
    """Nothing is there: 404 or 410 at every look, or a host whose name is gone."""
    SOFT = "soft"
    """It answered with a page that looks like the site's way to say that nothing is there."""
    REFUSED = "refused"
    """The server wouldn't say: it wants a login, a person, or a pause."""
    TROUBLED = "troubled"
    """No sound answer came: failures, silence, nonsense, circles."""
    FORBIDDEN = "forbidden"
    """It leads where docbot doesn't go, such as into a private network."""


class Why(StrEnum):
    """Why a page wasn't looked at."""

    TIME = "time"
    """The run's time was over."""
    HOST = "host"
    """Its host asked for a pause, turned docbot away, or was out of reach before."""
    OFFLINE = "offline"
    """No host at all could be reached."""


class Hop(msgspec.Struct, frozen=True, gc=False):
    """One redirection: the status that gave it, and the whole URL it leads to, with its fragment."""

    status: int
    url: str


class Copy(msgspec.Struct, frozen=True, gc=False):
    """An archived copy of a page, and the day it was made, `YYYY-MM-DD`."""

    url: str
    day: str


class Look(msgspec.Struct, frozen=True, gc=False):
    """What one page answered. `url` is what was asked for: normalised, without fragment."""

    url: str
    state: State
    status: int = 0
    """The last HTTP status; 0 where no answer came."""
    said: str = ""
    """What was answered, in a few words for people."""
    hops: tuple[Hop, ...] = ()
    agreed: bool = False
    """Whether GET, asked apart from HEAD, was led the same way."""
    host_answers: bool = False
    """Whether another page of the same host is there."""
    copy: Copy | None = None
    day: str = ""
    """The day it was asked, `YYYY-MM-DD` in UTC."""

    @property
    def end(self) -> str:
        """Where the redirections end."""
        return self.hops[-1].url if self.hops else self.url

    @property
    def is_moved(self) -> bool:
        """Whether servers sent GET and HEAD alike, and for good, to a page that is there."""
        lasting = bool(self.hops) and all(hop.status in PERMANENT for hop in self.hops)
        return lasting and self.agreed and self.state is State.GOOD and self.status == 200


class Unseen(msgspec.Struct, frozen=True, gc=False):
    """A page that wasn't looked at."""

    url: str
    why: Why


class Web(msgspec.Struct, frozen=True):
    """What was learnt of the pages that the docs link to, by URL as `Look.url` has it."""

    looks: Mapping[str, Look] = msgspec.field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    """What couldn't be learnt, in sentences for people."""


class Looker(Protocol):
    """Asks about pages."""

    def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
        """One answer for each of `urls` (as `urls.address_of` writes them), each as soon as it is known.

        Nothing is raised for what a server, the line or the docs do wrong. Whoever stops listening stops
        the asking.
        """
        ...
