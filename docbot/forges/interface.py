"""The code host, as docbot needs it. Own types in and out, and no policy: others decide what is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from docbot.forges.marker import Marker, marker_of
from docbot.forges.requests import ApiRequest


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


class Forge(Protocol):
    """A code host, with one docs repository in view. Implementations: `memory` (demo, tests), `github`.

    Every method raises StoppedError where the host says no or can't be reached, in one sentence with its
    remedy; what was written until then stays and is found by the next run.
    """

    @property
    def user(self) -> str:
        """The login docbot acts as."""
        ...

    @property
    def docs(self) -> Repository:
        """The docs repository that proposals go to."""
        ...

    @property
    def scopes(self) -> frozenset[str] | None:
        """What the user's token may do, where the forge tells: it does for some kinds of tokens."""
        ...

    def is_docs(self, name: str) -> bool:
        """Whether `name` (`owner/name`) is the docs, by today's name or the one they were asked for by."""
        ...

    def fork(self, candidates: Iterable[str]) -> Repository | None:
        """The user's fork of the docs, as far as reading finds it: under one of the names `candidates`
        (`owner/name`), or under the docs' own name."""
        ...

    def make_fork(self, request: ApiRequest) -> Repository:
        """Send the request that forks. A fork there is already is the answer; git may see a new one later."""
        ...

    def pulls(self) -> tuple[Pull, ...]:
        """The user's pull requests to the docs that carry docbot's marker, in any state, oldest first."""
        ...

    def pulls_from(self, branch: str, head: Repository) -> tuple[Pull, ...]:
        """Every pull request to the docs from `branch` of `head`, by anybody and in any state, oldest first.

        Unlike `pulls`, never out of date.
        """
        ...

    def send(self, request: ApiRequest) -> Pull:
        """Open or change a pull request by sending exactly `request`.

        A request whose answer was lost isn't sent twice: the pull request it opened is looked for first.
        """
        ...
