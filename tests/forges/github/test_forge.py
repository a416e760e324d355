"""GitHub behind the interface: real PyGithub against the stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from docbot.demo import build
from docbot.errors import StoppedError
from docbot.forges.github.client import Client, Clock
from docbot.forges.github.forge import GithubForge
from docbot.forges.github.place import Place
from docbot.forges.interface import Forge, Pull, Repository
from docbot.forges.requests import ApiRequest
from docbot.publish import Destination, Order, fork_request, pull_request
from docbot.types import Proposal
from tests.contract.faults import lost, status
from tests.contract.github import GitHub
from tests.reporters.pulls import proposed

FORGE: type[Forge] = GithubForge
"""Type checkers see here that the whole interface is there."""

DOCS, WRITER = "lantern-team/lantern-docs", "octo-writer"
FORK = f"{WRITER}/lantern-docs"
PROPOSAL = proposed()
TO = Destination(DOCS, "main", "origin", FORK)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """The docs of a team, and a writer's fork with a branch for PROPOSAL."""
    source = tmp_path / "source"
    source.mkdir()
    with GitHub(tmp_path / "hub") as hub:
        hub.repository(DOCS, source=build(source))
        hub.fork(DOCS, WRITER)
        hub.person(WRITER).push(FORK, PROPOSAL.branch, {"docs/more.md": b"# More\n"})
        yield hub


@pytest.fixture
def forge(hub: GitHub) -> Iterator[GithubForge]:
    with client_of(hub, WRITER) as client:
        yield GithubForge.open(client, DOCS, or_parent=False)


def client_of(hub: GitHub, login: str) -> Client:
    place = Place(hub.server_url, hub.api_url)
    clock = Clock(sleep=lambda seconds: None)
    return Client(place, hub.user(login).token(), say=print, clock=clock, writes_apart=0)


def opening(proposal: Proposal = PROPOSAL, to: Destination = TO) -> ApiRequest:
    return pull_request(proposal, to, Order())


def test_who_and_where(forge: GithubForge, hub: GitHub) -> None:
    assert forge.user == WRITER
    assert forge.docs == Repository(DOCS, "main", f"{hub.server_url}/{DOCS}.git")
    assert forge.is_docs(DOCS.upper())
    assert not forge.is_docs(FORK)
    assert forge.scopes is not None
    assert {"repo", "workflow"} <= forge.scopes
    fork = forge.fork(())
    assert fork == Repository(FORK, "main", f"{hub.server_url}/{FORK}.git", may_push=True, parent=DOCS)


def test_a_fork_stands_for_what_it_was_forked_from_only_where_it_may(hub: GitHub) -> None:
    with client_of(hub, WRITER) as client:
        assert GithubForge.open(client, FORK, or_parent=True).docs.name == DOCS
        assert GithubForge.open(client, FORK, or_parent=False).docs.name == FORK


def test_t32_a_renamed_repository_is_known_by_both_names(hub: GitHub) -> None:
    hub.rename(DOCS, "lantern-team/lantern")
    with client_of(hub, WRITER) as client:
        forge = GithubForge.open(client, DOCS, or_parent=False)
        assert forge.docs.name == "lantern-team/lantern"
        assert forge.is_docs(DOCS)
        assert forge.is_docs("lantern-team/lantern")
        forge.send(opening(to=replace(TO, docs="lantern-team/lantern")))
        assert [call.path for call in hub.writes][-1] == "/repos/lantern-team/lantern/pulls"


def test_only_a_fork_of_these_docs_that_the_user_may_push_to_counts(hub: GitHub, tmp_path: Path) -> None:
    hub.fork(DOCS, "stranger")
    hub.repository("octo-reader/lantern-docs", source=build(_new(tmp_path / "other")))
    with client_of(hub, "octo-reader") as client:
        forge = GithubForge.open(client, DOCS, or_parent=False)
        assert forge.fork(["stranger/lantern-docs", "nobody/nothing"]) is None
        hub.repository("stranger/lantern-docs").collaborators["octo-reader"] = "write"
        found = GithubForge.open(client, DOCS, or_parent=False).fork(["stranger/lantern-docs"])
        assert found is not None
        assert found.name == "stranger/lantern-docs"


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_new_fork_and_one_that_is_there_under_another_name(hub: GitHub) -> None:
    hub.fork(DOCS, "octo-reader", name="my-lantern")
    for login, name in (("newcomer", "newcomer/lantern-docs"), ("octo-reader", "octo-reader/my-lantern")):
        with client_of(hub, login) as client:
            forge = GithubForge.open(client, DOCS, or_parent=False)
            assert forge.fork(()) is None
            fork = forge.make_fork(fork_request(TO))
            assert (fork.name, fork.parent, fork.may_push) == (name, DOCS, True)


def test_t06_what_is_opened_is_found_again(forge: GithubForge, hub: GitHub) -> None:
    pull = forge.send(opening())
    assert (pull.number, pull.state, pull.base, pull.draft) == (1, "open", "main", True)
    assert (pull.branch, pull.head_repository, pull.author) == (PROPOSAL.branch, FORK, WRITER)
    assert (pull.title, pull.body) == (PROPOSAL.title, PROPOSAL.body)
    assert pull.head == hub.repository(FORK).git("rev-parse", PROPOSAL.branch)
    assert forge.pulls() == (pull,)
    assert forge.pulls_from(PROPOSAL.branch, _fork(forge)) == (pull,)
    assert [call.body for call in hub.writes if call.operation == "pulls/create"] == [opening().body]


def _fork(forge: GithubForge) -> Repository:
    found = forge.fork(())
    assert found is not None
    return found


@pytest.mark.parametrize("state", ["closed", "merged"])
def test_t07_what_was_settled_is_remembered_though_the_search_lags(
    forge: GithubForge, hub: GitHub, state: str
) -> None:
    forge.send(opening())
    hub.search_lag = 1
    settle(hub, state)
    [pull] = forge.pulls()
    assert (pull.state, pull.refused, pull.branch) == (state, state == "closed", PROPOSAL.branch)


def settle(hub: GitHub, state: str) -> None:
    """A maintainer closes or merges the first pull request."""
    person, [mine, *_] = hub.person("lantern-team"), hub.pulls(DOCS)
    if state == "closed":
        person.close(mine)
    else:
        person.merge(mine)


def test_t07_what_was_settled_long_ago_is_remembered(forge: GithubForge, hub: GitHub) -> None:
    """It is not among the newest hundred any more."""
    forge.send(opening())
    settle(hub, "closed")
    hub.fork(DOCS, "stranger")
    with client_of(hub, "stranger") as client:
        for n in range(100):
            hub.person("stranger").push("stranger/lantern-docs", f"b{n}", {"docs/x.md": f"# {n}\n".encode()})
            data = {"title": f"{n}", "head": f"stranger:b{n}", "base": "main", "body": "docbot is a word"}
            client.create(ApiRequest.of("POST", f"/repos/{DOCS}/pulls", data), lambda: None)
    hub.log.clear()
    [pull] = forge.pulls()
    assert (pull.state, pull.refused, pull.title) == ("closed", True, PROPOSAL.title)
    assert pull.marker is not None
    assert pull.marker.topic == PROPOSAL.topic
    assert [call.operation for call in hub.log] == ["pulls/list", "search/issues-and-pull-requests"]


def test_t42_a_marker_in_somebody_elses_pull_request_is_not_docbots(hub: GitHub, forge: GithubForge) -> None:
    hub.fork(DOCS, "stranger")
    hub.person("stranger").push("stranger/lantern-docs", PROPOSAL.branch, {"docs/x.md": b"# X\n"})
    with client_of(hub, "stranger") as client:
        theirs = GithubForge.open(client, DOCS, or_parent=False)
        theirs.send(opening(to=replace(TO, head="stranger/lantern-docs")))
        assert len(theirs.pulls()) == 1
    assert forge.pulls() == ()
    assert forge.pulls_from(PROPOSAL.branch, _fork(forge)) == ()


def test_what_comes_from_the_branch_is_found_whatever_its_body_says(hub: GitHub, forge: GithubForge) -> None:
    forge.send(opening())
    [mine] = hub.pulls(DOCS)
    hub.person(WRITER).edit_body(mine, "By hand.")
    assert forge.pulls() == ()
    [pull] = forge.pulls_from(PROPOSAL.branch, _fork(forge))
    assert (pull.body, pull.marker) == ("By hand.", None)


def test_a_conflict_is_known_of_what_is_open(hub: GitHub, forge: GithubForge) -> None:
    forge.send(opening())
    hub.person("lantern-team").push(DOCS, "main", {"docs/more.md": b"# Something else\n"})
    [pull] = forge.pulls_from(PROPOSAL.branch, _fork(forge))
    assert pull.conflicted


def test_a_pull_request_whose_fork_is_gone(hub: GitHub, forge: GithubForge) -> None:
    forge.send(opening())
    hub.delete(FORK)
    [pull] = forge.pulls()
    assert pull.head_repository == ""


def test_t31_a_lost_answer_is_looked_for_before_anything_is_sent_again(
    hub: GitHub, forge: GithubForge
) -> None:
    hub.faults.add("POST", r"/pulls$", lost())
    assert forge.send(opening()).number == 1
    assert len(hub.pulls(DOCS)) == 1
    assert [call.operation for call in hub.writes].count("pulls/create") == 1


def test_t31_the_faster_of_two_runs_wins(hub: GitHub, forge: GithubForge) -> None:
    first = forge.send(opening())
    assert forge.send(opening()) == first
    assert len(hub.pulls(DOCS)) == 1


def test_a_pull_request_of_a_person_from_the_branch_is_theirs(hub: GitHub, forge: GithubForge) -> None:
    forge.send(opening())
    hub.person(WRITER).edit_body(hub.pulls(DOCS)[0], "By hand.")
    with pytest.raises(StoppedError, match="already"):
        forge.send(opening())


def test_an_update_changes_the_body_alone(hub: GitHub, forge: GithubForge) -> None:
    before = forge.send(opening())
    changed = proposed(message="Said otherwise")
    hub.faults.add("PATCH", r"/pulls/1$", status(502))
    after = forge.send(pull_request(changed, TO, Order(pull=before)))
    assert after == replace(before, body=changed.body, updated=after.updated)


def test_an_answer_that_is_no_pull_request_stops(hub: GitHub, forge: GithubForge) -> None:
    hub.rename(DOCS, "lantern-team/lantern")
    with pytest.raises(StoppedError, match="run docbot again"):
        forge.send(opening())
    assert hub.pulls("lantern-team/lantern") == []


def test_pull_is_a_value(forge: GithubForge) -> None:
    pull: Pull = forge.send(opening())
    assert hash(pull) == hash(replace(pull))


def test_t08_which_lines_of_the_base_others_change(hub: GitHub, forge: GithubForge) -> None:
    page = hub.repository(DOCS).git("show", "main:docs/install.md").split("\n")
    changed = [*page[:4], "Before it.", *page[4:9], "Otherwise.", *page[10:]]
    hub.fork(DOCS, "stranger")
    files: dict[str, bytes | None] = {"docs/install.md": ("\n".join(changed) + "\n").encode()}
    hub.person("stranger").push("stranger/lantern-docs", "mend", files, "Mend")
    theirs = hub.person("stranger").open(DOCS, "stranger/lantern-docs", "mend", title="Mend")
    forge.send(opening())
    [rival] = forge.rivals()
    assert (rival.number, rival.author, rival.path) == (theirs.number, "stranger", "docs/install.md")
    assert rival.url.endswith(f"/pull/{theirs.number}")
    # What is added between two lines counts for both; what is replaced, for itself and where it is put in.
    assert set(rival.lines) == {(4, 5), (10, 10), (10, 11)}
    hub.person("stranger").close(theirs)
    assert forge.rivals() == ()
