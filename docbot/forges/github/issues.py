"""GitHub's list of issues, by PyGithub: read page by page, so that a refusal costs only the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import github

from docbot.errors import StoppedError
from docbot.forges.github.client import Client
from docbot.readers.saved import issues_of
from docbot.readers.values import Issue

_NEXT = re.compile(r"<([^<>]{1,2000})>;\s*rel=\"next\"")


class GithubIssues:
    """The issues of one docs repository. `open` is the way to get one; a token isn't needed."""

    def __init__(self, client: Client, name: str, *, has_issues: bool) -> None:
        self._client = client
        self._name, self._has_issues = name, has_issues

    @classmethod
    def open(cls, client: Client, wanted: str, *, or_parent: bool) -> GithubIssues:
        """The issues of `wanted` (`owner/name`, of today or earlier); with `or_parent` a fork stands for what
        it was forked from. Raises StoppedError where GitHub doesn't show it."""
        found = client.read(lambda api: api.get_repo(wanted), f"the repository {wanted}")
        if or_parent and found.fork and found.parent is not None:
            parent = found.parent.full_name
            found = client.read(lambda api: api.get_repo(parent), f"the repository {parent}")
        return cls(client, found.full_name, has_issues=bool(found.has_issues))

    @property
    def name(self) -> str:
        return self._name

    @property
    def has_issues(self) -> bool:
        return self._has_issues

    def pages(self, since: int) -> Iterator[tuple[Issue, ...]]:
        # PyGithub's own lists ask once more for each issue that lacks a word; and a filter may be ignored.
        query = {"state": "all", "sort": "updated", "direction": "desc", "per_page": "100"}
        if since:
            query["since"] = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        address: str | None = f"/repos/{self._name}/issues"
        while address is not None:
            headers, data = self._ask(address, query)
            issues = tuple(issue for issue in issues_of(data) if issue.updated >= since)
            if issues:
                yield issues
            following = _NEXT.search(str(headers.get("link", "")))
            address, query = (following[1], {}) if following and data else (None, {})

    def _ask(self, address: str, query: dict[str, str]) -> tuple[dict[str, Any], list[Any]]:
        def ask(api: github.Github) -> tuple[dict[str, Any], Any]:
            return api.requester.requestJsonAndCheck("GET", address, parameters=query or None)

        headers, data = self._client.read(ask, f"the issues of {self._name}")
        if not isinstance(data, list):
            raise StoppedError(
                f"GitHub answered for the issues of {self._name} with no list: run docbot again"
            )
        return headers, data
