"""GitHub's lists, as the JSON that came: a page a request, by the addresses that GitHub gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import github

from docbot.errors import StoppedError
from docbot.forges.github.client import Client

_NEXT = re.compile(r"<([^<>]{1,2000})>;\s*rel=\"next\"")
_SIZE = {"per_page": "100"}


def pages(
    client: Client, path: str, query: Mapping[str, str], what: str, *, most: int | None = None
) -> Iterator[list[Any]]:
    """The pages of the list at `path`, at most `most` of them; the last one may be empty.

    PyGithub's own lists ask once more for each entry that lacks a word. `what` is a noun, for people. Raises
    StoppedError as `Client` does, and for an answer that is no list.
    """
    address: str | None = path
    given: dict[str, str] = {**_SIZE, **query}
    while address is not None and most != 0:
        headers, data = _page(client, address, given, what)
        yield data
        following = _NEXT.search(str(headers.get("link", "")))
        address, given = (following[1], {}) if following and data else (None, {})
        most = None if most is None else most - 1


def _page(
    client: Client, address: str, query: Mapping[str, str], what: str
) -> tuple[dict[str, Any], list[Any]]:
    def ask(api: github.Github) -> tuple[dict[str, Any], Any]:
        return api.requester.requestJsonAndCheck("GET", address, parameters=dict(query) or None)

    headers, data = client.read(ask, what)
    if not isinstance(data, list):
        raise StoppedError(f"GitHub answered for {what} with no list: run docbot again")
    return headers, data
