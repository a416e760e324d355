"""What became of every path the repository ever had, in one pass over its commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docbot.repository import history_commands
from docbot.repository.plumbing import Result, commit_of, records, text
from docbot.repository.values import Commit, Move, PathHistory
from docbot.repository.worktree import Worktree

Warn = Callable[[str], None]
"""Told, in a sentence with a remedy, what couldn't be seen."""
_NOTHING = PathHistory()

_DELETION, _RENAME = b"D", b"R"


def ignore(_warning: str) -> None:
    """The Warn of a caller that has no ear for it."""


def path_history(
    worktree: Worktree, warn: Warn = ignore, *, after: str | None = None, known: PathHistory = _NOTHING
) -> PathHistory:
    """The renames and deletions of all commits that lead to the one checked out, merged branches included.

    `known` is what an earlier call returned for the commit `after` (a full id): then only what leads here and
    not there is read.

    Reads no file's content in a partial clone, so that nothing is fetched: there, and where an object is
    missing, only files that were renamed without an edit count as renamed. `complete` is False when
    commits are out of sight, in a shallow or a damaged clone. Raises RepositoryError only when git can't
    be run at all.
    """
    if worktree.head is None:
        return PathHistory()
    if worktree.head == after:
        return known
    if worktree.shallow:
        warn("history is cut off in this shallow clone: run `git fetch --unshallow` to see all of it")
    head = worktree.head
    log, seen_all = readable(
        worktree, lambda exact: history_commands.log_paths(worktree.git, head, exact=exact, after=after), warn
    )
    moves: dict[str, list[Move]] = {}
    deletions: dict[str, Commit] = {}
    for commit, status, old, new in _changes(log.out):
        if status[:1] == _RENAME:
            moves.setdefault(old, []).append(Move(new, commit, int(status[1:])))
        else:
            deletions.setdefault(old, commit)
    newer = {path: (*found, *known.moves.get(path, ())) for path, found in moves.items()}
    return PathHistory(
        moves={**known.moves, **newer},
        deletions={**known.deletions, **deletions},
        complete=seen_all and known.complete and not worktree.shallow,
    )


def readable(worktree: Worktree, log: Callable[[bool], Result], warn: Warn) -> tuple[Result, bool]:
    """The best `log` that can be had, and whether it reaches back to the first commit.

    `log` is called with True to look for exact renames only, which reads no file's content.
    """
    if not worktree.partial:
        found = log(False)
        if found.code == 0:
            return found, True
    found = log(True)
    if found.code:
        warn("history is cut off, git can't read an old commit: run `git fsck`, or clone the docs again")
        return found, False
    warn("renames with an edit look like deletions, old pages are missing: clone the docs without `--filter`")
    return found, True


def _changes(out: bytes) -> Iterator[tuple[Commit, bytes, str, str]]:
    """Commit, status, path, and the new path of a rename; what was cut off at the end is left out."""
    tokens = iter(records(out))
    commit = Commit("", "")
    for token in tokens:
        # What a token is follows from the ones before it: a file may be named like a commit or a status.
        status = token.removeprefix(b"\n")
        if status == _DELETION:
            if (path := next(tokens, None)) is not None:
                yield commit, status, text(path), ""
        elif status[:1] == _RENAME:
            old, new = next(tokens, None), next(tokens, None)
            if old is not None and new is not None:
                yield commit, status, text(old), text(new)
        elif status:
            commit = commit_of(status)
