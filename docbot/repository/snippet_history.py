"""What became of a region that a sample had once."""

from __future__ import annotations

from docbot.repository import history_commands
from docbot.repository.plumbing import commit_of, records, text
from docbot.repository.values import Commit
from docbot.repository.worktree import Worktree


def left_in(worktree: Worktree, path: str, region: str) -> Commit | None:
    """The newest commit that took a mention of `region` out of the file; None where git knows of none.

    Nothing is read in a partial clone, where old files would have to be fetched.
    """
    if worktree.head is None or worktree.partial:
        return None
    result = history_commands.last_mention(worktree.git, worktree.head, region, path)
    return commit_of(text(result.out).strip().encode()) if result.code == 0 and result.out.strip() else None


def files_with(worktree: Worktree, region: str) -> list[str]:
    """The files at the commit that is checked out that mention `region`, pages left out."""
    if worktree.head is None or worktree.partial:
        return []
    result = history_commands.mentions(worktree.git, worktree.head, region)
    prefix = f"{worktree.head}:"
    return [text(name).removeprefix(prefix) for name in records(result.out)] if result.code == 0 else []
