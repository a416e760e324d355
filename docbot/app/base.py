"""The base branch that proposals are made for, and the commit of it that is looked at."""

from __future__ import annotations

from typing import NamedTuple

from docbot.app.connect import Connection
from docbot.app.setup import base_of
from docbot.errors import StoppedError, UsageError
from docbot.repository.exchange import fetch_branch
from docbot.repository.remotes import RemoteBranch, commit_of, default_base, local_commit
from docbot.repository.worktree import Worktree


class Base(NamedTuple):
    """A branch of the docs, and the full id of the commit it stands at."""

    branch: str
    commit: str


def newest_base(worktree: Worktree, connection: Connection | None) -> Base:
    """The base, fetched now where there is a connection, else as it was last fetched.

    Raises StoppedError when it can't be had, or the clone is too shallow to work on; UsageError when nothing
    says which branch it is.
    """
    if connection is None:
        branch = base_of(worktree)
        if branch is None:
            raise UsageError("the base branch is unknown: set `base` under [propose] in .docbot.toml")
        return Base(branch, _last_fetched(worktree, branch))
    if worktree.shallow:
        raise StoppedError(
            "this clone is shallow, so half of the proof is missing: run `git fetch --unshallow`, "
            "or check out with `fetch-depth: 0` in a workflow"
        )
    branch = connection.base
    if branch == "live":
        raise StoppedError("proposals must never go to `live`: set another `base` under [propose]")
    return Base(branch, fetch_branch(worktree, connection.source, branch, connection.access))


def _last_fetched(worktree: Worktree, branch: str) -> str:
    """The commit of `branch` as its remote was last fetched, or of the local branch where there is no remote.

    Raises StoppedError when it isn't here.
    """
    remote = default_base(worktree)
    if remote is None:
        commit = local_commit(worktree, branch)
        remedy = f"make it with `git branch {branch}`, or name another under [propose]"
    else:
        commit = commit_of(worktree, RemoteBranch(remote.remote, branch))
        remedy = f"run `git fetch {remote.remote} {branch}:refs/remotes/{remote.remote}/{branch}`"
    if commit is None:
        raise StoppedError(f"the base branch {branch} isn't here: {remedy}")
    return commit
