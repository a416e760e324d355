"""What a token lacks, seen from reading alone and before anything is written."""

from __future__ import annotations

from docbot.app.base import Base
from docbot.app.connect import Connection
from docbot.errors import StoppedError
from docbot.forges.interface import Forge
from docbot.repository.checkout import same_at
from docbot.repository.exchange import fetch_commit, tip_of
from docbot.repository.worktree import Worktree

WORKFLOWS = ".github/workflows"


def check_rights(worktree: Worktree, connection: Connection, base: Base) -> None:
    """Raises StoppedError where GitHub would refuse the push or the pull request for want of a scope.

    Only some kinds of tokens tell their scopes; of the others GitHub's own answer tells.
    """
    scope = missing_scope(connection.forge)
    if scope:
        raise StoppedError(
            f"the token lacks the scope `{scope}`: run `gh auth refresh -s {scope}`, or make a new one"
        )
    scopes = connection.forge.scopes
    if scopes is not None and "workflow" not in scopes and _changes_workflows(worktree, connection, base):
        raise StoppedError(
            f"the fork's workflows differ from those of {base.branch}, and the token lacks the scope "
            "`workflow` to push them: run `gh auth refresh -s workflow`, or bring the fork up to date first"
        )


def missing_scope(forge: Forge) -> str:
    """The scope without which nothing can be proposed; empty where the token has it, or doesn't tell."""
    scopes = forge.scopes
    if scopes is None or "repo" in scopes:
        return ""
    if forge.docs.private:
        return "repo"
    return "" if "public_repo" in scopes else "public_repo"


def _changes_workflows(worktree: Worktree, connection: Connection, base: Base) -> bool:
    """Whether a branch from the base brings workflows to the fork that it doesn't have."""
    head, access = connection.head, connection.access
    if head is None or head.is_named(connection.forge.docs.name):
        return False
    commit = tip_of(worktree, connection.remote, head.default_branch, access)
    if commit is None:
        return False
    there = fetch_commit(worktree, connection.remote, commit, head.default_branch, access)
    return not same_at(worktree, base.commit, there.id, WORKFLOWS, access)
