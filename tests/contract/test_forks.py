"""Forks: made at once, there for git only later, and never twice."""

from __future__ import annotations

import subprocess

import pytest
from github import GithubException

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Connect, Writer, address, refusal
from tests.helpers.git import Builder


def test_a_fork_answers_at_once_but_git_only_later(hub: GitHub, connect: Connect, checkout: Checkout) -> None:
    hub.fork_delay = 2
    token = hub.user("octo-writer").token()
    client = connect(token)
    fork = client.get_user().create_fork(client.get_repo(DOCS), default_branch_only=True)
    assert fork.parent.full_name == DOCS
    assert client.get_repo("octo-writer/lantern-docs").fork
    for _ in range(2):
        with pytest.raises(subprocess.CalledProcessError) as raised:
            checkout("octo-writer/lantern-docs", token)
        assert b"not found" in raised.value.stderr
    assert checkout("octo-writer/lantern-docs", token).head() == hub.repository(DOCS).git("rev-parse", "main")


def test_there_is_one_fork_whatever_its_name(hub: GitHub, connect: Connect) -> None:
    hub.fork(DOCS, "octo-writer", name="my-lantern")
    client = connect(hub.user("octo-writer").token())
    docs = client.get_repo(DOCS)
    assert client.get_user().create_fork(docs).full_name == "octo-writer/my-lantern"
    assert [one.full_name for one in docs.get_forks()] == ["octo-writer/my-lantern"]
    # A fork of the fork is in the same network.
    assert (
        client.get_user()
        .create_fork(client.get_repo("octo-writer/my-lantern"))
        .full_name.endswith("my-lantern")
    )


def test_a_name_that_is_taken_gets_a_number(hub: GitHub, connect: Connect) -> None:
    hub.repository("octo-writer/lantern-docs", source=hub.repository(DOCS).bare.folder)
    client = connect(hub.user("octo-writer").token())
    assert client.get_user().create_fork(client.get_repo(DOCS)).full_name == "octo-writer/lantern-docs-1"


def test_a_fork_may_hold_one_branch_or_all(hub: GitHub) -> None:
    hub.person("lantern-team").push(DOCS, "live", {"docs/a.md": b"live"})
    assert set(hub.fork(DOCS, "one", default_branch_only=True).bare.heads()) == {"main"}
    assert set(hub.fork(DOCS, "two").bare.heads()) == {"main", "live"}


def test_nobody_forks_what_is_theirs_or_what_may_not_be_forked(hub: GitHub, connect: Connect) -> None:
    team = connect(hub.user("lantern-team").token())
    assert team.get_user().create_fork(team.get_repo(DOCS)).full_name == DOCS
    hub.repository(DOCS).allow_forking = False
    other = connect(hub.user("octo-writer").token())
    assert other.get_repo(DOCS).allow_forking is False
    with pytest.raises(GithubException) as raised:
        other.get_user().create_fork(other.get_repo(DOCS))
    assert refusal(raised) == (403, "The repository exists, but forking is disabled.")


def test_a_fork_is_brought_up_to_its_parent(hub: GitHub, writer: Writer) -> None:
    fork = writer.github.get_repo("octo-writer/lantern-docs")
    assert fork.merge_upstream("main").merge_type == "none"
    tip = hub.person("lantern-team").push(DOCS, "main", {"docs/new.md": b"new\n"})
    assert fork.merge_upstream("main").merge_type == "fast-forward"
    assert writer.fork.git("rev-parse", "main") == tip
    hub.person("octo-writer").push(writer.fork, "main", {"docs/mine.md": b"mine\n"})
    hub.person("lantern-team").push(DOCS, "main", {"docs/new.md": b"newer\n"})
    assert fork.merge_upstream("main").merge_type == "merge"
    assert writer.fork.git("show", "main:docs/new.md") == "newer"


def test_a_fork_that_went_another_way_conflicts(hub: GitHub, writer: Writer) -> None:
    hub.person("octo-writer").push(writer.fork, "main", {"docs/a.md": b"mine\n"})
    hub.person("lantern-team").push(DOCS, "main", {"docs/a.md": b"theirs\n"})
    before = writer.fork.git("rev-parse", "main")
    fork = writer.github.get_repo("octo-writer/lantern-docs")
    for branch, status in (("main", 409), ("nothing", 422)):
        with pytest.raises(GithubException) as raised:
            fork.merge_upstream(branch)
        assert raised.value.status == status
    with pytest.raises(GithubException) as raised:
        writer.docs.merge_upstream("main")
    assert raised.value.status == 404
    assert writer.fork.git("rev-parse", "main") == before


def test_a_deleted_fork_leaves_its_pull_request(hub: GitHub, writer: Writer) -> None:
    writer.branch()
    pull = writer.open()
    hub.delete("octo-writer/lantern-docs")
    pull.update()
    assert (pull.state, pull.head.label) == ("closed", "octo-writer:topic")
    assert pull.raw_data["head"]["repo"] is None
    assert [file.filename for file in pull.get_files()] == ["docs/b.md"]
    with pytest.raises(GithubException) as raised:
        pull.edit(state="open")
    assert "has been deleted" in refusal(raised)[1]


def test_git_does_not_find_a_deleted_fork(hub: GitHub, writer: Writer, checkout: Checkout) -> None:
    mine: Builder = checkout("octo-writer/lantern-docs", writer.token)
    hub.delete("octo-writer/lantern-docs")
    with pytest.raises(subprocess.CalledProcessError) as raised:
        mine.git("fetch", address(hub, "octo-writer/lantern-docs", writer.token))
    assert b"Repository not found." in raised.value.stderr
