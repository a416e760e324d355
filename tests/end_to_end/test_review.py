"""`docbot review` of pull requests that are on a GitHub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.github import GitHub
from tests.end_to_end.conftest import DOCS, WRITER, Desk, Ran, sit_down

PAGE = "docs/new.md"


@pytest.fixture
def reviewer(
    hub: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docbot: Callable[..., Ran]
) -> Desk:
    """The desk of somebody who cloned the docs themselves, to which a fork sent a pull request."""
    hub.fork(DOCS, WRITER)
    writer = hub.person(WRITER)
    writer.push(f"{WRITER}/lantern-docs", "topic", {PAGE: b"# New\n\nOpen the the lid.\n"}, "Add a page")
    writer.open(DOCS, f"{WRITER}/lantern-docs", "topic", title="Add a page")
    return sit_down(hub, DOCS, tmp_path / "clone", monkeypatch, docbot)


def review(desk: Desk, *arguments: str) -> Ran:
    return desk.docbot("review", "1", str(desk.clone.root), *arguments)


def test_a_pull_request_of_a_fork_is_fetched_from_the_docs(reviewer: Desk) -> None:
    ran = review(reviewer)
    assert ran.code == 0, ran.err
    assert f"don't: {PAGE}:1 (added)\n    new: doubled-word" in ran.out
    assert reviewer.hub.writes == []


def test_docs_that_are_private_are_opened_by_the_token(
    reviewer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer.hub.repository(DOCS, private=True).collaborators[WRITER] = "read"
    assert review(reviewer).code == 0
    monkeypatch.delenv("GITHUB_TOKEN")
    assert review(reviewer).code == 4


def test_the_token_goes_to_the_forge_alone(reviewer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example.com")
    monkeypatch.delenv("GITHUB_API_URL")
    assert review(reviewer).code == 0
    assert {call.user for call in reviewer.hub.log} == {""}


def test_a_shallow_clone_is_told_how_deep_to_go(
    hub: GitHub,
    reviewer: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    docbot: Callable[..., Ran],
) -> None:
    desk = sit_down(hub, DOCS, tmp_path / "shallow", monkeypatch, docbot, options=("--depth=1",))
    ran = review(desk)
    assert ran.code == 4
    assert "`fetch-depth: 0`" in ran.sentence
    assert hub.log == []
