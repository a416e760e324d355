"""The others do what they do on the web site, and it shows."""

from __future__ import annotations

import pytest
from github.ContentFile import ContentFile

from tests.contract.people import Person
from tests.contract.scene import DOCS, Writer
from tests.contract.state import Pull


@pytest.fixture
def pull(writer: Writer) -> Pull:
    writer.branch()
    writer.open(draft=True)
    return writer.hub.pulls(DOCS)[0]


@pytest.fixture
def team(writer: Writer) -> Person:
    return writer.hub.person("lantern-team")


def test_closing_and_reopening(writer: Writer, team: Person, pull: Pull) -> None:
    team.close(pull)
    issue = writer.docs.get_issue(1)
    assert (issue.state, issue.raw_data["closed_by"]["login"]) == ("closed", "lantern-team")
    team.reopen(pull)
    seen = writer.docs.get_pull(1)
    assert (seen.state, seen.closed_at) == ("open", None)
    assert [one.actor.login for one in issue.get_events()] == ["lantern-team"] * 2


@pytest.mark.parametrize("squash", [False, True])
def test_merging(writer: Writer, team: Person, pull: Pull, squash: bool) -> None:
    tip = team.merge(pull, squash=squash)
    seen, docs = writer.docs.get_pull(1), writer.hub.repository(DOCS)
    assert (seen.merged, seen.merge_commit_sha, seen.merged_by.login) == (True, tip, "lantern-team")
    assert docs.git("show", "main:docs/b.md") == "# B\n\nNew."
    assert docs.git("log", "-1", "--format=%an %s", "main") == "lantern-team Fix the page (#1)"
    assert len(docs.git("log", "-1", "--format=%P", "main").split()) == (1 if squash else 2)


def test_texts(writer: Writer, team: Person, pull: Pull) -> None:
    team.edit_body(pull, "Theirs")
    team.edit_title(pull, "Their title")
    writer.hub.other_bot("previews[bot]").append_body(pull, "#### Internal previews\n| a |")
    team.comment(pull, "Please explain")
    team.label(pull, "in review")
    seen = writer.docs.get_pull(1)
    assert (seen.title, seen.body) == ("Their title", "Theirs\n\n#### Internal previews\n| a |")
    assert [one.name for one in seen.labels] == ["in review"]
    said = list(seen.get_issue_comments())
    assert [(one.user.login, one.body) for one in said] == [("lantern-team", "Please explain")]
    assert writer.hub.user("previews[bot]").kind == "Bot"


def test_branches(writer: Writer, team: Person, pull: Pull) -> None:
    team.push(DOCS, "live", {"docs/live.md": b"live\n"}, "Make live")
    team.retarget(pull, "live")
    assert writer.docs.get_pull(1).base.ref == "live"
    tip = team.push(writer.fork, "topic", {"docs/b.md": b"# B\n\nTheirs.\n", "docs/a.md": None}, "Polish")
    seen = writer.docs.get_pull(1)
    assert (seen.head.sha, seen.commits) == (tip, 2)
    assert [one.commit.author.name for one in seen.get_commits()] == ["octo-writer", "lantern-team"]
    assert [one.author.login for one in seen.get_commits()] == ["octo-writer", "lantern-team"]
    assert writer.fork.bare.kind("topic", "docs/a.md") is None
    tip = team.force_push(writer.fork, "topic", {"docs/b.md": b"# New\n"})
    seen = writer.docs.get_pull(1)
    assert (seen.head.sha, seen.commits) == (tip, 1)
    team.delete_branch(writer.fork, "topic")
    assert writer.docs.get_pull(1).state == "closed"


def test_files_as_they_are(writer: Writer, team: Person) -> None:
    team.push(DOCS, "main", {"docs/deep/ü.md": b"\xef\xbb\xbf# \xc3\xbc\r\n"})
    file = writer.docs.get_contents("docs/deep/ü.md")
    assert isinstance(file, ContentFile)
    assert file.decoded_content == b"\xef\xbb\xbf# \xc3\xbc\r\n"
    assert writer.docs.get_branch("main").commit.commit.message == "Edit on the web"
    folder = writer.docs.get_contents("docs/deep")
    assert isinstance(folder, list)
    assert [one.path for one in folder] == ["docs/deep/ü.md"]
