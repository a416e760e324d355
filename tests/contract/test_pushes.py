"""What GitHub refuses of a push, in the words that git shows."""

from __future__ import annotations

import subprocess

import pytest
from github import GithubException

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Checkout, Connect, Writer, address
from tests.contract.state import Repository
from tests.helpers.git import Builder

FORK = "octo-writer/lantern-docs"
WORKFLOW = ".github/workflows/build.yml"


@pytest.fixture
def fork(hub: GitHub, writer: Writer) -> Repository:
    return writer.fork


@pytest.fixture
def mine(fork: Repository, writer: Writer, checkout: Checkout) -> Builder:
    made = checkout(FORK, writer.token)
    made.git("checkout", "-q", "-b", "topic")
    return made


def refused(mine: Builder, place: str, *refs: str) -> str:
    """What git says of a push that isn't taken."""
    with pytest.raises(subprocess.CalledProcessError) as raised:
        mine.git("push", place, *(refs or ("topic",)))
    return str(raised.value.stderr.decode())


@pytest.mark.parametrize(
    ("kind", "what"), [("classic", "a Personal Access Token"), ("oauth", "an OAuth App")]
)
def test_workflows_need_their_scope(
    hub: GitHub, mine: Builder, fork: Repository, kind: str, what: str
) -> None:
    me = hub.user("octo-writer")
    mine.commit({WORKFLOW: "on: push\n"})
    place = address(hub, FORK, me.token(("public_repo",), kind=kind))
    said = refused(mine, place)
    words = f"refusing to allow {what} to create or update workflow `{WORKFLOW}` without `workflow` scope"
    assert f"! [remote rejected] topic -> topic ({words})" in said
    assert "topic" not in fork.bare.heads()
    mine.git("push", "-q", address(hub, FORK, me.token(("public_repo", "workflow"), kind=kind)), "topic")
    assert "topic" in fork.bare.heads()


def test_a_workflow_that_a_branch_already_has_may_come(hub: GitHub, mine: Builder, fork: Repository) -> None:
    hub.person("octo-writer").push(fork, "main", {WORKFLOW: b"on: push\n"})
    mine.commit({WORKFLOW: "on: push\n", "docs/a.md": "x\n"})
    place = address(hub, FORK, hub.user("octo-writer").token(("repo",)))
    mine.git("push", "-q", place, "topic")
    mine.commit({WORKFLOW: "on: [push, pull_request]\n"})
    assert "without `workflow` scope" in refused(mine, place)


def test_a_newer_base_brings_its_workflows_to_a_stale_fork(
    hub: GitHub, mine: Builder, fork: Repository, connect: Connect
) -> None:
    hub.person("lantern-team").push(DOCS, "main", {WORKFLOW: b"on: push\n"})
    token = hub.user("octo-writer").token(("repo",))
    mine.git("fetch", "-q", address(hub, DOCS, token), "main")
    mine.git("checkout", "-q", "-b", "docbot", "FETCH_HEAD")
    mine.commit({"docs/b.md": "# B\n\nNew.\n"})
    assert f"`{WORKFLOW}` without `workflow` scope" in refused(mine, address(hub, FORK, token), "docbot")
    with pytest.raises(GithubException, match="refusing to allow an OAuth App") as raised:
        connect(token).get_repo(FORK).merge_upstream("main")
    assert raised.value.status == 422


def test_other_tokens_say_it_in_other_words(hub: GitHub, mine: Builder) -> None:
    mine.commit({WORKFLOW: "on: push\n"})
    me = hub.user("octo-writer")
    fine = me.token(kind="fine-grained", permissions={"contents": "write"})
    assert "Personal Access Token to create or update workflow" in refused(mine, address(hub, FORK, fine))
    bot = hub.user("github-actions[bot]").token(
        kind="integration", repository=FORK, permissions={"contents": "write"}
    )
    said = refused(mine, address(hub, FORK, bot))
    assert f"a GitHub App to create or update workflow `{WORKFLOW}` without `workflows` permission" in said


def test_who_may_not_push(hub: GitHub, mine: Builder, fork: Repository) -> None:
    me, stranger = hub.user("octo-writer"), hub.user("stranger")
    for token, words in {
        stranger.token(): f"remote: Permission to {FORK}.git denied to stranger.",
        me.token(("gist",), kind="classic"): "remote: Repository not found.",
        me.token(kind="fine-grained", permissions={}): f"Permission to {FORK}.git denied to octo-writer.",
        me.token(expired=True): "remote: Invalid username or token.",
    }.items():
        assert words in refused(mine, address(hub, FORK, token))
    assert "denied to octo-writer" in refused(mine, address(hub, DOCS, me.token()))
    late = me.token(kind="classic", too_long_lived=True)
    assert "forbids access via a personal access token (classic)" in refused(mine, address(hub, DOCS, late))
    fork.archived = True
    said = refused(mine, address(hub, FORK, me.token()))
    assert "remote: This repository was archived so it is read-only." in said
    assert hub.writes == []


def test_a_protected_branch_stays(hub: GitHub, mine: Builder, checkout: Checkout) -> None:
    docs = hub.repository(DOCS)
    docs.collaborators["octo-writer"] = "write"
    docs.protected.add("main")
    before = docs.bare.refs()
    mine.commit({"docs/a.md": "x\n"})
    place = address(hub, DOCS, hub.user("octo-writer").token())
    said = refused(mine, place, "topic:main", "topic:other")
    assert "! [remote rejected] topic -> main (protected branch hook declined)" in said
    assert docs.bare.refs() == before
    mine.git("push", "-q", place, "topic")


def test_a_shallow_clone_pushes_only_what_is_known(hub: GitHub, mine: Builder, fork: Repository) -> None:
    token = hub.user("octo-writer").token()
    hub.person("lantern-team").push(DOCS, "main", {"docs/new.md": b"new\n"})
    mine.git("clone", "-q", "--depth=1", address(hub, DOCS, token), "shallow")
    shallow = Builder(mine.root / "shallow")
    shallow.introduce()
    shallow.commit({"docs/a.md": "x\n"})
    said = refused(shallow, address(hub, FORK, token), "HEAD:refs/heads/topic")
    assert "shallow update not allowed" in said


def test_pull_refs_can_not_be_written(hub: GitHub, mine: Builder, writer: Writer) -> None:
    said = refused(mine, address(hub, FORK, writer.token), "HEAD:refs/pull/1/head")
    assert "deny updating a hidden ref" in said
