"""Issues, comments, labels, and the search that comes after."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from github import GithubException
from github.NamedUser import NamedUser

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Connect, Writer, refusal


def test_an_issue_is_opened_edited_and_closed(hub: GitHub, writer: Writer) -> None:
    made = writer.docs.create_issue("Title", "Body", labels=["bug"])
    assert (made.number, made.labels) == (1, [])
    made.edit(title="Other", body="More", state="closed", state_reason="not_planned")
    assert (made.title, made.state, made.state_reason) == ("Other", "closed", "not_planned")
    made.update()
    assert made.raw_data["closed_by"]["login"] == "octo-writer"
    made.edit(state="open")
    assert [one.event for one in made.get_events()] == ["closed", "reopened"]
    for login, numbers in (("octo-writer", [1]), ("lantern-team", [])):
        creator = writer.github.get_user(login)
        assert isinstance(creator, NamedUser)
        assert [one.number for one in writer.docs.get_issues(state="all", creator=creator)] == numbers


def test_a_reader_may_not_label(hub: GitHub, writer: Writer, connect: Connect) -> None:
    made = writer.docs.create_issue("Title")
    with pytest.raises(GithubException) as raised:
        made.add_to_labels("bug")
    assert refusal(raised) == (403, "Must have admin rights to Repository.")
    hub.repository(DOCS).collaborators["octo-writer"] = "triage"
    made.add_to_labels("bug", "new one")
    assert [one.name for one in made.get_labels()] == ["bug", "new one"]
    assert [one.name for one in writer.docs.get_labels()] == ["bug", "documentation", "new one"]
    made.edit(labels=["documentation"])
    assert [one.number for one in writer.docs.get_issues(labels=["documentation"])] == [1]


def test_issues_may_be_switched_off(hub: GitHub, writer: Writer) -> None:
    writer.branch()
    pull = writer.open()
    hub.repository(DOCS).has_issues = False
    assert writer.github.get_repo(DOCS).has_issues is False
    with pytest.raises(GithubException) as raised:
        writer.docs.create_issue("x")
    assert refusal(raised) == (410, "Issues has been disabled in this repository.")
    assert pull.create_issue_comment("still here").body == "still here"


def test_issues_are_listed_by_change_with_reactions_and_since(hub: GitHub, writer: Writer) -> None:
    team = hub.person("lantern-team")
    first, second = (team.report(DOCS, title) for title in ("first", "second"))
    team.comment(first, "bump")
    hub.person("octo-writer").react(first)
    team.react(first, "-1")
    team.close(second, "not_planned")

    def listed(**query: str) -> list[tuple[int, str | None, int]]:
        answer = requests.get(
            f"{hub.api_url}/repos/{DOCS}/issues", {"state": "all", **query}, timeout=5
        ).json()
        return [(one["number"], one["state_reason"], one["reactions"]["total_count"]) for one in answer]

    assert listed(sort="updated") == [(2, "not_planned", 0), (1, None, 2)]
    assert listed(sort="updated", direction="asc") == [(1, None, 2), (2, "not_planned", 0)]
    closed = second.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert listed(since=closed) == [(2, "not_planned", 0)]


def test_comments_are_written_changed_and_deleted(hub: GitHub, writer: Writer, connect: Connect) -> None:
    issue = writer.docs.create_issue("x")
    made = issue.create_comment("one")
    made.edit("two")
    assert [one.body for one in issue.get_comments()] == ["two"]
    stranger = connect(hub.user("stranger").token()).get_repo(DOCS).get_issue(1)
    with pytest.raises(GithubException) as raised:
        stranger.get_comments()[0].edit("three")
    assert refusal(raised)[0] == 403
    for body, words in (("x" * 65_537, "body is too long"), (" ", "{'resource': 'IssueComment'")):
        with pytest.raises(GithubException) as raised:
            issue.create_comment(body)
        assert refusal(raised)[1].startswith(words)
    made.delete()
    assert list(issue.get_comments()) == []
    hub.person("lantern-team").lock(hub.repository(DOCS).issues[1])
    with pytest.raises(GithubException, match="issue is locked"):
        issue.create_comment("x")


@pytest.fixture
def searched(writer: Writer) -> Writer:
    """Three pull requests and an issue. The second is closed."""
    for number, body in enumerate(("alpha <!-- docbot:1 -->", "beta", "gamma <!-- docbot:3 -->"), start=1):
        writer.branch(f"t{number}", f"docs/{number}.md")
        writer.open(f"t{number}", title=f"Fix page {number}", body=body)
    writer.docs.create_issue("alpha issue")
    writer.hub.person("lantern-team").close(writer.hub.pulls(DOCS)[1])
    return writer


SEARCHES = {
    "is:pr": [3, 2, 1],
    "is:issue": [4],
    "is:pr is:open": [3, 1],
    "is:pr is:unmerged state:closed": [2],
    "is:pr docbot in:body": [3, 1],
    "is:pr alpha": [1],
    'is:pr "Fix page 2" in:title': [2],
    "is:pr alpha in:title": [],
    "is:pr author:octo-writer head:t2": [2],
    "is:pr author:lantern-team": [],
}


def test_the_search_knows_qualifiers_and_words(searched: Writer) -> None:
    found = {query: searched.github.search_issues(f"repo:{DOCS} {query}") for query in SEARCHES}
    assert {query: [one.number for one in issues] for query, issues in found.items()} == SEARCHES


def test_the_search_is_behind(searched: Writer) -> None:
    searched.hub.search_lag = 2
    assert [one.number for one in searched.github.search_issues(f"repo:{DOCS} is:pr")] == [2, 1]


def test_the_search_refuses(searched: Writer) -> None:
    for query, words in (
        (f"repo:{DOCS} alpha", "Query must include 'is:issue' or 'is:pull-request'"),
        ("is:pr repo:lantern-team/nothing", "The listed users and repositories cannot be searched"),
    ):
        with pytest.raises(GithubException) as raised:
            list(searched.github.search_issues(query))
        assert (refusal(raised)[0], refusal(raised)[1][: len(words)]) == (422, words)


def test_what_the_search_does_not_know_fails_the_test(tmp_path: Path) -> None:
    with GitHub(tmp_path) as hub:
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{hub.api_url}/search/issues", {"q": "is:pr involves:me"}, timeout=5)
        with pytest.raises(AssertionError, match="UnknownQualifier: involves:me"):
            hub.check()
        hub.forgive()
