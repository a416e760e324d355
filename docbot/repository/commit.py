"""One commit, made beside the user's checkout and without touching it; on a branch of its own if wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from docbot.errors import RepositoryError, StoppedError, UnreadablePageError
from docbot.repository import commands
from docbot.repository.environment import Stage
from docbot.repository.plumbing import IndexEntry
from docbot.repository.remotes import identity
from docbot.repository.staging import staging
from docbot.repository.worktree import Worktree, parts
from docbot.types import FileChange

_ATTRIBUTES = ".gitattributes"
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
    stand in a checkout of `base`: its attributes such as `eol` are applied as `git add` would, without
    converting lines that aren't changed.

    Raises StoppedError when the branch or a page isn't what `changes` were made for, RepositoryError
    when git refuses or knows no name and address to commit as.
    """
    _check_branch(worktree, branch, expected)
    commit = make_commit(worktree, base, changes, message)
    if not commands.update_branch(worktree.git, branch, commit, expected):
        raise _moved(branch)
    return commit


def make_commit(worktree: Worktree, base: str, changes: Sequence[FileChange], message: str) -> str:
    """Puts `changes` on top of the commit `base`, on no branch, and returns the full id.

    What is written are objects nothing refers to. For the rest see `commit_on_branch`.
    """
    _check_changes(changes)
    if identity(worktree) is None:
        raise RepositoryError(
            "git doesn't know who you are: run `git config --global user.name NAME` "
            "and `git config --global user.email ADDRESS`"
        )
    _check_base(worktree, base)
    with staging(worktree.git) as stage:
        tree = _tree(worktree, base, changes, stage)
    sign = commands.flag(worktree.git, "commit.gpgsign")
    return commands.commit_tree(worktree.git, tree, base, message, sign=sign)


def tree_of(worktree: Worktree, base: str, changes: Sequence[FileChange]) -> str:
    """The id of the tree that `make_commit` would commit. Nothing is written into the repository.

    Raises as `make_commit`, but needs no name and address.
    """
    _check_changes(changes)
    _check_base(worktree, base)
    with staging(worktree.git, private=True) as stage:
        return _tree(worktree, base, changes, stage)


def _check_base(worktree: Worktree, base: str) -> None:
    if commands.commit_id(worktree.git, base) != base:
        raise RepositoryError(f"there is no commit {base} here: fetch the base branch and run docbot again")


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


def _tree(worktree: Worktree, base: str, changes: Sequence[FileChange], stage: Stage) -> str:
    commands.read_tree(worktree.git, stage, base)
    stored = {entry.path: entry for entry in commands.index(worktree.git, stage)}
    _lay_out_attributes(worktree, stored, changes, stage.files)
    entries = [_staged(worktree, change, stored.get(change.path), stage) for change in changes]
    if all(entry == stored[entry.path] for entry in entries):
        raise StoppedError("the changes leave every file as it is: there is nothing to commit")
    commands.update_index(worktree.git, stage, entries)
    return commands.write_tree(worktree.git, stage)


def _lay_out_attributes(
    worktree: Worktree, stored: Mapping[str, IndexEntry], changes: Sequence[FileChange], files: Path
) -> None:
    """Put the attributes that hold for `changes` where git reads them: the checkout may have others."""
    folders = {folder.as_posix() for change in changes for folder in PurePosixPath(change.path).parents}
    paths = (f"{folder}/{_ATTRIBUTES}".removeprefix("./") for folder in folders)
    blobs = {p: stored[p].blob for p in paths if p in stored and stored[p].mode in _FILE_MODES}
    contents = commands.blobs(worktree.git, sorted(set(blobs.values()))) if blobs else {}
    for path, blob in blobs.items():
        if blob not in contents:
            raise RepositoryError(f"{path} was left with the remote: run `git fetch --refetch` and try again")
        place = files / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(contents[blob])


def _staged(worktree: Worktree, change: FileChange, stored: IndexEntry | None, stage: Stage) -> IndexEntry:
    if stored is None or stored.mode not in _FILE_MODES:
        raise StoppedError(f"{change.path} is no file of the base commit: fetch it and scan again")
    # A file that was stored before its attributes were set is kept as it is stored. Converting it is
    # another change than the one that is proposed, and would touch every line.
    for path in (change.path, None):
        if commands.hash_object(worktree.git, change.before, path, stage) == stored.blob:
            blob = commands.hash_object(worktree.git, change.after, path, stage, write=True)
            return stored._replace(blob=blob)
    raise _changed(change)
