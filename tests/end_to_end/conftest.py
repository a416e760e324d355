"""A docs repository on a GitHub, a writer with a fork and a clone, and the command run for real."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from docbot.cli.main import run
from docbot.demo import build
from tests.contract.github import GitHub
from tests.helpers.git import Builder

DOCS, WRITER = "lantern-team/lantern-docs", "octo-writer"
FORK = f"{WRITER}/lantern-docs"
CONFIG = "# docbot may propose here\n"


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The last line on standard error, which says why it stopped."""
        return self.err.strip("\n").rpartition("\n")[2]


class Desk:
    """The writer's place: a clone of the fork, a token, and docbot."""

    def __init__(self, hub: GitHub, clone: Builder, token: str, docbot: Callable[..., Ran]) -> None:
        self.hub = hub
        self.clone = clone
        self.token = token
        self.docbot = docbot

    def propose(self, *arguments: str, types: str | None = None) -> Ran:
        """Run `docbot propose` on the clone; `types` is what a person at the terminal answers."""
        return self.docbot("propose", str(self.clone.root), *arguments, types=types)


class Answers(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def docbot(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs docbot in this process; `types` is what a person at the terminal types, None if nobody is."""

    def ran(*arguments: str, types: str | None = None) -> Ran:
        capfd.readouterr()
        monkeypatch.setattr(sys, "stdin", Answers(types) if types is not None else io.StringIO())
        code = run(list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """A GitHub with the docs of a team, who let docbot propose unattended."""
    source = tmp_path / "source"
    source.mkdir()
    made = Builder(build(source))
    made.introduce()
    made.commit({".docbot.toml": CONFIG}, "Let docbot propose")
    with GitHub(tmp_path / "hub") as hub:
        hub.now = None
        hub.user("lantern-team")
        hub.user(WRITER)
        hub.repository(DOCS, source=source)
        yield hub


@pytest.fixture
def desk(hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]) -> Desk:
    """The desk of a writer who has a fork and cloned it."""
    hub.fork(DOCS, WRITER)
    return sit_down(hub, FORK, tmp_path / "clone", monkeypatch, docbot)


def sit_down(
    hub: GitHub,
    repository: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    docbot: Callable[..., Ran],
    *,
    login: str = WRITER,
    options: tuple[str, ...] = (),
) -> Desk:
    """A desk with a clone of `repository`, and the token of `login` in the environment."""
    monkeypatch.setenv("GITHUB_SERVER_URL", hub.server_url)
    monkeypatch.setenv("GITHUB_API_URL", hub.api_url)
    token = hub.user(login).token()
    monkeypatch.setenv("GITHUB_TOKEN", token)
    url = f"{hub.server_url}/{repository}.git"
    subprocess.run(("git", "clone", "--quiet", *options, url, folder), check=True)
    clone = Builder(folder)
    clone.introduce()
    hub.log.clear()
    return Desk(hub, clone, token, docbot)
