"""A code host that lives in memory: for the demo and tests. It can also play the people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec.structs import replace

from docbot.errors import StoppedError
from docbot.forges.interface import Comment, Pull, Repository, Rival
from docbot.forges.requests import ApiRequest
from docbot.readers.values import Issue

_ADDRESS = "https://forge.example"
_START = datetime(2024, 1, 1, 12, tzinfo=UTC)


class MemoryForge:
    """One docs repository, and the user's fork of it once there is one.

    `now` is when the next pull request is opened. It holds no branches: those are git's.
    """

    def __init__(
        self,
        name: str = "docs/docs",
        *,
        user: str = "docbot-user",
        may_push: bool = False,
        fork: Repository | None = None,
    ) -> None:
        self._docs = Repository(name, "main", f"{_ADDRESS}/{name}.git", may_push)
        self._user = user
        self._fork = fork
        self._pulls: dict[int, Pull] = {}
        self._comments: dict[int, list[Comment]] = {}
        self.now = _START
        self.sent: list[ApiRequest] = []

    @property
    def user(self) -> str:
        return self._user

    @property
    def docs(self) -> Repository:
        return self._docs

    @property
    def scopes(self) -> frozenset[str] | None:
        return None

    def is_docs(self, name: str) -> bool:
        return self._docs.is_named(name)

    def fork(self, candidates: Iterable[str]) -> Repository | None:
        return self._fork

    def make_fork(self, request: ApiRequest) -> Repository:
        self.sent.append(request)
        name = f"{self._user}/{self._docs.name.partition('/')[2]}"
        self._fork = Repository(name, "main", f"{_ADDRESS}/{name}.git", True, self._docs.name)
        return self._fork

    def pulls(self) -> tuple[Pull, ...]:
        mine = (pull for pull in self._pulls.values() if pull.author == self._user)
        return tuple(pull for pull in mine if pull.marker is not None)

    def pulls_from(self, branch: str, head: Repository) -> tuple[Pull, ...]:
        return tuple(p for p in self._pulls.values() if (p.branch, p.head_repository) == (branch, head.name))

    def comments(self, number: int) -> tuple[Comment, ...]:
        return tuple(self._comments.get(number, ()))

    def rivals(self) -> tuple[Rival, ...]:
        return ()

    def is_seen(self, pull: Pull) -> bool | None:
        return None

    def committers(self, pull: Pull) -> tuple[str, ...]:
        return (self._user,)

    def comment(self, request: ApiRequest) -> None:
        self.sent.append(request)
        said = self._comments.setdefault(int(request.path.split("/")[-2]), [])
        said.append(Comment(len(said) + 1, self._user, False, str(request.data["body"]), self.now))

    def send(self, request: ApiRequest) -> Pull:
        self.sent.append(request)
        if request.method == "PATCH":
            return self._change(int(request.path.rpartition("/")[2]), request)
        return self._open(request)

    def pull(self, number: int) -> Pull:
        """Raises KeyError when there is no such pull request."""
        return self._pulls[number]

    def close(self, number: int) -> None:
        """A person closes the pull request unmerged."""
        self._pulls[number] = replace(self._pulls[number], state="closed")

    def merge(self, number: int) -> None:
        """A person merges the pull request."""
        self._pulls[number] = replace(self._pulls[number], state="merged")

    def edit(self, number: int, *, body: str = "", title: str = "", base: str = "") -> None:
        """A person changes what is given."""
        pull = self._pulls[number]
        self._pulls[number] = replace(
            pull, body=body or pull.body, title=title or pull.title, base=base or pull.base
        )

    def _open(self, request: ApiRequest) -> Pull:
        said = {key: str(value) for key, value in request.data.items()}
        _, mark, branch = said["head"].rpartition(":")
        head = self._fork if mark and self._fork else self._docs
        if any(p.state == "open" for p in self.pulls_from(branch, head)):
            raise StoppedError(f"a pull request for {said['head']} is open already: run docbot again")
        number = len(self._pulls) + 1
        self._pulls[number] = Pull(
            number=number,
            url=f"{_ADDRESS}/{self._docs.name}/pull/{number}",
            state="open",
            base=said["base"],
            branch=branch,
            title=said["title"],
            body=said["body"],
            author=self._user,
            head="",
            created=self.now,
            updated=self.now,
            head_repository=head.name,
            draft=request.data["draft"] is True,
        )
        return self._pulls[number]

    def _change(self, number: int, request: ApiRequest) -> Pull:
        data = request.data
        self.edit(number, body=str(data.get("body", "")))
        state = str(data.get("state", self._pulls[number].state))
        self._pulls[number] = replace(self._pulls[number], state=state)
        return self._pulls[number]


class MemoryIssues:
    """A list of issues that lives in memory; `refuses` after so many pages, where that is said."""

    def __init__(
        self, issues: Iterable[Issue], name: str = "docs/docs", *, page: int = 100, refuses: int | None = None
    ) -> None:
        self.issues = list(issues)
        self.asked: list[int] = []
        """The `since` of every time it was asked."""
        self.refuses = refuses
        self._name, self._page = name, page

    @property
    def name(self) -> str:
        return self._name

    @property
    def has_issues(self) -> bool:
        return True

    def pages(self, since: int) -> Iterator[tuple[Issue, ...]]:
        self.asked.append(since)
        found = [issue for issue in self.issues if issue.updated >= since]
        found.sort(key=lambda issue: (-issue.updated, issue.number))
        for number, start in enumerate(range(0, len(found), self._page)):
            if self.refuses is not None and number >= self.refuses:
                raise StoppedError("the forge asks for a pause: run docbot again in an hour")
            yield tuple(found[start : start + self._page])
