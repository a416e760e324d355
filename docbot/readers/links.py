"""The addresses in an issue: pages of the published site, files on the code host, paths in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]{1,2000}", re.I)
_FILE = re.compile(
    r"https?://(?:www\.)?(?:github\.com/(?P<repo>[\w.-]{1,100}/[\w.-]{1,100})/(?:blob|tree|edit|raw|blame)"
    r"|raw\.githubusercontent\.com/(?P<raw>[\w.-]{1,100}/[\w.-]{1,100}))/(?P<rest>[^?#\s]{1,1000})"
    r"(?:\?[^#\s]{0,300})?(?:#(?P<fragment>\S{0,300}))?\Z",
    re.I | re.ASCII,
)
_LINES = re.compile(r"L(\d{1,7})(?:C\d+)?(?:-L?(\d{1,7})(?:C\d+)?)?\Z")
_PATH = re.compile(
    r"(?<![\w/.:@-])(?:\./)?(?P<path>[\w.-]{1,100}(?:/[\w.%+-]{1,100}){0,12}\.(?:md|mdx|markdown|yml))"
    r"(?:(?:#|:)(?P<more>L?\d{1,7}(?:-L?\d{1,7})?|[a-z][\w-]{0,100}))?(?![\w/])",
    re.I,
)
_LINE_WORD = re.compile(r"\bline(?:s)?\s+(\d{1,7})(?:\s*(?:-|–|to|and)\s*(\d{1,7}))?\b", re.I)


class FileLink(msgspec.Struct, frozen=True):
    """An address of a file: branch (which may have slashes) and path in one. `repository` is empty for a path
    in the text, whose `rest` is the path alone."""

    repository: str
    rest: str
    fragment: str = ""
    lines: tuple[int, int] = (0, 0)


class PageLink(msgspec.Struct, frozen=True):
    """An address of the published site, whichever that is."""

    url: str
    fragment: str = ""


Link = FileLink | PageLink


def links_in(text: str) -> list[Link]:
    """Every address in `text`, in its order: URLs first, then paths of Markdown files."""
    found: list[Link] = [link_of(url) for url in urls_in(text)]
    rest = _URL.sub(" ", text)
    lines = _LINE_WORD.search(rest)
    said = _range(lines[1], lines[2]) if lines else (0, 0)
    for match in _PATH.finditer(rest):
        more = match["more"] or ""
        numbers = _LINES.match(more if more[:1] in "Ll" else f"L{more}") if more else None
        if numbers:
            found.append(FileLink("", match["path"], "", _range(numbers[1], numbers[2])))
        else:
            found.append(FileLink("", match["path"], more, said))
    return list(dict.fromkeys(found))


def urls_in(text: str) -> Iterator[str]:
    """The URLs in `text`, without the punctuation of the sentence around them."""
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;:!?*_~")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;:!?*_~")
        # `[text](url)` twice on a line without a space: the first closing bracket ends the first.
        yield url if url.count(")") == url.count("(") else url.split(")")[0]


def link_of(url: str) -> Link:
    """A URL as what it leads to."""
    match = _FILE.match(url)
    if match is None:
        return PageLink(url.partition("#")[0], _plain(url.partition("#")[2]))
    fragment = match["fragment"] or ""
    lines = _LINES.match(fragment)
    place = _range(lines[1], lines[2]) if lines else (0, 0)
    rest = unquote(match["rest"]).strip("/")
    return FileLink(match["repo"] or match["raw"], rest, "" if lines else _plain(fragment), place)


def _range(first: str, last: str | None) -> tuple[int, int]:
    start = int(first)
    end = int(last) if last else start
    return (min(start, end), max(start, end))


def _plain(fragment: str) -> str:
    plain = unquote(fragment)
    # `#:~:text=` is of a browser, not of a page.
    return plain.partition(":~:")[0].removeprefix("user-content-")
