"""What goes wrong on the way to GitHub: plans of faults, each for the requests that fit it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.contract.wire import Reply

SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach "
    "out to GitHub Support for help, please include the request ID."
)
PRIMARY = "API rate limit exceeded for user ID 1001."


@dataclass(frozen=True)
class Fault:
    """What happens to one request. `act` runs first; then `reply` is sent instead of an answer, or nothing.

    With `lost` the request does its work, and the answer never arrives; with `dropped` it does nothing.
    """

    reply: Reply | None = None
    dropped: bool = False
    lost: bool = False
    act: Callable[[], object] | None = None

    @property
    def ends(self) -> bool:
        """Whether the request isn't answered as usual."""
        return self.reply is not None or self.dropped or self.lost


def status(code: int, message: str = "Server Error", headers: Mapping[str, str] | None = None) -> Fault:
    """An answer that isn't from the operation; nothing is done."""
    body = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(code)}
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Fault(Reply(code, {**kind, **(headers or {})}, json.dumps(body).encode()))


def limited(
    code: int = 403,
    *,
    retry_after: int | None = None,
    message: str = SECONDARY,
    reset: int | None = None,
) -> Fault:
    """Too much was asked.

    `retry_after` are seconds; `reset` (in seconds since 1970) makes it the hourly limit.
    """
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if reset is not None:
        headers |= {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
        message = PRIMARY if message == SECONDARY else message
    return status(code, message, headers)


def too_quickly(resource: str = "PullRequest") -> Fault:
    """Too much was written: GitHub says so as if the request were wrong."""
    words = "was submitted too quickly"
    detail = {"resource": resource, "code": "custom", "field": "base", "message": words}
    # Reviews are refused without details.
    is_plain = resource == "PullRequestReview"
    body = {
        "message": "Unprocessable Entity" if is_plain else "Validation Failed",
        "errors": [words if is_plain else detail],
        "documentation_url": "https://docs.github.com/rest",
    }
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Fault(Reply(422, kind, json.dumps(body).encode()))


def lost() -> Fault:
    """The request does its work; the connection ends without an answer."""
    return Fault(lost=True)


def drop() -> Fault:
    """The connection ends, and nothing was done."""
    return Fault(dropped=True)


def call(act: Callable[[], object]) -> Fault:
    """Somebody does something just before the request is looked at."""
    return Fault(act=act)


@dataclass
class _Plan:
    method: str
    path: re.Pattern[str]
    fault: Fault
    left: int | None
    skip: int


class Faults:
    """Plans, in the order they were added. One that ends a request hides those after it."""

    def __init__(self) -> None:
        self._plans: list[_Plan] = []

    def add(self, method: str, path: str, fault: Fault, times: int | None = 1, *, after: int = 0) -> None:
        """Let `fault` happen to requests of `method` whose path fits the regular expression `path`.

        It happens `times` times (None: always), after it has let `after` of them pass. Paths of the API are
        without its prefix (`/repos/o/n/pulls`); those of git are whole (`/o/n.git/git-receive-pack`).
        """
        self._plans.append(_Plan(method, re.compile(path), fault, times, after))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._plans.clear()

    @property
    def pending(self) -> int:
        """How many plans haven't happened as often as they should."""
        return sum(bool(plan.left) for plan in self._plans)

    def take(self, method: str, path: str) -> list[Fault]:
        """What happens to this request; only the last one may end it."""
        found = []
        for plan in self._plans:
            if plan.method != method or not plan.path.search(path) or plan.left == 0:
                continue
            if plan.skip:
                plan.skip -= 1
                continue
            plan.left = None if plan.left is None else plan.left - 1
            found.append(plan.fault)
            if plan.fault.ends:
                break
        return found
