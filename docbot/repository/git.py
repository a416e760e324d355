"""How docbot runs git: the only import of GitPython, the only start of a process.

What is asked of git stands in `docbot.repository.commands`, the only caller of `run`. A command that
fails becomes one sentence with a remedy (RepositoryError). Nothing here asks for a password, and git
fetches nothing on the quiet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from docbot.errors import RepositoryError
from docbot.repository.plumbing import Result, line, without_userinfo

if TYPE_CHECKING:
    from git import Repo

TIMEOUT = 300.0
"""Seconds a command may take; signing has no limit, since it may wait for a person."""

_LOCATION = frozenset(
    (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
    )
)
"""Set where git calls docbot from a hook; they would lead away from the repository that was asked for."""
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}

_REMEDIES = {
    "dubious ownership": "git doesn't trust {root} because someone else owns it: "
    "run `git config --global --add safe.directory {root}`",
    "failed to sign the data": "git couldn't sign the commit: unlock your signing key, or switch "
    "`commit.gpgsign` off, and try again",
    "No space left on device": "the disk that holds {root} is full: free some space and try again",
}
_GENERAL = "`git {command}` failed in {root} ({said}): see what `git fsck` says there, then try again"


@lru_cache(maxsize=1)
def _gitpython() -> ModuleType:
    # Its import costs some 140 ms, which `--help` and the worker processes shouldn't pay.
    if shutil.which("git") is None:
        raise RepositoryError("git is not on the PATH: install it from https://git-scm.com and try again")
    import git

    return git


class Git:
    """git in the worktree at `root`. Holds no process and no handle, so it may go to a worker process."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def discover(cls, folder: Path) -> Git:
        """git in the worktree that contains `folder`. Raises RepositoryError where there is none."""
        gitpython = _gitpython()
        try:
            repo: Repo = gitpython.Repo(folder, search_parent_directories=True, expand_vars=False)
        except (gitpython.InvalidGitRepositoryError, gitpython.NoSuchPathError) as error:
            raise RepositoryError(
                f"{folder} is not inside a git repository: clone the docs with `git clone` "
                "and run docbot there"
            ) from error
        with repo:
            if repo.bare or repo.working_tree_dir is None:
                raise RepositoryError(
                    f"{folder} is in a bare repository, which has no pages to read: "
                    "make a worktree of it with `git clone` or `git worktree add` and run docbot there"
                )
            if folder.is_relative_to(Path(repo.git_dir).resolve()):
                raise RepositoryError(f"{folder} is git's own folder: run docbot in the folder of the docs")
            return cls(Path(repo.working_tree_dir).resolve())

    def maybe(self, *argv: str, config: Sequence[str] = ()) -> str | None:
        """The line a command prints; None when it says no with exit code 1.

        Raises RepositoryError for every other exit code.
        """
        result = self.run(*argv, config=config)
        if result.code > 1:
            raise self.error(argv[0], result)
        return line(result.out) if result.code == 0 else None

    def read(
        self,
        *argv: str,
        config: Sequence[str] = (),
        index: Path | None = None,
        stdin: bytes = b"",
        timeout: float | None = TIMEOUT,
        committed: str = "",
    ) -> bytes:
        """What a command prints. Raises RepositoryError when it fails."""
        result = self.run(
            *argv, config=config, index=index, stdin=stdin, timeout=timeout, committed=committed
        )
        if result.code:
            raise self.error(argv[0], result)
        return result.out

    def run(
        self,
        *argv: str,
        paths: Sequence[str] = (),
        config: Sequence[str] = (),
        index: Path | None = None,
        stdin: bytes = b"",
        timeout: float | None = TIMEOUT,
        committed: str = "",
    ) -> Result:
        """Runs `git argv -- paths` in the root and waits for its end, however it ends.

        `config` holds `key=value` settings for this run, `index` a private index file, `timeout` seconds,
        `committed` the date of a commit to be made, if not now.
        Raises RepositoryError when git can't be started or takes too long. When anything interrupts the
        wait (Ctrl-C), git is ended first.
        """
        settings = [word for setting in ("core.quotepath=off", *config) for word in ("-c", setting)]
        separated = ("--", *paths) if paths else ()
        process = self._start(["--no-pager", *settings, *argv, *separated], index, committed)
        with process:
            try:
                out, err = process.communicate(stdin, timeout)
            except subprocess.TimeoutExpired as error:
                _stop(process)
                raise RepositoryError(
                    f"`git {argv[0]}` took longer than {timeout:.0f} seconds in {self.root}: "
                    "see whether another git process or a slow disk holds it up, then try again"
                ) from error
            except BaseException:
                _stop(process)
                raise
        return Result(process.returncode, out, err.decode("utf-8", "replace"))

    def _start(self, argv: Sequence[str], index: Path | None, committed: str) -> subprocess.Popen[bytes]:
        gitpython = _gitpython()
        environment = {k: v for k, v in os.environ.items() if k not in _LOCATION} | _ENVIRONMENT
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        if committed:
            environment["GIT_COMMITTER_DATE"] = committed
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = [gitpython.Git.GIT_PYTHON_GIT_EXECUTABLE, *argv]
        try:
            # GitPython's own Popen: on Windows it never runs a git.exe that lies in the docs repository.
            started: subprocess.Popen[bytes] = gitpython.cmd.safer_popen(
                command, cwd=self.root, env=environment, **pipes
            )
        except OSError as error:
            raise RepositoryError(
                f"git can't be run in {self.root} ({error.strerror}): check that the folder is there"
            ) from error
        return started

    def error(self, command: str, result: Result) -> RepositoryError:
        """The failure of a command in one sentence with its remedy."""
        known = (remedy for sign, remedy in _REMEDIES.items() if sign in result.err)
        lines = [line for line in result.err.splitlines() if line.startswith(("fatal:", "error:"))]
        said = without_userinfo((lines or [f"exit code {result.code}"])[-1])
        sentence = next(known, _GENERAL).format(root=self.root, command=command, said=said)
        return RepositoryError("".join(c if c.isprintable() else "?" for c in sentence))


def _stop(process: subprocess.Popen[bytes]) -> None:
    # Asked politely git removes its lock files.
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
