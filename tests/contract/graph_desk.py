"""The GraphQL side: questions are held against GitHub's own schema and answered from the same world."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import graphql

from tests.contract.access import check_reach, token_of
from tests.contract.api import Refused
from tests.contract.desk import Outcome
from tests.contract.state import LineComment, Pull, Repository, Thread, Token
from tests.contract.wire import Reply, Request
from tests.contract.world import World

FILE = Path(__file__).parent.parent / "data" / "api.github.com.slice.graphql"
OPERATION = "graphql"
MOST = 100
"""How many of something can be asked for at once."""
_RULES = (*graphql.specified_rules, graphql.NoDeprecatedCustomRule)
Json = dict[str, Any]


class _Failed(graphql.GraphQLError):
    """An error with the type that GitHub gives it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@cache
def _schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(FILE.read_text("utf-8"))


class GraphDesk:
    """Answers questions about one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, request: Request, instead: Reply | None = None) -> Outcome:
        """What GitHub answers; with `instead` that, once the question was held against the schema."""
        try:
            token = token_of(self._world, request.headers)
            if token is None:
                raise Refused(401, "This endpoint requires you to be authenticated.")
        except Refused as refused:
            return Outcome(_json(refused.status, {"message": refused.message}), OPERATION)
        question = json.loads(request.body)
        faults = _faults(question["query"])
        if faults:
            return Outcome(
                _json(200, {"errors": [{"message": one} for one in faults]}), OPERATION, "", faults
            )
        if instead is not None:
            return Outcome(instead, OPERATION)
        return Outcome(_json(200, self._result(token, question)), OPERATION, token.user.login)

    def _result(self, token: Token, question: Json) -> Json:
        def repository(info: object, owner: str, name: str, followRenames: bool = True) -> Json:  # noqa: N803
            found = self._world.find(f"{owner}/{name}")
            if found is None and followRenames:
                found = self._world.find_moved(f"{owner}/{name}")
            return _repository(self._world, token, found, f"{owner}/{name}")

        done = graphql.graphql_sync(
            _schema(),
            question["query"],
            {"repository": repository, "viewer": {"login": token.user.login}},
            variable_values=question.get("variables"),
        )
        errors = [_error(one) for one in done.errors or ()]
        return {"data": done.data, **({"errors": errors} if errors else {})}


def _faults(query: str) -> tuple[str, ...]:
    """What of a question GitHub's schema doesn't have, or not for long."""
    try:
        found = graphql.validate(_schema(), graphql.parse(query), _RULES)
    except graphql.GraphQLSyntaxError as error:
        found = [error]
    return tuple(f"{OPERATION}: {error.message}" for error in found)


def _error(error: graphql.GraphQLError) -> Json:
    shape: Json = {"message": error.message, "path": error.path}
    if isinstance(error.original_error, _Failed):
        shape["type"] = error.original_error.kind
    return shape


def _repository(world: World, token: Token, found: Repository | None, name: str) -> Json:
    unknown = _Failed("NOT_FOUND", f"Could not resolve to a Repository with the name '{name}'.")
    if found is None:
        raise unknown
    here = found
    try:
        check_reach(token, here, writes=False)
    except Refused as refused:
        raise unknown if refused.status == 404 else _Failed("FORBIDDEN", refused.message) from refused

    def pull_request(info: object, number: int) -> Json:
        pull = here.issues.get(number)
        if not isinstance(pull, Pull):
            raise _Failed("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
        if token.kind in world.kept_from_graphql:
            by = "integration" if token.kind == "integration" else "personal access token"
            raise _Failed("FORBIDDEN", f"Resource not accessible by {by}")
        return _pull(pull)

    return {"pullRequest": pull_request}


def _pull(pull: Pull) -> Json:
    threads = [one for one in pull.threads if one.comments[0].review.state != "PENDING"]
    return {"number": pull.number, "reviewThreads": _connection(threads, _thread)}


def _thread(thread: Thread) -> Json:
    return {
        "id": f"PRRT_{thread.comments[0].id}",
        "isResolved": thread.resolved_by is not None,
        "comments": _connection(thread.comments, _comment),
    }


def _comment(comment: LineComment) -> Json:
    # What may be larger than GraphQL's own numbers comes as text.
    return {"id": f"PRRC_{comment.id}", "fullDatabaseId": str(comment.id)}


def _connection(items: Sequence[Any], shape: Callable[[Any], Json]) -> Callable[..., Json]:
    """A list that comes in pages, which must be asked for by their size."""

    def page(
        info: object,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Json:
        assert last is None and before is None, "pages from the end aren't built yet"
        if first is None:
            raise _Failed("MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value")
        if not 1 <= first <= MOST:
            raise _Failed("EXCESSIVE_PAGINATION", f"Requesting {first} records exceeds the `first` limit")
        start = int(after or 0)
        end = start + first
        more = {"hasNextPage": end < len(items), "endCursor": str(end), "hasPreviousPage": start > 0}
        nodes = [shape(one) for one in items[start:end]]
        return {"nodes": nodes, "totalCount": len(items), "pageInfo": more}

    return page


def _json(status: int, value: Json) -> Reply:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, kind, json.dumps(value).encode())
