"""What passes between the repository and a server: one branch fetched, one commit pushed.

`remote` is a configured remote's name or a URL, `branch` a branch there. With `access` its token opens its
server, and nothing else is asked; without, git logs in as its user set it up. HEAD, index, files, settings
and local branches stay as they are, and no hook runs. Every function raises StoppedError when the server
says no or can't be reached; what was fetched until then are objects nothing refers to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from docbot.errors import StoppedError
from docbot.repository import commands, network_commands
from docbot.repository.git import NETWORK_TIMEOUT, TookTooLong
from docbot.repository.plumbing import Result, object_id, text, without_userinfo
from docbot.repository.refusals import refusal
from docbot.repository.remotes import remotes
from docbot.repository.values import Access, Tip
from docbot.repository.worktree import Worktree

OWN = "docbot/"
"""How the name of every branch begins that docbot may push."""

_TRIES = 3
_URL = re.compile(r"(?:https?|ssh|git|file)://[^\s\x00-\x1f]+")
_SCP = re.compile(r"(?:\w[\w.-]*@)?\w[\w.-]*:(?!:|//)[^\s\x00-\x1f]+")
_WITH_LOGIN = re.compile(r"https?://[^/]*@")
_GONE = "couldn't find remote ref"
_STALE = "stale info"
_RACE = re.compile(
    "failed to update ref|cannot lock ref|incorrect old value|reference already exists|fetch first", re.I
)


def tip_of(worktree: Worktree, remote: str, branch: str, access: Access | None = None) -> str | None:
    """The full id of the commit `branch` stands at there, right now; None when there is no such branch."""
    place = _place(worktree, remote)
    _check_branch(worktree, branch)
    result = _ask(place, lambda: network_commands.ls_remote(worktree.git, place, branch, access))
    if result.code:
        raise refusal("ls-remote", result, without_userinfo(place))
    pairs = (line.partition("\t") for line in text(result.out).split("\n"))
    return next((object_id(commit) for commit, _, ref in pairs if ref == f"refs/heads/{branch}"), None)


def fetch_branch(worktree: Worktree, remote: str, branch: str, access: Access | None = None) -> str:
    """Fetch `branch` and return the full id of its commit, which is here then.

    By a remote's name, the remote-tracking branch moves as with `git fetch`; by a URL only objects come.
    Raises StoppedError when there is no such branch.
    """
    for _ in range(_TRIES):
        commit = tip_of(worktree, remote, branch, access)
        if commit is None:
            raise StoppedError(
                f"{without_userinfo(remote)} has no branch {branch}: check the name, "
                "or set `base` under [propose] in .docbot.toml"
            )
        # Between the two the branch may move on, which brings its old tip as well, or elsewhere.
        if _fetched(worktree, remote, branch, access) and commands.commit_id(worktree.git, commit):
            return commit
    raise StoppedError(
        f"{branch} of {without_userinfo(remote)} changes faster than it can be fetched: try again in a minute"
    )


def fetch_pull(worktree: Worktree, remote: str, number: int, access: Access | None = None) -> str:
    """Fetch the pull request `number` and return the full id of its newest commit, which is here then.

    Raises StoppedError when there is none.
    """
    place = _place(worktree, remote)
    where = without_userinfo(place)
    asked = _ask(place, lambda: network_commands.ls_pull(worktree.git, place, number, access))
    if asked.code:
        raise refusal("ls-remote", asked, where)
    told = text(asked.out).partition("\t")[0].strip()
    if not told:
        raise StoppedError(f"{where} has no pull request {number}: check the number and the remote")
    commit = object_id(told)
    if commands.commit_id(worktree.git, commit) is None:
        result = _ask(place, lambda: network_commands.fetch_pull(worktree.git, place, number, access))
        if result.code:
            raise refusal("fetch", result, where)
    if commands.commit_id(worktree.git, commit) is None:
        raise StoppedError(f"pull request {number} of {where} changed meanwhile: run docbot again")
    return commit


def is_to_be_had(worktree: Worktree, remote: str, commit: str, access: Access | None = None) -> bool:
    """Whether the commit of the full id `commit` is here, fetched now if it wasn't.

    A commit that no branch leads to any more is handed out by some servers, and only for a while.
    """
    if commands.commit_id(worktree.git, commit) is None:
        place = _place(worktree, remote)
        _ask(place, lambda: network_commands.fetch_commit(worktree.git, place, commit, access))
    return commands.commit_id(worktree.git, commit) is not None


def fetch_commit(
    worktree: Worktree, remote: str, commit: str, branch: str, access: Access | None = None
) -> Tip:
    """The commit that is the tip of `branch` there, fetched unless it's here already.

    Raises StoppedError when it went away meanwhile.
    """
    known = tip(worktree, commit)
    if known is None and _fetched(worktree, remote, branch, access):
        known = tip(worktree, commit)
    if known is None:
        raise StoppedError(
            f"{branch} of {without_userinfo(remote)} isn't at {commit[:10]} any more: "
            "somebody works on it, run docbot again"
        )
    return known


def tip(worktree: Worktree, commit: str) -> Tip | None:
    """What the commit of the full id `commit` is; None when it isn't here. Asks no server."""
    stored = commands.stored_commit(worktree.git, commit)
    if stored is None:
        return None
    head, _, message = stored.partition(b"\n\n")
    facts = [text(line).partition(" ") for line in head.split(b"\n")]
    parents = tuple(value for key, _, value in facts if key == "parent")
    tree = next(value for key, _, value in facts if key == "tree")
    author = next((value for key, _, value in facts if key == "author"), "")
    return Tip(commit, tree, parents, text(message), author.rpartition(">")[0] + ">")


def push(
    worktree: Worktree,
    remote: str,
    commit: str,
    branch: str,
    expected: str | None,
    access: Access | None = None,
) -> bool:
    """Set `branch` there to `commit` if it stands at `expected` (None: doesn't exist yet).

    True when it does now; False when it stood elsewhere, and still does: look again with `tip_of`. By a
    remote's name, its remote-tracking branch moves as with `git push`. Nothing but this one branch goes, and
    a pre-push hook isn't run: it looks at the user's checkout, which isn't what is pushed.

    Raises StoppedError for a branch that isn't below `docbot/`, and when the server refuses.
    """
    _check_own(worktree, branch)
    place = _place(worktree, remote)
    _check_one_place(worktree, place)
    git, where = worktree.git, without_userinfo(place)
    result = _ask(place, lambda: network_commands.push(git, place, commit, branch, expected, access))
    flag, said = _status(result, branch)
    if result.code == 0 and flag and flag != "!":
        return True
    if _STALE in said:
        return False
    if _RACE.search(said) and tip_of(worktree, remote, branch, access) != expected:
        return False
    raise refusal("push", result, where, _reason(said))


def _fetched(worktree: Worktree, remote: str, branch: str, access: Access | None) -> bool:
    """Whether there was such a branch to fetch."""
    place = _place(worktree, remote)
    _check_branch(worktree, branch)
    result = _ask(place, lambda: network_commands.fetch(worktree.git, place, branch, access))
    if result.code and _GONE not in result.err:
        raise refusal("fetch", result, without_userinfo(place))
    return result.code == 0


def _ask(place: str, command: Callable[[], Result]) -> Result:
    try:
        return command()
    except TookTooLong as error:
        raise StoppedError(
            f"{without_userinfo(place)} kept docbot waiting for {NETWORK_TIMEOUT / 60:.0f} minutes: "
            "check your connection, then run docbot again"
        ) from error


def _place(worktree: Worktree, remote: str) -> str:
    """`remote`, as it can be given to git: neither an option, nor a command, nor a folder of that name."""
    if _WITH_LOGIN.match(remote):
        raise StoppedError(
            f"{without_userinfo(remote)} was given with a login in front, where everybody sees it: "
            "leave it out"
        )
    if _URL.fullmatch(remote) or _SCP.fullmatch(remote):
        return remote
    if not remote.startswith("-") and remote in remotes(worktree):
        return remote
    raise StoppedError(f"{remote!r} is no remote of this repository: `git remote -v` lists them")


def _check_branch(worktree: Worktree, branch: str) -> None:
    if not commands.is_branch_name(worktree.git, branch):
        raise StoppedError(f"{branch!r} is no name git allows for a branch: choose another one")


def _check_own(worktree: Worktree, branch: str) -> None:
    _check_branch(worktree, branch)
    if not branch.startswith(OWN):
        raise StoppedError(
            f"docbot pushes to branches below {OWN} alone, not to {branch}: choose such a name"
        )


def _check_one_place(worktree: Worktree, place: str) -> None:
    if place in remotes(worktree) and len(commands.push_urls(worktree.git, place)) > 1:
        raise StoppedError(
            f"a push to {place} goes to several places: give docbot a remote with one `pushurl`"
        )


def _status(result: Result, branch: str) -> tuple[str, str]:
    """The flag and the summary of the branch in what `push --porcelain` printed; empty without any."""
    for line in text(result.out).split("\n"):
        flag, _, rest = line.partition("\t")
        names, _, summary = rest.partition("\t")
        if names.endswith(f":refs/heads/{branch}"):
            return flag, summary
    return "", ""


def _reason(summary: str) -> str:
    """What stands in brackets at the end of a summary: the server's own words."""
    found = re.search(r"\((.*)\)$", summary)
    return found[1] if found else summary
