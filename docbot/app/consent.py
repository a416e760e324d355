"""Whether the docs allow proposals that nobody looks at before they are sent."""

from __future__ import annotations

import tomllib

from docbot.app.connect import Connection
from docbot.config import FILE_NAME
from docbot.errors import StoppedError
from docbot.repository.checkout import file_at
from docbot.repository.exchange import fetch_branch
from docbot.repository.worktree import Worktree


def check_consent(worktree: Worktree, connection: Connection) -> None:
    """Raises StoppedError unless the docs' own default branch holds a config of docbot's.

    Whoever can write there speaks for the docs; a file in a fork or in a checkout says nothing.
    """
    docs = connection.forge.docs
    if holds_config(worktree, connection):
        return
    raise StoppedError(
        f"{docs.name} holds no {FILE_NAME} on its branch {docs.default_branch}, so a person has to look at "
        "each proposal: run it in a terminal without --yes, or ask the maintainers to add that file"
    )


def holds_config(worktree: Worktree, connection: Connection) -> bool:
    """Whether the docs' default branch, as it is now, holds a config."""
    docs = connection.forge.docs
    commit = fetch_branch(worktree, connection.source, docs.default_branch, connection.access)
    if file_at(worktree, commit, FILE_NAME, connection.access) is not None:
        return True
    shared = file_at(worktree, commit, "pyproject.toml", connection.access)
    try:
        tools = tomllib.loads((shared or b"").decode("utf-8-sig")).get("tool", {})
    except (ValueError, RecursionError):
        return False
    return isinstance(tools, dict) and "docbot" in tools
