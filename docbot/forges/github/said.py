"""What people said about a pull request, out of GitHub's JSON. What can't be read as such is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from docbot.forges.github.client import Client
from docbot.forges.github.lists import pages
from docbot.forges.interface import Comment

_SPEAKS_FOR_THE_DOCS = ("OWNER", "MEMBER", "COLLABORATOR")
_PULL = re.compile(r"/pulls/(\d{1,15})\Z", re.ASCII)

T = TypeVar("T")


class _Account(msgspec.Struct, frozen=True):
    login: str = ""


class _Counts(msgspec.Struct, frozen=True, rename={"down": "-1"}):
    down: int = 0


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """What everything that was said has in common."""

    id: int
    user: _Account | None = None
    body: str | None = None

    @property
    def author(self) -> str:
        """Empty for an account that GitHub doesn't know, or not any more."""
        return "" if self.user is None else self.user.login

    @property
    def text(self) -> str:
        """Without halves of characters, which nothing could write again."""
        return (self.body or "").encode("utf-8", "replace").decode()


class Below(_Said, frozen=True, kw_only=True):
    """A comment below a pull request."""

    created_at: datetime
    author_association: str = ""


class Line(_Said, frozen=True, kw_only=True):
    """A comment about lines, in whatever place of its thread."""

    path: str = ""
    line: int | None = None
    side: str = ""
    original_commit_id: str | None = None
    in_reply_to_id: int | None = None
    pull_request_review_id: int | None = None
    pull_request_url: str = ""
    reactions: _Counts | None = None

    @property
    def new_line(self) -> int | None:
        """The last of its lines on the newest commit; None where those are no more, or are the base's."""
        return None if self.side == "LEFT" else self.line

    @property
    def pull(self) -> int | None:
        """The number of the pull request it belongs to."""
        found = _PULL.search(self.pull_request_url)
        return None if found is None else int(found[1])

    @property
    def dislikes(self) -> int | None:
        """How many thumbs down it has; None where GitHub doesn't say."""
        return None if self.reactions is None else self.reactions.down


class Review(_Said, frozen=True, kw_only=True):
    """A review, without its comments."""

    state: str = ""
    commit_id: str | None = None


class Reaction(msgspec.Struct, frozen=True):
    """What somebody thinks of a comment."""

    content: str
    user: _Account | None = None

    @property
    def author(self) -> str:
        return "" if self.user is None else self.user.login


def read(
    client: Client,
    kind: type[T],
    path: str,
    what: str,
    query: Mapping[str, str] | None = None,
    *,
    most: int | None = None,
) -> Iterator[T]:
    """The entries of the list at `path` that are a `kind`, from at most `most` pages.

    `what` is a noun, for people. Raises StoppedError as `pages` does.
    """
    for page in pages(client, path, query or {}, what, most=most):
        yield from _converted(page, kind)


def _converted(entries: Iterable[Any], kind: type[T]) -> Iterator[T]:
    for entry in entries:
        try:
            yield msgspec.convert(entry, kind)
        except msgspec.ValidationError:
            continue  # no such thing: GitHub, or what answers for it, says something else there


def comments_of(client: Client, docs: str, number: int) -> tuple[Comment, ...]:
    """Everything said below pull request `number` of `docs` (`owner/name`), oldest first."""
    path = f"/repos/{docs}/issues/{number}/comments"
    found = read(client, Below, path, f"the comments of #{number}")
    values = [
        Comment(one.id, one.author, one.author_association in _SPEAKS_FOR_THE_DOCS, one.text, one.created_at)
        for one in found
    ]
    return tuple(sorted(values, key=lambda one: (one.created, one.id)))
