"""Tokens of every kind, and the words with which GitHub refuses each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from github import BadCredentialsException, Github, GithubException

from tests.contract.github import GitHub
from tests.contract.scene import DOCS, Connect, Writer, refusal
from tests.contract.state import Repository, User


def said(act: Callable[[], object]) -> tuple[int, str]:
    """The status and the words of a refusal."""
    with pytest.raises(GithubException) as raised:
        act()
    return refusal(raised)


def comment(client: Github) -> object:
    """Write something: a comment on the first issue."""
    return client.get_repo(DOCS).get_issue(1).create_comment("hello")


@pytest.fixture
def docs(hub: GitHub, writer: Writer) -> Repository:
    writer.docs.create_issue("An issue")
    return hub.repository(DOCS)


@pytest.fixture
def me(hub: GitHub, docs: Repository) -> User:
    return hub.user("octo-writer")


def test_a_token_is_somebodys(hub: GitHub, connect: Connect, me: User) -> None:
    client = connect(me.token(("repo", "workflow"), kind="classic"))
    assert client.get_user().login == "octo-writer"
    assert client.oauth_scopes == ["repo", "workflow"]
    assert client.rate_limiting == (4999, 5000)
    assert connect("").get_repo(DOCS).full_name == DOCS
    assert client.get_user("lantern-team").type == "Organization"
    assert said(lambda: client.get_user("nobody"))[0] == 404


def test_a_wrong_or_old_token_is_refused(connect: Connect, me: User) -> None:
    for secret in ("gho_wrong", me.token(expired=True)):
        with pytest.raises(BadCredentialsException, match="Bad credentials"):
            connect(secret).get_repo(DOCS)
    assert said(lambda: connect("").get_user().login) == (401, "Requires authentication")
    assert said(lambda: comment(connect(""))) == (401, "Requires authentication")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("classic", "a personal access token (classic)"),
        ("fine-grained", "a fine-grained personal access tokens"),
    ],
)
def test_a_token_may_live_too_long(hub: GitHub, connect: Connect, me: User, kind: str, what: str) -> None:
    client = connect(me.token(kind=kind, too_long_lived=True))
    assert client.get_user().login == "octo-writer"
    status, words = said(lambda: client.get_repo(DOCS))
    assert status == 403
    assert words.startswith(
        f"The 'Microsoft Open Source' enterprise forbids access via {what} if the token's lifetime is "
        "greater than 8 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/"
    )


def test_single_sign_on_is_asked_for_before_writing(hub: GitHub, connect: Connect, me: User) -> None:
    hub.user("lantern-team").saml = True
    client = connect(me.token())
    assert client.get_repo(DOCS).full_name == DOCS
    with pytest.raises(GithubException) as raised:
        comment(client)
    assert refusal(raised) == (
        403,
        "Resource protected by organization SAML enforcement. "
        "You must grant your OAuth token access to this organization.",
    )
    assert (raised.value.headers or {})["x-github-sso"].startswith("required; url=https://github.com/orgs/")
    comment(connect(me.token(sso=("lantern-team",))))


def test_a_fine_grained_token_reaches_one_owner(hub: GitHub, connect: Connect, me: User) -> None:
    theirs = connect(me.token(kind="fine-grained"))
    assert theirs.get_repo(DOCS).full_name == DOCS
    expected = (403, "Resource not accessible by personal access token")
    assert said(lambda: comment(theirs)) == expected
    comment(connect(me.token(kind="fine-grained", owner="lantern-team")))
    narrow = me.token(kind="fine-grained", owner="lantern-team", permissions={"pull_requests": "write"})
    assert said(lambda: comment(connect(narrow))) == expected
    assert said(lambda: theirs.get_user().create_fork(theirs.get_repo(DOCS))) == expected


def test_an_integration_has_no_user_and_one_repository(
    hub: GitHub, connect: Connect, docs: Repository
) -> None:
    bot = hub.user("github-actions[bot]")
    client = connect(bot.token(kind="integration", repository=DOCS))
    expected = (403, "Resource not accessible by integration")
    assert said(lambda: client.get_user().login) == expected
    comment(client)
    assert docs.issues[1].comments[0].user.kind == "Bot"
    other = connect(bot.token(kind="integration", repository="octo-writer/lantern-docs"))
    assert said(lambda: comment(other)) == expected
    reader = connect(bot.token(kind="integration", repository=DOCS, permissions={"issues": "read"}))
    assert said(lambda: comment(reader)) == expected
    docs.private = True
    assert client.get_repo(DOCS).private
    assert said(lambda: other.get_repo(DOCS))[0] == 404


def test_actions_open_pull_requests_only_where_it_is_allowed(
    hub: GitHub, connect: Connect, docs: Repository
) -> None:
    hub.person("lantern-team").push(DOCS, "topic", {"docs/a.md": b"x\n"})
    client = connect(hub.user("github-actions[bot]").token(kind="integration", repository=DOCS))

    def propose() -> int:
        return client.get_repo(DOCS).create_pull(base="main", head="topic", title="x", body="y").number

    assert said(propose) == (403, "GitHub Actions is not permitted to create or approve pull requests.")
    docs.actions_may_open_pulls = True
    assert propose() == 2


def test_scopes_decide_what_can_be_seen_and_written(hub: GitHub, connect: Connect, me: User) -> None:
    docs = hub.repository(DOCS)
    assert said(lambda: comment(connect(me.token(("gist",), kind="classic")))) == (404, "Not Found")
    comment(connect(me.token(("public_repo",), kind="classic")))
    docs.private = True
    assert said(lambda: connect("").get_repo(DOCS)) == (404, "Not Found")
    assert said(lambda: connect(me.token()).get_repo(DOCS)) == (404, "Not Found")
    docs.collaborators["octo-writer"] = "read"
    assert connect(me.token()).get_repo(DOCS).private
    assert said(lambda: connect(me.token(("public_repo",))).get_repo(DOCS)) == (404, "Not Found")


def test_an_archived_repository_is_only_read(hub: GitHub, connect: Connect, docs: Repository) -> None:
    client = connect(hub.user("octo-writer").token())
    docs.archived = True
    assert client.get_repo(DOCS).archived
    assert said(lambda: comment(client)) == (403, "Repository was archived so is read-only.")
    docs.disabled = True
    assert said(lambda: client.get_repo(DOCS)) == (403, "Repository access blocked")


def test_flags_may_be_given_at_once(hub: GitHub, source: Path, connect: Connect) -> None:
    hub.repository("lantern-team/old", source=source, archived=True, topics=["no-bots"])
    seen = connect("").get_repo("lantern-team/old")
    assert (seen.archived, seen.get_topics()) == (True, ["no-bots"])
    with pytest.raises(AssertionError, match="a repository has no archivd"):
        hub.repository("lantern-team/old", archivd=True)


def test_permissions_show(hub: GitHub, connect: Connect, docs: Repository) -> None:
    client = connect(hub.user("octo-writer").token())
    seen = client.get_repo(DOCS).permissions
    assert (seen.pull, seen.triage, seen.push) == (True, False, False)
    assert said(lambda: client.get_repo(DOCS).get_collaborator_permission("octo-writer"))[0] == 403
    docs.collaborators["octo-writer"] = "maintain"
    assert client.get_repo(DOCS).permissions.push
    assert client.get_repo(DOCS).get_collaborator_permission("octo-writer") == "write"


def test_a_hidden_account_is_seen_only_by_itself(hub: GitHub, writer: Writer, connect: Connect) -> None:
    writer.branch()
    writer.open()
    hub.user("octo-writer").hidden = True
    assert writer.docs.get_pull(1).number == 1
    assert said(lambda: connect("").get_repo(DOCS).get_pull(1)) == (404, "Not Found")
    assert list(connect("").get_repo(DOCS).get_pulls()) == []
    assert said(lambda: connect("").get_user("octo-writer"))[0] == 404
