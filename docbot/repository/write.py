"""Writes a page of the working tree, in one step, and only if it is what it was."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from docbot.errors import StoppedError, UnreadablePageError, UsageError
from docbot.markdown import blob_id
from docbot.repository.worktree import Worktree, read_page


def replace_file(worktree: Worktree, path: str, blob: str, data: bytes) -> None:
    """Make the file at `path` hold `data`, keeping its permissions.

    Raises StoppedError when the file's blob is no longer `blob`, UsageError when it can't be written. In
    both cases, and on Ctrl-C, the file is as it was.
    """
    try:
        current = read_page(worktree, path)
    except UnreadablePageError as error:
        raise StoppedError(str(error)) from error
    if blob_id(current) != blob:
        raise StoppedError(f"{path} changed while docbot was at work: run docbot again")
    try:
        _replace(worktree.root / path, data)
    except OSError as error:
        raise UsageError(
            f"{path} can't be written ({error.strerror}): check the folder's permissions and free space"
        ) from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".docbot-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
