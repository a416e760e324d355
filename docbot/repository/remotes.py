"""Where a worktree comes from, and as whom its user commits."""

from __future__ import annotations

import msgspec

from docbot.repository import commands
from docbot.repository.plumbing import without_userinfo
from docbot.repository.worktree import Worktree

_USUAL_REMOTES = ("upstream", "origin")
_USUAL_BRANCHES = ("main", "master")


class RemoteBranch(msgspec.Struct, frozen=True):
    """A branch as it was when its remote was last fetched."""

    remote: str
    branch: str

    @property
    def ref(self) -> str:
        return f"refs/remotes/{self.remote}/{self.branch}"


class Identity(msgspec.Struct, frozen=True):
    """As whom git would commit, each as `Name <address>`."""

    author: str
    committer: str


def remotes(worktree: Worktree) -> dict[str, str]:
    """Every remote's name with its URL, without user name and password."""
    return {name: commands.remote_url(worktree.git, name) for name in configured_urls(worktree)}


def configured_urls(worktree: Worktree) -> dict[str, str]:
    """Every remote's name with its URL as it was configured, an alias of `insteadOf` included.

    Without user name and password; the first one where a remote has several.
    """
    found = commands.config(worktree.git, r"^remote\..*\.url$")
    urls: dict[str, str] = {}
    for key, url in found:
        urls.setdefault(key.removeprefix("remote.").removesuffix(".url"), without_userinfo(url))
    return urls


def push_urls(worktree: Worktree) -> dict[str, tuple[str, ...]]:
    """Every remote's name with all the places a push to it goes, without user name and password.

    That is its `pushurl`, else its URL, after `insteadOf` and `pushInsteadOf`.
    """
    return {name: commands.push_urls(worktree.git, name) for name in configured_urls(worktree)}


def default_base(worktree: Worktree) -> RemoteBranch | None:
    """The branch that changes of these docs are most likely meant for; None when nothing was fetched.

    That is the default branch of `upstream`, else of `origin`; where a remote didn't tell its default
    branch, its `main` or `master`.
    """
    refs = commands.remote_refs(worktree.git)
    return next((found for name in _USUAL_REMOTES if (found := _default_of(name, refs))), None)


def _default_of(remote: str, refs: dict[str, str]) -> RemoteBranch | None:
    home = f"refs/remotes/{remote}/"
    told = refs.get(home + "HEAD", "")
    usual = (home + branch for branch in _USUAL_BRANCHES)
    ref = next((ref for ref in (told, *usual) if ref.startswith(home) and ref in refs), None)
    return RemoteBranch(remote, ref.removeprefix(home)) if ref else None


def commit_of(worktree: Worktree, branch: RemoteBranch) -> str | None:
    """The full id of the commit `branch` was last seen at; None when it was never fetched."""
    return commands.commit_id(worktree.git, branch.ref)


def local_commit(worktree: Worktree, branch: str) -> str | None:
    """The full id of the commit the local `branch` stands at; None when there is none of that name."""
    return commands.commit_id(worktree.git, f"refs/heads/{branch}")


def docbot_branches(worktree: Worktree) -> list[str]:
    """The local branches that docbot made, or anybody whose names begin like its own."""
    return commands.local_branches(worktree.git, "docbot")


def identity(worktree: Worktree) -> Identity | None:
    """The name and address the user set for git; None when one is missing. git's guesses don't count."""
    author = commands.identity(worktree.git, "AUTHOR")
    committer = commands.identity(worktree.git, "COMMITTER")
    return Identity(author, committer) if author and committer else None
