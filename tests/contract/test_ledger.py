"""Whatever comes in through the API or by a push is in the ledger, once, and what people write is not."""

from __future__ import annotations

import pytest

from tests.contract.faults import drop, lost
from tests.contract.github import GitHub
from tests.contract.ledger import Event
from tests.contract.scene import DOCS, Checkout, Writer
from tests.contract.signals import BACKLINK, CLOSE, MENTION, TASK

ME, FORK = "octo-writer", "octo-writer/lantern-docs"


def told(hub: GitHub, login: str = ME) -> list[tuple[str, str, str]]:
    return [event[:3] for event in hub.ledger(login)]


def test_title_body_and_message_are_read(writer: Writer) -> None:
    writer.branch()
    writer.open(title="Fix #1", body="Thanks @user, fixes o/r#2, `@code`\n\n- [ ] all")
    assert writer.hub.ledger(ME) == [
        Event(BACKLINK, "#1", f"{DOCS}#1 title", ME),
        Event(CLOSE, "#1", f"{DOCS}#1 title", ME),
        Event(MENTION, "user", f"{DOCS}#1 body", ME),
        Event(BACKLINK, "o/r#2", f"{DOCS}#1 body", ME),
        Event(CLOSE, "o/r#2", f"{DOCS}#1 body", ME),
        Event(TASK, "all", f"{DOCS}#1 body", ME),
    ]
    assert writer.hub.ledger("lantern-team") == []


def test_a_link_into_this_github_is_one(writer: Writer) -> None:
    writer.branch()
    writer.open(body=f"See {writer.hub.server_url}/{DOCS}/pull/7.")
    assert told(writer.hub) == [(BACKLINK, f"{DOCS}#7", f"{DOCS}#1 body")]


def test_an_edit_counts_for_what_it_adds(writer: Writer) -> None:
    writer.branch()
    pull = writer.open(body="See #5.")
    team = writer.hub.person("lantern-team")
    team.edit_body(writer.hub.pulls(DOCS)[0], "See #5 and @team.")
    writer.hub.writings.clear()
    pull.edit(body="See #5 and @team, #6.", title="Ask @lead")
    assert told(writer.hub) == [
        (MENTION, "lead", f"{DOCS}#1 title"),
        (BACKLINK, "#6", f"{DOCS}#1 body"),
    ]


def test_comments_and_their_edits_are_read(writer: Writer) -> None:
    writer.branch()
    issue = writer.docs.get_issue(writer.open(body="x").number)
    issue.create_comment("@one").edit("@one @two")
    assert told(writer.hub) == [
        (MENTION, "one", f"{DOCS}#1 comment"),
        (MENTION, "two", f"{DOCS}#1 comment"),
    ]


def test_messages_of_pushed_commits_are_read(writer: Writer, checkout: Checkout) -> None:
    mine = checkout(FORK, writer.token)
    mine.git("checkout", "-q", "-b", "topic")
    first = mine.commit({"docs/a.md": "1\n"}, "Say it\n\nfixes #1")
    second = mine.commit({"docs/a.md": "2\n"}, "Thank `@user`")
    mine.git("push", "-q", "origin", "topic")
    assert told(writer.hub) == [
        (MENTION, "user", f"{FORK}@{second} message"),
        (BACKLINK, "#1", f"{FORK}@{first} message"),
        (CLOSE, "#1", f"{FORK}@{first} message"),
    ]
    writer.hub.writings.clear()
    mine.git("push", "-q", "origin", "topic:again")
    assert told(writer.hub) == []


def test_commits_that_the_docs_have_already_are_no_news(
    hub: GitHub, writer: Writer, checkout: Checkout
) -> None:
    hub.person("lantern-team").push(DOCS, "main", {"docs/n.md": b"n\n"}, "Merge it (#4), fixes #5")
    mine = checkout(DOCS, writer.token)
    mine.git("push", "-q", f"{hub.server_url}/{FORK}.git".replace("://", f"://x:{writer.token}@"), "main")
    assert hub.repository(FORK).bare.heads()["main"] == hub.repository(DOCS).bare.heads()["main"]
    assert told(hub) == []


def test_what_is_lost_was_written_and_what_is_dropped_was_not(writer: Writer) -> None:
    writer.branch()
    writer.hub.faults.add("POST", "/pulls$", drop())
    writer.hub.faults.add("POST", "/pulls$", lost())
    for _ in range(2):
        with pytest.raises(OSError, match="Connection aborted"):
            writer.open(body="@user")
    assert told(writer.hub) == [(MENTION, "user", f"{DOCS}#1 body")]


def test_code_is_none_once_a_body_becomes_a_message(writer: Writer) -> None:
    writer.branch()
    writer.open(body="`fixes #1`")
    assert writer.hub.ledger(ME) == []
    assert [event[:3] for event in writer.hub.ledger_when_squashed(ME)] == [
        (BACKLINK, "#1", f"{DOCS}#1 body, squashed"),
        (CLOSE, "#1", f"{DOCS}#1 body, squashed"),
    ]
