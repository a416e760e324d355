"""Operations on reviews of pull requests, on comments about lines, and on reactions to any comment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.contract.access import check_conversation
from tests.contract.api import LONGEST, Answer, Ask, Refused, answers, invalid, missing
from tests.contract.api_issues import check_comment, comment_asked
from tests.contract.api_pulls import pull_asked
from tests.contract.reviewing import Wrong, is_part, remove, reply, submit, thread_at
from tests.contract.state import LineComment, Pull, Reaction, Thread

_COMMENT = "PullRequestReviewComment"
_STATES = {"COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}
_RIGHTS = "Must have admin rights to Repository."
_NO_PART = "commit_id is not part of the pull request"


def _unprocessable(text: str) -> Refused:
    return Refused(422, "Unprocessable Entity", [text])


@answers("pulls/list-reviews")
def reviews(ask: Ask) -> Answer:
    pull = pull_asked(ask)
    found = [one for one in pull.reviews if one.state != "PENDING" or one.user.login == ask.login]
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.review(pull, one) for one in shown], headers)


@answers("pulls/create-review")
def create_review(ask: Ask) -> Answer:
    pull, body = pull_asked(ask), ask.body
    _check_may_speak(ask, pull)
    commit = body.get("commit_id") or pull.head_sha
    state = _STATES.get(body.get("event", ""), "PENDING")
    _check_review(ask, pull, state, commit)
    try:
        said = [(thread_at(pull, commit, one), one["body"]) for one in body.get("comments", ())]
    except Wrong as wrong:
        # One line that is wrong keeps the whole review away.
        raise _unprocessable(wrong.sentence) from wrong
    text = body.get("body") or ""
    made = submit(ask.world, pull, ask.user, state=state, commit=commit, body=text, said=said)
    return Answer(200, ask.shapes.review(pull, made))


def _check_may_speak(ask: Ask, pull: Pull) -> None:
    check_conversation(ask.user, ask.repository, "PullRequestReview")
    if pull.locked and not ask.may(ask.repository, "write"):
        raise Refused(403, "Unable to create comment because issue is locked.")


def _check_review(ask: Ask, pull: Pull, state: str, commit: str) -> None:
    body, text = ask.body, str(ask.body.get("body") or "")
    if state in ("APPROVED", "CHANGES_REQUESTED") and ask.user is pull.user:
        what = "approve" if state == "APPROVED" else "request changes on"
        raise _unprocessable(f"Can not {what} your own pull request")
    if state == "APPROVED" and ask.is_integration and not ask.repository.actions_may_open_pulls:
        raise _unprocessable("GitHub Actions is not permitted to approve pull requests.")
    if not text.strip() and not body.get("comments") and state in ("COMMENTED", "CHANGES_REQUESTED"):
        raise _unprocessable("Review body can't be blank")
    if any(len(one) > LONGEST for one in _texts(body)):
        raise _unprocessable(f"Body is too long (maximum is {LONGEST} characters)")
    if any(not one["body"].strip() for one in body.get("comments", ())):
        raise _unprocessable("Pull request review comment body can't be blank")
    waiting = any(one.state == "PENDING" and one.user is ask.user for one in pull.reviews)
    if state == "PENDING" and waiting:
        raise _unprocessable("User can only have one pending review per pull request")
    if not is_part(pull, commit):
        raise _unprocessable(_NO_PART)


def _texts(body: dict[str, Any]) -> Iterable[str]:
    return [body.get("body") or "", *(one["body"] for one in body.get("comments", ()))]


Said = tuple[Thread, LineComment]


def _published(pulls: Iterable[Pull]) -> list[Said]:
    """Everything said about lines, oldest first: what waits for its review is nobody's business."""
    found = [(thread, one) for pull in pulls for thread in pull.threads for one in thread.comments]
    return sorted((pair for pair in found if pair[1].review.state != "PENDING"), key=lambda pair: pair[1].id)


def _listed(ask: Ask, found: list[Said]) -> Answer:
    """`found` filtered and sorted as it is asked for, oldest first where nothing is said."""
    since = datetime.fromisoformat(ask.query.get("since", "1970-01-01T00:00:00Z"))
    key = "updated_at" if ask.query.get("sort") == "updated" else "created_at"
    found = [pair for pair in found if pair[1].updated_at >= since]
    found.sort(
        key=lambda pair: (getattr(pair[1], key), pair[1].id),
        reverse=ask.query.get("direction") == "desc",
    )
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.line_comment(*pair) for pair in shown], headers)


@answers("pulls/list-review-comments")
def line_comments(ask: Ask) -> Answer:
    return _listed(ask, _published([pull_asked(ask)]))


@answers("pulls/list-review-comments-for-repo")
def line_comments_of_repository(ask: Ask) -> Answer:
    return _listed(ask, _published(ask.repository.pulls))


@answers("pulls/create-review-comment")
def create_line_comment(ask: Ask) -> Answer:
    pull, body = pull_asked(ask), ask.body
    _check_may_speak(ask, pull)
    check_comment(ask, _COMMENT)
    if body.get("in_reply_to") is not None:
        return _replied(ask, pull, body["in_reply_to"])
    assert body.get("subject_type", "line") == "line", "comments about whole files aren't built yet"
    if not is_part(pull, body["commit_id"]):
        raise invalid(_COMMENT, _NO_PART, field="commit_id")
    try:
        thread = thread_at(pull, body["commit_id"], body)
    except Wrong as wrong:
        raise Refused(422, "Validation Failed", [_detail(*fault) for fault in wrong.faults]) from wrong
    said = [(thread, body["body"])]
    submit(ask.world, pull, ask.user, state="COMMENTED", commit=thread.commit, said=said)
    return Answer(201, ask.shapes.line_comment(thread, thread.comments[0]))


def _detail(field: str, text: str) -> dict[str, object]:
    name = f"pull_request_review_thread.{field}"
    if text == "can't be blank":
        return {"resource": _COMMENT, "code": "missing_field", "field": name}
    return {"resource": _COMMENT, "code": "custom", "field": name, "message": f"{name} {text}"}


@answers("pulls/create-reply-for-review-comment")
def create_reply(ask: Ask) -> Answer:
    pull = pull_asked(ask)
    _check_may_speak(ask, pull)
    check_comment(ask, _COMMENT)
    return _replied(ask, pull, int(ask.path["comment_id"]))


def _replied(ask: Ask, pull: Pull, number: int) -> Answer:
    thread, _ = _found(_published([pull]), number)
    return Answer(201, ask.shapes.line_comment(thread, reply(ask.world, thread, ask.user, ask.body["body"])))


def _found(said: list[Said], number: int) -> Said:
    found = next((pair for pair in said if pair[1].id == number), None)
    if found is None:
        raise missing()
    return found


def _asked(ask: Ask, *, writes: bool) -> Said:
    """The comment of the path; with `writes`, if it may be changed."""
    thread, found = _found(_published(ask.repository.pulls), int(ask.path["comment_id"]))
    if writes and found.user is not ask.user and not ask.may(ask.repository, "write"):
        raise Refused(403, _RIGHTS)
    return thread, found


@answers("pulls/update-review-comment")
def update_line_comment(ask: Ask) -> Answer:
    thread, found = _asked(ask, writes=True)
    check_comment(ask, _COMMENT)
    found.body, found.updated_at = ask.body["body"], ask.world.tick()
    return Answer(200, ask.shapes.line_comment(thread, found))


@answers("pulls/delete-review-comment")
def delete_line_comment(ask: Ask) -> Answer:
    remove(*_asked(ask, writes=True))
    ask.world.tick()
    return Answer(204)


@answers("reactions/list-for-pull-request-review-comment")
def line_comment_reactions(ask: Ask) -> Answer:
    return _reactions(ask, _asked(ask, writes=False)[1].reactions)


@answers("reactions/list-for-issue-comment")
def comment_reactions(ask: Ask) -> Answer:
    return _reactions(ask, comment_asked(ask)[1].reactions)


def _reactions(ask: Ask, found: list[Reaction]) -> Answer:
    wanted = ask.query.get("content")
    shown, headers = ask.page([one for one in found if wanted in (None, one.content)])
    return Answer(200, [ask.shapes.reaction(one) for one in shown], headers)
