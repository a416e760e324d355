"""Who and what the tests of the stand-in are about: a docs repository, and a writer with a fork of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from github import Github, GithubException
from github.PullRequest import PullRequest

from tests.contract.github import GitHub
from tests.helpers.git import Builder

DOCS = "lantern-team/lantern-docs"
Connect = Callable[[str], Github]
Checkout = Callable[[str, str], Builder]


def address(hub: GitHub, full_name: str, token: str) -> str:
    """Where git finds a repository, with the token in it."""
    return hub.server_url.replace("://", f"://x-access-token:{token}@") + f"/{full_name}.git"


class Writer:
    """Somebody with a fork, and a branch of it that changes one page."""

    def __init__(self, hub: GitHub, connect: Connect) -> None:
        self.hub = hub
        self.token = hub.user("octo-writer").token()
        self.github = connect(self.token)
        self.fork = hub.fork(DOCS, "octo-writer")
        self.docs = self.github.get_repo(DOCS)

    def branch(self, name: str = "topic", path: str = "docs/b.md", text: bytes = b"# B\n\nNew.\n") -> str:
        """A branch of the fork with one commit, and that commit."""
        return self.hub.person("octo-writer").push(self.fork, name, {path: text}, f"Change {path}")

    def open(self, name: str = "topic", **options: Any) -> PullRequest:
        """A pull request of a branch that is there."""
        texts = {"title": "Fix the page", "body": "Why", "base": "main", "head": f"octo-writer:{name}"}
        return self.docs.create_pull(**{**texts, **options})


def refusal(error: pytest.ExceptionInfo[GithubException]) -> tuple[int, str]:
    """The status, and the most exact words that GitHub had for it."""
    data = error.value.data
    details = data.get("errors") or [data]
    return error.value.status, str(details[0].get("message") or details[0])
