"""GitHub's list of issues, by PyGithub: read page by page, so that a refusal costs only the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from docbot.forges.github.client import Client
from docbot.forges.github.docs import docs_of
from docbot.forges.github.lists import pages
from docbot.readers.saved import issues_of
from docbot.readers.values import Issue


class GithubIssues:
    """The issues of one docs repository. `open` is the way to get one; a token isn't needed."""

    def __init__(self, client: Client, name: str, *, has_issues: bool) -> None:
        self._client = client
        self._name, self._has_issues = name, has_issues

    @classmethod
    def open(cls, client: Client, wanted: str, *, or_parent: bool) -> GithubIssues:
        """The issues of `wanted` (`owner/name`, of today or earlier); with `or_parent` a fork stands for what
        it was forked from. Raises StoppedError where GitHub doesn't show it."""
        found = docs_of(client, wanted, or_parent=or_parent).found
        return cls(client, found.full_name, has_issues=bool(found.has_issues))

    @property
    def name(self) -> str:
        return self._name

    @property
    def has_issues(self) -> bool:
        return self._has_issues

    def pages(self, since: int) -> Iterator[tuple[Issue, ...]]:
        query = {"state": "all", "sort": "updated", "direction": "desc"}
        if since:
            query["since"] = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for data in pages(self._client, f"/repos/{self._name}/issues", query, f"the issues of {self._name}"):
            # A filter may be ignored.
            issues = tuple(issue for issue in issues_of(data) if issue.updated >= since)
            if issues:
                yield issues
