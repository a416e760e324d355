"""GitHub behind the forge interface, by PyGithub.

GitHub's traps that this walks around (measured): a GET of a renamed repository loses its query, so the name
is resolved once and used everywhere; a filter may be ignored, so every list is filtered again here; the
search lags behind, so the newest pull requests are listed as well.
"""

from __future__ import annotations

from collections.abc import Iterable

import github
from github.PullRequest import PullRequest

from docbot.errors import StoppedError
from docbot.forges.github.client import Client
from docbot.forges.github.docs import BOT, Docs, docs_of, user_of
from docbot.forges.github.said import comments_of
from docbot.forges.github.values import (
    found_of,
    lines_of,
    login_of,
    pull_of,
    repository_of,
)
from docbot.forges.interface import Comment, Pull, Repository, Rival
from docbot.forges.requests import ApiRequest

MOST_RIVALS = 30
"""How many of others' open pull requests are looked into: each costs a request."""


class GithubForge:
    """GitHub, with one docs repository in view. `open` is the way to get one."""

    def __init__(self, client: Client, user: str, docs: Docs, asked_for: str = "") -> None:
        self._client = client
        self._user = user
        self._repository = docs.found
        self._docs = docs.seen_by(user)
        self._names = {self._docs.name.lower(), asked_for.lower()}
        self._known: dict[str, Repository | None] = {}
        """Repositories that were looked at, by the names they were asked for, in lower case."""

    @classmethod
    def open(cls, client: Client, wanted: str, *, or_parent: bool) -> GithubForge:
        """The forge with the docs `wanted` (`owner/name`, of today or earlier) in view.

        With `or_parent` a fork stands for what it was forked from.
        """
        user = user_of(client)
        docs = docs_of(client, wanted, or_parent=or_parent)
        if docs.fork is None:
            return cls(client, user, docs, wanted)
        forge = cls(client, user, docs)
        forge._known[wanted.lower()] = repository_of(docs.fork)
        return forge

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

    def comments(self, number: int) -> tuple[Comment, ...]:
        return comments_of(self._client, self._docs.name, number)

    def rivals(self) -> tuple[Rival, ...]:
        def ask(api: github.Github) -> list[PullRequest]:
            listed = self._repository.get_pulls(state="open", sort="updated", direction="desc").get_page(0)
            return [pull for pull in listed if not self._is_mine(pull_of(pull).author)][:MOST_RIVALS]

        others = self._client.read(ask, f"the open pull requests of {self._docs.name}")
        return tuple(rival for pull in others for rival in self._changes(pull))

    def _changes(self, pull: PullRequest) -> list[Rival]:
        value = pull_of(pull)

        def ask(api: github.Github) -> list[Rival]:
            return [
                Rival(
                    value.number,
                    value.url,
                    value.author,
                    file.previous_filename or file.filename,
                    lines_of(file),
                )
                for file in pull.get_files()
            ]

        return self._client.read(ask, f"the files of #{value.number}")

    def is_seen(self, pull: Pull) -> bool | None:
        if self._docs.private:
            return None
        try:
            return self._client.is_public(f"/repos/{self._docs.name}/pulls/{pull.number}")
        except StoppedError:
            # Who asks without a token is soon out of requests, which says nothing of the pull request.
            return None

    def committers(self, pull: Pull) -> tuple[str, ...]:
        def ask(api: github.Github) -> list[str]:
            # Made of its address alone: to ask for the pull request itself would be one request more.
            made = api.create_from_raw_data(
                PullRequest, {"url": f"{self._repository.url}/pulls/{pull.number}"}
            )
            return [login_of(commit.author) for commit in made.get_commits()]

        return tuple(self._client.read(ask, f"the commits of #{pull.number}"))

    def comment(self, request: ApiRequest) -> None:
        number = int(request.path.split("/")[-2])
        text = str(request.data["body"])

        def look() -> Comment | None:
            said = (one for one in self.comments(number) if self._is_mine(one.author))
            return next((one for one in said if one.text == text), None)

        self._client.create(request, look)

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
            return [found_of(issue) for issue in api.search_issues(query, sort="created", order="desc")]

        return self._client.read(ask, f"your pull requests to {self._docs.name}")

    def _pull(self, number: int) -> Pull:
        return self._client.read(
            lambda api: pull_of(self._repository.get_pull(number), alone=True), f"pull request #{number}"
        )

    def _is_docbots(self, pull: Pull) -> bool:
        return self._is_mine(pull.author) and pull.marker is not None

    def _is_mine(self, login: str) -> bool:
        return login.lower() == self._user.lower()


def _author(login: str) -> str:
    """As the search knows the login."""
    return f"app/{login.removesuffix(BOT)}" if login.endswith(BOT) else login
