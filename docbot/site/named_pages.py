"""Pages by the names people call them by, so that a link whose text is the name of another page shows."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from docbot.markdown.nodes import Link, LinkKind, Outline
from docbot.site.learn_urls import site_url

_PAGE = re.compile(r"\.(?:md|markdown|mdx|html?|aspx|ya?ml)\Z", re.I)
_WEB = re.compile(r"(?:https?:)?//", re.I)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NO_SIGN = re.compile(r"[\W_]+")
_HERE = "~"
"""Starts the folders of the repository itself."""


class NamedPages(msgspec.Struct, frozen=True, gc=False):
    """For each folder, of the repository or of a site: folded names of its pages, and a page that shows it.

    That is the page itself, or one that links to it by its name.
    """

    by_folder: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)


class Address(msgspec.Struct, frozen=True, gc=False):
    """Where a link leads: `name` is the last part, without the extension of pages."""

    folder: str
    name: str
    here: bool
    """Whether it is a path of the repository."""


def named_pages(outlines: Mapping[str, Outline]) -> NamedPages:
    """Every page of `outlines`, by path, and every page of a site that a link of theirs calls by its name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in outlines:
        address = address_of("", path)
        if address:
            found[address.folder][folded(address.name)] = path
    for path, address, text in _links(outlines):
        if folded(address.name) == folded(text) and not address.here:
            found[address.folder].setdefault(folded(text), path)
    return NamedPages(found)


def _links(outlines: Mapping[str, Outline]) -> Iterator[tuple[str, Address, str]]:
    for path, outline in outlines.items():
        for link in outline.links:
            address = address_of(path, link.destination) if is_named(link) else None
            if address:
                yield path, address, link.text


def is_named(link: Link) -> bool:
    """Whether it is a link with a text of its own."""
    return link.kind is LinkKind.LINK and bool(link.text.strip())


def folded(name: str) -> str:
    """Letters and digits of a name or a link's text, in lower case."""
    return _NO_SIGN.sub("", name.lower())


def address_of(page: str, destination: str) -> Address | None:
    """Where `destination`, as written on `page`, leads by its form alone; None for a place on the page."""
    plain = unquote(re.split(r"[?#]", destination.strip(), maxsplit=1)[0], errors="replace").rstrip("/")
    if not plain:
        return None
    url = site_url(plain)
    if not url.startswith("/") and not _WEB.match(url):
        if _SCHEME.match(url) or url.startswith(("~", "@", "{")):
            return None
        return _address(posixpath.normpath(posixpath.join(_HERE, posixpath.dirname(page), url)), here=True)
    return _address(url.lower(), here=False)


def _address(path: str, *, here: bool) -> Address:
    folder, _, name = path.rpartition("/")
    return Address(folder.lower(), _PAGE.sub("", name), here)
