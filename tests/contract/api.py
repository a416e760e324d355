"""What every operation of the API is made of: what is asked, what is answered or refused, and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from tests.contract.schema import MISSING
from tests.contract.shapes_talk import TalkShapes
from tests.contract.state import Repository, Token, User
from tests.contract.world import World

LONGEST = 65_536
"""Characters of a body or a comment."""


class Refused(Exception):
    """The request is answered with an error. `errors` are the details of a 422."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: Sequence[object] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.errors, self.headers = status, message, list(errors), headers or {}


def missing() -> Refused:
    """It isn't there, or not for this token."""
    return Refused(404, "Not Found")


def invalid(resource: str, text: str = "", *, field: str = "", code: str = "custom") -> Refused:
    """One thing in a body is wrong."""
    detail: dict[str, object] = {"resource": resource, "code": code}
    detail |= {"field": field} if field else {}
    detail |= {"message": text} if text else {}
    return Refused(422, "Validation Failed", [detail])


class Answer(NamedTuple):
    """What an operation answers; the description fills in the rest of `value`. MISSING is no body at all."""

    status: int
    value: Any = MISSING
    headers: Mapping[str, str] = {}
    raw: bytes | None = None
    """The body, where it is no JSON."""


@dataclass(frozen=True)
class Ask:
    """One request, understood."""

    world: World
    shapes: TalkShapes
    operation: str
    url: str
    """The address without its query."""
    token: Token | None
    path: Mapping[str, str]
    query: Mapping[str, Any]
    raw_query: str
    body: Any
    limits: Mapping[str, str]
    """The headers that say how much may still be asked."""
    place: Repository | None = None
    accept: str = ""
    """The media type that is asked for."""

    @property
    def repository(self) -> Repository:
        """The repository that the path names."""
        assert self.place is not None
        return self.place

    @property
    def user(self) -> User:
        """Who asks. Raises Refused when nobody says."""
        if self.token is None:
            raise Refused(401, "Requires authentication")
        return self.token.user

    @property
    def login(self) -> str | None:
        """Who asks; None when nobody says."""
        return None if self.token is None else self.token.user.login

    @property
    def is_integration(self) -> bool:
        """Whether a workflow asks."""
        return self.token is not None and self.token.kind == "integration"

    def may(self, repository: Repository, level: str) -> bool:
        """Whether the one who asks may do at least what `level` says."""
        return repository.allows(None, level) if self.token is None else self.token.may(repository, level)

    def page(self, items: Sequence[Any]) -> tuple[Sequence[Any], Mapping[str, str]]:
        """The part of `items` that was asked for, and the header that leads to the others."""
        size = min(max(self.query.get("per_page", 30), 1), 100)
        number, last = max(self.query.get("page", 1), 1), max(1, -(-len(items) // size))
        links = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
        shown = [
            f'<{self._page_url(target)}>; rel="{name}"'
            for name, target in links.items()
            if (target > number if name in ("next", "last") else target < number) and 1 <= target <= last
        ]
        start = (number - 1) * size
        return items[start : start + size], ({"Link": ", ".join(shown)} if shown else {})

    def _page_url(self, number: int) -> str:
        query = {**dict(parse_qsl(self.raw_query, keep_blank_values=True)), "page": str(number)}
        return f"{self.url}?{urlencode(query)}"


Handler = Callable[[Ask], Answer]
HANDLERS: dict[str, Handler] = {}
"""What answers each operation, by the id that the description gives it."""


def answers(operation: str) -> Callable[[Handler], Handler]:
    """Register what answers an operation."""

    def register(handler: Handler) -> Handler:
        HANDLERS[operation] = handler
        return handler

    return register


def check_text(body: Mapping[str, Any], resource: str = "Issue") -> None:
    """Refuse a body or a title that is too long."""
    for name, longest in (("body", LONGEST), ("title", 256)):
        if len(str(body.get(name) or "")) > longest:
            text = f"{name} is too long (maximum is {longest} characters)"
            raise invalid(resource, text, field=name)
