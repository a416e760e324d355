"""What becomes of a pull request while people do things to it: T7, T8, T10, T11, T14 and pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from docbot.forges.marker import marker_of
from tests.contract.faults import lost
from tests.contract.state import Pull
from tests.end_to_end.conftest import DOCS, FORK, WRITER, Desk

TEAM = "lantern-team"
Files = dict[str, bytes | None]
MORE: Files = {"docs/mine.md": b"# Mine\n"}


def proposed(desk: Desk, *arguments: str) -> Pull:
    """The pull request of a first run."""
    ran = desk.propose("--yes", *arguments)
    assert ran.code == 0, ran.err
    pull = desk.hub.pulls(DOCS)[-1]
    desk.hub.log.clear()
    return pull


def operations(desk: Desk) -> list[str]:
    """What a run wrote, after which nothing is left to write."""
    made = [call.operation for call in desk.hub.writes]
    desk.hub.log.clear()
    return made


def comments(pull: Pull) -> list[str]:
    return [comment.body for comment in pull.comments]


def test_t11_a_persons_commit_is_answered_once_with_the_way_back(desk: Desk) -> None:
    pull = proposed(desk)
    theirs = desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    dry = desk.propose("--yes", "--dry-run")
    assert operations(desk) == []
    ran = desk.propose("--yes")
    assert f"edited: #1 is left alone: a person pushed to {pull.head}" in ran.out
    [call] = desk.hub.writes
    assert call.body.decode() in dry.out
    assert operations(desk) == ["issues/create-comment"]
    [said] = comments(pull)
    assert "docbot redo" in said
    assert "will be lost" in said
    assert f"a person pushed to {pull.head}" in said
    assert desk.propose("--yes").code == 0
    assert operations(desk) == []
    assert desk.hub.repository(FORK).git("rev-parse", pull.head) == theirs


def test_t11_it_is_said_once_whatever_else_they_change_and_anew_after_a_redo(desk: Desk) -> None:
    pull = proposed(desk)
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert operations(desk) == ["issues/create-comment"]
    desk.hub.person(WRITER).edit_body(pull, (pull.body or "").replace("### Why", "### Why not"))
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert operations(desk) == []
    desk.hub.person(WRITER).comment(pull, "docbot redo")
    assert desk.propose("--yes").out.splitlines()[-1].startswith("updated: #1")
    operations(desk)
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More again")
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert operations(desk) == ["issues/create-comment"]


@pytest.mark.parametrize("what", ["island", "base"])
def test_t11_so_is_a_changed_description_or_base(desk: Desk, what: str) -> None:
    pull = proposed(desk)
    before = pull.body or ""
    if what == "base":
        desk.hub.person(TEAM).push(DOCS, "release", {"docs/r.md": b"# R\n"}, "Release")
        desk.hub.person(WRITER).retarget(pull, "release")
    else:
        desk.hub.person(WRITER).edit_body(pull, before.replace("### Why", "### Why not"))
    body = pull.body
    for expected in (["issues/create-comment"], []):
        assert desk.propose("--yes").out.startswith("edited: #1 is left alone")
        assert operations(desk) == expected
    assert pull.body == body


def test_t14_a_person_hands_it_back_and_their_commits_go(desk: Desk) -> None:
    pull = proposed(desk)
    own = desk.hub.repository(FORK).git("rev-parse", f"{pull.head}^{{tree}}")
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    desk.hub.person(WRITER).edit_body(pull, f"Hello.\n\n{(pull.body or '').replace('### Why', '### How')}")
    assert desk.propose("--yes").code == 0
    assert operations(desk) == ["issues/create-comment"]
    desk.hub.person("stranger").comment(pull, "docbot redo")
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert operations(desk) == []
    desk.hub.person(WRITER).comment(pull, "Yes please:\n\ndocbot redo")
    ran = desk.propose("--yes")
    assert ran.out.splitlines()[-1].startswith("updated: #1 was brought up to date"), ran.err
    assert operations(desk) == ["git-receive-pack", "pulls/update"]
    assert desk.hub.repository(FORK).git("rev-parse", f"{pull.head}^{{tree}}") == own
    assert (pull.body or "").startswith("Hello.\n\n<!-- docbot:begin -->")
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert operations(desk) == []


def test_t14_the_same_word_counts_once(desk: Desk) -> None:
    pull = proposed(desk)
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    desk.hub.person(TEAM).comment(pull, "docbot redo")
    assert desk.propose("--yes").out.splitlines()[-1].startswith("updated: #1")
    operations(desk)
    theirs = desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More again")
    assert desk.propose("--yes").out.startswith("edited: #1")
    assert operations(desk) == ["issues/create-comment"]
    assert desk.hub.repository(FORK).git("rev-parse", pull.head) == theirs


def test_t07_one_change_is_dropped_and_the_others_stay(desk: Desk) -> None:
    pull = proposed(desk)
    assert "`docbot drop 2`" in (pull.body or "")
    marker = marker_of(pull.body or "")
    assert marker is not None
    before = set(marker.content_keys)
    desk.hub.person("stranger").comment(pull, "docbot drop 1")
    desk.hub.person(TEAM).comment(pull, "Thanks, but\n\ndocbot drop 2\n")
    ran = desk.propose("--yes")
    assert "a person dropped it from" in ran.err
    assert ran.out.splitlines()[-1].startswith("updated: #1")
    assert operations(desk) == ["git-receive-pack", "pulls/update"]
    after = marker_of(pull.body or "")
    assert after is not None
    assert set(after.content_keys) == before - set(marker.keys_of(2))
    assert set(after.dropped) == set(marker.keys_of(2))
    assert "#### 3. " in (pull.body or "")
    assert "#### 2. " not in (pull.body or "")
    assert desk.propose("--yes").out.startswith("unchanged: #1")
    assert operations(desk) == []
    desk.hub.person(TEAM).merge(pull)
    ran = desk.propose("--yes", "--path", "docs/troubleshooting.md", "--rule", "file-not-found")
    assert "a person dropped it from" in ran.err
    assert "There is nothing to propose." in ran.err
    assert operations(desk) == []


def test_t07_when_every_change_is_dropped_it_closes_and_stays_closed(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    desk.hub.person(TEAM).comment(pull, "docbot drop 1")
    ran = desk.propose("--yes", "--rule", "doubled-word")
    assert "all of it was dropped: closed" in ran.out
    assert operations(desk) == ["issues/create-comment", "pulls/update"]
    assert pull.state == "closed"
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    assert operations(desk) == []


def mended(desk: Desk, pull: Pull) -> None:
    """A maintainer puts right on the base what the pull request is for."""
    docs, fork = desk.hub.repository(DOCS), desk.hub.repository(FORK)
    marker = marker_of(pull.body or "")
    assert marker is not None
    paths = fork.git("diff", "--name-only", marker.parent, pull.head).split("\n")
    files: Files = {path: fork.bare.raw("cat-file", "blob", f"{pull.head}:{path}") for path in paths}
    desk.hub.person(TEAM).push(docs, "main", files, "Mend it ourselves")


def test_t10_what_is_settled_on_the_base_is_closed_with_one_sentence(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    mended(desk, pull)
    ran = desk.propose("--yes", "--rule", "doubled-word")
    assert ran.code == 0, ran.err
    assert "#1: its finding is gone: closed: http" in ran.out
    assert operations(desk) == ["issues/create-comment", "pulls/update"]
    assert pull.state == "closed"
    assert len(comments(pull)) == 1
    marker = marker_of(pull.body or "")
    assert marker is not None
    assert marker.withdrawn
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    assert operations(desk) == []


def test_t10_not_by_a_run_that_looked_elsewhere(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    mended(desk, pull)
    desk.propose("--yes", "--rule", "wrong-case-link", "--dry-run")
    desk.propose("--yes", "--skip", "doubled-word", "--dry-run")
    assert pull.state == "open"
    assert "its finding is gone" not in desk.propose("--yes", "--dry-run", "--skip", "doubled-word").out
    assert "its finding is gone" in desk.propose("--yes", "--dry-run").out


def test_t10_with_a_persons_commit_it_only_says_so_once(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    mended(desk, pull)
    for expected in (["issues/create-comment"], []):
        assert desk.propose("--yes", "--rule", "doubled-word").code == 0
        assert operations(desk) == expected
    assert pull.state == "open"
    assert "leaves the pull request to you" in comments(pull)[0]


def test_what_docbot_closed_a_short_while_ago_is_opened_again(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    docs = desk.hub.repository(DOCS)
    before = docs.git("rev-parse", "main")
    mended(desk, pull)
    assert desk.propose("--yes", "--rule", "doubled-word").code == 0
    assert pull.state == "closed"
    docs.git("update-ref", "refs/heads/main", before)
    desk.hub.log.clear()
    ran = desk.propose("--yes", "--rule", "doubled-word")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1].startswith("updated: #1 was opened again"), ran.out[-400:]
    assert operations(desk) == ["pulls/update", "pulls/update"]
    assert (len(desk.hub.pulls(DOCS)), pull.state) == (1, "open")
    marker = marker_of(pull.body or "")
    assert marker is not None
    assert not marker.withdrawn


def test_t08_somebody_elses_pull_request_on_the_same_lines_comes_first(desk: Desk) -> None:
    page = desk.hub.repository(DOCS).git("show", "main:docs/install.md")
    assert "Start the the installer" in page
    desk.hub.fork(DOCS, "stranger")
    changed = page.replace("Start the the installer", "Start the installer now").encode()
    desk.hub.person("stranger").push("stranger/lantern-docs", "mend", {"docs/install.md": changed}, "Mend")
    theirs = desk.hub.person("stranger").open(DOCS, "stranger/lantern-docs", "mend", title="Mend")
    ran = desk.propose("--yes", "--rule", "doubled-word")
    assert ran.code == 0, ran.err
    assert f"stranger changes the same lines in {desk.hub.server_url}/{DOCS}/pull/{theirs.number}" in ran.err
    assert operations(desk) == []
    desk.hub.person("stranger").close(theirs)
    assert desk.propose("--yes", "--rule", "doubled-word").out.splitlines()[-1].startswith("created: #2")


def test_it_pauses_where_nobody_looks(desk: Desk) -> None:
    pull = proposed(desk, "--rule", "doubled-word")
    long_ago = datetime.now(UTC) - timedelta(days=34)
    pull.created_at = pull.updated_at = long_ago
    ran = desk.propose("--yes", "--rule", "wrong-case-link")
    assert ran.code == 0
    assert ran.out.startswith("limited: #1 has waited 34 days for somebody to look at it")
    assert operations(desk) == []


def test_it_pauses_after_refusals(desk: Desk) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=2)
    for rule in ("doubled-word", "wrong-case-link", "redirected-link"):
        pull = proposed(desk, "--rule", rule)
        pull.created_at = long_ago
        desk.hub.person(TEAM).close(pull)
    ran = desk.propose("--yes", "--rule", "file-not-found")
    assert ran.code == 0
    assert ran.out.startswith("limited: 3 of docbot's last 3 pull requests were closed unmerged")
    assert operations(desk) == []


def test_t31_a_comment_whose_answer_was_lost_isnt_said_twice(desk: Desk) -> None:
    pull = proposed(desk)
    desk.hub.person(WRITER).push(FORK, pull.head, MORE, "More")
    desk.hub.faults.add("POST", r"/issues/1/comments$", lost())
    assert desk.propose("--yes").code == 0
    assert operations(desk) == ["issues/create-comment"]
    assert len(comments(pull)) == 1


def bot_pushes(desk: Desk, pull: Pull, name: str) -> str:
    desk.hub.person(name).push(FORK, pull.head, MORE, "Format")
    return desk.hub.repository(FORK).git("rev-parse", pull.head)


def test_t11_the_commits_of_other_bots_that_the_docs_name_are_nobodys(desk: Desk) -> None:
    files: Files = {".docbot.toml": b'[propose]\nignored_authors = ["format[bot]", "octo-writer"]\n'}
    desk.hub.person(TEAM).push(DOCS, "main", files, "Name the bot")
    pull = proposed(desk, "--rule", "doubled-word")
    theirs = bot_pushes(desk, pull, "format[bot]")
    assert desk.propose("--yes", "--rule", "doubled-word").out.startswith("unchanged: #1")
    assert operations(desk) == []
    assert desk.hub.repository(FORK).git("rev-parse", pull.head) == theirs
    bot_pushes(desk, pull, "other[bot]")
    assert desk.propose("--yes", "--rule", "doubled-word").out.startswith("edited: #1")
    assert operations(desk) == ["issues/create-comment"]


def test_t11_a_person_is_never_ignored_whatever_the_docs_say(desk: Desk) -> None:
    files: Files = {".docbot.toml": b'[propose]\nignored_authors = ["octo-writer"]\n'}
    desk.hub.person(TEAM).push(DOCS, "main", files, "Name a person")
    pull = proposed(desk, "--rule", "doubled-word")
    bot_pushes(desk, pull, WRITER)
    assert desk.propose("--yes", "--rule", "doubled-word").out.startswith("edited: #1")
