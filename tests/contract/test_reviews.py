"""Reviews of pull requests: what may be said about which lines, and where it is after the next push."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
import requests
from github import GithubException
from github.PullRequest import PullRequest
from github.PullRequestComment import PullRequestComment

from tests.contract.faults import status
from tests.contract.github import GitHub
from tests.contract.ledger import Event
from tests.contract.reviewing import Wrong
from tests.contract.scene import DOCS, Connect, Writer, refusal
from tests.contract.signals import MENTION
from tests.contract.state import Pull

PATH = "docs/c.md"
ME = "octo-writer"
NOT_SHOWN = "Pull request review thread line must be part of the diff"
APART = "Pull request review thread start line must be part of the same hunk as the line."
NO_HUNK = "Pull request review thread diff hunk can't be blank"


def page(changed: dict[int, str], *, above: Iterable[str] = (), without: Iterable[int] = ()) -> bytes:
    """The page of fifty lines with some of them changed, taken out, or with lines above them."""
    gone = set(without)
    lines = [changed.get(number, f"Line {number}") for number in range(1, 51) if number not in gone]
    return ("\n".join([*above, *lines]) + "\n").encode()


FIRST = page({5: "five", 6: "six", 40: "forty"}, without=[41])


@pytest.fixture
def writer(hub: GitHub, connect: Connect) -> Writer:
    """Somebody with a fork of docs whose lines differ from each other."""
    hub.person("lantern-team").push(DOCS, "main", {PATH: page({})})
    return Writer(hub, connect)


@pytest.fixture
def pull(writer: Writer) -> PullRequest:
    """Two hunks: lines 2 to 9, and 37 to 43 with one taken out after 40."""
    writer.branch(path=PATH, text=FIRST)
    return writer.open()


@pytest.fixture
def there(writer: Writer, pull: PullRequest) -> Pull:
    return writer.hub.pulls(DOCS)[0]


def post(writer: Writer, path: str, data: dict[str, Any], token: str = "") -> requests.Response:
    return requests.post(
        f"{writer.hub.api_url}/repos/{DOCS}/{path}",
        json=data,
        headers={"Authorization": f"Bearer {token or writer.token}"},
        timeout=10,
    )


def review(writer: Writer, token: str = "", **data: Any) -> requests.Response:
    return post(writer, "pulls/1/reviews", {"event": "COMMENT", **data}, token)


def at(line: int, body: str = "Hm.", **more: Any) -> dict[str, Any]:
    return {"path": PATH, "line": line, "body": body, **more}


def said(writer: Writer) -> list[Any]:
    found = requests.get(f"{writer.hub.api_url}/repos/{DOCS}/pulls/1/comments", timeout=10).json()
    assert isinstance(found, list)
    return found


def comment(pull: PullRequest, number: int) -> PullRequestComment:
    return next(one for one in pull.get_review_comments() if one.id == number)


def test_a_review_is_made_at_once_with_its_comments(writer: Writer, pull: PullRequest) -> None:
    answer = review(
        writer,
        body="All in all",
        commit_id=pull.head.sha,
        comments=[at(5, "one"), at(6, "two", start_line=5), at(41, "old", side="LEFT")],
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "COMMENTED")
    assert (answer.json()["body"], answer.json()["commit_id"]) == ("All in all", pull.head.sha)
    assert [one.body for one in pull.get_reviews()] == ["All in all"]
    comments = said(writer)
    shown = [(one["body"], one["line"], one["start_line"], one["side"], one["position"]) for one in comments]
    # Positions go on through the header of the second hunk.
    assert shown == [("one", 5, None, "RIGHT", 6), ("two", 6, 5, "RIGHT", 7), ("old", 41, None, "LEFT", 16)]
    assert {one["pull_request_review_id"] for one in comments} == {answer.json()["id"]}
    assert {(one["commit_id"], one["original_commit_id"]) for one in comments} == {
        (pull.head.sha, pull.head.sha)
    }
    assert comments[0]["diff_hunk"].split("\n") == [
        "@@ -2,8 +2,8 @@ Line 1",
        *[" Line 2", " Line 3", " Line 4", "-Line 5", "-Line 6"],
        "+five",
    ]
    [first] = [one for one in pull.get_review_comments() if one.body == "one"]
    assert (first.path, first.user.login, first.reactions["-1"]) == (PATH, ME, 0)


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        (at(20), f"{NOT_SHOWN} and {NO_HUNK}"),
        (at(51), f"{NOT_SHOWN} and {NO_HUNK}"),
        (at(20, side="LEFT"), f"{NOT_SHOWN} and {NO_HUNK}"),
        (at(20, start_line=19), f"{NOT_SHOWN}, {APART}, and {NO_HUNK}"),
        (at(40, start_line=5), APART),
        (at(5, start_line=5), "Pull request review thread start line must precede the end line."),
        (at(5, start_line=6), "Pull request review thread start line must precede the end line."),
        (at(5, start_line=5, start_side="RIGHT", side="LEFT"), APART),
        ({**at(5), "path": "docs/b.md"}, f"Pull request review thread path is invalid and {NO_HUNK}"),
        ({"path": PATH, "body": "Hm."}, f"{NOT_SHOWN} and {NO_HUNK}"),
        (at(5, body=" "), "Pull request review comment body can't be blank"),
        (at(5, body="x" * 65_537), "Body is too long (maximum is 65536 characters)"),
    ],
)
def test_one_comment_that_can_not_stand_keeps_the_whole_review_away(
    writer: Writer, pull: PullRequest, comment: dict[str, Any], words: str
) -> None:
    answer = review(writer, comments=[at(5), comment])
    assert (answer.status_code, answer.json()["errors"]) == (422, [words])
    assert (said(writer), list(pull.get_reviews())) == ([], [])


@pytest.mark.parametrize(
    "comment",
    [
        at(4, side="LEFT"),
        at(9),
        at(5, start_line=5, start_side="LEFT", side="RIGHT"),
        {"path": PATH, "position": 6, "body": "Hm."},
    ],
)
def test_context_both_sides_and_positions_are_lines_of_the_diff(
    writer: Writer, pull: PullRequest, comment: dict[str, Any]
) -> None:
    assert review(writer, comments=[comment]).status_code == 200
    assert len(said(writer)) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Review body can't be blank"),
        ({"body": " ", "comments": []}, "Review body can't be blank"),
        ({"body": "x", "commit_id": "0" * 40}, "commit_id is not part of the pull request"),
        ({"body": "x", "event": "APPROVE"}, "Can not approve your own pull request"),
        ({"body": "x", "event": "REQUEST_CHANGES"}, "Can not request changes on your own pull request"),
    ],
)
def test_what_is_no_review(writer: Writer, pull: PullRequest, data: dict[str, Any], words: str) -> None:
    answer = review(writer, **data)
    assert (answer.status_code, answer.json()["errors"]) == (422, [words])
    assert list(pull.get_reviews()) == []


def test_others_approve_and_a_workflow_only_where_it_may(writer: Writer, pull: PullRequest) -> None:
    reader = writer.hub.user("reader").token()
    assert review(writer, reader, event="APPROVE").json()["state"] == "APPROVED"
    asked = review(writer, reader, event="REQUEST_CHANGES", body="x").json()
    assert asked["state"] == "CHANGES_REQUESTED"
    robot = writer.hub.user("github-actions[bot]").token(kind="integration", repository=DOCS)
    refused = review(writer, robot, event="APPROVE", body="x")
    assert refused.json()["errors"] == ["GitHub Actions is not permitted to approve pull requests."]
    writer.hub.repository(DOCS).actions_may_open_pulls = True
    assert review(writer, robot, event="APPROVE", body="x").status_code == 200


def test_a_review_that_waits_is_its_authors_alone(
    writer: Writer, connect: Connect, pull: PullRequest
) -> None:
    answer = post(writer, "pulls/1/reviews", {"body": "wait", "comments": [at(5)]})
    assert (answer.json()["state"], "submitted_at" in answer.json()) == ("PENDING", False)
    assert [one.body for one in pull.get_reviews()] == ["wait"]
    other = connect(writer.hub.user("reader").token()).get_repo(DOCS).get_pull(1)
    assert (list(other.get_reviews()), said(writer)) == ([], [])
    again = post(writer, "pulls/1/reviews", {"body": "wait"})
    assert again.json()["errors"] == ["User can only have one pending review per pull request"]


def test_a_single_comment_is_refused_by_the_name_of_its_field(writer: Writer, pull: PullRequest) -> None:
    where = {"commit_id": pull.head.sha, "path": PATH}
    made = post(writer, "pulls/1/comments", {**where, "line": 5, "body": "alone"})
    assert (made.status_code, made.json()["line"]) == (201, 5)
    outside = post(writer, "pulls/1/comments", {**where, "line": 20, "body": "x"})
    assert outside.status_code == 422
    assert [(one["field"], one["code"]) for one in outside.json()["errors"]] == [
        ("pull_request_review_thread.line", "custom"),
        ("pull_request_review_thread.diff_hunk", "missing_field"),
    ]
    message = "pull_request_review_thread.line must be part of the diff"
    assert outside.json()["errors"][0]["message"] == message
    unknown = post(writer, "pulls/1/comments", {**where, "commit_id": "0" * 40, "line": 5, "body": "x"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "commit_id")


def test_threads_and_what_is_left_of_them(writer: Writer, there: Pull, pull: PullRequest) -> None:
    review(writer, comments=[at(5, "first")])
    [first] = said(writer)
    answer = post(writer, f"pulls/1/comments/{first['id']}/replies", {"body": "second"})
    assert (answer.status_code, answer.json()["in_reply_to_id"]) == (201, first["id"])
    # A reply to a reply belongs to the same thread.
    again = post(
        writer,
        "pulls/1/comments",
        {"body": "third", "in_reply_to": answer.json()["id"], "commit_id": pull.head.sha, "path": PATH},
    )
    assert again.json()["in_reply_to_id"] == first["id"]
    comment(pull, again.json()["id"]).edit("edited")
    comment(pull, first["id"]).delete()
    assert [(one["body"], one["in_reply_to_id"]) for one in said(writer)] == [
        ("second", first["id"]),
        ("edited", first["id"]),
    ]
    assert len(there.threads) == 1
    for one in said(writer):
        comment(pull, one["id"]).delete()
    assert (there.threads, said(writer)) == ([], [])
    assert post(writer, f"pulls/1/comments/{first['id']}/replies", {"body": "x"}).status_code == 404


def test_who_may_change_what_was_said(writer: Writer, there: Pull, connect: Connect) -> None:
    theirs = writer.hub.person("reader").remark(there, PATH, 5, "theirs").comments[0]
    mine = comment(writer.docs.get_pull(1), theirs.id)
    with pytest.raises(GithubException) as raised:
        mine.edit("mine")
    assert refusal(raised) == (403, "Must have admin rights to Repository.")
    with pytest.raises(GithubException) as raised:
        mine.delete()
    assert refusal(raised) == (403, "Must have admin rights to Repository.")
    writer.hub.repository(DOCS).collaborators[ME] = "write"
    mine.edit("moderated")
    assert [one["body"] for one in said(writer)] == ["moderated"]


def test_people_answer_react_and_resolve(writer: Writer, there: Pull, pull: PullRequest) -> None:
    review(writer, comments=[at(5, "first")])
    [thread] = there.threads
    reader, team = writer.hub.person("reader"), writer.hub.person("lantern-team")
    reader.reply(thread, "Why?")
    for _ in range(2):
        reader.react(thread.comments[0], "-1")
    reader.react(thread.comments[0], "heart")
    team.resolve(thread)
    first = comment(pull, thread.comments[0].id)
    assert (first.reactions["-1"], first.reactions["total_count"]) == (1, 2)
    assert [(one.user.login, one.content) for one in first.get_reactions()] == [
        ("reader", "-1"),
        ("reader", "heart"),
    ]
    assert [one["user"]["login"] for one in said(writer)] == [ME, "reader"]
    below = team.comment(there, "Below")
    reader.react(below, "-1")
    [sticky] = pull.get_issue_comments()
    assert sticky.id == below.id
    assert sticky.reactions["-1"] == 1
    assert [one.content for one in sticky.get_reactions()] == ["-1"]
    with pytest.raises(Wrong, match="must be part of the diff"):
        reader.remark(there, PATH, 20, "Out of it")


def lines(writer: Writer) -> list[tuple[int | None, int | None, int]]:
    return [(one["line"], one["start_line"], one["original_line"]) for one in said(writer)]


def test_lines_move_with_a_push_and_changed_ones_are_out_of_date(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(5), at(6, start_line=5), at(41, side="LEFT"), at(40)])
    old = pull.head.sha
    pushed = page({5: "FIVE", 6: "six", 40: "forty"}, above=["new", "new"], without=[41])
    tip = writer.branch(path=PATH, text=pushed)
    assert lines(writer) == [(None, None, 5), (None, None, 6), (41, None, 41), (42, None, 40)]
    commits = [(one["commit_id"], one["original_commit_id"]) for one in said(writer)]
    assert commits == [(old, old), (old, old), (tip, old), (tip, old)]
    assert [one["position"] is None for one in said(writer)] == [True, True, False, False]


def test_lines_that_left_the_diff_are_out_of_date(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(9), at(40)])
    writer.branch(path=PATH, text=page({40: "forty"}, without=[41]))
    assert lines(writer) == [(None, None, 9), (40, None, 40)]
    writer.branch(path=PATH, text=page({}))
    writer.branch(path="docs/b.md", text=b"Other\n")
    assert lines(writer) == [(None, None, 9), (None, None, 40)]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        # Something put between, right below, and above; and a range that lost its first line.
        (page({5: "five\nmore", 6: "six"}), (None, None, 6)),
        (page({5: "five", 6: "six\nmore"}), (6, 5, 6)),
        (page({4: "Line 4\nmore", 5: "five", 6: "six"}), (7, 6, 6)),
        (page({5: "FIVE", 6: "six"}), (None, None, 6)),
    ],
)
def test_a_range_moves_as_one(
    writer: Writer, pull: PullRequest, text: bytes, where: tuple[int | None, int | None, int]
) -> None:
    review(writer, comments=[at(6, start_line=5)])
    writer.branch(path=PATH, text=text)
    assert lines(writer) == [where]


def test_a_range_over_both_sides_moves_too(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(6, start_line=5, start_side="LEFT")])
    writer.branch(path=PATH, text=page({5: "five", 6: "six"}, above=["new"]))
    # The old side is where it was, as the base is.
    assert lines(writer) == [(7, 5, 6)]


def test_a_page_that_went_away_takes_its_lines_along(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(5), at(5, side="LEFT")])
    moved: dict[str, bytes | None] = {PATH: None, "docs/moved.md": FIRST}
    writer.hub.person(ME).push(writer.fork, "topic", moved)
    assert lines(writer) == [(None, None, 5), (None, None, 5)]


def test_a_force_push_is_no_other_case(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(5), at(6)])
    forced = page({5: "five", 6: "SIX", 40: "forty"}, above=["top"], without=[41])
    writer.hub.person(ME).force_push(writer.fork, "topic", {PATH: forced})
    assert lines(writer) == [(6, None, 5), (None, None, 6)]
    refused = review(writer, body="x", commit_id=pull.head.sha)
    assert refused.json()["errors"] == ["commit_id is not part of the pull request"]


def test_the_old_side_moves_with_the_base(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(41, side="LEFT"), at(42, side="LEFT")])
    docs = writer.hub.repository(DOCS)
    above = page({42: "other"}, above=["from the team"])
    writer.hub.person("lantern-team").push(docs, "main", {PATH: above})
    rebased = page({5: "five", 40: "forty", 42: "other"}, above=["from the team"], without=[41])
    tip = writer.hub.person("lantern-team").push(docs, "rebased", {PATH: rebased})
    writer.fork.bare.bring(docs.bare, tip)
    writer.fork.git("update-ref", "refs/heads/topic", tip)
    assert lines(writer) == [(42, None, 41), (None, None, 42)]


def test_everything_said_in_a_repository_newest_first(writer: Writer, pull: PullRequest) -> None:
    review(writer, comments=[at(5, "a"), at(6, "b")])
    writer.branch("other", PATH, FIRST)
    writer.open("other")
    post(writer, "pulls/2/reviews", {"event": "COMMENT", "comments": [at(5, "c")]})
    url = f"{writer.hub.api_url}/repos/{DOCS}/pulls/comments"
    found = requests.get(f"{url}?sort=created&direction=desc&per_page=2", timeout=10)
    assert [(one["body"], one["pull_request_url"][-1]) for one in found.json()] == [("c", "2"), ("b", "1")]
    rest = requests.get(found.links["next"]["url"], timeout=10)
    assert [one["body"] for one in rest.json()] == ["a"]
    assert [one["body"] for one in requests.get(url, timeout=10).json()] == ["a", "b", "c"]


def test_the_ledger_sees_reviews_and_remarks(writer: Writer, pull: PullRequest) -> None:
    review(writer, body="Thanks @one", comments=[at(5, "@two")])
    assert writer.hub.ledger(ME) == [
        Event(MENTION, "one", f"{DOCS}#1 review", ME),
        Event(MENTION, "two", f"{DOCS}#1 line comment", ME),
    ]


READ_ONLY = {"contents": "read", "issues": "read", "pull_requests": "read"}
FOR_PULLS = {"contents": "read", "pull_requests": "write"}


def test_t35_a_read_only_workflow_writes_nothing(writer: Writer, there: Pull) -> None:
    thread = writer.hub.person("reader").remark(there, PATH, 5, "theirs")
    number = thread.comments[0].id
    robot = writer.hub.user("github-actions[bot]")
    token = robot.token(kind="integration", repository=DOCS, permissions=READ_ONLY)
    writes = [
        post(writer, "pulls/1/reviews", {"event": "COMMENT", "body": "x"}, token),
        post(writer, "pulls/1/comments", {**at(5), "commit_id": there.head_sha}, token),
        post(writer, f"pulls/1/comments/{number}/replies", {"body": "x"}, token),
        post(writer, "issues/1/comments", {"body": "x"}, token),
        requests.delete(
            f"{writer.hub.api_url}/repos/{DOCS}/pulls/comments/{number}",
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        ),
    ]
    said_no = {(one.status_code, one.json()["message"]) for one in writes}
    assert said_no == {(403, "Resource not accessible by integration")}
    assert len(said(writer)) == 1


def test_a_workflow_for_pull_requests_comments_on_those_alone(writer: Writer, there: Pull) -> None:
    writer.docs.create_issue("An issue")
    robot = writer.hub.user("github-actions[bot]")
    token = robot.token(kind="integration", repository=DOCS, permissions=FOR_PULLS)
    assert post(writer, "issues/1/comments", {"body": "x"}, token).status_code == 201
    assert post(writer, "issues/2/comments", {"body": "x"}, token).status_code == 403


def test_a_locked_conversation_takes_no_review(writer: Writer, there: Pull) -> None:
    writer.hub.person("lantern-team").lock(there)
    assert review(writer, body="x").status_code == 403


def diff(writer: Writer, number: int = 1) -> requests.Response:
    url = f"{writer.hub.api_url}/repos/{DOCS}/pulls/{number}"
    return requests.get(url, headers={"Accept": "application/vnd.github.diff"}, timeout=20)


def test_a_diff_comes_as_git_makes_it(writer: Writer, pull: PullRequest) -> None:
    answer = diff(writer)
    assert answer.headers["Content-Type"].startswith("application/vnd.github.diff")
    assert answer.text.startswith(f"diff --git a/{PATH} b/{PATH}\n")
    assert "+forty\n" in answer.text
    writer.hub.faults.add("GET", "/pulls/1$", status(502))
    assert diff(writer).status_code == 502


@pytest.mark.parametrize(
    ("files", "amount", "what"),
    [
        ({f"docs/new/{number}.md": b"x\n" for number in range(301)}, 301, "files (300)"),
        ({"docs/long.md": b"x\n" * 20_001}, 1, "lines (20000)"),
    ],
)
def test_a_diff_that_is_too_long_is_refused_and_the_list_of_files_is_not(
    writer: Writer, files: dict[str, bytes | None], amount: int, what: str
) -> None:
    writer.hub.person(ME).push(writer.fork, "large", files)
    writer.open("large")
    answer = diff(writer)
    assert answer.status_code == 406
    assert answer.json()["message"].startswith(f"Sorry, the diff exceeded the maximum number of {what}.")
    assert answer.json()["errors"] == [{"resource": "PullRequest", "field": "diff", "code": "too_large"}]
    assert len(list(writer.docs.get_pull(1).get_files())) == amount
