"""GitHub behind the forge interface, by PyGithub.

GitHub's traps that this walks around (measured): a GET of a renamed repository loses its query, so the name
is resolved once and used everywhere; a filter may be ignored, so every list is filtered again here; the
search lags behind, so the newest pull requests are listed as well.
"""

from __future__ import annotations

from collections.abc import Iterable

import github
from github.Issue import IssueSearchResult
from github.NamedUser import NamedUser
from github.Permissions import Permissions
from github.PullRequest import PullRequest
from github.Repository import Repository as GithubRepository
from msgspec.structs import replace

from docbot.errors import StoppedError
from docbot.forges.github.client import Client
from docbot.forges.interface import Pull, Repository
from docbot.forges.requests import ApiRequest

_ACTIONS = "github-actions[bot]"
_NO_USER = "Resource not accessible by integration"


class GithubForge:
    """GitHub, with one docs repository in view. `open` is the way to get one."""

    def __init__(self, client: Client, user: str, docs: GithubRepository, asked_for: str = "") -> None:
        self._client = client
        self._user = user
        self._repository = docs
        # GitHub doesn't say of a workflow's token what it may do, and there is nowhere else it could push to.
        own = repository_of(docs)
        self._docs = replace(own, may_push=True) if user == _ACTIONS else own
        self._names = {self._docs.name.lower(), asked_for.lower()}
        self._known: dict[str, Repository | None] = {}
        """Repositories that were looked at, by the names they were asked for, in lower case."""

    @classmethod
    def open(cls, client: Client, wanted: str, *, or_parent: bool) -> GithubForge:
        """The forge with the docs `wanted` (`owner/name`, of today or earlier) in view.

        With `or_parent` a fork stands for what it was forked from.
        """
        user = client.read(_login, "who the token belongs to")
        docs = client.read(lambda api: api.get_repo(wanted), f"the repository {wanted}")
        if or_parent and docs.fork and docs.parent is not None:
            parent = docs.parent.full_name
            whole = client.read(lambda api: api.get_repo(parent), f"the repository {parent}")
            forge = cls(client, user, whole)
            forge._known[wanted.lower()] = repository_of(docs)
            return forge
        return cls(client, user, docs, wanted)

    @property
    def user(self) -> str:
        return self._user

    @property
    def docs(self) -> Repository:
        return self._docs

    @property
    def scopes(self) -> frozenset[str] | None:
        return self._client.scopes

    def is_docs(self, name: str) -> bool:
        return name.lower() in self._names

    def fork(self, candidates: Iterable[str]) -> Repository | None:
        usual = f"{self._user}/{self._docs.name.partition('/')[2]}"
        for name in dict.fromkeys([*candidates, usual]):
            if self.is_docs(name):
                continue
            key = name.lower()
            if key not in self._known:
                self._known[key] = self._repository_named(name)
            found = self._known[key]
            if found is not None and found.may_push and self._docs.is_named(found.parent):
                return found
        return None

    def _repository_named(self, name: str) -> Repository | None:
        def ask(api: github.Github) -> Repository | None:
            try:
                return repository_of(api.get_repo(name))
            except github.UnknownObjectException:
                return None

        return self._client.read(ask, f"the repository {name}")

    def make_fork(self, request: ApiRequest) -> Repository:
        def look() -> Repository | None:
            self._known.clear()
            return self.fork(())

        made = self._client.create(request, look)
        if isinstance(made, Repository):
            return made
        name = made.get("full_name")
        # What GitHub answers says of the parent nothing that can be relied on: the fork is looked up.
        found = self._repository_named(name) if isinstance(name, str) else None
        if found is None or not self._docs.is_named(found.parent):
            raise StoppedError(
                f"GitHub made no fork of {self._docs.name} that can be seen: "
                f"fork it on {self._client.place.host} by hand and run docbot again"
            )
        return found

    def pulls(self) -> tuple[Pull, ...]:
        found = {pull.number: pull for pull in self._newest()}
        for pull in self._searched():
            if pull.number not in found and self._is_docbots(pull):
                found[pull.number] = self._pull(pull.number) if pull.state == "open" else pull
        return tuple(sorted(found.values(), key=lambda pull: pull.number))

    def pulls_from(self, branch: str, head: Repository) -> tuple[Pull, ...]:
        label = f"{head.owner}:{branch}"

        def ask(api: github.Github) -> list[Pull]:
            return [pull_of(pull) for pull in self._repository.get_pulls(state="all", head=label)]

        listed = self._client.read(ask, f"the pull requests from {label}")
        mine = [pull for pull in listed if pull.branch == branch and head.is_named(pull.head_repository)]
        # A list doesn't say whether a pull request can be merged.
        known = [self._pull(pull.number) if pull.state == "open" else pull for pull in mine]
        return tuple(sorted(known, key=lambda pull: pull.number))

    def send(self, request: ApiRequest) -> Pull:
        if request.method == "PATCH":
            return self._answered(self._client.repeat(request), request)
        answer = self._client.create(request, lambda: self._opened_by(request))
        return answer if isinstance(answer, Pull) else self._answered(answer, request)

    def _answered(self, answer: dict[str, object], request: ApiRequest) -> Pull:
        if not isinstance(answer.get("number"), int):
            raise StoppedError(
                f"GitHub answered {request.method} {request.path} without a pull request: "
                "run docbot again, it looks for it first"
            )
        return self._client.read(
            lambda api: pull_of(api.create_from_raw_data(PullRequest, answer)), "its pull request"
        )

    def _opened_by(self, request: ApiRequest) -> Pull | None:
        """docbot's open pull request from the branch that `request` is for, whichever run opened it."""
        data = request.data
        owner, _, branch = str(data["head"]).rpartition(":")
        owner = owner or self._docs.owner
        for pull in self._listed_open(f"{owner}:{branch}"):
            there, _, name = pull.head_repository.partition("/")
            is_here = there.lower() == owner.lower() and data.get("head_repo", name) == name
            if is_here and (pull.branch, pull.base) == (branch, data["base"]) and self._is_docbots(pull):
                return pull
        return None

    def _listed_open(self, label: str) -> list[Pull]:
        def ask(api: github.Github) -> list[Pull]:
            return [pull_of(pull) for pull in self._repository.get_pulls(state="open", head=label)]

        return self._client.read(ask, f"the open pull requests from {label}")

    def _newest(self) -> list[Pull]:
        """The newest pull requests that are docbot's and this user's: the search learns of them late."""

        def ask(api: github.Github) -> list[Pull]:
            listed = self._repository.get_pulls(state="all", sort="created", direction="desc")
            return [pull_of(pull) for pull in listed.get_page(0)]

        newest = self._client.read(ask, f"the newest pull requests of {self._docs.name}")
        return [pull for pull in newest if self._is_docbots(pull)]

    def _searched(self) -> list[Pull]:
        query = f"repo:{self._docs.name} is:pr author:{_author(self._user)} docbot in:body"

        def ask(api: github.Github) -> list[Pull]:
            return [_found(issue) for issue in api.search_issues(query, sort="created", order="desc")]

        return self._client.read(ask, f"your pull requests to {self._docs.name}")

    def _pull(self, number: int) -> Pull:
        return self._client.read(
            lambda api: pull_of(self._repository.get_pull(number), alone=True), f"pull request #{number}"
        )

    def _is_docbots(self, pull: Pull) -> bool:
        return self._is_mine(pull.author) and pull.marker is not None

    def _is_mine(self, login: str) -> bool:
        return login.lower() == self._user.lower()


def repository_of(found: GithubRepository) -> Repository:
    """PyGithub's repository, read whole, as docbot's own value."""
    permissions: Permissions | None = found.permissions
    return Repository(
        name=found.full_name,
        default_branch=found.default_branch,
        url=found.clone_url,
        may_push=permissions is not None and permissions.push,
        parent=_full_name(found.parent) if found.fork else "",
        archived=bool(found.archived),
        disabled=bool(found.disabled),
        private=bool(found.private),
        allows_forks=found.allow_forking is not False,
        has_issues=bool(found.has_issues),
        topics=tuple(found.topics or ()),
    )


def pull_of(found: PullRequest, *, alone: bool = False) -> Pull:
    """PyGithub's pull request as docbot's own value; `alone` is one that wasn't read from a list."""
    head = found.head
    merged = found.merged_at is not None
    return Pull(
        number=found.number,
        url=found.html_url,
        state="merged" if merged else found.state,
        base=found.base.ref,
        branch=head.ref,
        title=found.title,
        # GitHub ends lines as browsers do once somebody edited the text there; absent is empty.
        body=found.body or "",
        author=_login_of(found.user),
        head=head.sha,
        created=found.created_at,
        head_repository=_full_name(head.repo),
        draft=bool(found.draft),
        conflicted=alone and not merged and found.mergeable is False,
    )


def _full_name(repository: GithubRepository | None) -> str:
    """Empty for one that was deleted, whatever PyGithub's types say."""
    return "" if repository is None else repository.full_name


def _login_of(user: NamedUser | None) -> str:
    return "" if user is None else user.login


def _found(issue: IssueSearchResult) -> Pull:
    """A hit of the search, which doesn't tell branches: enough to know what was refused."""
    merged = issue.pull_request is not None and issue.pull_request.merged_at is not None
    return Pull(
        number=issue.number,
        url=issue.html_url,
        state="merged" if merged else issue.state,
        base="",
        branch="",
        title=issue.title,
        body=issue.body or "",
        author=_login_of(issue.user),
        head="",
        created=issue.created_at,
        draft=False,
    )


def _login(api: github.Github) -> str:
    try:
        return api.get_user().login
    except github.GithubException as error:
        # The token of a workflow belongs to no user.
        if error.status == 403 and _NO_USER in str(error.data):
            return _ACTIONS
        raise


def _author(login: str) -> str:
    return "app/github-actions" if login == _ACTIONS else login
