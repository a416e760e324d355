"""What git says of a docs repository, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


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
