"""How docbot runs git: the only import of GitPython, the only start of a process.

What is asked of git stands in the modules `commands`, `history_commands` and `network_commands` beside this
one, the only callers of `run`. A command that fails becomes one sentence with a remedy (RepositoryError).
Nothing here asks for a password, and git fetches nothing unless it is told to.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, Unpack

from docbot.errors import RepositoryError
from docbot.repository.environment import Given, environment, somebody_there, without_token
from docbot.repository.plumbing import Result, line, one_line

if TYPE_CHECKING:
    from git import Repo

TIMEOUT = 300.0
"""Seconds a command may take; signing has no limit, since it may wait for a person."""

NETWORK_TIMEOUT = 900.0
"""Seconds a command may take that waits for a server."""

_REMEDIES = {
    "dubious ownership": "git doesn't trust {root} because someone else owns it: "
    "run `git config --global --add safe.directory {root}`",
    "failed to sign the data": "git couldn't sign the commit: unlock your signing key, or switch "
    "`commit.gpgsign` off, and try again",
    "No space left on device": "the disk that holds {root} is full: free some space and try again",
}
_GENERAL = "`git {command}` failed in {root} ({said}): see what `git fsck` says there, then try again"


class TookTooLong(RepositoryError):
    """git was ended because its time was up."""


@lru_cache(maxsize=1)
def _gitpython() -> ModuleType:
    # Its import costs some 140 ms, which `--help` and the worker processes shouldn't pay.
    if shutil.which("git") is None:
        raise RepositoryError("git is not on the PATH: install it from https://git-scm.com and try again")
    import git

    return git


class Stream:
    """What a running command prints, line by line."""

    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        self.lines: IO[bytes] = process.stdout
        self._process = process
        self._said = said

    def end(self) -> Result:
        """How the command ended, without what it printed. Waits for it: read all of `lines` first."""
        code = self._process.wait()
        self._said.seek(0)
        return Result(code, b"", self._said.read().decode("utf-8", "replace"))


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

    def read(self, *argv: str, **given: Unpack[Given]) -> bytes:
        """What a command prints. Raises RepositoryError when it fails."""
        result = self.run(*argv, **given)
        if result.code:
            raise self.error(argv[0], result)
        return result.out

    def run(self, *argv: str, **given: Unpack[Given]) -> Result:
        """Runs `git argv -- paths` in the root and waits for its end, however it ends.

        Raises TookTooLong when that lasts longer than `timeout`, RepositoryError when git can't be started.
        When anything interrupts the wait (Ctrl-C), git is ended first. What is printed holds no token.
        """
        timeout = given.get("timeout", TIMEOUT)
        access = given.get("access")
        process = self._start(argv, given)
        with process:
            try:
                out, err = process.communicate(given.get("stdin", b""), timeout)
            except subprocess.TimeoutExpired as error:
                _stop(process)
                raise TookTooLong(
                    f"`git {argv[0]}` took longer than {timeout:.0f} seconds in {self.root}: "
                    "see whether another git process or a slow disk holds it up, then try again"
                ) from error
            except BaseException:
                _stop(process)
                raise
        said = without_token(err, access).decode("utf-8", "replace")
        return Result(process.returncode, without_token(out, access), said)

    @contextmanager
    def stream(self, *argv: str, **given: Unpack[Given]) -> Iterator[Stream]:
        """`git argv -- paths`, whose output is read while it is printed; for what doesn't fit into memory.

        Once all of it is read, the stream knows how the command ended. On leaving, git is ended if it isn't
        yet, whatever happened inside. Raises RepositoryError when git can't be started.
        """
        with tempfile.TemporaryFile() as said:
            process = self._start(argv, given, stderr=said.fileno())
            with process:
                try:
                    yield Stream(process, said)
                except BaseException:
                    _stop(process)
                    raise
                if process.poll() is None:
                    _stop(process)

    def _start(
        self, argv: Sequence[str], given: Given, *, stderr: int = subprocess.PIPE
    ) -> subprocess.Popen[bytes]:
        gitpython = _gitpython()
        config = ("core.quotepath=off", *given.get("config", ()))
        settings = [word for setting in config for word in ("-c", setting)]
        paths = given.get("paths", ())
        separated = ("--", *paths) if paths else ()
        how: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": stderr}
        if given.get("lazy") and _may_lead_group():
            how["process_group"] = 0
        executable = gitpython.Git.GIT_PYTHON_GIT_EXECUTABLE
        command = [executable, "--no-pager", *settings, *argv, *separated]
        stage = given.get("stage")
        try:
            # GitPython's own Popen: on Windows it never runs a git.exe that lies in the docs repository.
            started: subprocess.Popen[bytes] = gitpython.cmd.safer_popen(
                command, cwd=stage.files if stage else self.root, env=environment(given), **how
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
        said = (lines or [f"exit code {result.code}"])[-1]
        sentence = next(known, _GENERAL).format(root=self.root, command=command, said=said)
        return RepositoryError(one_line(sentence))


def _may_lead_group() -> bool:
    # A helper that waits for a server outlives git, unless the group is ended as a whole. At a terminal
    # Ctrl-C reaches all of them anyway, and a group of its own couldn't ask for a passphrase.
    return os.name == "posix" and not somebody_there()


def _stop(process: subprocess.Popen[bytes]) -> None:
    # Asked politely git removes its lock files.
    if os.name == "posix" and _leads_group(process):
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()


def _leads_group(process: subprocess.Popen[bytes]) -> bool:
    try:
        return os.getpgid(process.pid) == process.pid
    except ProcessLookupError:
        return False
