"""The docs as GitHub has them, and who asks: what every view of a repository begins with."""

from __future__ import annotations

import re
from typing import NamedTuple

import github
import msgspec
from github.Repository import Repository as GithubRepository
from msgspec.structs import replace

from docbot.forges.github.client import Client
from docbot.forges.github.values import repository_of
from docbot.forges.interface import Repository

ACTIONS, BOT = "github-actions[bot]", "[bot]"
"""Whom a workflow's own token acts as, and how the login of every app ends."""

_NO_USER = "Resource not accessible by integration"
_WHO = "who the token belongs to"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}", re.IGNORECASE | re.ASCII)


class _Viewer(msgspec.Struct, frozen=True):
    login: str


class _Data(msgspec.Struct, frozen=True):
    viewer: _Viewer


class _Answer(msgspec.Struct, frozen=True):
    data: _Data


class Docs(NamedTuple):
    """A docs repository, read whole, and the fork that was asked for in its place, if one was."""

    found: GithubRepository
    fork: GithubRepository | None = None

    def seen_by(self, user: str) -> Repository:
        """docbot's own value of it."""
        own = repository_of(self.found)
        # GitHub doesn't say of an app's token what it may do, and there is nowhere else it could push to.
        return replace(own, may_push=True) if user.endswith(BOT) else own


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
    """The login that the client's token acts as. Raises StoppedError where GitHub doesn't say."""
    return client.read(_login, _WHO) or _app(client)


def _login(api: github.Github) -> str | None:
    try:
        return api.get_user().login
    except github.GithubException as error:
        # The token of a workflow or of another app belongs to no user.
        if error.status == 403 and _NO_USER in str(error.data):
            return None
        raise


def _app(client: Client) -> str:
    """The login of the app whose token it is: GraphQL alone tells, and where it doesn't, it is a workflow's.

    Without it an app that isn't a workflow's own wouldn't know again what it said.
    """
    try:
        found = msgspec.convert(client.ask("{ viewer { login } }", {}, _WHO), _Answer).data.viewer.login
    except msgspec.ValidationError:
        return ACTIONS
    stem = found.removesuffix(BOT)
    return f"{stem}{BOT}" if _LOGIN.fullmatch(stem) else ACTIONS
