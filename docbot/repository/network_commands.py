"""The commands docbot gives git that may wait for a server, and those of worktrees, which are one of them.

Nothing but `commands` builds others.

They answer with a Result, since a refusal needs more than one sentence of git; `refusals` has them.
"""

from __future__ import annotations

from pathlib import Path

from docbot.repository.commands import NO_HOOKS
from docbot.repository.git import NETWORK_TIMEOUT, Git
from docbot.repository.plumbing import Result, object_id, text
from docbot.repository.values import Access

_CAREFUL = (
    *NO_HOOKS,
    # Transports that run a command, whatever the settings say of them.
    "protocol.ext.allow=never",
    "protocol.fd.allow=never",
    "maintenance.auto=false",
    "gc.auto=0",
    # A server that went silent ends the helper too, which may have outlived git.
    "http.lowSpeedLimit=1",
    f"http.lowSpeedTime={NETWORK_TIMEOUT * 2 / 3:.0f}",
)


def ls_remote(git: Git, place: str, branch: str, access: Access | None) -> Result:
    """What `place` (a remote's name or a URL) has that is called like `branch`: `<id>\\t<ref>` lines."""
    return _run(git, "ls-remote", "--refs", "--quiet", "--", place, f"refs/heads/{branch}", access=access)


def fetch(git: Git, place: str, branch: str, access: Access | None) -> Result:
    """Brings what `branch` of `place` (a remote's name or a URL) leads to."""
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    config = ("fetch.writeCommitGraph=false",)
    return _run(git, "fetch", *options, "--", place, f"refs/heads/{branch}", access=access, config=config)


def fetch_commit(git: Git, place: str, commit: str, access: Access | None) -> Result:
    """Brings what `commit` (a full id) leads to, if `place` (a remote's name or a URL) hands it out."""
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    config = ("fetch.writeCommitGraph=false",)
    argv = ("fetch", *options, "--", place, object_id(commit))
    return _run(git, *argv, access=access, config=config)


def ls_pull(git: Git, place: str, number: int, access: Access | None) -> Result:
    """What the pull request `number` of `place` (a remote's name or a URL) stands at: `<id>\t<ref>`."""
    return _run(git, "ls-remote", "--quiet", "--", place, f"refs/pull/{number}/head", access=access)


def fetch_pull(git: Git, place: str, number: int, access: Access | None) -> Result:
    """Brings what the pull request `number` of `place` (a remote's name or a URL) leads to."""
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    config = ("fetch.writeCommitGraph=false",)
    ref = f"refs/pull/{number}/head"
    return _run(git, "fetch", *options, "--", place, ref, access=access, config=config)


def push(
    git: Git, place: str, commit: str, branch: str, expected: str | None, access: Access | None
) -> Result:
    """Sets `branch` of `place` to `commit` if it is at `expected` (None: doesn't exist); `--porcelain` lines.

    No other ref goes along, whatever push and remote settings say.
    """
    ref = f"refs/heads/{branch}"
    lease = f"--force-with-lease={ref}:{object_id(expected) if expected else ''}"
    # Nor does a pre-push hook run: it looks at what is checked out, which isn't what goes. The server's own
    # checks remain.
    options = ("--porcelain", "--no-progress", "--no-follow-tags", "--no-recurse-submodules")
    argv = ("push", *options, lease, "--", place, f"{object_id(commit)}:{ref}")
    return _run(git, *argv, access=access, config=("push.pushOption=",))


def add_worktree(git: Git, place: Path, commit: str, access: Access | None, *, lazy: bool) -> Result:
    """A new worktree at `place`, of all files of `commit` and of no branch; `lazy` lets it ask a server."""
    argv = ("worktree", "add", "--quiet", "--detach", "--", str(place), object_id(commit))
    # A sparse clone hands its patterns on to a new worktree.
    return _run(git, *argv, access=access, lazy=lazy, config=("core.sparseCheckout=false",))


def worktrees(git: Git) -> list[Path]:
    """Where the worktrees of this repository are, or were: a folder may be gone."""
    out = text(git.read("worktree", "list", "--porcelain"))
    return [Path(fact.removeprefix("worktree ")) for fact in out.split("\n") if fact.startswith("worktree ")]


def forget_worktree(git: Git, place: Path) -> None:
    """Take the worktree at `place` away, be it locked, half made or gone; nothing where there is none."""
    git.run("worktree", "unlock", str(place))
    git.run("worktree", "remove", "--force", str(place))


def stored_file(git: Git, commit: str, path: str, access: Access | None) -> Result:
    """The file at `path` as `commit` holds it; fails where it holds no such file."""
    return _run(git, "cat-file", "blob", f"{object_id(commit)}:{path}", access=access)


def object_at(git: Git, commit: str, path: str, access: Access | None) -> Result:
    """The id of what stands at `path` in `commit`; fails where nothing does, or the commit isn't here."""
    asked = f"{object_id(commit)}:{path}"
    return _run(git, "rev-parse", "--verify", "--quiet", "--end-of-options", asked, access=access)


def _run(
    git: Git, *argv: str, access: Access | None, config: tuple[str, ...] = (), lazy: bool = True
) -> Result:
    # In a partial clone also fetch and push may need what was left with the remote, to unpack differences.
    return git.run(*argv, config=(*_CAREFUL, *config), access=access, lazy=lazy, timeout=NETWORK_TIMEOUT)
