"""The issues that commits say they fix."""

from __future__ import annotations

import re
from collections.abc import Collection

from docbot.repository import history_commands
from docbot.repository.plumbing import records, text
from docbot.repository.worktree import Worktree

_FIXES = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+"
    r"(?P<first>(?:[\w.-]{1,100}/[\w.-]{1,100})?(?:#|GH-|https?://\S{1,200}/issues/)\d{1,9})"
    r"(?P<more>(?:\s*(?:,|and|&)\s*(?:#|GH-)\d{1,9}){0,20})",
    re.I | re.ASCII,
)
_NUMBER = re.compile(r"(?:#|GH-|/issues/)(\d{1,9})", re.I | re.ASCII)


def closings(worktree: Worktree) -> dict[int, int]:
    """The numbers of issues that a commit which leads to the one checked out says it fixes, and when the
    newest of them was committed (seconds since 1970). Empty where git can't tell."""
    if worktree.head is None:
        return {}
    log = history_commands.log_closings(worktree.git, worktree.head)
    found: dict[int, int] = {}
    # What was cut off at the end of a damaged history is left out.
    rows = iter(records(log.out))
    for time, message in zip(rows, rows, strict=False):
        for number in closed_by(text(message)):
            found[number] = max(int(time.strip() or b"0"), found.get(number, 0))
    return found


def closed_by(message: str) -> list[int]:
    """The numbers of the issues that a commit's message closes, as GitHub reads it; "and #5" counts too."""
    found = (match["first"] + match["more"] for match in _FIXES.finditer(message[:20_000]))
    return [int(number) for text_ in found for number in _NUMBER.findall(text_)]


def times_of(worktree: Worktree, commits: Collection[str]) -> dict[str, int]:
    """When those of `commits` (full ids) were made that lead to the one checked out (seconds since 1970)."""
    if not commits or worktree.head is None:
        return {}
    known = history_commands.times(worktree.git, worktree.head)
    return {commit: known[commit] for commit in commits if commit in known}
