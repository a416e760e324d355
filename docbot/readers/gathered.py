"""Readers' reports as a fact: from issues and the site to reports on pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from docbot.readers.finder import Address, Finder
from docbot.readers.placing import placed_on_pages
from docbot.readers.reports import understood
from docbot.readers.standing import is_settled
from docbot.readers.values import Issue, Readers
from docbot.repository.values import PathHistory
from docbot.site.model import Site

_PERMALINK = re.compile(r"/(?:blob|blame|raw)/([0-9a-f]{40})/", re.I)


class Around(msgspec.Struct, frozen=True):
    """What the repository says that helps to read its issues."""

    repositories: tuple[str, ...] = ()
    """The names (`owner/name`) under which the docs are known, beside those that the issues give."""
    published: tuple[Address, ...] = ()
    templates: str = ""
    """What its issue templates say, as `folded` makes it."""
    commits: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Ids of commits that issues name and that led to this state of the docs, and when each was made."""
    closings: Mapping[int, int] = msgspec.field(default_factory=dict)
    """Issues that a commit says it fixes, and when that was made (seconds since 1970)."""


def readers_of(issues: Iterable[Issue], site: Site, history: PathHistory, around: Around) -> Readers:
    """What readers reported, by page. Issues that were settled by a change of the docs are left out."""
    given = list(issues)
    repositories = {*around.repositories, *(issue.repository for issue in given)}
    if site.publishing.url:
        repositories.add(site.publishing.url.rstrip("/").partition("://")[2].partition("/")[2])
    finder = Finder(site, history, repositories, around.published, around.commits)
    reports = [understood(issue, around.templates) for issue in given if _may_stand(issue, around)]
    return placed_on_pages(reports, finder)


def _may_stand(issue: Issue, around: Around) -> bool:
    fixed = around.closings.get(issue.number, 0)
    # An issue that was opened again after its fix is told by the reason alone.
    return not (is_settled(issue) or (fixed > issue.created and issue.reason != "reopened"))


def commits_named(issues: Iterable[Issue]) -> frozenset[str]:
    """The full ids of commits that the issues' permalinks name, in lower case."""
    return frozenset(found.lower() for issue in issues for found in _PERMALINK.findall(issue.body))
