"""Pieces of files that Learn's code directives show: lines by number, and regions marked in comments.

The marks and the order in which Learn looks at them are those of its engine's open source (docfx): a region
goes before `#L1-L9`, and that before `range`; letter case and white space in a mark don't count. A directive
that asks for what isn't there shows less, or nothing, and the build says no word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import msgspec

from docbot.markdown.learn import attributes
from docbot.markdown.nodes import Link
from docbot.repository.values import Commit
from docbot.text import Span

_MARK = re.compile(r"(?://|'|--|#|rem|%|;|/\*|<!--)<(/?)([^<>/]+)>(?:-->|\*/)?", re.I)
_REGION = re.compile(r"#(?:pragma)?region\"?([^\"]*)\"?", re.I)
_REGION_END = re.compile(r"#(?:pragma)?end(?:_)?region.*", re.I)
_SPACE = re.compile(r"\s+")
_BOOKMARK = re.compile(r"L(\d{1,9})(?:-L?(\d{1,9})?)?", re.I)
_RANGE = re.compile(r"(\d{0,9})(-?)(\d{0,9})")
_PREFIX = "snippet"
MOST_RANGES = 50
_END = 10**9


class Asked(msgspec.Struct, frozen=True):
    """What a directive asks for of its file: a region, else lines. Neither is the whole file."""

    region: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    """First and last line, from 1; an open end is a billion."""
    span: Span | None = None
    """Where the page says so."""


class SnippetFile(msgspec.Struct, frozen=True):
    """A file that is shown: how many lines it has, and its regions by folded name."""

    lines: int
    regions: frozenset[str] = frozenset()

    def has(self, region: str) -> bool:
        """Whether Learn finds `region`: it also tries the name with `snippet` before it."""
        name = folded(region)
        return name in self.regions or _PREFIX + name in self.regions


class LostRegion(msgspec.Struct, frozen=True):
    """A region that its file lacks: the commit that last changed a mention of it, and where it is now."""

    commit: Commit | None = None
    now: tuple[str, ...] = ()


class Snippets(msgspec.Struct, frozen=True):
    """The files that directives show, by path, and what became of the regions they ask for in vain."""

    files: Mapping[str, SnippetFile] = msgspec.field(default_factory=dict)
    lost: Mapping[tuple[str, str], LostRegion] = msgspec.field(default_factory=dict)
    """By path and region as the directive writes it."""


def folded(name: str) -> str:
    """A region's name as Learn compares it."""
    return _SPACE.sub("", name).lower()


def snippet_file(text: str) -> SnippetFile:
    """What is known of a file with this text. A region counts from its opening mark on, if it is closed."""
    opened: set[str] = set()
    regions: list[str] = []
    closed: set[str] = set()
    lines = text.splitlines()
    for line in lines:
        if "<" not in line and "region" not in line.lower():
            continue
        bare = _SPACE.sub("", line).lower()
        if mark := _MARK.fullmatch(bare):
            (closed if mark[1] else opened).add(mark[2])
        elif _REGION_END.fullmatch(bare):
            if regions:
                closed.add(regions.pop())
        elif region := _REGION.fullmatch(bare):
            opened.add(region[1])
            regions.append(region[1])
    return SnippetFile(len(lines), frozenset(opened & closed))


def asked(text: str, link: Link) -> Asked:
    """What the snippet directive `link` on a page with this text asks for."""
    if link.span.of(text).startswith(":::"):
        return _asked_by_attributes(text, link.span)
    destination = link.destination
    path, _, fragment = destination.partition("#")
    _, _, query = path.partition("?")
    values = dict(part.partition("=")[::2] for part in query.split("&"))
    span = link.destination_span
    region = values.get("name", "") or ("" if _BOOKMARK.fullmatch(fragment) else fragment)
    if region:
        return Asked(unquote(region), span=span)
    if bookmark := _BOOKMARK.fullmatch(fragment):
        first = int(bookmark[1])
        last = int(bookmark[2]) if bookmark[2] else (_END if fragment.endswith("-") else first)
        return Asked(ranges=((first, last),), span=span)
    if values.get("start") or values.get("end"):
        return Asked(ranges=ranges(f"{values.get('start') or 1}-{values.get('end', '')}"), span=span)
    return Asked(ranges=ranges(values.get("range", "")), span=span)


def _asked_by_attributes(text: str, directive: Span) -> Asked:
    found = dict(attributes(text, directive))
    if "id" in found:
        return Asked(found["id"].of(text).strip(), span=found["id"])
    if "range" in found:
        return Asked(ranges=ranges(found["range"].of(text)), span=found["range"])
    return Asked()


def ranges(written: str) -> tuple[tuple[int, int], ...]:
    """The lines that `1-5,7,9-` names; none where Learn can't read it either."""
    found: list[tuple[int, int]] = []
    for part in written.split(",")[:MOST_RANGES]:
        match = _RANGE.fullmatch(part.strip())
        if match is None or not (match[1] or match[3]):
            return ()
        first = int(match[1] or 1)
        found.append((first, int(match[3] or _END) if match[2] else first))
    return tuple(found)
