"""The command line, run here or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from docbot.cli.main import run
from docbot.demo import build
from tests.helpers.git import Builder

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "docbot")


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: bytes
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error. Fails when there is none or more."""
        lines = self.err.strip("\n").split("\n")
        assert len(lines) == 1, self.err
        assert lines[0], "nothing was said"
        return lines[0]


Docbot = Callable[..., Ran]


@pytest.fixture
def docbot(capsysbinary: pytest.CaptureFixture[bytes]) -> Docbot:
    """Runs docbot in this process."""

    def ran(*arguments: str | Path) -> Ran:
        capsysbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return ran


def process(*arguments: str | Path, **changed: str) -> subprocess.Popen[bytes]:
    """docbot as a process, in a session of its own; `changed` are variables of its environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **changed}
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def without_reader(started: subprocess.Popen[bytes], read: int) -> Ran:
    """The process's end, when whoever reads its output leaves after `read` bytes."""
    with started:
        assert started.stdout is not None
        assert started.stderr is not None
        out = started.stdout.read(read)
        started.stdout.close()
        err = started.stderr.read().decode()
        return Ran(started.wait(60), out, err)


@pytest.fixture
def docs(tmp_path: Path) -> Builder:
    """An empty docs repository."""
    return Builder.init(tmp_path / "docs")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """docbot's own sample repository, only to be read."""
    return build(tmp_path_factory.mktemp("sample"))
