"""Reads what `git log -p -U0` prints, while it is printed: commits, the pages they changed, and how.

The stream is git's own words about hostile files: what can't be read ends it, and nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from docbot.repository.plumbing import text

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_NAMED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


class Hunk(msgspec.Struct, frozen=True, gc=False):
    """Lines of a page that were replaced. A place where lines were only added has no `old` lines."""

    start: int
    """The first of the `old` lines before the commit, from 1; without any, the line they follow (0: none)."""
    at: int
    """The first of the `new` lines after the commit, from 1; without any, the line that stood before them."""
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]
    """Lines without their `\\n`."""


class PageChange(msgspec.Struct, frozen=True, gc=False):
    """What a commit did to one page. `old` is None for a new page, `new` for one that was removed."""

    old: str | None
    new: str | None
    blob: str
    """git's id of the page before the commit."""
    hunks: tuple[Hunk, ...]


class Patch(msgspec.Struct, frozen=True, gc=False):
    """A commit and what it did to pages."""

    id: str
    """The full id."""
    time: int
    """When it was committed, in seconds since 1970."""
    parents: tuple[str, ...]
    author: str
    """The author's address in lower case."""
    pages: tuple[PageChange, ...]


def patches(lines: Iterable[bytes]) -> Iterator[Patch]:
    """The commits of a log, in its order; `lines` is what `history_commands.log_patches` prints.

    Where the output was cut off, so is what is returned: a commit that may lack a page or a hunk is
    returned as far as it goes.
    """
    reader = _Reader(lines)
    while reader.line:
        if reader.line[:1] != b"\0":
            reader.step()
            continue
        yield _patch(reader)


def page_changes(lines: Iterable[bytes]) -> Iterator[PageChange]:
    """The changes in what `history_commands.diff_patch` prints."""
    reader = _Reader(lines)
    while reader.line:
        if reader.line.startswith(b"diff --git "):
            yield _page(reader)
        else:
            reader.step()


class _Reader:
    """The lines, of which one is looked at; empty at the end."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.line = b""
        self.step()

    def step(self) -> None:
        self.line = next(self._lines, b"")


def _patch(reader: _Reader) -> Patch:
    facts, _, author = reader.line[1:].rstrip(b"\n").partition(b"\0")
    commit, time, *parents = text(facts).split()
    reader.step()
    pages: list[PageChange] = []
    while reader.line and reader.line[:1] != b"\0":
        if reader.line.startswith(b"diff --git "):
            pages.append(_page(reader))
        else:
            reader.step()
    return Patch(commit, int(time), tuple(parents), text(author).lower(), tuple(pages))


def _page(reader: _Reader) -> PageChange:
    header = reader.line
    old: str | None = None
    new: str | None = None
    blob, gone, born = "", False, False
    reader.step()
    while reader.line and reader.line[:1] not in (b"@", b"\0") and not reader.line.startswith(b"diff --git "):
        word, _, rest = reader.line.rstrip(b"\n").partition(b" ")
        if word == b"rename":
            which, _, name = rest.partition(b" ")
            old, new = (_name(name), new) if which == b"from" else (old, _name(name))
        elif word == b"index":
            blob = text(rest.partition(b"..")[0])
        elif word == b"new":
            born = born or rest.startswith(b"file")
        elif word == b"deleted":
            gone = True
        elif word == b"---" and rest != b"/dev/null":
            old = old or _name(rest.rstrip(b"\t"))[2:]
        elif word == b"+++" and rest != b"/dev/null":
            new = new or _name(rest.rstrip(b"\t"))[2:]
        reader.step()
    same = old or new or _same_name(header)
    hunks = tuple(_hunks(reader))
    return PageChange(None if born else old or same, None if gone else new or same, blob, hunks)


def _same_name(header: bytes) -> str:
    """The path in `diff --git a/PATH b/PATH`, where both are the same: all that tells of an empty file."""
    names = header.rstrip(b"\n").removeprefix(b"diff --git ")
    return _name(names[: len(names) // 2])[2:]


def _hunks(reader: _Reader) -> Iterator[Hunk]:
    while match := _HUNK.match(reader.line):
        start, gone, at, come = (1 if part is None else int(part) for part in match.groups())
        reader.step()
        old = tuple(_take(reader, b"-", gone))
        yield Hunk(start, at, old, tuple(_take(reader, b"+", come)))


def _take(reader: _Reader, sign: bytes, count: int) -> Iterator[bytes]:
    while count and reader.line[:1] == sign:
        yield reader.line[1:].removesuffix(b"\n")
        count -= 1
        reader.step()
    if reader.line[:1] == b"\\":
        reader.step()


def _name(quoted: bytes) -> str:
    """A path as git prints it in a patch: in quotes and with escapes if it has odd characters."""
    if quoted[:1] != b'"':
        return text(quoted)
    return text(_ESCAPE.sub(_unescaped, quoted[1:-1]))


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if len(code) == 3 else _NAMED.get(code, code)
