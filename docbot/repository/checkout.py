"""A checkout of another commit, beside the user's own, for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from docbot.repository import commands, network_commands
from docbot.repository.refusals import known_refusal
from docbot.repository.values import Access
from docbot.repository.worktree import Worktree


@contextmanager
def checkout_of(worktree: Worktree, commit: str, access: Access | None = None) -> Iterator[Worktree]:
    """A temporary worktree of `commit` with the same history; gone at the end, whatever happened.

    It has all files, also in a sparse clone; a partial clone fetches what it lacks, with `access` if the
    server wants a login. Files of Git LFS stay the pointers they are stored as. The user's checkout, index,
    branches and settings stay as they are, and no hook runs. Raises RepositoryError when git refuses,
    StoppedError when the server of a partial clone does.
    """
    with TemporaryDirectory(prefix="docbot-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve() / "base"
        try:
            result = network_commands.add_worktree(worktree.git, place, commit, access)
            if result.code:
                refused = known_refusal(result.err, "the remote of this partial clone")
                raise refused or worktree.git.error("worktree", result)
            yield Worktree.open(place)
        finally:
            commands.remove_worktree(worktree.git, place)


def file_at(worktree: Worktree, commit: str, path: str, access: Access | None = None) -> bytes | None:
    """The bytes of the file `path` as `commit` (a full id) holds it; None when it holds no such file."""
    result = network_commands.stored_file(worktree.git, commit, path, access)
    return None if result.code else result.out
