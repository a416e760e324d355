"""A code host's pull requests, for a reviewer, in memory: for tests. It can also play the people."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from docbot.errors import StoppedError
from docbot.forges.interface import Comment, Pull, Remark, Repository, Unplaced
from docbot.forges.requests import ApiRequest

_ADDRESS = "https://forge.example"
_WHEN = datetime(2024, 1, 1, 12, tzinfo=UTC)
_PATH = re.compile(r"/repos/[^/]+/[^/]+/(?P<kind>pulls|issues)/(?P<one>comments/)?(?P<id>\d+)(?:/\w+)?")


T = TypeVar("T")


class _Place(msgspec.Struct, frozen=True):
    path: str
    body: str
    line: int
    side: str
    start_line: int | None = None
    start_side: str | None = None


class _Review(msgspec.Struct, frozen=True):
    commit_id: str
    event: str
    body: str
    comments: tuple[_Place, ...]


class _Text(msgspec.Struct, frozen=True):
    body: str


class MemoryReviews:
    """The pull requests of one docs repository. What nobody ever said of one is empty.

    `closed_to` refuses every write of docbot's with its sentence; `diff` (path to lines from 1), where it is
    given, refuses a review with a remark on any other line.
    """

    def __init__(self, name: str = "docs/docs", *, user: str = "docbot-user") -> None:
        self._docs = Repository(name, "main", f"{_ADDRESS}/{name}.git")
        self._user = user
        self._pulls: dict[int, Pull] = {}
        self._remarks: dict[int, Remark] = {}
        self._comments: dict[int, tuple[int, Comment]] = {}
        self._last = 0
        self.closed_to: StoppedError | None = None
        self.diff: Mapping[str, frozenset[int]] | None = None
        self.sent: list[ApiRequest] = []

    @property
    def user(self) -> str:
        return self._user

    @property
    def docs(self) -> Repository:
        return self._docs

    def pull(self, number: int) -> Pull:
        """Raises KeyError when there is no such pull request."""
        return self._pulls[number]

    def comments(self, number: int) -> tuple[Comment, ...]:
        return tuple(comment for pull, comment in self._comments.values() if pull == number)

    def remarks(self, number: int) -> tuple[Remark, ...]:
        return tuple(remark for remark in self._remarks.values() if remark.pull == number)

    def disliked(self) -> tuple[Remark, ...]:
        mine = (remark for remark in self._remarks.values() if remark.author == self._user)
        return tuple(remark for remark in mine if remark.disliked)

    def send(self, request: ApiRequest) -> None:
        """Raises StoppedError where the pull request takes nothing, KeyError for what isn't there."""
        if self.closed_to is not None:
            raise self.closed_to
        found = _PATH.fullmatch(request.path)
        if found is None:
            raise KeyError(request.path)
        said, number = found["kind"] == "issues", int(found["id"])
        if request.method == "DELETE":
            del (self._comments if said else self._remarks)[number]
        elif request.method == "PATCH":
            self._change(number, _read(request, _Text).body, said=said)
        elif said:
            self.say(number, self._user, _read(request, _Text).body)
        else:
            self._review(number, _read(request, _Review))
        self.sent.append(request)

    def open(self, number: int, head: str, *, base: str = "main", author: str = "writer") -> None:
        """A person opens the pull request `number`, whose newest commit is `head`."""
        self._pulls[number] = Pull(
            number=number,
            url=f"{_ADDRESS}/{self._docs.name}/pull/{number}",
            state="open",
            base=base,
            branch="topic",
            title="A change",
            body="",
            author=author,
            head=head,
            created=_WHEN,
            updated=_WHEN,
        )

    def close(self, number: int, state: str = "closed") -> None:
        """A person closes the pull request, or merges it where `state` is `merged`."""
        self._pulls[number] = replace(self._pulls[number], state=state)

    def push(self, number: int, head: str, *, outdated: Container[int] = ()) -> None:
        """A person pushes `head`; the lines of the remarks `outdated` (their ids) are no more."""
        self._pulls[number] = replace(self._pulls[number], head=head)
        for remark in self.remarks(number):
            if remark.id in outdated:
                self._remarks[remark.id] = replace(remark, line=None)

    def say(self, number: int, author: str, text: str) -> int:
        """Somebody says something below the pull request; the id of that."""
        self._last += 1
        self._comments[self._last] = (number, Comment(self._last, author, False, text, _WHEN))
        return self._last

    def remark(self, number: int, author: str, text: str, path: str = "a.md", line: int = 1) -> int:
        """Somebody says something about a line; the id of that."""
        self._last += 1
        head = self._pulls[number].head
        self._remarks[self._last] = Remark(self._last, author, text, path, line, head, number)
        return self._last

    def answer(self, remark: int) -> None:
        """A person says something in the thread of a remark."""
        self._remarks[remark] = replace(self._remarks[remark], answered=True)

    def resolve(self, remark: int) -> None:
        """A person resolves the thread of a remark."""
        self._remarks[remark] = replace(self._remarks[remark], resolved=True)

    def dislike(self, remark: int) -> None:
        """A person gives a remark a thumbs down."""
        self._remarks[remark] = replace(self._remarks[remark], disliked=True)

    def _change(self, number: int, text: str, *, said: bool) -> None:
        if said:
            pull, comment = self._comments[number]
            self._comments[number] = (pull, replace(comment, text=text))
        else:
            self._remarks[number] = replace(self._remarks[number], text=text)

    def _review(self, number: int, review: _Review) -> None:
        for one in review.comments:
            lines = range(one.start_line or one.line, one.line + 1)
            if self.diff is not None and not set(lines) <= self.diff.get(one.path, frozenset()):
                raise Unplaced("line must be part of the diff: let it be said elsewhere")
        for one in review.comments:
            self.remark(number, self._user, one.body, one.path, one.line)


def _read(request: ApiRequest, kind: type[T]) -> T:
    return msgspec.json.decode(request.body, type=kind)
