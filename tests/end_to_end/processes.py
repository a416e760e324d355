"""docbot as a process of its own at a writer's desk, for what can't be seen or done from within."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import NamedTuple, Self

from docbot.demo import build
from tests.cli.conftest import process
from tests.contract.faults import Fault, Faults
from tests.contract.github import GitHub
from tests.end_to_end.conftest import CONFIG, DOCS, WRITER
from tests.helpers.git import Builder

CHEAP = "--rule=doubled-word"
"""One page of the sample has such a word, which is proposed faster than anything else."""


class Sources(NamedTuple):
    """Docs repositories that nobody changes: as a team has them now, and as they were a commit ago."""

    older: Path
    newer: Path


def sources(folder: Path) -> Sources:
    """The sample, whose team lets docbot propose unattended, and wrote one more page meanwhile."""
    newer = folder / "newer"
    newer.mkdir()
    made = Builder(build(newer))
    made.introduce()
    made.commit({".docbot.toml": CONFIG}, "Let docbot propose")
    shutil.copytree(newer, folder / "older")
    made.commit({"docs/new.md": "# New\n"}, "Add a page")
    return Sources(folder / "older", newer)


class Ended(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


class Place:
    """A GitHub with the docs, and a writer without a fork who cloned them a commit ago.

    The process has a home and a folder for temporary files of its own below `folder`; in `traces` its git
    notes what it runs.
    """

    def __init__(self, folder: Path, given: Sources) -> None:
        self.hub = GitHub(folder)
        self.hub.now = None
        self.hub.user("lantern-team")
        self.hub.repository(DOCS, source=given.newer)
        self.token = self.hub.user(WRITER).token()
        self.home, self.temporary, self.traces = (folder / n for n in ("home", "temporary", "traces"))
        for own in (self.home, self.temporary, self.traces):
            own.mkdir()
        self._running: subprocess.Popen[bytes] | None = None
        subprocess.run(("git", "clone", "--quiet", given.older, folder / "clone"), check=True)
        self.clone = Builder(folder / "clone")
        self.clone.introduce()
        self.clone.git("remote", "set-url", "origin", f"{self.hub.server_url}/{DOCS}.git")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.hub.offline()

    def environment(self) -> dict[str, str]:
        """The variables of the process that lead to this place and nowhere else."""
        known = {
            "GITHUB_SERVER_URL": self.hub.server_url,
            "GITHUB_API_URL": self.hub.api_url,
            "GIT_TRACE2_EVENT": str(self.traces),
        }
        homes = {
            name: str(self.home / name) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        }
        windows = {name: str(self.home) for name in ("USERPROFILE", "WIN_PD_OVERRIDE_LOCAL_APPDATA")}
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary))
        return {**known, "GITHUB_TOKEN": self.token, "HOME": str(self.home), **homes, **windows, **temporary}

    def start(self, *arguments: str, **changed: str) -> subprocess.Popen[bytes]:
        """docbot, started."""
        return process(*arguments, **{**self.environment(), **changed})

    def propose(self, *arguments: str, **changed: str) -> Ended:
        """A whole run of `docbot propose --yes`, undisturbed."""
        with self.start("propose", str(self.clone.root), "--yes", CHEAP, *arguments, **changed) as started:
            out, err = started.communicate(timeout=120)
            return Ended(started.returncode, out.decode(), err.decode())

    def killed_at(self, number: int, *, done: bool) -> Ended:
        """A run that is killed at its request of this number (the first is 0), `done` or not yet looked at.

        The log of the hub must be empty; it holds all up to that request afterwards.
        """
        ran = self.killed(_At(number, Fault(lost=done, dropped=not done, act=self.kill)))
        # What was done is done a moment after the process that asked for it is gone.
        for _ in range(600):
            if len(self.hub.log) > number:
                break
            sleep(0.05)
        return ran

    def killed(self, faults: Faults) -> Ended:
        """A run in which one of the `faults` is a `kill`."""
        self.hub.faults = faults
        with self.start("propose", str(self.clone.root), "--yes", CHEAP) as started:
            self._running = started
            out, err = started.communicate(timeout=120)
        self.hub.faults = Faults()
        return Ended(started.returncode, out.decode(), err.decode())

    def kill(self) -> None:
        """End what `killed` started and everything that it started, without a word."""
        assert self._running is not None
        for group in groups_of(self._running.pid):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self._running.wait(60)


def groups_of(session: int) -> set[int]:
    """The process groups of a session: git has one of its own while it waits for a server."""
    listed = subprocess.run(("ps", "-A", "-o", "pid="), check=True, capture_output=True, text=True).stdout
    found = {session}
    for pid in map(int, listed.split()):
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(pid) == session:
                found.add(os.getpgid(pid))
    return found


class _At(Faults):
    """One fault, for the request of one number."""

    def __init__(self, number: int, fault: Fault) -> None:
        super().__init__()
        self._left, self._fault = number, fault

    def take(self, method: str, path: str) -> list[Fault]:
        self._left -= 1
        return [self._fault] if self._left == -1 else []
