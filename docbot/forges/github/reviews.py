"""GitHub's pull requests as a reviewer needs them: what was said there, and saying more, once.

GitHub's traps that this walks around: the first comment of a thread may be gone while others stay; a bot has
another name in GraphQL than in REST, so that names are REST's and the two are joined by ids; a review is
taken whole or, for a single line that isn't in the diff, not at all; and what is deleted already is no
failure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from docbot.errors import StoppedError
from docbot.forges.github.client import Client
from docbot.forges.github.docs import Docs, docs_of, user_of
from docbot.forges.github.faults import said_by, status_of
from docbot.forges.github.said import Line, Reaction, Review, comments_of, read
from docbot.forges.github.threads import resolved_in, threads_of
from docbot.forges.github.values import pull_of
from docbot.forges.interface import Comment, Pull, Remark, Repository, Unplaced
from docbot.forges.requests import ApiRequest

NEWEST = 3
"""Pages of a hundred comments about lines, over all pull requests, that are looked into for thumbs down."""

_POSTED = re.compile(
    r"/repos/[^/]+/[^/]+/(?P<kind>pulls|issues)/(?P<number>\d+)/(?P<what>reviews|comments)"
    r"(?:/(?P<thread>\d+)/replies)?",
    re.ASCII,
)
_OUT_OF_PLACE = re.compile(r"must be part of the|must precede|path is invalid", re.IGNORECASE)


class _Place(msgspec.Struct, frozen=True):
    body: str
    path: str = ""


class _Post(msgspec.Struct, frozen=True):
    """What is looked for after a request whose answer was lost."""

    body: str = ""
    path: str | None = None
    commit_id: str | None = None
    comments: tuple[_Place, ...] = ()


class GithubReviews:
    """The pull requests of one docs repository. `open` is the way to get one."""

    def __init__(self, client: Client, user: str, docs: Docs) -> None:
        self._client, self._user = client, user
        self._repository = docs.found
        self._docs = docs.seen_by(user)
        self._home = f"/repos/{self._docs.name}"

    @classmethod
    def open(cls, client: Client, wanted: str, *, or_parent: bool) -> GithubReviews:
        """The pull requests of `wanted` (`owner/name`, of today or earlier).

        With `or_parent` a fork stands for what it was forked from. Raises StoppedError where GitHub doesn't
        show it.
        """
        return cls(client, user_of(client), docs_of(client, wanted, or_parent=or_parent))

    @property
    def user(self) -> str:
        return self._user

    @property
    def docs(self) -> Repository:
        return self._docs

    def pull(self, number: int) -> Pull:
        return self._client.read(
            lambda api: pull_of(self._repository.get_pull(number), alone=True), f"pull request #{number}"
        )

    def comments(self, number: int) -> tuple[Comment, ...]:
        return comments_of(self._client, self._docs.name, number)

    def remarks(self, number: int) -> tuple[Remark, ...]:
        """As `Reviews` has it. Two things GitHub doesn't always tell:

        - A token may not be allowed to ask which threads are resolved. None counts as resolved then. That is
          the safe side: what was said once isn't said again, whether its thread is resolved or not.
        - Who gave a thumbs down is asked for docbot's own remarks alone: of another's, its author's counts.
        """
        threads = threads_of(self._lines(number))
        resolved = resolved_in(self._client, self._docs.name, number) if threads else frozenset()
        return tuple(self._remark(thread, number, resolved) for thread in threads)

    def disliked(self) -> tuple[Remark, ...]:
        """As `Reviews` has it, of the newest NEWEST hundred comments about lines. Whether their threads are
        resolved isn't asked."""
        query = {"sort": "created", "direction": "desc"}
        what = f"what was said about lines in {self._docs.name}"
        newest = read(self._client, Line, f"{self._home}/pulls/comments", what, query, most=NEWEST)
        # Who answers does so later: with a remark its replies are among the newest, too.
        return tuple(
            remark
            for thread in threads_of(newest)
            if self._is_mine(thread[0].author) and thread[0].pull is not None and thread[0].dislikes != 0
            if (remark := self._remark(thread, thread[0].pull, frozenset())).disliked
        )

    def send(self, request: ApiRequest) -> None:
        if request.method == "PATCH":
            self._client.repeat(request)
        elif request.method == "DELETE":
            self._client.remove(request)
        else:
            self._post(request)

    def _lines(self, number: int) -> Sequence[Line]:
        path = f"{self._home}/pulls/{number}/comments"
        return list(read(self._client, Line, path, f"what was said about lines of #{number}"))

    def _remark(self, thread: Sequence[Line], number: int, resolved: frozenset[int]) -> Remark:
        first, *others = thread
        return Remark(
            id=first.id,
            author=first.author,
            text=first.text,
            path=first.path,
            line=first.new_line,
            commit=first.original_commit_id or "",
            pull=number,
            answered=any(_is_other(one.author, first.author) for one in others),
            resolved=any(one.id in resolved for one in thread),
            disliked=self._is_disliked(first),
        )

    def _is_disliked(self, line: Line) -> bool:
        count = line.dislikes
        if not self._is_mine(line.author):
            return bool(count)
        if count in (0, 1, None):
            return count != 0 and self._is_disliked_by_others(line)
        return True

    def _is_disliked_by_others(self, line: Line) -> bool:
        path, what = f"{self._home}/pulls/comments/{line.id}/reactions", "what people think of a remark"
        found = read(self._client, Reaction, path, what, {"content": "-1"})
        return any(one.content == "-1" and _is_other(one.author, line.author) for one in found)

    def _is_mine(self, login: str) -> bool:
        return not _is_other(login, self._user)

    def _post(self, request: ApiRequest) -> None:
        """Raises ValueError for what isn't said on a pull request."""
        found = _POSTED.fullmatch(request.path)
        if found is None:
            raise ValueError(f"nothing is said by {request.method} {request.path}")
        post, number = msgspec.json.decode(request.body, type=_Post), int(found["number"])
        thread = None if found["thread"] is None else int(found["thread"])

        def look() -> bool | None:
            if found["what"] == "reviews":
                there = self._is_reviewed(number, post)
            elif found["kind"] == "pulls":
                there = self._is_remarked(number, post, thread)
            else:
                said = (one for one in self.comments(number) if self._is_mine(one.author))
                there = any(_same(one.text, post.body) for one in said)
            return there or None

        try:
            answer = self._client.create(request, look)
        except StoppedError as stopped:
            raise _unplaced(stopped) or stopped from stopped.__cause__
        if answer is not True and not (isinstance(answer, dict) and isinstance(answer.get("id"), int)):
            raise StoppedError(
                f"GitHub answered {request.method} {request.path} with nothing of it: "
                "run docbot again, it looks for it first"
            )

    def _is_reviewed(self, number: int, post: _Post) -> bool:
        """Whether docbot said just that of that commit, in one review."""
        path, what = f"{self._home}/pulls/{number}/reviews", f"the reviews of #{number}"
        mine = [
            one.id
            for one in read(self._client, Review, path, what)
            if self._is_mine(one.author)
            and _same(one.text, post.body)
            and post.commit_id in (None, one.commit_id)
        ]
        if not mine or not post.comments:
            return bool(mine)
        said: dict[int | None, Counter[tuple[str, str]]] = {}
        for line in self._lines(number):
            key = (line.path, _plain(line.text))
            said.setdefault(line.pull_request_review_id, Counter()).update([key])
        wanted = Counter((one.path, _plain(one.body)) for one in post.comments)
        return any(wanted <= said.get(one, Counter()) for one in mine)

    def _is_remarked(self, number: int, post: _Post, thread: int | None) -> bool:
        """Whether docbot said just that of that file, or in the thread of the comment `thread`."""
        return any(
            self._is_mine(line.author) and _same(line.text, post.body) and post.path in (None, line.path)
            for lines in threads_of(self._lines(number))
            if thread is None or any(thread in (line.id, line.in_reply_to_id) for line in lines)
            for line in lines
        )


def _is_other(login: str, user: str) -> bool:
    """Whether `login` is somebody else; one that GitHub doesn't know any more always is."""
    return not login or login.lower() != user.lower()


def _plain(text: str) -> str:
    """Without what GitHub may change about a text."""
    return text.replace("\r\n", "\n").strip()


def _same(text: str, other: str) -> bool:
    return _plain(text) == _plain(other)


def _unplaced(stopped: StoppedError) -> Unplaced | None:
    """`stopped` as a refusal for lines, where it is one."""
    cause = stopped.__cause__
    if not isinstance(cause, Exception) or status_of(cause) != 422:
        return None
    return Unplaced(str(stopped)) if _OUT_OF_PLACE.search(said_by(cause)) else None
