"""What readers said, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

_LAST_SECOND = 253_402_300_799
"""Of the year 9999."""


class Issue(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An issue of the docs repository as GitHub tells it. Times are seconds since 1970."""

    repository: str
    """`owner/name`, as the issue names it; empty where it doesn't."""
    number: int
    title: str
    body: str
    """At most `saved.LONGEST` code points of it."""
    author: str
    created: int
    updated: int
    closed: int = 0
    is_open: bool = True
    reason: str = ""
    """Why it was closed: completed, not_planned, duplicate; empty where GitHub doesn't say."""
    reactions: int = 0
    """How many people agreed by a reaction."""
    labels: tuple[str, ...] = ()
    is_pull: bool = False
    """GitHub lists pull requests among issues."""
    is_bot: bool = False

    @property
    def day(self) -> str:
        """The day it was opened, UTC, `YYYY-MM-DD`."""
        return day_of(self.created)


def day_of(time: int) -> str:
    """The day of `time` (seconds since 1970) in UTC, `YYYY-MM-DD`."""
    return datetime.fromtimestamp(min(max(time, 0), _LAST_SECOND), UTC).date().isoformat()


class Trouble(StrEnum):
    """What kind of thing a reader reports, by the names of Learn's form."""

    TYPO = "typo"
    CODE = "code"
    MISSING = "missing"
    OUTDATED = "outdated"
    OTHER = "other"


class Suggestion(msgspec.Struct, frozen=True, gc=False):
    """What a reader says should stand in place of what."""

    old: str
    new: str


class Report(msgspec.Struct, frozen=True, gc=False):
    """An issue understood: what its reader says, without the form around it."""

    issue: Issue
    trouble: Trouble
    words: str
    """The reader's own words on one line, harmless to print: no markup, no control characters."""
    quotes: tuple[str, ...] = ()
    """What the reader quotes, as written: first what should read otherwise, then the longest first."""
    code: tuple[str, ...] = ()
    """The blocks of code in it, and their lines: from the page, or what the reader ran."""
    suggestions: tuple[Suggestion, ...] = ()
    headings: tuple[str, ...] = ()
    """What the reader calls a section, as written."""
    original: int = 0
    """The number of the issue that it repeats, by its own words."""
    needs_place: bool = False
    """Whether its words alone say nothing, so that only what it quotes or names on a page counts."""


class Placed(msgspec.Struct, frozen=True, gc=False):
    """A report on a page that it names."""

    report: Report
    path: str
    fragment: str = ""
    """The fragment of the reader's own link to the page."""
    lines: tuple[int, int] = (0, 0)
    """The lines (from 1, both included) of the reader's own link to the file; zeros for none."""
    as_of: int = 0
    """When the commit was made that the link to lines names; 0 for one to a branch."""
    came_by: str = ""
    """The fragment in the form, which says where the reader came in."""
    sole: bool = True
    """Whether the report names no other page."""


class Readers(msgspec.Struct, frozen=True):
    """The reports by the page that they are about, oldest first."""

    pages: Mapping[str, tuple[Placed, ...]] = msgspec.field(default_factory=dict)
    blobs: Mapping[str, str] = msgspec.field(default_factory=dict)
    """git's ids of those pages as they were read: a draft of one is another text."""
