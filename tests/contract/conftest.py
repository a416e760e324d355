"""A GitHub with one docs repository, its team, and a writer with a fork."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from github import Auth, Github

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Connect, Writer, address
from tests.helpers.git import Builder


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A docs repository that nobody changes."""
    made = Builder.init(tmp_path_factory.mktemp("source") / "docs")
    made.commit({"docs/a.md": "# A\n", "docs/b.md": "# B\n\nOld text.\n", "README.md": "# Docs\n"})
    made.commit({"docs/c.md": "# C\n" * 50})
    return made.root


@pytest.fixture
def hub(tmp_path: Path, source: Path) -> Iterator[GitHub]:
    with GitHub(tmp_path) as started:
        started.organization("lantern-team")
        started.repository(DOCS, source=source)
        yield started


@pytest.fixture
def connect(hub: GitHub) -> Iterator[Connect]:
    """PyGithub, which neither waits nor tries again, so that each fault is seen."""
    opened = []

    def start(token: str = "") -> Github:
        auth = Auth.Token(token) if token else None
        made = Github(
            auth=auth,
            base_url=hub.api_url,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0,
            per_page=100,
        )
        opened.append(made)
        return made

    yield start
    for client in opened:
        client.close()


@pytest.fixture
def checkout(hub: GitHub, tmp_path: Path) -> Checkout:
    """Clones a repository of the hub over HTTP, with a token."""

    def clone(full_name: str, token: str) -> Builder:
        place = tmp_path / "clones" / full_name
        place.parent.mkdir(parents=True, exist_ok=True)
        Builder(place.parent).git("clone", "-q", address(hub, full_name, token), str(place))
        made = Builder(place)
        made.introduce()
        return made

    return clone


@pytest.fixture
def writer(hub: GitHub, connect: Connect) -> Writer:
    return Writer(hub, connect)
