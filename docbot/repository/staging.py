"""A place beside the user's checkout in which git prepares a commit, or shows what one holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from docbot.repository import commands
from docbot.repository.environment import Stage
from docbot.repository.git import Git


@contextmanager
def staging(git: Git, *, private: bool = False) -> Iterator[Stage]:
    """A stage with an empty index and no files, gone at the end. With `private` the objects made go as well.

    Raises RepositoryError when git refuses.
    """
    with TemporaryDirectory(prefix="docbot-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        files, objects = folder / "files", folder / "objects"
        files.mkdir()
        stage = Stage(commands.own_folder(git), folder / "index", files)
        if private:
            objects.mkdir()
            stage = replace(stage, objects=objects, known=commands.objects_folder(git))
        yield stage
