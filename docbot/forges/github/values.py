"""PyGithub's objects as docbot's own values. Nothing is asked of GitHub: what is read here came along."""

from __future__ import annotations

import re

from github.File import File
from github.Issue import IssueSearchResult
from github.NamedUser import NamedUser
from github.Organization import Organization
from github.Permissions import Permissions
from github.PullRequest import PullRequest
from github.Repository import Repository as GithubRepository

from docbot.forges.interface import Pull, Repository

_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@")


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
        author=login_of(found.user),
        head=head.sha,
        created=found.created_at,
        updated=found.updated_at or found.created_at,
        closed=found.closed_at,
        head_repository=_full_name(head.repo),
        draft=bool(found.draft),
        conflicted=alone and not merged and found.mergeable is False,
    )


def _full_name(repository: GithubRepository | None) -> str:
    """Empty for one that was deleted, whatever PyGithub's types say."""
    return "" if repository is None else repository.full_name


def login_of(user: NamedUser | Organization | None) -> str:
    """Empty for an account that GitHub doesn't know, or not any more."""
    return "" if user is None else user.login


def found_of(issue: IssueSearchResult) -> Pull:
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
        author=login_of(issue.user),
        head="",
        created=issue.created_at,
        updated=issue.updated_at,
        closed=issue.closed_at,
        draft=False,
    )


def lines_of(found: File) -> tuple[tuple[int, int], ...]:
    """The lines of the base (from 1, both ends included) that a file of a pull request changes.

    What is added alone counts for the lines around it. A file without a patch (too large) counts whole.
    """
    if not found.patch:
        return ((1, 1 << 30),)
    ranges: list[tuple[int, int]] = []
    line = 0
    for text in found.patch.split("\n"):
        hunk = _HUNK.match(text)
        if hunk:
            line = int(hunk[1])
        elif text.startswith("-"):
            ranges.append((line, line))
            line += 1
        elif text.startswith("+"):
            ranges.append((max(line - 1, 1), line))
        else:
            line += 1
    return tuple(dict.fromkeys(ranges))
