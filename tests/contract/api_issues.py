"""Operations on issues, and on what pull requests share with them: comments, labels, events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.contract.access import check_conversation, check_target, sees
from tests.contract.api import Answer, Ask, Refused, answers, check_text, invalid, missing
from tests.contract.state import Comment, Issue, Pull

_RIGHTS = "Must have admin rights to Repository."


def _issue(ask: Ask) -> Issue:
    found = ask.repository.issues.get(int(ask.path["issue_number"]))
    if found is None or (isinstance(found, Pull) and not sees(ask.token, found)):
        raise missing()
    if not isinstance(found, Pull):
        _check_issues(ask)
    return found


def _check_issues(ask: Ask) -> None:
    if not ask.repository.has_issues:
        raise Refused(410, "Issues has been disabled in this repository.")


@answers("issues/get")
def issue(ask: Ask) -> Answer:
    return Answer(200, ask.shapes.issue(_issue(ask), full=True))


@answers("issues/list-for-repo")
def issues(ask: Ask) -> Answer:
    """Issues, and as GitHub has it pull requests among them."""
    since = datetime.fromisoformat(ask.query.get("since", "1970-01-01T00:00:00Z"))
    found = [
        one
        for one in ask.repository.issues.values()
        if ask.query.get("state", "open") in ("all", one.state)
        and ask.query.get("creator", one.user.login) == one.user.login
        and set(filter(None, ask.query.get("labels", "").split(","))) <= set(one.labels)
        and (not isinstance(one, Pull) or sees(ask.token, one))
        and (ask.repository.has_issues or isinstance(one, Pull))
        and one.updated_at >= since
    ]
    key = "updated_at" if ask.query.get("sort") == "updated" else "created_at"
    found.sort(
        key=lambda one: (getattr(one, key), one.number), reverse=ask.query.get("direction", "desc") == "desc"
    )
    shown, headers = ask.page(found)
    return Answer(200, [ask.shapes.issue(one) for one in shown], headers)


@answers("issues/create")
def create(ask: Ask) -> Answer:
    here, body = ask.repository, ask.body
    _check_issues(ask)
    check_conversation(ask.user, here, "Issue")
    check_text(body)
    when = ask.world.tick()
    made = Issue(
        id=ask.world.next_id(),
        number=ask.world.next_number(here),
        repository=here,
        user=ask.user,
        title=str(body["title"]),
        body=body.get("body"),
        created_at=when,
        updated_at=when,
    )
    # Who may not label gets the issue without its labels, and no word about it.
    if ask.may(here, "triage"):
        _add_labels(made, body.get("labels", ()))
    ask.world.keep(made)
    return Answer(201, ask.shapes.issue(made, full=True))


@answers("issues/update")
def update(ask: Ask) -> Answer:
    one, body = _issue(ask), ask.body
    triages = ask.may(ask.repository, "triage")
    if not triages and ask.user is not one.user:
        raise Refused(403, _RIGHTS)
    check_text(body)
    if "labels" in body and triages:
        one.labels = []
        _add_labels(one, body["labels"])
    for name in ("title", "body"):
        if name in body and body[name] != getattr(one, name):
            setattr(one, name, body[name])
            one.updated_at = ask.world.tick()
    if body.get("state", one.state) != one.state:
        change = ask.world.close if body["state"] == "closed" else ask.world.reopen
        change(one, ask.user)
        one.state_reason = body.get("state_reason") or ("completed" if one.state == "closed" else "reopened")
    return Answer(200, ask.shapes.issue(one, full=True))


@answers("issues/list-events")
def events(ask: Ask) -> Answer:
    shown, headers = ask.page(_issue(ask).events)
    return Answer(200, [ask.shapes.event(one) for one in shown], headers)


@answers("issues/list-comments")
def comments(ask: Ask) -> Answer:
    one = _issue(ask)
    shown, headers = ask.page(one.comments)
    return Answer(200, [ask.shapes.comment(one, comment) for comment in shown], headers)


@answers("issues/create-comment")
def create_comment(ask: Ask) -> Answer:
    one = _issue(ask)
    check_target(ask.token, one)
    check_conversation(ask.user, ask.repository, "IssueComment")
    if one.locked and not ask.may(ask.repository, "write"):
        raise Refused(403, "Unable to create comment because issue is locked.")
    check_comment(ask)
    made = ask.world.comment(one, ask.user, ask.body["body"])
    return Answer(201, ask.shapes.comment(one, made))


def check_comment(ask: Ask, resource: str = "IssueComment") -> None:
    """Refuse a comment that says nothing, or too much."""
    check_text(ask.body, resource)
    if not ask.body["body"].strip():
        raise invalid(resource, field="body", code="missing_field")


def comment_asked(ask: Ask) -> tuple[Issue, Comment]:
    """The comment of the path, and what it stands below. Raises Refused where there is none."""
    for one in ask.repository.issues.values():
        for found in one.comments:
            if found.id == int(ask.path["comment_id"]):
                return one, found
    raise missing()


def _comment(ask: Ask) -> tuple[Issue, Comment]:
    """The comment of the path, if it may be changed."""
    one, found = comment_asked(ask)
    check_target(ask.token, one)
    if found.user is not ask.user and not ask.may(ask.repository, "write"):
        raise Refused(403, _RIGHTS)
    return one, found


@answers("issues/update-comment")
def update_comment(ask: Ask) -> Answer:
    one, found = _comment(ask)
    check_comment(ask)
    found.body, found.updated_at = ask.body["body"], ask.world.tick()
    return Answer(200, ask.shapes.comment(one, found))


@answers("issues/delete-comment")
def delete_comment(ask: Ask) -> Answer:
    one, found = _comment(ask)
    one.comments.remove(found)
    ask.world.tick()
    return Answer(204)


@answers("issues/list-labels-for-repo")
def labels_of_repository(ask: Ask) -> Answer:
    shown, headers = ask.page(ask.repository.labels)
    return Answer(200, [ask.shapes.label(ask.repository, name) for name in shown], headers)


@answers("issues/list-labels-on-issue")
def labels(ask: Ask) -> Answer:
    shown, headers = ask.page(_issue(ask).labels)
    return Answer(200, [ask.shapes.label(ask.repository, name) for name in shown], headers)


@answers("issues/add-labels")
def add_labels(ask: Ask) -> Answer:
    one = _issue(ask)
    if not ask.may(ask.repository, "triage"):
        raise Refused(403, _RIGHTS)
    _add_labels(one, ask.body if isinstance(ask.body, list) else ask.body.get("labels", ()))
    ask.world.happened(one, ask.user, "labeled")
    return Answer(200, [ask.shapes.label(ask.repository, name) for name in one.labels])


def _add_labels(issue: Issue, labels: Any) -> None:
    """Label an issue; a label that the repository doesn't know is made."""
    for label in labels:
        name = label["name"] if isinstance(label, dict) else label
        if name not in issue.repository.labels:
            issue.repository.labels.append(name)
        if name not in issue.labels:
            issue.labels.append(name)
