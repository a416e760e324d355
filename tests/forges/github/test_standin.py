"""The client and the stand-in for GitHub: what it does there, and does only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from github import Github

from docbot.errors import StoppedError
from docbot.forges.github.client import Client, Clock
from docbot.forges.github.place import place_of
from docbot.forges.requests import ApiRequest
from tests.contract import faults
from tests.contract.github import GitHub
from tests.helpers.git import Builder

DOCS = "lantern-team/lantern-docs"
POST = ApiRequest.of(
    "POST",
    f"/repos/{DOCS}/pulls",
    {"title": "Fix é 😀", "head": "octo-writer:topic", "base": "main", "body": "Why\n", "draft": True},
)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """A GitHub with docs, and a branch of a fork of them."""
    made = Builder.init(tmp_path / "source")
    made.commit({"a.md": "# A\n"})
    with GitHub(tmp_path) as started:
        started.organization("lantern-team")
        started.repository(DOCS, source=made.root)
        fork = started.fork(DOCS, "octo-writer")
        started.person("octo-writer").push(fork, "topic", {"a.md": b"# B\n"}, "Change a.md")
        yield started


@pytest.fixture
def client(hub: GitHub) -> Iterator[Client]:
    place = place_of({"GITHUB_SERVER_URL": hub.server_url, "GITHUB_API_URL": hub.api_url})
    token = hub.user("octo-writer").token()
    clock = Clock(sleep=lambda seconds: None)
    with Client(place, token, say=lambda text: None, clock=clock, writes_apart=0) as opened:
        yield opened


def look(client: Client) -> int | None:
    """The number of the open pull request from the branch."""

    def ask(api: Github) -> int | None:
        pulls = api.get_repo(DOCS).get_pulls(state="open", head="octo-writer:topic")
        return next((pull.number for pull in pulls), None)

    return client.read(ask, "the pull requests")


@pytest.mark.parametrize(
    "fault", [faults.lost(), faults.drop(), faults.status(502), faults.limited(), faults.too_quickly()]
)
def test_t31_one_pull_request_whatever_happens_to_its_answer(
    hub: GitHub, client: Client, fault: faults.Fault
) -> None:
    hub.faults.add("POST", "/pulls", fault)
    made = client.create(POST, lambda: look(client))
    assert made == 1 or (isinstance(made, dict) and made["number"] == 1)
    assert len(hub.pulls(DOCS)) == 1 and hub.faults.pending == 0
    assert {call.body for call in hub.writes} == {POST.body}


def test_t31_a_lost_answer_is_not_asked_for_again(hub: GitHub, client: Client) -> None:
    hub.faults.add("POST", "/pulls", faults.lost())
    assert client.create(POST, lambda: look(client)) == 1
    assert [call.method for call in hub.log] == ["POST", "GET", "GET"]


def test_t32_a_renamed_repository_is_read_and_not_written_by_its_old_name(
    hub: GitHub, client: Client
) -> None:
    hub.rename(DOCS, "lantern-team/docs")
    assert client.read(lambda api: api.get_repo(DOCS).full_name, "it") == "lantern-team/docs"
    with pytest.raises(StoppedError, match="renamed or moved to"):
        client.create(POST, lambda: None)
    assert hub.pulls("lantern-team/docs") == []


def test_a_host_that_goes_away_and_comes_back(hub: GitHub, client: Client) -> None:
    hub.offline()
    with pytest.raises(StoppedError, match="the connection was refused"):
        client.create(POST, lambda: None)
    hub.online()
    answer = client.create(POST, lambda: None)
    assert answer["number"] == 1
