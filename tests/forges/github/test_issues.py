"""Issues by real PyGithub from the stand-in: pages, continuation, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docbot.errors import StoppedError
from docbot.forges.github.client import Client, Clock
from docbot.forges.github.issues import GithubIssues
from docbot.forges.github.place import Place
from docbot.forges.interface import IssueList
from tests.contract.faults import limited, status
from tests.contract.github import GitHub
from tests.forges.github.scripted import Scripted, answer
from tests.helpers.git import Builder

LIST: type[IssueList] = GithubIssues
DOCS, FORK = "lantern-team/lantern-docs", "octo-writer/lantern-docs"
ISSUES = "/issues$"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """Docs with 230 issues, and a pull request that changed last."""
    made = Builder.init(tmp_path / "source")
    made.commit({"a.md": "# A\n"})
    with GitHub(tmp_path) as hub:
        hub.repository(DOCS, source=made.root)
        hub.fork(DOCS, "octo-writer")
        reader = hub.person("reader")
        for number in range(230):
            reader.report(DOCS, f"Issue {number}", "Words")
        hub.person("octo-writer").push(FORK, "topic", {"a.md": b"# B\n"}, "Change a.md")
        hub.person("octo-writer").open(DOCS, FORK, "topic", title="Fix")
        yield hub


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(hub: GitHub, waits: list[float]) -> Iterator[Client]:
    """As nobody."""
    clock = Clock(now=lambda: hub.time().timestamp(), sleep=waits.append)
    place = Place(hub.server_url, hub.api_url)
    with Client(place, None, say=lambda text: None, clock=clock) as client:
        hub.log.clear()
        yield client


def asked(hub: GitHub) -> list[str]:
    return [call.query for call in hub.log if call.path.endswith("/issues")]


def test_all_of_them_are_read_newest_change_first_and_pulls_are_marked(hub: GitHub, client: Client) -> None:
    there = GithubIssues.open(client, DOCS, or_parent=False)
    assert (there.name, there.has_issues) == (DOCS, True)
    pages = list(there.pages(0))
    assert [len(page) for page in pages] == [100, 100, 31]
    issues = [issue for page in pages for issue in page]
    assert [issue.number for issue in issues] == list(range(231, 0, -1))
    assert [issue.number for issue in issues if issue.is_pull] == [231]
    assert (issues[1].repository, issues[1].author, issues[1].body) == (DOCS, "reader", "Words")
    assert len(asked(hub)) == 3


def test_only_what_changed_since_is_asked_for(hub: GitHub, client: Client) -> None:
    issue = hub.repository(DOCS).issues[7]
    hub.person("reader").comment(issue, "more")
    there = GithubIssues.open(client, DOCS, or_parent=False)
    since = int(issue.updated_at.timestamp())
    assert [[one.number for one in page] for page in there.pages(since)] == [[7]]
    [query] = asked(hub)
    assert "since=2026" in query


def test_a_fork_stands_for_what_it_was_forked_from(client: Client) -> None:
    assert GithubIssues.open(client, FORK, or_parent=True).name == DOCS
    assert GithubIssues.open(client, FORK, or_parent=False).name == FORK


def test_a_renamed_repository_is_asked_by_its_new_name(hub: GitHub, client: Client) -> None:
    hub.rename(DOCS, "lantern-team/docs")
    there = GithubIssues.open(client, DOCS, or_parent=False)
    assert there.name == "lantern-team/docs"
    assert sum(len(page) for page in there.pages(0)) == 231


def test_a_hiccup_costs_one_page_and_a_limit_a_wait(hub: GitHub, client: Client, waits: list[float]) -> None:
    hub.faults.add("GET", ISSUES, status(502), after=1)
    hub.faults.add("GET", ISSUES, limited(429, retry_after=20), after=2)
    there = GithubIssues.open(client, DOCS, or_parent=False)
    assert sum(len(page) for page in there.pages(0)) == 231
    assert [wait for wait in waits if wait >= 20] == [20.0]


def test_pages_before_a_refusal_are_given(hub: GitHub, client: Client) -> None:
    reset = int(hub.time().timestamp()) + 3_000
    hub.faults.add("GET", ISSUES, limited(403, reset=reset), None, after=1)
    pages = GithubIssues.open(client, DOCS, or_parent=False).pages(0)
    assert len(next(pages)) == 100
    with pytest.raises(StoppedError, match="the issues of lantern-team/lantern-docs"):
        next(pages)


def test_a_repository_that_is_not_there_is_said(client: Client) -> None:
    with pytest.raises(StoppedError, match="the repository lantern-team/none"):
        GithubIssues.open(client, "lantern-team/none", or_parent=False)


def test_issues_may_be_switched_off(hub: GitHub, client: Client) -> None:
    hub.repository(DOCS).has_issues = False
    assert not GithubIssues.open(client, DOCS, or_parent=False).has_issues


@pytest.mark.parametrize("data", [{"message": "soon"}, "soon", 5])
def test_an_answer_that_is_no_list_is_refused(data: object) -> None:
    repository = answer(data={"full_name": DOCS, "has_issues": True, "fork": False})
    with Scripted(repository, answer(data=data)) as server, _nobody(server) as client:
        there = GithubIssues.open(client, DOCS, or_parent=False)
        with pytest.raises(StoppedError, match="no list"):
            list(there.pages(0))


def _nobody(server: Scripted) -> Client:
    return Client(server.place, None, say=lambda text: None)


def test_a_page_with_nothing_is_the_last_whatever_it_names_as_the_next() -> None:
    repository = answer(data={"full_name": DOCS, "has_issues": True, "fork": False})
    one = {"number": 1, "title": "x", "created_at": "2024-01-01T00:00:00Z"}
    with Scripted(repository) as server, _nobody(server) as client:
        more = {"Link": f'<{server.place.api}/issues?page=2>; rel="next"'}
        server.steps += [answer(data=[one], headers=more), answer(data=[], headers=more)]
        pages = list(GithubIssues.open(client, DOCS, or_parent=False).pages(0))
        assert [[issue.number for issue in page] for page in pages] == [[1]]
        assert len(server.calls) == 3


def test_pages_that_lead_to_another_host_are_not_followed() -> None:
    repository = answer(data={"full_name": DOCS, "has_issues": True, "fork": False})
    one = {"number": 1, "title": "x", "created_at": "2024-01-01T00:00:00Z"}
    elsewhere = {"Link": '<http://127.0.0.2:9/issues?page=2>; rel="next"'}
    with Scripted(repository, answer(data=[one], headers=elsewhere)) as server, _nobody(server) as client:
        pages = GithubIssues.open(client, DOCS, or_parent=False).pages(0)
        assert [issue.number for issue in next(pages)] == [1]
        with pytest.raises(StoppedError):
            next(pages)
