"""What the web says of the pages that docs link to: gathered where a person asks for it, and kept a while."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import msgspec

from docbot import __version__
from docbot.cache import Cache, packed
from docbot.rules.outdated.external import links_out
from docbot.site.model import Site
from docbot.types import digest
from docbot.web.interface import Look, Looker, State, Unseen, Web, Why
from docbot.web.urls import host_of, is_page

_HOUR = 3600.0
_LIFETIMES = {
    State.GOOD: 7 * 24 * _HOUR,
    State.DEAD: 24 * _HOUR,
    State.SOFT: 24 * _HOUR,
    State.REFUSED: 6 * _HOUR,
    State.TROUBLED: 1 * _HOUR,
}
"""Seconds that an answer is believed: a page that is there stays, mostly; one that is lost may come back."""
_KEPT_EVERY = 25
"""Answers after which what was learnt is put by, so that little is lost."""
_MOST_HOSTS = 5
"""Hosts that one notice names."""


class Online(msgspec.Struct, frozen=True):
    """That the web may be asked, and how. Only a person may say so, never the docs."""

    looker: Callable[[], Looker]
    private: bool = False
    """Whether addresses in private networks are asked too."""
    wanted: Callable[[str], bool] = lambda path: True
    """Whether the links of the page at a path are to be looked at."""
    progress: Callable[[int, int], None] = lambda done, total: None
    now: Callable[[], float] = time.time
    """Unix time."""


class _Kept(msgspec.Struct, frozen=True, gc=False):
    """An answer, and the Unix time until which it is believed."""

    look: Look
    until: float


class _Store(msgspec.Struct, frozen=True):
    kept: dict[str, _Kept] = msgspec.field(default_factory=dict)


def web_of(site: Site, paths: Iterable[str], online: Online, cache: Cache) -> Web:
    """What is known or can be learnt of the links to other sites on the pages at `paths`.

    What was learnt is kept also where Ctrl-C ends the run.
    """
    urls = dict.fromkeys(_urls(site, paths, online))
    memory = _Memory(cache, online.now)
    known = {url: look for url in urls if (look := memory.look(url))}
    unseen: list[Unseen] = []
    left = [url for url in urls if url not in known]
    online.progress(len(known), len(urls))
    try:
        for number, answer in enumerate(online.looker().look(left) if left else (), 1):
            if isinstance(answer, Unseen):
                unseen.append(answer)
            else:
                known[answer.url] = answer
                memory.keep(answer)
            online.progress(len(urls) - len(left) + number, len(urls))
    finally:
        memory.store()
    return Web(known, tuple(_gaps(known, unseen, len(urls))))


def _urls(site: Site, paths: Iterable[str], online: Online) -> Iterator[str]:
    for path in filter(online.wanted, paths):
        for link, url in links_out(path, site.outlines[path].links, site):
            if is_page(link.destination, private=online.private):
                yield url


class _Memory:
    """The answers kept between runs. A cache that can't be read counts as empty."""

    def __init__(self, cache: Cache, now: Callable[[], float]) -> None:
        self._cache, self._now = cache, now
        self._key = digest("web", __version__)
        self._fresh = 0
        moment = now()
        self._kept = {
            url: kept for url, kept in self._read().items() if moment < kept.until <= moment + _LONGEST
        }

    def _read(self) -> dict[str, _Kept]:
        data = self._cache.load([self._key]).get(self._key)
        try:
            return {} if data is None else msgspec.msgpack.decode(data, type=_Store).kept
        except msgspec.DecodeError:
            return {}

    def look(self, url: str) -> Look | None:
        kept = self._kept.get(url)
        return kept.look if kept else None

    def keep(self, look: Look) -> None:
        """Believe `look` for a while. Silence without any answer may be this machine's own."""
        if look.state not in _LIFETIMES or (look.state is State.TROUBLED and not look.status):
            return
        self._kept[look.url] = _Kept(look, self._now() + _LIFETIMES[look.state])
        self._fresh += 1
        if self._fresh >= _KEPT_EVERY:
            self.store()

    def store(self) -> None:
        """Put everything by."""
        data = packed(_Store(self._kept)) if self._fresh else None
        if data is not None:
            self._cache.store({self._key: data})
        self._fresh = 0


_LONGEST = max(_LIFETIMES.values())


def _gaps(known: Mapping[str, Look], unseen: Collection[Unseen], total: int) -> Iterator[str]:
    """What a person should know of what wasn't learnt, each with what can be done."""
    why = Counter(one.why for one in unseen)
    silent = [look for look in known.values() if look.state is State.TROUBLED]
    if why[Why.OFFLINE]:
        yield (
            f"no server could be reached, so {why[Why.OFFLINE] + len(silent)} of {_links(total)} were "
            "not looked at: check the network (docbot uses no proxy), then run it again"
        )
        return
    if why[Why.TIME]:
        yield (
            f"time was over before {why[Why.TIME]} of {_links(total)} could be looked at: what was learnt is "
            "kept, run it again to go on"
        )
    if why[Why.HOST]:
        hosts = _hosts(one.url for one in unseen if one.why is Why.HOST)
        yield (
            f"{_links(why[Why.HOST])} not looked at, since {hosts} asked for a pause, turned docbot away "
            "or didn't answer: run it again later"
        )
    refused = [look for look in known.values() if look.state is State.REFUSED]
    if silent or refused:
        yield (
            f"{_links(len(silent) + len(refused))} without a verdict ({len(refused)} refused, {len(silent)} "
            "without a sound answer): open them yourself"
        )
    inside = [look for look in known.values() if look.state is State.FORBIDDEN]
    if inside:
        yield (
            f"{_links(len(inside))} not followed, into private networks or to what is no page: "
            "`--allow-private` lets docbot into networks"
        )


def _links(count: int) -> str:
    return f"{count:,} external link{'' if count == 1 else 's'}"


def _hosts(urls: Iterable[str]) -> str:
    names = [name for name, _ in Counter(map(host_of, urls)).most_common()]
    shown = ", ".join(names[:_MOST_HOSTS])
    return shown if len(names) <= _MOST_HOSTS else f"{shown} and {len(names) - _MOST_HOSTS} more"
