"""Fetches lifecycle facts from endoflife.date's API (version 1), and believes little of what it hears.

The form of the answers is that of https://endoflife.date/docs/api/v1/.
"""

from __future__ import annotations

import time
from datetime import date

import msgspec
import requests

from docbot import __version__
from docbot.errors import LifecycleError
from docbot.lifecycles import NAMES, Lifecycles, Naming, Product, Release
from docbot.lifecycles.stored import checked, version_of

API = "https://endoflife.date/api/v1/"
LARGEST_ANSWER = 30_000_000
"""Bytes. The whole of endoflife.date is a fifth of it."""
PATIENCE = 120.0
"""Seconds that the whole answer may take."""
_CONNECT, _SILENCE = 10.0, 30.0
"""Seconds until a connection stands, and between two pieces of the answer."""
_MOST_REDIRECTS = 3
_OK = 200
_PIECE = 65536


class _Release(msgspec.Struct, rename="camel"):
    name: str
    release_date: date | None = None
    label: str | None = None
    is_eol: bool = False
    eol_from: date | None = None
    eoes_from: date | None = None


class _Links(msgspec.Struct, rename="camel"):
    release_policy: str | None = None


class _Name(msgspec.Struct):
    name: str


class _Product(msgspec.Struct):
    name: str
    releases: list[_Release]
    links: _Links = msgspec.field(default_factory=_Links)


class _Answer(msgspec.Struct):
    schema_version: str
    result: list[msgspec.Raw]


def fetch(today: date, source: str = API, *, patience: float = PATIENCE) -> Lifecycles:
    """The facts about the products docbot knows, as the server at `source` has them `today`.

    `source` is a URL with a slash at its end, `patience` seconds for all of it. Raises LifecycleError when
    they can't be had within that time and LARGEST_ANSWER bytes, or can't be true.
    """
    url = f"{source}products/full"
    try:
        data = _download(url, time.monotonic() + patience)
    except requests.RequestException as error:
        # The errors for what is no URL are ValueErrors too.
        remedy = "give an http or https URL" if isinstance(error, ValueError) else "try again later"
        raise LifecycleError(f"{url} can't be read ({_reason(error)}): {remedy}") from error
    try:
        return checked(_facts(data, today, source), today)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LifecycleError(f"{url} doesn't answer as endoflife.date does ({error})") from error


def _download(url: str, deadline: float) -> bytes:
    # Unpacked data would have no size that a server must say.
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": f"docbot/{__version__}",
    }
    with requests.Session() as session:
        session.max_redirects = _MOST_REDIRECTS
        with session.get(url, headers=headers, stream=True, timeout=(_CONNECT, _SILENCE)) as answer:
            if url.startswith("https:") and not answer.url.startswith("https:"):
                raise LifecycleError(f"{url} leads to a page that anybody on the way can change")
            if answer.status_code != _OK:
                raise LifecycleError(f"{url} answers with {answer.status_code}: try again later")
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise LifecycleError(f"{url} answers with packed data, which nobody asked for")
            return _body(answer, url, deadline)


def _body(answer: requests.Response, url: str, deadline: float) -> bytes:
    parts, size = list[bytes](), 0
    for part in answer.iter_content(_PIECE):
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            raise LifecycleError(f"{url} answers with more than {LARGEST_ANSWER:,} bytes")
        if time.monotonic() > deadline:
            raise LifecycleError(f"{url} takes too long: try again later")
    return b"".join(parts)


def _reason(error: requests.RequestException) -> str:
    """What went wrong, without the objects of the library in it."""
    if isinstance(error, requests.Timeout):
        return "it takes too long"
    if isinstance(error, requests.TooManyRedirects):
        return "it leads in circles"
    if isinstance(error, ValueError):
        return "it is no URL of a server"
    return "the connection failed" if isinstance(error, requests.ConnectionError) else type(error).__name__


def _facts(data: bytes, today: date, source: str) -> Lifecycles:
    answer = msgspec.json.decode(data, type=_Answer)
    if not answer.schema_version.startswith("1."):
        raise LifecycleError(f"{source} speaks version {answer.schema_version[:20]!r} of the API, not 1")
    names = {naming.id: naming for naming in NAMES}
    products: dict[str, Product] = {}
    for raw in answer.result:
        name = msgspec.json.decode(raw, type=_Name).name
        if name in names:
            products[name] = _product(names[name], msgspec.json.decode(raw, type=_Product))
    return Lifecycles(source=source, retrieved=today, products=dict(sorted(products.items())))


def _product(naming: Naming, found: _Product) -> Product:
    """The releases of which the days are known: one that ended on a day nobody knows is left out."""
    return Product(
        tuple(
            Release(
                version_of(naming, release.name, release.label or ""),
                release.release_date,
                release.eol_from,
                release.eoes_from,
            )
            for release in found.releases
            if release.release_date is not None and (release.eol_from is not None or not release.is_eol)
        ),
        found.links.release_policy or "",
    )
