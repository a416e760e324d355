"""What git says of a docs repository, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

BULK = 100
"""Pages. A commit that changes more shows no care for any one of them."""

_LAST_SECOND = 253_402_300_799
"""Of the year 9999."""


class Commit(msgspec.Struct, frozen=True, gc=False):
    """A commit, by its abbreviated id (10 hex digits) and its author's date (`YYYY-MM-DD`)."""

    id: str
    date: str


class Access(msgspec.Struct, frozen=True):
    """The token that opens one server: a URL such as `https://github.com`, without a slash at its end.

    However it is printed, the token isn't.
    """

    server: str
    token: str

    def __repr__(self) -> str:
        return f"Access(server={self.server!r}, token='***')"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("server", self.server), ("token", "***")]


class Tip(msgspec.Struct, frozen=True):
    """What a commit is: enough to tell docbot's own from others'.

    `message` is what is stored, with the line end at its end; bytes that aren't UTF-8 are surrogate escapes.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    message: str
    author: str = ""
    """`Name <address>` of whoever wrote it."""


class Move(msgspec.Struct, frozen=True, gc=False):
    """A file that a commit renamed to `path`. `similarity` is git's, in percent."""

    path: str
    commit: Commit
    similarity: int = 100


class PathHistory(msgspec.Struct, frozen=True):
    """What became of every path the repository ever had. Newest first where a path had several lives.

    `complete` is False for a shallow clone: then an absent path proves nothing.
    """

    moves: Mapping[str, tuple[Move, ...]] = msgspec.field(default_factory=dict)
    deletions: Mapping[str, Commit] = msgspec.field(default_factory=dict)
    complete: bool = True
    folded: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Every path in `moves` and `deletions`, by itself in lower case."""


class HeadingChange(msgspec.Struct, frozen=True, gc=False):
    """A commit that replaced the heading `old` of a page by `new` (both as source, without `#`s).

    `new` is empty when the heading was removed and nothing took its place.
    """

    old: str
    new: str
    commit: Commit


class HeadingHistory(msgspec.Struct, frozen=True):
    """Heading changes of the pages that were asked about, newest first."""

    changes: Mapping[str, tuple[HeadingChange, ...]] = msgspec.field(default_factory=dict)


class GoneName(msgspec.Struct, frozen=True, gc=False):
    """A name that source code defined once and that nothing mentions any more."""

    path: str
    """A file that defined it."""
    commit: Commit
    """The commit that took it away."""
    time: int
    """When that was committed, in seconds since 1970."""
    became: tuple[str, ...] = ()
    """The names that this commit put in its place and that are still in use, the most frequent first."""
    source: str = ""
    """The name of the repository that had it; empty for the docs' own."""


class PageCommit(msgspec.Struct, frozen=True, gc=False):
    """A commit that changed pages, by its abbreviated id (10 hex digits)."""

    id: str
    time: int
    """When it was committed, in seconds since 1970."""
    pages: int
    """How many pages it changed; the copies of a page in version folders count once."""
    ignored: bool = False
    """Listed in `.git-blame-ignore-revs`."""

    @property
    def date(self) -> str:
        """The day of `time` in UTC, `YYYY-MM-DD`; a clock can be set beyond the last year there is."""
        return datetime.fromtimestamp(min(self.time, _LAST_SECOND), UTC).date().isoformat()

    @property
    def bulk(self) -> bool:
        """Whether it changed so many pages that it shows no care for any one of them."""
        return self.ignored or self.pages > BULK


class LineEdit(msgspec.Struct, frozen=True, gc=False):
    """What a commit (an index into the history's commits) did to some lines of a page."""

    commit: int
    fact: bool = False
    """A number, a link target or a code name that stood there was replaced or removed."""
    birth: bool = False
    """The page was new."""
    beside: bool = False
    """The lines are as they were: what stood after them was taken away."""


class LineHistory(msgspec.Struct, frozen=True):
    """Every edit of every line of every page at one commit, along first parents, renames followed.

    `complete` is False where history is cut off: then a line may be older than it seems.
    """

    commits: tuple[PageCommit, ...] = ()
    edits: tuple[LineEdit, ...] = ()
    """Oldest first."""
    chains: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """An edit, and the chains of the lines it was made on: what happened to a line, from the end."""
    lines: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """For each page the chain of each of its lines, as unsigned 32-bit numbers in this machine's order."""
    complete: bool = True

    def written(self, path: str, line: int) -> PageCommit | None:
        """The commit that last wrote line `line` (from 1) with care: bulk commits only count as its birth.

        None for a line the history doesn't know.
        """
        chains = memoryview(self.lines.get(path, b"")).cast("I")
        if not 1 <= line <= len(chains):
            return None
        chain = chains[line - 1]
        while True:
            number, before = self.chains[chain]
            edit = self.edits[number]
            commit = self.commits[edit.commit]
            if not before or not (commit.bulk or edit.beside):
                return commit
            chain = before[-1]

    def edits_of(self, path: str, first: int, last: int) -> frozenset[int]:
        """The edits (indexes) of any of the lines `first` to `last` of a page, both included, from 1."""
        chains = memoryview(self.lines.get(path, b"")).cast("I")
        found: set[int] = set()
        seen: set[int] = set()
        waiting = list(set(chains[first - 1 : last]))
        while waiting:
            chain = waiting.pop()
            if chain not in seen:
                seen.add(chain)
                edit, before = self.chains[chain]
                found.add(edit)
                waiting += before
        return frozenset(found)


class Made(msgspec.Struct, frozen=True, gc=False):
    """That a commit (its abbreviated id, when it was committed in seconds since 1970) corrected a page."""

    path: str
    """Where the page is today, if it still is."""
    commit: str
    time: int

    @property
    def date(self) -> str:
        """The day of `time` in UTC, `YYYY-MM-DD`."""
        return datetime.fromtimestamp(self.time, UTC).date().isoformat()


class Correction(msgspec.Struct, frozen=True, gc=False):
    """Lines that were replaced alike on one or more copies of a page."""

    family: str
    """What the copies' paths share, see `docbot.repository.families.copies_key`."""
    old: tuple[str, ...]
    new: tuple[str, ...]
    """Both with every run of white space folded to one space, and none at the ends."""
    lines: tuple[str, ...]
    """The new lines as they were written."""
    made: tuple[Made, ...]
    """Newest first."""


class Corrections(msgspec.Struct, frozen=True):
    """What people corrected on pages that have copies, up to the commit of `time`."""

    found: tuple[Correction, ...] = ()
    time: int = 0


class Forgotten(msgspec.Struct, frozen=True, gc=False):
    """Lines of a page that were corrected in copies of it, and here not."""

    old: tuple[str, ...]
    """What stands here, white space folded as in Correction."""
    new: tuple[str, ...]
    """What stands in the copies that were corrected, as it is written there."""
    source: Made
    """The correction of the copy nearest in version."""
    line: int
    """Where it stands in that copy, from 1."""
    corrected: tuple[str, ...]
    """The copies that people corrected, newest version first."""
    alike: int
    """How many copies say what is new, the corrected ones among them."""
    left: tuple[str, ...]
    """The copies that still say what is old, this one among them."""


class Siblings(msgspec.Struct, frozen=True):
    """What was forgotten on pages that have copies, by path."""

    forgotten: Mapping[str, tuple[Forgotten, ...]] = msgspec.field(default_factory=dict)
