"""The code host, as docbot needs it. Own types in and out, and no policy: others decide what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from docbot.errors import StoppedError
from docbot.forges.requests import ApiRequest
from docbot.forges.values import Comment, Pull, Remark, Repository, Rival
from docbot.readers.values import Issue

__all__ = ["Comment", "Forge", "IssueList", "Pull", "Remark", "Repository", "Reviews", "Rival", "Unplaced"]


class Unplaced(StoppedError):
    """The host takes a review's remarks on none of their lines: by its diff, not all of them changed."""


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

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Everything said below the pull request `number`, oldest first."""
        ...

    def rivals(self) -> tuple[Rival, ...]:
        """What others' open pull requests change, of those that were touched last."""
        ...

    def is_seen(self, pull: Pull) -> bool | None:
        """Whether people without an account see the pull request; None where that can't be asked."""
        ...

    def committers(self, pull: Pull) -> tuple[str, ...]:
        """As whom the forge knows the author of each of its commits; empty for an address it doesn't."""
        ...

    def comment(self, request: ApiRequest) -> None:
        """Say something below a pull request by sending exactly `request`, and once, whatever gets lost."""
        ...

    def send(self, request: ApiRequest) -> Pull:
        """Open or change a pull request by sending exactly `request`.

        A request whose answer was lost isn't sent twice: the pull request it opened is looked for first.
        """
        ...


class IssueList(Protocol):
    """The issues of one docs repository, for reading. Whoever asks needs no right but to see it."""

    @property
    def name(self) -> str:
        """`owner/name` of today."""
        ...

    @property
    def has_issues(self) -> bool:
        """Whether the repository takes issues at all."""
        ...

    def pages(self, since: int) -> Iterator[tuple[Issue, ...]]:
        """Issues in any state that changed at or after `since` (seconds since 1970), newest change first;
        pull requests may be among them, marked. Each page is a request. Raises StoppedError as above."""
        ...


class Reviews(Protocol):
    """The pull requests of one docs repository, as a reviewer needs them. Refuses as a `Forge` does."""

    @property
    def user(self) -> str:
        """The login docbot acts as: what another says never counts as its own."""
        ...

    @property
    def docs(self) -> Repository:
        """The docs repository."""
        ...

    def pull(self, number: int) -> Pull:
        """The pull request `number`, anybody's."""
        ...

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Everything said below it, oldest first; not what was said about lines."""
        ...

    def remarks(self, number: int) -> tuple[Remark, ...]:
        """Everything said about its lines, a thread each, oldest first."""
        ...

    def disliked(self) -> tuple[Remark, ...]:
        """docbot's own remarks on the newest pull requests that somebody else gave a thumbs down."""
        ...

    def send(self, request: ApiRequest) -> None:
        """Say, change or take back something by sending exactly `request`, and once, whatever gets lost.

        Raises Unplaced for a review that the host refuses for its lines.
        """
        ...
