"""What a code host tells, as values."""

from __future__ import annotations

from datetime import datetime

import msgspec

from docbot.forges.marker import Marker, marker_of


class Repository(msgspec.Struct, frozen=True):
    """A repository of the forge, as the forge names it today."""

    name: str
    """`owner/name`."""
    default_branch: str
    url: str
    """Where git fetches it from and pushes it to, without user name and password."""
    may_push: bool = False
    """Whether the user may push to it."""
    parent: str = ""
    """Of a fork: the repository it was forked from."""
    archived: bool = False
    disabled: bool = False
    private: bool = False
    allows_forks: bool = True
    has_issues: bool = True
    topics: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        return self.name.partition("/")[0]

    def is_named(self, name: str) -> bool:
        """Whether `name` (`owner/name`, in any case) is this repository."""
        return self.name.lower() == name.lower()


class Pull(msgspec.Struct, frozen=True):
    """A pull request as the forge remembers it."""

    number: int
    url: str
    state: str
    """open, closed or merged."""
    base: str
    branch: str
    title: str
    body: str
    author: str
    head: str
    """The commit the branch stood on when the forge last looked."""
    created: datetime
    updated: datetime
    """When anybody last did anything about it."""
    closed: datetime | None = None
    head_repository: str = ""
    """`owner/name` of the repository the branch is in; empty when that is gone."""
    draft: bool = True
    conflicted: bool = False
    """Whether the forge is sure that it can't be merged as it stands."""

    @property
    def marker(self) -> Marker | None:
        """What docbot hid in the body; None when somebody took it out."""
        return marker_of(self.body)

    @property
    def withdrawn(self) -> bool:
        """Whether docbot itself closed it, and said so in the marker: no refusal."""
        return self.state == "closed" and self.marker is not None and self.marker.withdrawn

    @property
    def refused(self) -> bool:
        """Whether a person closed it unmerged."""
        return self.state == "closed" and not self.withdrawn


class Comment(msgspec.Struct, frozen=True):
    """What somebody said below a pull request."""

    id: int
    author: str
    trusted: bool
    """Whether its author may speak for the docs: an owner, a member or a collaborator."""
    text: str
    created: datetime


class Rival(msgspec.Struct, frozen=True):
    """Somebody else's open pull request, and lines of the base (from 1, both ends included) it changes."""

    number: int
    url: str
    author: str
    path: str
    lines: tuple[tuple[int, int], ...]


class Remark(msgspec.Struct, frozen=True):
    """What somebody said about lines of a pull request: the first word of a thread."""

    id: int
    author: str
    text: str
    path: str
    line: int | None
    """The last of its lines, on the newest commit (from 1); None where those lines are no more."""
    commit: str
    """The commit it was made on, by its full id."""
    pull: int
    answered: bool = False
    """Whether anybody but its author said something in its thread."""
    resolved: bool = False
    disliked: bool = False
    """Whether anybody but its author gave it a thumbs down."""
