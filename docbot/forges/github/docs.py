"""The docs as GitHub has them, and who asks: what every view of a repository begins with."""

from __future__ import annotations

from typing import NamedTuple

import github
from github.Repository import Repository as GithubRepository
from msgspec.structs import replace

from docbot.forges.github.client import Client
from docbot.forges.github.values import repository_of
from docbot.forges.interface import Repository

ACTIONS = "github-actions[bot]"
"""Whom a workflow's own token acts as."""

_NO_USER = "Resource not accessible by integration"


class Docs(NamedTuple):
    """A docs repository, read whole, and the fork that was asked for in its place, if one was."""

    found: GithubRepository
    fork: GithubRepository | None = None

    def seen_by(self, user: str) -> Repository:
        """docbot's own value of it."""
        own = repository_of(self.found)
        # GitHub doesn't say of a workflow's token what it may do, and there is nowhere else it could push to.
        return replace(own, may_push=True) if user == ACTIONS else own


def docs_of(client: Client, wanted: str, *, or_parent: bool) -> Docs:
    """The repository `wanted` (`owner/name`, of today or earlier).

    With `or_parent` a fork stands for what it was forked from. Raises StoppedError where GitHub doesn't show
    it.
    """
    found = _repository(client, wanted)
    if or_parent and found.fork and found.parent is not None:
        return Docs(_repository(client, found.parent.full_name), found)
    return Docs(found)


def _repository(client: Client, name: str) -> GithubRepository:
    return client.read(lambda api: api.get_repo(name), f"the repository {name}")


def user_of(client: Client) -> str:
    """The login that the client's token acts as."""
    return client.read(_login, "who the token belongs to")


def _login(api: github.Github) -> str:
    try:
        return api.get_user().login
    except github.GithubException as error:
        # The token of a workflow belongs to no user.
        if error.status == 403 and _NO_USER in str(error.data):
            return ACTIONS
        raise
