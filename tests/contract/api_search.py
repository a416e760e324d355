"""The search for issues and pull requests, which is always a little behind; and what is left of the limit."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from tests.contract.access import sees
from tests.contract.api import Answer, Ask, Refused, answers
from tests.contract.state import Issue, Pull

_SHOWN = 1000
"""How many results the search shows at most."""

_Fits = Callable[[Issue, str], bool]

_QUALIFIERS: dict[str, _Fits] = {
    "repo": lambda one, value: one.repository.full_name.lower() == value.lower(),
    "user": lambda one, value: one.repository.owner.login.lower() == value.lower(),
    "org": lambda one, value: one.repository.owner.login.lower() == value.lower(),
    "author": lambda one, value: one.user.login.lower() == _login(value.lower()),
    "state": lambda one, value: one.state == value,
    "label": lambda one, value: value in one.labels,
    "head": lambda one, value: isinstance(one, Pull) and one.head.startswith(value),
    "base": lambda one, value: isinstance(one, Pull) and one.base.startswith(value),
    "draft": lambda one, value: isinstance(one, Pull) and one.draft == (value == "true"),
    "is": lambda one, value: _IS[value](one),
    "type": lambda one, value: _IS[value](one),
}

_IS: dict[str, Callable[[Issue], bool]] = {
    "pr": lambda one: isinstance(one, Pull),
    "pull-request": lambda one: isinstance(one, Pull),
    "issue": lambda one: not isinstance(one, Pull),
    "open": lambda one: one.state == "open",
    "closed": lambda one: one.state == "closed",
    "merged": lambda one: isinstance(one, Pull) and one.merged,
    "unmerged": lambda one: isinstance(one, Pull) and not one.merged,
    "draft": lambda one: isinstance(one, Pull) and one.draft,
    "public": lambda one: not one.repository.private,
}


class UnknownQualifier(AssertionError):
    """A part of a search that this stand-in doesn't know: teach it, or fix the search."""


@answers("search/issues-and-pull-requests")
def search(ask: Ask) -> Answer:
    """What the index knows of the words and qualifiers of `q`."""
    qualifiers, words = _understood(ask.query["q"])
    _check_scope(ask, qualifiers)
    places = {value for name, value in qualifiers if name == "in"} or {"title", "body", "comments"}
    created = ask.world.created
    known = created[: max(0, len(created) - ask.world.search_lag)]
    found = [
        one
        for one in reversed(known)
        if ask.may(one.repository, "read")
        and (not isinstance(one, Pull) or sees(ask.token, one))
        and all(_QUALIFIERS[name](one, value) for name, value in qualifiers if name != "in")
        and all(word.lower() in _text(one, places) for word in words)
    ]
    if ask.query.get("sort") == "updated":
        found.sort(key=lambda one: one.updated_at, reverse=True)
    if ask.query.get("sort") and ask.query["order"] == "asc":
        found.reverse()
    shown, headers = ask.page(found[:_SHOWN])
    items = [{**ask.shapes.issue(one), "score": 1} for one in shown]
    value = {"total_count": len(found), "incomplete_results": False, "items": items}
    return Answer(200, value, headers)


def _understood(query: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The qualifiers and the words of a query. Raises UnknownQualifier."""
    qualifiers, words = [], []
    for part in shlex.split(query):
        name, colon, value = part.partition(":")
        if not colon or " " in name:
            words.append(part)
            continue
        if (name != "in" and name not in _QUALIFIERS) or (name in ("is", "type") and value not in _IS):
            raise UnknownQualifier(part)
        qualifiers.append((name, value))
    return qualifiers, words


def _check_scope(ask: Ask, qualifiers: list[tuple[str, str]]) -> None:
    kinds = {value for name, value in qualifiers if name in ("is", "type")}
    if not kinds & {"pr", "pull-request", "issue"}:
        raise Refused(422, "Query must include 'is:issue' or 'is:pull-request'")
    for name, value in qualifiers:
        found = ask.world.find(value) if name == "repo" else None
        if name == "repo" and (found is None or not ask.may(found, "read")):
            text = (
                "The listed users and repositories cannot be searched either because the resources do not "
                "exist or you do not have permission to view them."
            )
            detail = {"resource": "Search", "field": "q", "code": "invalid", "message": text}
            raise Refused(422, "Validation Failed", [detail])


def _text(one: Issue, places: set[str]) -> str:
    parts = {"title": one.title, "body": one.body or "", "comments": " ".join(c.body for c in one.comments)}
    return "\n".join(parts[place] for place in sorted(places)).lower()


@answers("rate-limit/get")
def rate_limit(ask: Ask) -> Answer:
    names = ("Limit", "Remaining", "Reset", "Used")
    core = {name.lower(): int(ask.limits[f"X-RateLimit-{name}"]) for name in names}
    search = {"limit": 30, "remaining": 30, "reset": core["reset"], "used": 0}
    return Answer(200, {"resources": {"core": core, "search": search}, "rate": core})


def _login(value: str) -> str:
    """The login that an author is searched by: that of an app is another one."""
    return f"{value.removeprefix('app/')}[bot]" if value.startswith("app/") else value
