"""One commit on a branch of its own, made beside the user's checkout and without touching it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from docbot.errors import RepositoryError, StoppedError, UnreadablePageError
from docbot.repository import commands
from docbot.repository.plumbing import IndexEntry
from docbot.repository.remotes import identity
from docbot.repository.worktree import Worktree, parts
from docbot.types import FileChange

_FILE_MODES = ("100644", "100755")


def commit_on_branch(
    worktree: Worktree,
    base: str,
    branch: str,
    changes: Sequence[FileChange],
    message: str,
    expected: str | None = None,
) -> str:
    """Puts `changes` on top of the commit `base`, sets `branch` to it, and returns its full id.

    The branch is made new, or moved if it stands at `expected`. HEAD, the index, the files and every
    other branch stay as they are; until the last step the only traces are objects nothing refers to.
    Authored and signed as the user configured git. `FileChange.before` and `after` are bytes as they
    stand in the worktree: attributes such as `eol` are applied as `git add` would, without converting
    lines that aren't changed.

    Raises StoppedError when the branch or a page isn't what `changes` were made for, RepositoryError
    when git refuses or knows no name and address to commit as.
    """
    _check_branch(worktree, branch, expected)
    _check_changes(changes)
    if identity(worktree) is None:
        raise RepositoryError(
            "git doesn't know who you are: run `git config --global user.name NAME` "
            "and `git config --global user.email ADDRESS`"
        )
    if commands.commit_id(worktree.git, base) != base:
        raise RepositoryError(f"there is no commit {base} here: fetch the base branch and run docbot again")
    with TemporaryDirectory(prefix="docbot-", ignore_cleanup_errors=True) as folder:
        tree = _tree(worktree, base, changes, Path(folder) / "index")
    sign = commands.flag(worktree.git, "commit.gpgsign")
    commit = commands.commit_tree(worktree.git, tree, base, message, sign=sign)
    if not commands.update_branch(worktree.git, branch, commit, expected):
        raise _moved(branch)
    return commit


def _check_branch(worktree: Worktree, branch: str, expected: str | None) -> None:
    if not commands.is_branch_name(worktree.git, branch):
        raise StoppedError(f"{branch!r} is no name git allows for a branch: choose another one")
    if branch in {worktree.branch, *commands.checked_out(worktree.git)}:
        raise StoppedError(f"the branch {branch} is checked out: switch to another one with `git switch`")
    if commands.commit_id(worktree.git, f"refs/heads/{branch}") != expected:
        raise _moved(branch)


def _moved(branch: str) -> StoppedError:
    return StoppedError(
        f"the branch {branch} isn't where docbot left it: delete it with `git branch -D {branch}` "
        "if nothing on it is yours, and try again"
    )


def _check_changes(changes: Sequence[FileChange]) -> None:
    paths = [change.path for change in changes]
    if not paths or len(set(paths)) < len(paths):
        raise StoppedError("a commit needs one or more files, each once: make the drafts again")
    for change in changes:
        try:
            parts(change.path)
        except UnreadablePageError as error:
            raise StoppedError(str(error)) from error
        if _raw_id(change.before) != change.blob:
            raise _changed(change)


def _raw_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _changed(change: FileChange) -> StoppedError:
    return StoppedError(f"{change.path} isn't what the change was made for any more: scan it again")


def _tree(worktree: Worktree, base: str, changes: Sequence[FileChange], index: Path) -> str:
    commands.read_tree(worktree.git, index, base)
    stored = {entry.path: entry for entry in commands.index(worktree.git, index)}
    entries = [_staged(worktree, change, stored.get(change.path)) for change in changes]
    if all(entry == stored[entry.path] for entry in entries):
        raise StoppedError("the changes leave every file as it is: there is nothing to commit")
    commands.update_index(worktree.git, index, entries)
    return commands.write_tree(worktree.git, index)


def _staged(worktree: Worktree, change: FileChange, stored: IndexEntry | None) -> IndexEntry:
    if stored is None or stored.mode not in _FILE_MODES:
        raise StoppedError(f"{change.path} is no file of the base commit: fetch it and scan again")
    # A file that was stored before its attributes were set is kept as it is stored. Converting it is
    # another change than the one that is proposed, and would touch every line.
    for path in (change.path, None):
        if commands.hash_object(worktree.git, change.before, path) == stored.blob:
            blob = commands.hash_object(worktree.git, change.after, path, write=True)
            return stored._replace(blob=blob)
    raise _changed(change)
