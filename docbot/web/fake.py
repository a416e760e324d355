"""A web of a few words, for the examples of rules and for tests."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from docbot.web.interface import Copy, Hop, Look, State, Unseen, Web, Why
from docbot.web.urls import address_of

DAY = "2026-01-15"
"""The day on which the fake is asked."""
_STATES = {
    "200": State.GOOD,
    "404": State.DEAD,
    "410": State.DEAD,
    "403": State.REFUSED,
    "500": State.TROUBLED,
}


def look_of(url: str, script: str) -> Look:
    """What `url` answers by `script`: its redirections (`301 URL`, ...), then its status.

    After the status `soft` makes it a soft 404, and `copy URL` says where an archived copy is.
    """
    words = script.split()
    hops = []
    while len(words) > 1 and "://" in words[1]:
        hops.append(Hop(int(words[0]), words[1]))
        del words[:2]
    status, rest = words[0], words[1:]
    return Look(
        address_of(url) or url,
        State.SOFT if rest[:1] == ["soft"] else _STATES[status],
        int(status),
        "404 Not Found" if status == "404" else status,
        tuple(hops),
        agreed=bool(hops),
        host_answers=True,
        copy=Copy(rest[1], "2020-02-02") if rest[:1] == ["copy"] else None,
        day=DAY,
    )


def web_of(scripts: Mapping[str, str]) -> Web:
    """The answers of every page in `scripts`, as `look_of` reads them."""
    looks = [look_of(url, script) for url, script in scripts.items()]
    return Web({look.url: look for look in looks})


class FakeLooker:
    """A Looker that answers by scripts; a page without one is unseen. `asked` is what it was asked."""

    def __init__(self, scripts: Mapping[str, str], why: Why = Why.HOST) -> None:
        self._web, self._why = web_of(scripts), why
        self.asked: list[str] = []

    def look(self, urls: Collection[str]) -> Iterator[Look | Unseen]:
        for url in urls:
            self.asked.append(url)
            yield self._web.looks.get(url) or Unseen(url, self._why)
