"""A checkout of another commit, beside the user's own, for as long as it is needed."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from docbot.errors import DocbotError, StoppedError
from docbot.repository import network_commands
from docbot.repository.plumbing import Result
from docbot.repository.refusals import known_refusal
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree

_STALE = 6 * 3600.0
"""Seconds after which nobody uses a temporary checkout any more: whoever made it was killed."""
_OWN = re.compile(r"docbot-\w{8}")


@contextmanager
def checkout_of(
    worktree: Worktree, commit: str, access: Access | None = None, *, lazy: bool = True
) -> Iterator[Worktree]:
    """A temporary worktree of `commit` with the same history; gone at the end, whatever happened.

    It has all files, also in a sparse clone; a partial clone fetches what it lacks if it may be `lazy`, with
    `access` if the server wants a login. Files of Git LFS stay the pointers they are stored as. The user's
    checkout, index, branches and settings stay as they are, and no hook runs. What a killed run left behind
    is taken away. Raises RepositoryError when git refuses, StoppedError when the server of a partial clone
    does, or would have to be asked.
    """
    _clear(worktree)
    with TemporaryDirectory(prefix="docbot-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve() / "base"
        try:
            result = network_commands.add_worktree(worktree.git, place, commit, access, lazy=lazy)
            if result.code:
                raise _refused(worktree, result, lazy=lazy)
            yield Worktree.open(place)
        finally:
            network_commands.forget_worktree(worktree.git, place)


def _refused(worktree: Worktree, result: Result, *, lazy: bool) -> DocbotError:
    if worktree.partial and not lazy:
        return StoppedError(
            "this clone left files of the base with its remote, and nobody may be asked for them: "
            "run it without --offline, or fetch them with `git fetch --refetch --filter=blob:limit=10m`"
        )
    known = known_refusal(result.err, "the remote of this partial clone")
    return known or worktree.git.error("worktree", result)


def _clear(worktree: Worktree) -> None:
    """Take away the temporary checkouts of runs that were killed a while ago."""
    for place in network_commands.worktrees(worktree.git):
        folder = place.parent
        if place.name == "base" and _OWN.fullmatch(folder.name) and _is_stale(folder):
            network_commands.forget_worktree(worktree.git, place)
            shutil.rmtree(folder, ignore_errors=True)


def _is_stale(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _STALE
    except OSError:
        return True


def same_at(worktree: Worktree, first: str, second: str, path: str, access: Access | None = None) -> bool:
    """Whether `path` is the same in two commits (full ids), or in neither; one that isn't here has none."""
    results = [network_commands.object_at(worktree.git, one, path, access) for one in (first, second)]
    return len({None if result.code else result.out for result in results}) == 1


def file_at(worktree: Worktree, commit: str, path: str, access: Access | None = None) -> bytes | None:
    """The bytes of the file `path` as `commit` (a full id) holds it; None when it holds no such file."""
    result = network_commands.stored_file(worktree.git, commit, path, access)
    return None if result.code else result.out
