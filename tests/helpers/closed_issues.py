"""Holds the placing of readers' reports against what people changed to fix them.

For each issue that a commit of a repository says it fixes, the report is placed on the docs as they were
before that commit, and the section is held against the sections that the commit changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from docbot.markdown import Document
from docbot.markdown.nodes import Outline
from docbot.readers.finder import Finder
from docbot.readers.placing import placed_on_pages
from docbot.readers.reports import understood
from docbot.readers.spots import By, Looked
from docbot.readers.values import Issue, Placed
from docbot.repository.closings import closed_by
from docbot.repository.values import PathHistory
from docbot.site.build import build_site
from docbot.text import Span
from tests.helpers.git import Builder

_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? ", re.M)


class Outcome(StrEnum):
    """How a placing compares with the fix."""

    RIGHT = "right"
    """The fix changed the section of the report."""
    OTHER_SECTION = "other section"
    PAGE = "page"
    """The report is placed on the page alone, which the fix changed."""
    OTHER_PAGE = "other page"
    NOWHERE = "nowhere"
    """The report says nothing, or names no page of then."""


def held_against_fixes(root: Path, issues: Iterable[Issue]) -> dict[int, Outcome]:
    """The outcome for each of `issues` that a commit which leads to HEAD at `root` says it fixes."""
    git = Builder(root)
    fixes = dict(_fixes(git))
    return {
        issue.number: _outcome(git, issue, fixes[issue.number]) for issue in issues if issue.number in fixes
    }


def _fixes(git: Builder) -> Iterator[tuple[int, str]]:
    """Each fixed issue and the commit, oldest last, so that the first fix is the one that counts."""
    for record in git.git("log", "--no-merges", "--format=%H%x00%B%x01").split("\x01"):
        commit, _, message = record.strip("\n").partition("\0")
        yield from ((number, commit) for number in closed_by(message))


def _outcome(git: Builder, issue: Issue, commit: str) -> Outcome:
    before = f"{commit}^"
    files = git.git("ls-tree", "-r", "-z", "--name-only", before).split("\0")
    outlines = {path: Outline() for path in files if path.endswith(".md")}
    site, _ = build_site(filter(None, files), outlines, lambda path: git.git("show", f"{before}:{path}"))
    finder = Finder(site, PathHistory(), [issue.repository])
    placed = [one for of in placed_on_pages([understood(issue)], finder).pages.values() for one in of]
    if not placed:
        return Outcome.NOWHERE
    outcomes = [_on_page(git, one, before, commit) for one in placed]
    return min(outcomes, key=list(Outcome).index)


def _on_page(git: Builder, placed: Placed, before: str, commit: str) -> Outcome:
    patch = git.git("diff", "-U0", "--no-renames", before, commit, "--", placed.path)
    changed = [(int(first), int(count or "1")) for first, count in _HUNK.findall(patch)]
    if not changed:
        return Outcome.OTHER_PAGE
    looked = Looked(Document(placed.path, git.git("show", f"{before}:{placed.path}") + "\n"))
    spot = looked.spot(placed, unchanged=True)
    if spot is None or spot.by is By.PAGE:
        return Outcome.PAGE
    section = looked.section_at(spot.span.start)
    assert section is not None
    places = (_span(looked, first, count) for first, count in changed)
    return Outcome.RIGHT if any(section.span.overlaps(one) for one in places) else Outcome.OTHER_SECTION


def _span(looked: Looked, first: int, count: int) -> Span:
    """The lines of a hunk; what was only added counts for the line before it."""
    start = looked.lines.line_span(max(first, 1)).start
    end = looked.lines.line_span(max(first + count - 1, 1)).end
    return Span(start, end + 1)
