"""A renamed repository answers reads with 301 and writes with 307, and PyGithub falls over both."""

from __future__ import annotations

import pytest
import requests
from github import GithubException

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Connect, Writer, address

NEW = "lantern-team/docs"


@pytest.fixture
def renamed(hub: GitHub, writer: Writer) -> Writer:
    """A writer who knows only the old name; there are two pull requests."""
    for name in ("one", "two"):
        writer.branch(name, f"docs/{name}.md")
        writer.open(name)
    hub.rename(DOCS, NEW)
    hub.log.clear()
    return writer


def test_a_read_is_sent_to_the_number_of_the_repository(hub: GitHub, renamed: Writer) -> None:
    docs = hub.repository(NEW)
    answer = requests.get(
        f"{hub.api_url}/repos/{DOCS}/pulls", {"state": "all"}, allow_redirects=False, timeout=5
    )
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{hub.api_url}/repositories/{docs.id}/pulls?state=all"
    assert answer.json()["message"] == "Moved Permanently"


def test_pygithub_loses_the_query_on_the_way(hub: GitHub, renamed: Writer) -> None:
    found = renamed.docs.get_pulls(head="octo-writer:one")
    assert sorted(one.number for one in found) == [1, 2]
    assert [(call.status, call.query) for call in hub.log] == [
        (301, "head=octo-writer%3Aone&per_page=100"),
        (200, ""),
    ]


def test_pygithub_takes_a_write_that_was_sent_elsewhere_for_done(hub: GitHub, renamed: Writer) -> None:
    renamed.branch("three", "docs/three.md")
    made = renamed.open("three")
    assert not isinstance(made.raw_data.get("number"), int)
    assert [(call.method, call.status) for call in hub.writes] == [("POST", 307)]
    assert len(hub.pulls(NEW)) == 2


def test_a_write_is_sent_to_the_number_of_the_repository(hub: GitHub, renamed: Writer) -> None:
    headers = {"Authorization": f"token {renamed.token}"}
    place = f"{hub.api_url}/repos/{DOCS}/issues/1/comments"
    answer = requests.post(place, json={"body": "x"}, headers=headers, allow_redirects=False, timeout=5)
    number = hub.repository(NEW).id
    assert answer.status_code == 307
    assert answer.headers["Location"] == f"{hub.api_url}/repositories/{number}/issues/1/comments"
    assert answer.json()["message"] == "Temporary Redirect"
    followed = requests.post(place, json={"body": "x"}, headers=headers, timeout=5)
    assert followed.status_code == 201
    assert [one.body for one in hub.pulls(NEW)[0].comments] == ["x"]


def test_the_full_name_tells_the_new_one(renamed: Writer) -> None:
    assert renamed.github.get_repo(DOCS).full_name == NEW
    assert renamed.github.get_repo(NEW).get_pull(1).number == 1


def test_pages_lead_on_by_number(hub: GitHub, writer: Writer) -> None:
    for number in range(3):
        writer.docs.create_issue(f"issue {number}")
    writer.github.per_page = 2
    assert [one.title for one in writer.docs.get_issues()] == ["issue 2", "issue 1", "issue 0"]
    assert hub.log[-1].path == f"/repositories/{hub.repository(DOCS).id}/issues"


def test_git_finds_the_old_name(hub: GitHub, renamed: Writer, checkout: Checkout) -> None:
    hub.repository(NEW).collaborators["octo-writer"] = "write"
    mine = checkout(DOCS, renamed.token)
    mine.git("checkout", "-q", "-b", "topic")
    pushed = mine.commit({"docs/a.md": "x\n"})
    mine.git("push", "-q", address(hub, DOCS, renamed.token), "topic")
    assert hub.repository(NEW).git("rev-parse", "topic") == pushed
    assert [call.status for call in hub.log if call.path.startswith(f"/{DOCS}.git/info/refs")].count(301) == 2


def test_a_new_repository_of_the_old_name_ends_it(hub: GitHub, renamed: Writer) -> None:
    hub.repository(DOCS, source=hub.repository(NEW).bare.folder)
    assert renamed.github.get_repo(DOCS).full_name == DOCS


def test_what_was_never_there_is_not_found(hub: GitHub, connect: Connect) -> None:
    for name in ("lantern-team/nothing", "nobody/lantern-docs"):
        with pytest.raises(GithubException) as raised:
            connect("").get_repo(name)
        assert raised.value.status == 404
    with pytest.raises(GithubException) as raised:
        connect("").get_repo(123456)
    assert raised.value.status == 404
