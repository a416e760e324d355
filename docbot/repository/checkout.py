"""A checkout of another commit, beside the user's own, for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from docbot.repository import commands
from docbot.repository.worktree import Worktree


@contextmanager
def checkout_of(worktree: Worktree, commit: str) -> Iterator[Worktree]:
    """A temporary worktree of `commit` with the same history; gone at the end, whatever happened.

    The user's checkout, index and branches stay as they are, and no hook runs. Raises RepositoryError
    when git refuses.
    """
    with TemporaryDirectory(prefix="docbot-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve() / "base"
        try:
            commands.add_worktree(worktree.git, place, commit)
            yield Worktree.open(place)
        finally:
            commands.remove_worktree(worktree.git, place)
