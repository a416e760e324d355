"""The REST side: finds the operation, holds both directions against the description, has it answered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.contract import api_issues, api_pulls, api_repositories, api_reviews, api_search
from tests.contract.access import check_reach, check_write, token_of
from tests.contract.api import HANDLERS, Answer, Ask, Refused, missing
from tests.contract.description import Description, Match
from tests.contract.schema import MISSING
from tests.contract.shapes_talk import TalkShapes
from tests.contract.state import Repository, Token
from tests.contract.wire import Reply, Request
from tests.contract.world import World

ROOMS = (api_issues, api_pulls, api_repositories, api_reviews, api_search)
"""The modules that answer operations: to import them is what registers their answers."""

DOCS = "https://docs.github.com/rest"
_BY_ID = re.compile(r"/repositories/(\d+)(/.*)?")
_BY_NAME = re.compile(r"/repos/([^/]+/[^/]+)(/.*)?")


class NotBuilt(AssertionError):
    """GitHub has this operation; the stand-in doesn't answer it yet."""


class Outcome(NamedTuple):
    """What became of a request: the answer, and for the log the operation, who asked, and what was wrong."""

    reply: Reply
    operation: str = ""
    user: str = ""
    faults: tuple[str, ...] = ()


class _Place(NamedTuple):
    """What a path leads to. `path` is with the repository's name of today; `rest` is what follows it."""

    path: str
    rest: str
    repository: Repository | None
    moved: bool = False


class Desk:
    """Answers requests to the API of one world."""

    def __init__(self, world: World, shapes: TalkShapes, api_url: str) -> None:
        self._world, self._shapes, self._api = world, shapes, api_url
        self._description = Description.load()
        self._anonymous = 0

    def answer(self, request: Request, path: str, instead: Reply | None = None) -> Outcome:
        """What GitHub answers to a request for `path`, which is without the prefix of the API.

        With `instead` nothing is done; both the request and that answer are held against the description.
        """
        place = self._place(path)
        match = self._description.find(request.method, place.path)
        if match is None:
            return _broken("", [f"{request.method} {path}: GitHub's description has no such operation"])
        faults = self._description.request_faults(match, request.query, request.body)
        if faults:
            return _broken(match.operation.id, faults)
        reply, user = (instead, "") if instead is not None else self._answer(request, place, match)
        described = not reply.headers.get("Content-Type", "").startswith("application/vnd.github.diff")
        wrong = (
            self._description.response_faults(match.operation, reply.status, reply.body) if described else []
        )
        return _broken(match.operation.id, wrong) if wrong else Outcome(reply, match.operation.id, user)

    def _place(self, path: str) -> _Place:
        if by_id := _BY_ID.fullmatch(path):
            found = self._world.repositories.get(int(by_id[1]))
            name, rest = "gone/gone" if found is None else found.full_name, by_id[2] or ""
            return _Place(f"/repos/{name}{rest}", rest, found)
        if by_name := _BY_NAME.fullmatch(path):
            name, rest = by_name[1], by_name[2] or ""
            found = self._world.find(name)
            old = self._world.find_moved(name) if found is None else None
            return _Place(path, rest, found or old, moved=old is not None)
        return _Place(path, path, None)

    def _answer(self, request: Request, place: _Place, match: Match) -> tuple[Reply, str]:
        token: Token | None = None
        limits: Mapping[str, str] = {}
        try:
            token = token_of(self._world, request.headers)
            limits = self._count(token, match.operation.id)
            answer = self._redirect(request, place) or self._handle(request, place, match, token, limits)
        except Refused as refused:
            answer = Answer(refused.status, _error(refused), refused.headers)
        user = "" if token is None else token.user.login
        if answer.raw is not None:
            return Reply(answer.status, {**_headers(token, limits), **answer.headers}, answer.raw), user
        value = answer.value
        if answer.status < 300 and value is not MISSING:
            value = self._description.fill(match.operation, answer.status, value)
        reply = _json(answer.status, value, {**_headers(token, limits), **answer.headers})
        return reply, user

    def _redirect(self, request: Request, place: _Place) -> Answer | None:
        """Where a repository went that had this name: reads and writes are told so in different ways."""
        if not place.moved or place.repository is None:
            return None
        status, message = (
            (301, "Moved Permanently") if request.method == "GET" else (307, "Temporary Redirect")
        )
        address = self._address(place) + (f"?{request.query}" if request.query else "")
        value = {"message": message, "url": address, "documentation_url": f"{DOCS}#http-redirects"}
        return Answer(status, value, {"Location": address})

    def _address(self, place: _Place) -> str:
        home = "" if place.repository is None else f"/repositories/{place.repository.id}"
        return f"{self._api}{home}{place.rest}"

    def _handle(
        self,
        request: Request,
        place: _Place,
        match: Match,
        token: Token | None,
        limits: Mapping[str, str],
    ) -> Answer:
        """Let the operation be answered, if the one who asks may do it."""
        operation, here = match.operation, place.repository
        if "owner" in match.path:
            if here is None:
                raise missing()
            writes = request.method != "GET"
            check_reach(token, here, writes=writes)
            if writes:
                check_write(token, here, operation.id)
        if operation.id not in HANDLERS:
            raise NotBuilt(operation.id)
        ask = Ask(
            world=self._world,
            shapes=self._shapes,
            operation=operation.id,
            url=self._address(place),
            token=token,
            path=match.path,
            query=self._description.query(operation, request.query),
            raw_query=request.query,
            body=(json.loads(request.body) if request.body else None) or {},
            limits=limits,
            place=here,
            accept=request.headers.get("accept", ""),
        )
        return HANDLERS[operation.id](ask)

    def _count(self, token: Token | None, operation: str) -> Mapping[str, str]:
        """Count a request, and say what is left. Raises Refused when nothing is."""
        kind = "anonymous" if token is None else "integration" if token.kind == "integration" else "user"
        used, limit = self._anonymous if token is None else token.used, self._world.limits[kind]
        used += operation != "rate-limit/get"
        if token is None:
            self._anonymous = used
        else:
            token.used = used
        limits = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - used)),
            "X-RateLimit-Used": str(min(used, limit)),
            "X-RateLimit-Reset": str(int(self._world.time().timestamp()) + 3600),
            "X-RateLimit-Resource": "core",
        }
        if used > limit and operation != "rate-limit/get":
            whom = "127.0.0.1" if token is None else f"user ID {token.user.id}"
            raise Refused(403, f"API rate limit exceeded for {whom}.", headers=limits)
        return limits


def _headers(token: Token | None, limits: Mapping[str, str]) -> dict[str, str]:
    scopes = {} if token is None or not token.classic else {"X-OAuth-Scopes": ", ".join(sorted(token.scopes))}
    return {**limits, **scopes, "X-GitHub-Media-Type": "github.v3; format=json"}


def _json(status: int, value: Any, headers: Mapping[str, str]) -> Reply:
    if value is MISSING:
        return Reply(status, headers)
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Reply(status, {**kind, **headers}, json.dumps(value).encode())


def _error(refused: Refused) -> dict[str, Any]:
    about = {"message": refused.message, "documentation_url": DOCS}
    return {**about, "errors": refused.errors} if refused.errors else about


def _broken(operation: str, faults: list[str]) -> Outcome:
    return Outcome(_json(500, {"message": "; ".join(faults)}, {}), operation, faults=tuple(faults))
