"""Asks a web archive for its copy of a page that is gone. What it answers is shown, never put into a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import msgspec

from docbot.web.exchange import Fault
from docbot.web.interface import Copy

WAYBACK = "https://archive.org/wayback/available?url="
"""The availability API of the Internet Archive; the page's URL goes behind it."""
_COPY = re.compile(r"https?://(web\.archive\.org/web/(\d{4})(\d\d)(\d\d)\d*/\S+)")
_MOST_FAULTS = 2


class _Closest(msgspec.Struct):
    available: bool = False
    url: str = ""
    status: str = ""


class _Snapshots(msgspec.Struct):
    closest: _Closest | None = None


class _Available(msgspec.Struct):
    archived_snapshots: _Snapshots = msgspec.field(default_factory=_Snapshots)


class Archive:
    """The archive whose API is at `api`; no archive for "". One that fails twice isn't asked again."""

    def __init__(self, api: str, fetch: Callable[[str], bytes | Fault]) -> None:
        self._api, self._fetch = api, fetch
        self._faults = 0

    def copy_of(self, url: str) -> Copy | None:
        """The copy of `url` nearest to today that showed a page; None for none, and for no answer."""
        if not self._api or self._faults >= _MOST_FAULTS:
            return None
        answer = self._fetch(self._api + quote(url, safe=""))
        if isinstance(answer, Fault):
            self._faults += 1
            return None
        try:
            closest = msgspec.json.decode(answer, type=_Available).archived_snapshots.closest
        except (msgspec.DecodeError, RecursionError):
            self._faults += 1
            return None
        found = closest and closest.available and closest.status == "200" and _COPY.fullmatch(closest.url)
        return Copy(f"https://{found[1]}", f"{found[2]}-{found[3]}-{found[4]}") if found else None
