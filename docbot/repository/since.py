"""What became of pages between two commits, and which commit a day began with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docbot.errors import UsageError
from docbot.repository import history_commands
from docbot.repository.patches import PageChange, page_changes
from docbot.repository.worktree import Worktree


def commit_before(worktree: Worktree, day: date) -> str:
    """The full id of the last commit before `day` (UTC) on the way along first parents from HEAD.

    Raises UsageError where the history here doesn't reach back that far.
    """
    found = history_commands.last_before(worktree.git, worktree.head, day) if worktree.head else None
    if found is None:
        remedy = "run `git fetch --unshallow` first" if worktree.shallow else "give a later date"
        raise UsageError(f"there is no commit from before {day}: {remedy}")
    return found


def changes_since(worktree: Worktree, old: str) -> Mapping[str, PageChange]:
    """What happened from the commit `old` (a full id) to HEAD, by each page's path as it was at `old`.

    Pages that are as they were, and new ones, aren't listed. Raises RepositoryError when git can't read
    either commit.
    """
    if worktree.head is None:
        return {}
    with history_commands.diff_patch(worktree.git, old, worktree.head) as stream:
        found = {change.old: change for change in page_changes(stream.lines) if change.old is not None}
        result = stream.end()
    if result.code:
        raise worktree.git.error("diff", result)
    return found
