"""Reviews by real PyGithub on the stand-in: what was said is read, and said once, whatever gets lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docbot.errors import StoppedError
from docbot.forges.github.client import Client, Clock
from docbot.forges.github.place import Place
from docbot.forges.github.reviews import GithubReviews
from docbot.forges.interface import Reviews, Unplaced
from docbot.forges.requests import ApiRequest
from tests.contract import faults
from tests.contract.github import GitHub
from tests.contract.state import Pull, Thread
from tests.contract.wire import Reply
from tests.forges.github.scripted import Scripted, Step, answer
from tests.helpers.git import Builder

REVIEWS: type[Reviews] = GithubReviews
"""Type checkers see here that the whole interface is there."""

DOCS, ROBOT = "lantern-team/lantern-docs", "github-actions[bot]"
HOME, PATH = f"/repos/{DOCS}", "docs/a.md"
LINES = [f"Line {number}" for number in range(1, 21)]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[GitHub]:
    """The docs of a team, and a writer's pull request that changes lines 3 and 4 of a page."""
    made = Builder.init(tmp_path / "source")
    made.commit({PATH: "\n".join(LINES) + "\n"})
    with GitHub(tmp_path) as hub:
        hub.organization("lantern-team")
        hub.repository(DOCS, source=made.root)
        hub.fork(DOCS, "octo-writer")
        change(hub, {3: "three", 4: "four"})
        hub.person("octo-writer").open(DOCS, "octo-writer/lantern-docs", "topic", title="Fix")
        yield hub


def change(hub: GitHub, changed: dict[int, str], *above: str) -> str:
    lines = [*above, *(changed.get(number, text) for number, text in enumerate(LINES, 1))]
    page = ("\n".join(lines) + "\n").encode()
    return hub.person("octo-writer").push("octo-writer/lantern-docs", "topic", {PATH: page})


@pytest.fixture
def pull(hub: GitHub) -> Pull:
    return hub.pulls(DOCS)[0]


@pytest.fixture
def waits() -> list[float]:
    return []


WRITES = {"contents": "read", "pull_requests": "write"}


def opened(
    hub: GitHub, waits: list[float], permissions: Mapping[str, str] = WRITES
) -> tuple[Client, GithubReviews]:
    token = hub.user(ROBOT).token(kind="integration", repository=DOCS, permissions=permissions)
    clock = Clock(now=lambda: hub.time().timestamp(), sleep=waits.append)
    place = Place(hub.server_url, hub.api_url)
    client = Client(place, token, say=lambda text: None, clock=clock, writes_apart=0)
    return client, GithubReviews.open(client, DOCS, or_parent=False)


@pytest.fixture
def reviews(hub: GitHub, waits: list[float]) -> Iterator[GithubReviews]:
    """As a workflow with leave to write on pull requests."""
    client, made = opened(hub, waits)
    with client:
        hub.log.clear()
        yield made


def review(pull: Pull, *texts: str, line: int = 3, body: str = "In all") -> ApiRequest:
    comments = [{"path": PATH, "body": text, "line": line, "side": "RIGHT"} for text in texts]
    data = {"commit_id": pull.head_sha, "event": "COMMENT", "body": body, "comments": comments}
    return ApiRequest.of("POST", f"{HOME}/pulls/1/reviews", data)


def remarked(reviews: GithubReviews, pull: Pull, *texts: str) -> Thread:
    """The newest thread, after docbot said `texts` of line 3."""
    reviews.send(review(pull, *texts))
    return pull.threads[-1]


def posts(hub: GitHub) -> list[str]:
    return [f"{call.method} {call.operation}" for call in hub.writes]


def test_t42_who_it_is_and_where(reviews: GithubReviews, hub: GitHub) -> None:
    assert (reviews.user, reviews.docs.name) == (ROBOT, DOCS)
    found = reviews.pull(1)
    assert (found.number, found.author, found.head) == (1, "octo-writer", hub.pulls(DOCS)[0].head_sha)
    with pytest.raises(StoppedError, match="pull request #9"):
        reviews.pull(9)


@pytest.mark.parametrize(
    ("login", "fault", "user"),
    [
        ("docs-helper[bot]", None, "docs-helper[bot]"),
        (ROBOT, faults.status(502), ROBOT),
        (ROBOT, faults.status(403, "Resource not accessible by integration"), ROBOT),
        (ROBOT, faults.status(200, "What?"), ROBOT),
    ],
)
def test_t42_an_app_is_known_by_its_own_name(
    hub: GitHub, pull: Pull, login: str, fault: faults.Fault | None, user: str
) -> None:
    if fault is not None:
        hub.faults.add("POST", "^/graphql$", fault)
    token = hub.user(login).token(kind="integration", repository=DOCS, permissions=WRITES)
    place = Place(hub.server_url, hub.api_url)
    clock = Clock(sleep=lambda seconds: None)
    with Client(place, token, say=print, clock=clock, writes_apart=0) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        hub.faults.add("POST", "/comments$", faults.lost())
        reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "sticky"}))
        assert reviews.user == user
        assert [one.author for one in reviews.comments(1)] == [user]


@pytest.mark.parametrize("login", ["", "a b", "x" * 200, "-", 5, None])
def test_t42_what_can_be_no_login_is_none(login: object) -> None:
    nobody = answer(403, {"message": "Resource not accessible by integration"})
    told = answer(data={"data": {"viewer": {"login": login}}})
    with Scripted(nobody, told, REPOSITORY) as server, reading(server) as client:
        assert GithubReviews.open(client, DOCS, or_parent=False).user == ROBOT


def test_a_fork_stands_for_what_it_was_forked_from(hub: GitHub) -> None:
    place = Place(hub.server_url, hub.api_url)
    with Client(place, hub.user("octo-writer").token(), say=print) as client:
        there = GithubReviews.open(client, "octo-writer/lantern-docs", or_parent=True)
        assert (there.user, there.docs.name) == ("octo-writer", DOCS)
        alone = GithubReviews.open(client, "octo-writer/lantern-docs", or_parent=False)
        assert alone.docs.name == "octo-writer/lantern-docs"


def test_a_review_is_said_and_read_back(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    assert (reviews.remarks(1), reviews.comments(1)) == ((), ())
    reviews.send(review(pull, "one", "two"))
    first, second = reviews.remarks(1)
    assert (first.author, first.text, first.path, first.line, first.pull) == (ROBOT, "one", PATH, 3, 1)
    assert (first.commit, second.text) == (pull.head_sha, "two")
    assert not (first.answered or first.resolved or first.disliked)
    assert posts(hub) == ["POST pulls/create-review"]
    assert [one.body for one in pull.reviews] == ["In all"]


def test_threads_are_one_remark_each_with_what_people_did(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    reader, team = hub.person("reader"), hub.person("lantern-team")
    reviews.send(review(pull, "answered", "resolved", "disliked", "left"))
    answered, resolved, disliked, left = pull.threads
    reader.reply(answered, "Why?")
    team.resolve(resolved)
    reader.react(disliked.comments[0], "-1")
    hub.person(ROBOT).reply(left, "One more thing.")
    hub.person(ROBOT).react(left.comments[0], "-1")
    reader.react(left.comments[0], "+1")
    theirs = reader.remark(pull, PATH, 4, "theirs")
    team.resolve(theirs)
    found = [(one.text, one.answered, one.resolved, one.disliked) for one in reviews.remarks(1)]
    assert found == [
        ("answered", True, False, False),
        ("resolved", False, True, False),
        ("disliked", False, False, True),
        # What docbot itself said or thought of it is nobody's answer.
        ("left", False, False, False),
        ("theirs", False, True, False),
    ]
    assert [one.author for one in reviews.remarks(1)] == [ROBOT] * 4 + ["reader"]


def test_t38_lines_move_with_a_push_or_are_no_more(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    reviews.send(review(pull, "three"))
    reviews.send(review(pull, "four", line=4))
    old = pull.head_sha
    change(hub, {3: "THREE", 4: "four"}, "Above")
    assert [(one.text, one.line, one.commit) for one in reviews.remarks(1)] == [
        ("three", None, old),
        ("four", 5, old),
    ]


def test_a_line_of_the_base_is_none_of_the_newest_commit(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    hub.person("reader").remark(pull, PATH, 3, "Why did this go?", side="LEFT")
    assert [(one.text, one.line) for one in reviews.remarks(1)] == [("Why did this go?", None)]


def test_a_thread_without_its_first_word_is_its_next_ones(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    thread = remarked(reviews, pull, "first")
    reader = hub.person("reader")
    reader.reply(thread, "second")
    reader.reply(thread, "third")
    reviews.send(ApiRequest.of("DELETE", f"{HOME}/pulls/comments/{thread.comments[0].id}", {}))
    hub.person("lantern-team").resolve(thread)
    [left] = reviews.remarks(1)
    assert (left.author, left.text, left.answered, left.resolved) == ("reader", "second", False, True)


def test_long_lists_are_read_to_their_end(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    reader = hub.person("reader")
    threads = [reader.remark(pull, PATH, 3, f"Remark {number}") for number in range(120)]
    reader.resolve(threads[110])
    for number in range(105):
        reader.comment(pull, f"Comment {number}")
    found = reviews.remarks(1)
    assert [one.text for one in found] == [f"Remark {number}" for number in range(120)]
    assert [number for number, one in enumerate(found) if one.resolved] == [110]
    assert [one.text for one in reviews.comments(1)] == [f"Comment {number}" for number in range(105)]


@pytest.mark.parametrize("refusal", ["of the token", "of the host", "nothing there", "no sense", "a page"])
def test_t38_where_graphql_does_not_tell_nothing_counts_as_resolved(
    reviews: GithubReviews, hub: GitHub, pull: Pull, refusal: str
) -> None:
    thread = remarked(reviews, pull, "one")
    hub.person("lantern-team").resolve(thread)
    if refusal == "of the token":
        hub.kept_from_graphql.add("integration")
    if refusal == "of the host":
        hub.faults.add("POST", "^/graphql$", faults.status(403, "Resource not accessible by integration"))
    if refusal == "nothing there":
        hub.faults.add("POST", "^/graphql$", faults.status(404, "Not Found"))
    if refusal == "no sense":
        hub.faults.add("POST", "^/graphql$", faults.status(200, "What?"))
    if refusal == "a page":
        page = Reply(200, {"Content-Type": "text/html"}, b"<p>Sign in</p>")
        hub.faults.add("POST", "^/graphql$", faults.Fault(page))
    [found] = reviews.remarks(1)
    assert (found.text, found.resolved) == ("one", False)
    hub.kept_from_graphql.clear()
    assert reviews.remarks(1)[0].resolved


def test_a_hiccup_of_graphql_is_waited_out(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    hub.person("lantern-team").resolve(remarked(reviews, pull, "one"))
    hub.faults.add("POST", "^/graphql$", faults.status(502))
    hub.faults.add("POST", "^/graphql$", faults.lost())
    assert reviews.remarks(1)[0].resolved
    assert hub.faults.pending == 0


def test_t38_what_people_disliked_on_any_pull_request(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    reader, team = hub.person("reader"), hub.person("lantern-team")
    reviews.send(review(pull, "disliked", "fine", "own"))
    disliked, fine, own = pull.threads
    reader.react(disliked.comments[0], "-1")
    team.react(disliked.comments[0], "-1")
    reader.reply(disliked, "No.")
    reader.react(fine.comments[0], "+1")
    hub.person(ROBOT).react(own.comments[0], "-1")
    team.react(reader.remark(pull, PATH, 3, "theirs").comments[0], "-1")
    team.close(pull)
    hub.person("reader").push(DOCS, "second", {PATH: b"Other\n"})
    second = reader.open(DOCS, DOCS, "second", title="Other")
    data = {"event": "COMMENT", "comments": [{"path": PATH, "body": "again", "line": 1}]}
    reviews.send(ApiRequest.of("POST", f"{HOME}/pulls/2/reviews", data))
    reader.react(second.threads[0].comments[0], "-1")
    assert [(one.pull, one.text, one.answered, one.disliked) for one in reviews.disliked()] == [
        (1, "disliked", True, True),
        (2, "again", False, True),
    ]


def test_only_the_newest_remarks_are_looked_into(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    reader = hub.person("reader")
    reader.react(remarked(reviews, pull, "old").comments[0], "-1")
    for number in range(299):
        reader.remark(pull, PATH, 3, f"Remark {number}")
    assert [one.text for one in reviews.disliked()] == ["old"]
    reader.remark(pull, PATH, 3, "one more")
    hub.log.clear()
    assert reviews.disliked() == ()
    assert [call.operation for call in hub.log] == ["pulls/list-review-comments-for-repo"] * 3


def test_a_comment_is_said_changed_and_taken_back(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    hub.person("lantern-team").comment(pull, "Hello")
    reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "sticky"}))
    hello, sticky = reviews.comments(1)
    assert [(one.author, one.trusted, one.text) for one in (hello, sticky)] == [
        ("lantern-team", True, "Hello"),
        (ROBOT, False, "sticky"),
    ]
    path = f"{HOME}/issues/comments/{sticky.id}"
    hub.faults.add("PATCH", path, faults.status(502))
    hub.faults.add("PATCH", path, faults.lost())
    reviews.send(ApiRequest.of("PATCH", path, {"body": "changed"}))
    assert [one.text for one in reviews.comments(1)] == ["Hello", "changed"]
    hub.faults.add("DELETE", path, faults.lost())
    reviews.send(ApiRequest.of("DELETE", path, {}))
    # It is gone; to have it gone once more is no failure.
    reviews.send(ApiRequest.of("DELETE", path, {}))
    assert [one.text for one in reviews.comments(1)] == ["Hello"]
    assert hub.faults.pending == 0


def test_a_remark_is_changed_answered_and_taken_back(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    number = remarked(reviews, pull, "one").comments[0].id
    path = f"{HOME}/pulls/comments/{number}"
    reviews.send(ApiRequest.of("PATCH", path, {"body": "two"}))
    hub.faults.add("POST", "/replies$", faults.lost())
    reviews.send(ApiRequest.of("POST", f"{HOME}/pulls/1/comments/{number}/replies", {"body": "and"}))
    assert [one.body for one in pull.threads[0].comments] == ["two", "and"]
    data = {"body": "alone", "path": PATH, "commit_id": pull.head_sha, "line": 4}
    hub.faults.add("POST", "/pulls/1/comments$", faults.lost())
    reviews.send(ApiRequest.of("POST", f"{HOME}/pulls/1/comments", data))
    assert [one.text for one in reviews.remarks(1)] == ["two", "alone"]
    reviews.send(ApiRequest.of("DELETE", path, {}))
    assert [one.text for one in reviews.remarks(1)] == ["and", "alone"]


UNSURE = [faults.lost(), faults.drop(), faults.status(502), faults.limited()]


@pytest.mark.parametrize("fault", [*UNSURE, faults.too_quickly("PullRequestReview")])
def test_t31_one_review_whatever_happens_to_its_answer(
    reviews: GithubReviews, hub: GitHub, pull: Pull, fault: faults.Fault
) -> None:
    hub.faults.add("POST", "/reviews$", fault)
    reviews.send(review(pull, "one", "two"))
    assert [one.text for one in reviews.remarks(1)] == ["one", "two"]
    assert ([one.body for one in pull.reviews], hub.faults.pending) == (["In all"], 0)


@pytest.mark.parametrize("fault", [*UNSURE, faults.too_quickly("IssueComment")])
def test_t31_one_comment_whatever_happens_to_its_answer(
    reviews: GithubReviews, hub: GitHub, fault: faults.Fault
) -> None:
    hub.faults.add("POST", "/comments$", fault)
    reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "sticky\n"}))
    assert [one.text for one in reviews.comments(1)] == ["sticky\n"]


def test_t31_what_was_said_otherwise_is_not_taken_for_it(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    """Of another commit, by others, or less of it."""
    reviews.send(review(pull, "one", "two"))
    hub.person("reader").review(pull, "In all")
    reviews.send(review(pull, "one"))
    change(hub, {3: "three!", 4: "four"})
    hub.faults.add("POST", "/reviews$", faults.drop())
    reviews.send(review(pull, "one", "two"))
    mine = [one for one in pull.reviews if one.user.login == ROBOT]
    assert [one.commit == pull.head_sha for one in mine] == [False, False, True]
    assert [one.text for one in reviews.remarks(1)] == ["one", "two", "one", "one", "two"]
    hub.faults.add("POST", "/reviews$", faults.drop())
    reviews.send(review(pull, "one", "one"))
    assert len(reviews.remarks(1)) == 7


def test_t31_the_same_words_elsewhere_are_not_taken_for_it(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    """By others, about another file, or in another thread."""
    hub.person("reader").comment(pull, "same")
    hub.faults.add("POST", "/issues/1/comments$", faults.drop())
    reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "same"}))
    assert [one.author for one in reviews.comments(1)] == ["reader", ROBOT]
    hub.person("octo-writer").push("octo-writer/lantern-docs", "topic", {"docs/b.md": b"New\n"})
    for number, path in enumerate((PATH, "docs/b.md"), 1):
        hub.faults.add("POST", "/pulls/1/comments$", faults.drop())
        data = {"body": "same", "path": path, "commit_id": pull.head_sha, "line": 1}
        reviews.send(ApiRequest.of("POST", f"{HOME}/pulls/1/comments", data))
        assert [one.path for one in reviews.remarks(1)] == [PATH, "docs/b.md"][:number]
    for thread in pull.threads:
        hub.faults.add("POST", "/replies$", faults.drop())
        path = f"{HOME}/pulls/1/comments/{thread.comments[0].id}/replies"
        reviews.send(ApiRequest.of("POST", path, {"body": "again"}))
    assert [[one.body for one in thread.comments] for thread in pull.threads] == [["same", "again"]] * 2


def test_t31_a_text_that_github_tidied_is_the_same() -> None:
    tidied = {
        "id": 1,
        "user": {"login": "octo-writer"},
        "body": "a\r\nb",
        "created_at": "2026-01-05T12:00:00Z",
    }
    server = asked(answer(502), answer(data=[tidied]))
    clock = Clock(sleep=lambda seconds: None)
    with server, Client(server.place, "token", say=print, clock=clock, writes_apart=0) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "a\nb\n"}))
    assert [call.split()[0] for call in server.calls] == ["GET", "GET", "POST", "GET"]


def test_t31_a_review_without_remarks_is_known_by_its_words(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    hub.faults.add("POST", "/reviews$", faults.lost())
    reviews.send(review(pull, body="Nothing to say of lines"))
    assert [one.body for one in pull.reviews] == ["Nothing to say of lines"]


def test_t30_a_limit_is_waited_out_and_no_longer_than_patience(
    reviews: GithubReviews, hub: GitHub, pull: Pull, waits: list[float]
) -> None:
    hub.faults.add("POST", "/reviews$", faults.limited(retry_after=20))
    reviews.send(review(pull, "one"))
    assert waits == [20.0]
    hub.faults.add("POST", "/reviews$", faults.limited(retry_after=400))
    with pytest.raises(StoppedError, match="run docbot again in 7 minutes"):
        reviews.send(review(pull, "two"))


def test_t36_a_line_outside_of_the_diff_is_a_refusal_of_its_own(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    with pytest.raises(Unplaced, match="doesn't have the lines"):
        reviews.send(review(pull, "far", line=15))
    assert (pull.reviews, posts(hub)) == ([], ["POST pulls/create-review"])
    number = remarked(reviews, pull, "one").comments[0].id
    elsewhere = {"body": "x", "path": "docs/none.md", "commit_id": pull.head_sha, "line": 4}
    with pytest.raises(Unplaced):
        reviews.send(ApiRequest.of("POST", f"{HOME}/pulls/1/comments", elsewhere))
    with pytest.raises(StoppedError) as raised:
        reviews.send(ApiRequest.of("PATCH", f"{HOME}/pulls/comments/{number + 999}", {"body": "x"}))
    assert not isinstance(raised.value, Unplaced)


def test_a_review_of_a_commit_that_is_gone_says_so(reviews: GithubReviews, hub: GitHub, pull: Pull) -> None:
    old = review(pull, "one")
    hub.person("octo-writer").force_push("octo-writer/lantern-docs", "topic", {PATH: b"Anew\n"})
    with pytest.raises(StoppedError, match="isn't in the pull request any more") as raised:
        reviews.send(old)
    assert not isinstance(raised.value, Unplaced)


def test_t35_a_read_only_token_reads_all_and_writes_nothing(
    hub: GitHub, pull: Pull, waits: list[float]
) -> None:
    thread = hub.person("reader").remark(pull, PATH, 3, "theirs")
    hub.person("reader").resolve(thread)
    client, reviews = opened(hub, waits, {"contents": "read", "pull_requests": "read"})
    with client:
        assert [(one.text, one.resolved) for one in reviews.remarks(1)] == [("theirs", True)]
        assert hub.writes == []
        with pytest.raises(StoppedError, match="the token of the workflow may not do this"):
            reviews.send(review(pull, "one"))
    assert len(pull.reviews) == 1


def test_a_renamed_repository_takes_no_words_by_its_old_name(
    reviews: GithubReviews, hub: GitHub, pull: Pull
) -> None:
    hub.rename(DOCS, "lantern-team/docs")
    with pytest.raises(StoppedError, match="renamed or moved to"):
        reviews.send(review(pull, "one"))
    assert pull.reviews == []


def test_what_says_nothing_on_a_pull_request_is_docbots_own_mistake(reviews: GithubReviews) -> None:
    for path in (f"{HOME}/issues", f"{HOME}/pulls/1/comments/2", f"{HOME}/issues/1/reviews/3"):
        with pytest.raises(ValueError, match="nothing is said by"):
            reviews.send(ApiRequest.of("POST", path, {"body": "x"}))


USER = answer(data={"login": "octo-writer"})
REPOSITORY = answer(
    data={
        "full_name": DOCS,
        "default_branch": "main",
        "clone_url": f"https://github.com/{DOCS}.git",
        "fork": False,
        "url": f"https://github.com{HOME}",
        **dict.fromkeys(("archived", "disabled", "private", "has_issues", "allow_forking"), False),
        "topics": [],
        "permissions": None,
    }
)


def asked(*steps: Step) -> Scripted:
    return Scripted(USER, REPOSITORY, *steps)


def line(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "user": {"login": "octo-writer"}, "body": f"Text {number}", **more}


def reading(server: Scripted) -> Client:
    return Client(server.place, "token", say=lambda text: None, writes_apart=0)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([None, 5, "x", [], {}, {"id": None}, {"id": "7"}], []),
        ([line(1, user=None, body=None)], [("", "", False)]),
        ([line(1, user={}), line(2, user={"login": ""}, in_reply_to_id=1)], [("", "Text 1", True)]),
        ([line(1, body="\ud800\udc00 \ud800")], [("octo-writer", "\U00010000 ?", False)]),
        # Replies that go round in a circle, or lead nowhere, or to another reply.
        (
            [line(1, in_reply_to_id=2), line(2, in_reply_to_id=1)],
            [("octo-writer", "Text 1", False), ("octo-writer", "Text 2", False)],
        ),
        ([line(3, in_reply_to_id=3)], [("octo-writer", "Text 3", False)]),
        (
            [line(1), line(2, in_reply_to_id=1), line(3, in_reply_to_id=2, user=None)],
            [("octo-writer", "Text 1", True)],
        ),
        ([line(9), line(4)], [("octo-writer", "Text 4", False), ("octo-writer", "Text 9", False)]),
    ],
)
def test_odd_remarks_are_read_as_far_as_they_go(found: list[Any], shown: list[tuple[str, str, bool]]) -> None:
    steps = [answer(data=found)]
    steps += [answer(data={"data": None})] if shown else []
    steps += [answer(data=[])] * len(found)
    server = asked(*steps)
    with server, reading(server) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        assert [(one.author, one.text, one.answered) for one in reviews.remarks(1)] == shown


@pytest.mark.parametrize("data", [{"message": "soon"}, "soon", 5])
def test_an_answer_that_is_no_list_is_refused(data: object) -> None:
    server = asked(answer(data=data))
    with server, reading(server) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        with pytest.raises(StoppedError, match="no list"):
            reviews.remarks(1)


THREADS = {"nodes": [{"isResolved": True, "comments": {"nodes": [{"fullDatabaseId": "1"}, None]}}, None]}


@pytest.mark.parametrize(
    ("threads", "resolved"),
    [
        ({**THREADS, "pageInfo": {"hasNextPage": False, "endCursor": None}}, True),
        ({**THREADS, "pageInfo": {"hasNextPage": True, "endCursor": None}}, True),
        ({**THREADS, "pageInfo": {}}, True),
        (THREADS, False),
        ({"nodes": [{"isResolved": True}], "pageInfo": {}}, False),
        (None, False),
        ([], False),
    ],
)
def test_odd_threads_are_read_as_far_as_they_go(threads: object, resolved: bool) -> None:
    told = {"data": {"repository": {"pullRequest": {"reviewThreads": threads}}}}
    counts = {"reactions": {"-1": 0}}
    server = asked(answer(data=[line(1, **counts)]), answer(data=told))
    with server, reading(server) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        assert [one.resolved for one in reviews.remarks(1)] == [resolved]


def test_a_thread_is_known_by_any_of_its_comments() -> None:
    """Its first one may be deleted between two questions."""
    nodes = [{"isResolved": True, "comments": {"nodes": [{"fullDatabaseId": "2"}]}}]
    threads = {"nodes": nodes, "pageInfo": {"hasNextPage": False, "endCursor": None}}
    told = {"data": {"repository": {"pullRequest": {"reviewThreads": threads}}}}
    lines = [line(1, reactions={"-1": 0}), line(2, in_reply_to_id=1)]
    with asked(answer(data=lines), answer(data=told)) as server, reading(server) as client:
        [found] = GithubReviews.open(client, DOCS, or_parent=False).remarks(1)
        assert (found.id, found.resolved) == (1, True)


def test_threads_without_end_are_asked_for_so_often_and_no_more() -> None:
    more = {**THREADS, "pageInfo": {"hasNextPage": True, "endCursor": "again"}}
    told = {"data": {"repository": {"pullRequest": {"reviewThreads": more}}}}
    server = asked(answer(data=[line(1, reactions={"-1": 0})]), *[answer(data=told)] * 20)
    with server, reading(server) as client:
        assert GithubReviews.open(client, DOCS, or_parent=False).remarks(1)[0].resolved
    assert server.steps == []


def test_a_write_that_is_answered_with_nothing_stops() -> None:
    server = asked(answer(data={"message": "done?"}))
    with server, reading(server) as client:
        reviews = GithubReviews.open(client, DOCS, or_parent=False)
        with pytest.raises(StoppedError, match="run docbot again, it looks for it first"):
            reviews.send(ApiRequest.of("POST", f"{HOME}/issues/1/comments", {"body": "x"}))
