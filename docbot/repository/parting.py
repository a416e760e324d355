"""Where the worktree parted from another branch, and what it changed since."""

from __future__ import annotations

from contextlib import AbstractContextManager

from docbot.errors import UsageError
from docbot.repository import commands, history_commands
from docbot.repository.git import Stream
from docbot.repository.patches import PageChange, page_changes
from docbot.repository.plumbing import records, text
from docbot.repository.worktree import Worktree

_PAGES = (".md", ".markdown")
_SUBMODULE = "160000"
"""The mode in which git stores one."""


def parting(worktree: Worktree, base: str) -> str:
    """The full id of the commit at which HEAD parted from `base` (a commit, branch or tag).

    Raises UsageError when there is no such commit.
    """
    commit = base_commit(worktree, base, "--diff")
    return (worktree.head and worktree.git.maybe("merge-base", commit, "HEAD")) or commit


def base_commit(worktree: Worktree, base: str, option: str) -> str:
    """The full id of the commit that `base` names (a commit, branch or tag).

    Raises UsageError, with the `option` that `base` came by, when there is no such commit.
    """
    commit = commands.commit_id(worktree.git, base)
    if commit is None:
        raise UsageError(f"there is no commit {base!r} here: fetch it, or name another with {option}")
    return commit


def parting_of(worktree: Worktree, base: str, tip: str) -> str:
    """The full id of the commit at which the commit `tip` parted from the commit `base` (full ids).

    Raises UsageError where they have nothing in common, or a shallow clone doesn't know it.
    """
    found = worktree.git.maybe("merge-base", base, tip)
    if not found:
        remedy = "run `git fetch --unshallow` first" if worktree.shallow else "name another base with --base"
        raise UsageError(f"{tip[:10]} and {base[:10]} have no commit in common here: {remedy}")
    return found


def other_files(worktree: Worktree, commit: str) -> tuple[str, ...]:
    """The files that are no pages, links and submodules among them, in which the working tree differs from
    `commit` (a full id), sorted. A submodule is marked as one.

    Raises RepositoryError when git can't tell.
    """
    told = records(history_commands.changed_files(worktree.git, commit))
    found = {text(path): text(facts) for facts, path in zip(told[::2], told[1::2], strict=True)}
    untracked, _ = commands.untracked_and_deleted(worktree.git)
    found |= dict.fromkeys(untracked, "")
    return tuple(
        f"{path} (a submodule)" if _SUBMODULE in facts.split(" ")[:2] else path
        for path, facts in sorted(found.items())
        if not path.lower().endswith(_PAGES) or _SUBMODULE in facts.split(" ")[:2]
    )


def lines_since(worktree: Worktree, old: str, new: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """The lines (from 1, both ends included) that commit `new` has and `old` lacks (full ids), by page.

    Raises RepositoryError when git can't tell.
    """
    found = _read(worktree, history_commands.diff_whole(worktree.git, old, new))
    return {
        page.new: tuple((hunk.at, hunk.at + len(hunk.new) - 1) for hunk in page.hunks if hunk.new)
        for page in found
        if page.new is not None
    }


def changes_from(worktree: Worktree, commit: str) -> tuple[PageChange, ...]:
    """What the working tree changed in pages since `commit` (a full id), new and untracked pages included.

    Raises RepositoryError when git can't tell.
    """
    found = _read(worktree, history_commands.diff_whole(worktree.git, commit))
    untracked, _ = commands.untracked_and_deleted(worktree.git)
    new = (path for path in untracked if path.lower().endswith(_PAGES))
    return (*found, *(PageChange(None, path, "", ()) for path in new))


def _read(worktree: Worktree, told: AbstractContextManager[Stream]) -> tuple[PageChange, ...]:
    with told as stream:
        found = tuple(page_changes(stream.lines))
        result = stream.end()
    if result.code:
        raise worktree.git.error("diff", result)
    return found
