"""Asks GitHub, patiently: waits are bounded and said, and nothing is done twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from docbot.errors import StoppedError
from docbot.forges.github.faults import Fault, Kind, fault_of, said_by
from docbot.forges.github.place import Place
from docbot.forges.github.refusals import amount, refused, too_long
from docbot.forges.requests import ApiRequest

if TYPE_CHECKING:
    import github

T = TypeVar("T")

TRIES = 4
"""How often one request is sent while the line or the host fails."""
LONGEST = 300.0
"""Seconds that one client waits in all, for limits and between tries."""
SILENT = 2.0
"""Seconds up to which a wait isn't worth a word."""
LIMITED = 60.0
"""Seconds to wait the first time, where GitHub doesn't say how long; then twice as many."""


class Clock(msgspec.Struct, frozen=True):
    """Unix time, and waiting; both in seconds."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


CLOCK = Clock()


class Client:
    """One conversation with one GitHub. Close it, or use it in `with`.

    Every method raises StoppedError where GitHub says no, can't be reached, or asks for more patience than
    LONGEST. Ctrl-C passes through.
    """

    def __init__(
        self,
        place: Place,
        token: str | None,
        *,
        say: Callable[[str], None],
        clock: Clock = CLOCK,
        source: str = "",
        writes_apart: float = 1.0,
        timeout: int = 30,
    ) -> None:
        """Without a token it asks as nobody. `say` is told of waits; `source` is where the token came from;
        `writes_apart` and `timeout` are seconds."""
        from docbot.forges.github import wire

        self.place = place
        self._token, self._source = token or "", source
        self._say, self._clock, self._waited = say, clock, 0.0
        self._api = wire.open_api(place, token, writes_apart=writes_apart, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._api.close()

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes of the token, by the newest answer that told; None where none did (no classic token)."""
        told = self._api.oauth_scopes
        return None if told is None else frozenset(filter(None, told))

    def read(self, ask: Callable[[github.Github], T], what: str) -> T:
        """What `ask` reads of PyGithub. After a failure it is called again, so it must change nothing.

        `what` is a noun, for people: "the repository o/r".
        """
        return self._persist(lambda: ask(self._api), what)

    def is_public(self, path: str) -> bool:
        """Whether somebody without a token may read `path`."""
        import github

        def ask(api: github.Github) -> bool:
            try:
                api.requester.requestJsonAndCheck("GET", path)
            except github.UnknownObjectException:
                return False
            return True

        with Client(self.place, None, say=self._say, clock=self._clock) as nobody:
            return nobody.read(ask, path)

    def repeat(self, request: ApiRequest, what: str = "") -> dict[str, object]:
        """GitHub's answer to a request that may be sent again without harm (PATCH, PUT)."""
        return self._persist(lambda: self._send(request), what or _name(request), writes=True)

    def remove(self, request: ApiRequest, what: str = "") -> None:
        """Have GitHub delete something. What isn't there is deleted: by an earlier try, or by others."""
        import github

        def call() -> None:
            try:
                self._send(request)
            except github.UnknownObjectException:
                return

        self._persist(call, what or _name(request), writes=True)

    def ask(self, question: str, values: Mapping[str, object], what: str) -> object:
        """What GraphQL answers to `question`, which must change nothing.

        None where it refuses, as it does some tokens that REST answers, and where something else answers in
        its place. `what` is a noun, for people.
        """
        import github

        from docbot.forges.github import wire

        def call() -> object:
            try:
                return wire.ask(self._api, question, values)
            except github.GithubException as error:
                if fault_of(error, self._clock.now()).kind in (Kind.REFUSAL, Kind.STRANGE):
                    return None
                raise

        return self._persist(call, what)

    def create(
        self, request: ApiRequest, look: Callable[[], T | None], what: str = ""
    ) -> dict[str, object] | T:
        """GitHub's answer to a request that would do its work once more each time it is sent (POST).

        When it isn't sure whether that was done, `look` reads whether it was: what it finds is the answer.
        Only when it finds None the request is sent again.
        """
        faults: list[Fault] = []
        while True:
            answer = self._attempt(lambda: self._send(request))
            if not isinstance(answer, Fault):
                return answer
            faults.append(answer)
            wait = self._wait_for(faults, what or _name(request), writes=True)
            if not isinstance(wait, StoppedError):
                self._pause(wait, answer)
            found = look() if any(map(_may_be_there, faults)) else None
            if found is not None:
                return found
            if isinstance(wait, StoppedError):
                raise wait from answer.error

    def _persist(self, call: Callable[[], T], what: str, *, writes: bool = False) -> T:
        faults: list[Fault] = []
        while True:
            answer = self._attempt(call)
            if not isinstance(answer, Fault):
                return answer
            faults.append(answer)
            wait = self._wait_for(faults, what, writes=writes)
            if isinstance(wait, StoppedError):
                raise wait from answer.error
            self._pause(wait, answer)

    def _send(self, request: ApiRequest) -> dict[str, object]:
        from docbot.forges.github import wire

        return wire.send(self._api, request)

    def _attempt(self, call: Callable[[], T]) -> T | Fault:
        from docbot.forges.github import wire

        try:
            return call()
        except wire.RAISED as error:
            if not wire.is_of_answer(error):
                raise
            return fault_of(error, self._clock.now())

    def _wait_for(self, faults: Sequence[Fault], what: str, *, writes: bool) -> float | StoppedError:
        """Seconds until the next try after `faults`, the newest last; or why there is none."""
        newest = faults[-1]
        before = sum(fault.kind is newest.kind for fault in faults) - 1
        gives_up = newest.kind is Kind.TROUBLE and before + 1 >= TRIES
        if gives_up or newest.kind in (Kind.REFUSAL, Kind.STRANGE):
            unsure = writes and any(fault.is_unsure for fault in faults)
            return refused(
                newest.error, what, place=self.place, source=self._source, token=self._token, unsure=unsure
            )
        doubled = float(2**before)
        usual = LIMITED * doubled if newest.kind is Kind.LIMIT else doubled
        # Never at once: a host that asks for no wait at all would be asked without end.
        seconds = usual if newest.wait is None else max(newest.wait, doubled)
        if self._waited + seconds > LONGEST:
            return too_long(newest.why, seconds, what)
        return seconds

    def _pause(self, seconds: float, fault: Fault) -> None:
        self._waited += seconds
        if seconds > SILENT:
            host = self.place.host
            asks = (
                f"{host} asks to wait"
                if fault.kind is Kind.LIMIT
                else f"{host} can't answer, so docbot waits"
            )
            self._say(f"{asks} {amount(seconds)} ({fault.why}), then goes on")
        self._clock.sleep(seconds)


def _name(request: ApiRequest) -> str:
    return f"{request.method} {request.path}"


def _may_be_there(fault: Fault) -> bool:
    return fault.is_unsure or "already exists" in said_by(fault.error)
