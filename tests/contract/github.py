"""The stand-in for GitHub: REST at `api_url`, git at `server_url`, and everything behind them to script.

    with GitHub(tmp_path) as hub:
        docs = hub.repository("lantern-team/lantern-docs", source=clone)
        token = hub.user("octo-writer").token()

What leaves GitHub's own description, in either direction, fails the test at the end of `with`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.contract.desk import Desk, Outcome
from tests.contract.faults import Fault, Faults, drop
from tests.contract.git_desk import GitDesk
from tests.contract.git_http import RECEIVE, git_call
from tests.contract.graph_desk import OPERATION, GraphDesk
from tests.contract.ledger import Event, Writing, events, pushed, squashed, texts_of, written
from tests.contract.people import Person
from tests.contract.shapes_talk import TalkShapes
from tests.contract.signals import GITHUB
from tests.contract.wire import Reply, Request, Server, text
from tests.contract.world import World

PREFIX = "/api/v3"
GRAPHQL = "/api/graphql"
ASKED = "/graphql"
"""The path of GraphQL, which is beside REST, without its prefix, in the log and in plans of faults."""
FLUSH = b"0000"
"""What git sends before a large push, to see whether it may."""


class Call(NamedTuple):
    """A request as it came, and what became of it.

    Paths of the API are without its prefix. `status` is 0 where nothing was done; `heard` says whether the
    answer was sent. `operation` is the id in GitHub's description, or git's service.
    """

    method: str
    path: str
    query: str
    body: bytes
    status: int
    operation: str
    user: str
    when: datetime
    heard: bool = True

    @property
    def writes(self) -> bool:
        """Whether it is there to change something, successful or not."""
        if self.operation == OPERATION:
            return False
        if self.operation.startswith("git-"):
            return self.path.endswith(f"/{RECEIVE}") and self.body != FLUSH
        return self.method != "GET"


class GitHub(World):
    """A GitHub of one's own, from `with` to its end. Its repositories are kept below `folder`."""

    def __init__(self, folder: Path) -> None:
        place = folder / "github"
        super().__init__(place)
        place.mkdir(parents=True, exist_ok=True)
        self.faults = Faults()
        self.log: list[Call] = []
        self.violations: list[str] = []
        """What left GitHub's description, each with the id of the operation."""
        self.writings: list[Writing] = []
        """Every text that came in through the API or by a push, oldest first."""
        self._server = Server(self._answer)
        self._server.online()
        self.server_url = self._server.url
        self.api_url = self.server_url + PREFIX
        shapes = TalkShapes(self.server_url, self.api_url, self.users)
        self._desk = Desk(self, shapes, self.api_url)
        self._graph = GraphDesk(self)
        self._git = GitDesk(self, place, self.server_url)

    def __enter__(self) -> Self:
        self._server.online()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.offline()
        if error is None:
            self.check()
        elif self.violations or self._server.failures:
            error.add_note(self._complaint())

    def check(self) -> None:
        """Raise AssertionError for whatever left GitHub's description, or broke in here, so far."""
        assert not self.violations and not self._server.failures, self._complaint()

    def forgive(self) -> None:
        """Forget what was complained about so far: the test has looked at it."""
        self.violations.clear()
        self._server.failures.clear()

    def _complaint(self) -> str:
        return "\n".join(["Against GitHub's description:", *self.violations, *self._server.failures])

    def offline(self) -> None:
        """Refuse connections, and cut those that are open."""
        self._server.offline()

    def online(self) -> None:
        """Take connections again, at the same address."""
        self._server.online()

    @property
    def writes(self) -> list[Call]:
        """Those requests of the log that are there to change something, successful or not."""
        return [call for call in self.log if call.writes]

    def ledger(self, login: str) -> list[Event]:
        """Whom and what the texts reach that `login` wrote through the API or pushed, oldest first."""
        return events(self.writings, login, self._hosts)

    def ledger_when_squashed(self, login: str) -> list[Event]:
        """The same for bodies and comments, once a maintainer makes them the message of a commit."""
        return squashed(self.writings, login, self._hosts)

    @property
    def _hosts(self) -> tuple[str, ...]:
        return (*GITHUB, self.server_url.partition("://")[2])

    def person(self, login: str) -> Person:
        """Somebody who changes things on the web site."""
        return Person(self, self.user(login))

    def other_bot(self, login: str = "learn-build-service-prod[bot]") -> Person:
        """A bot that isn't docbot."""
        return self.person(login)

    def _answer(self, request: Request) -> Reply | None:
        # Back online soon, a request that was cut off is lost all the same.
        cuts = self._server.cuts
        api = request.path.startswith(f"{PREFIX}/") or request.path == GRAPHQL
        path = request.path.removeprefix(PREFIX).replace(GRAPHQL, ASKED) if api else request.path
        with self.lock:
            planned = self.faults.take(request.method, path)
        for fault in planned:
            # Not under the lock: what happens may well be a request.
            if fault.act is not None:
                fault.act()
        fault = planned[-1] if planned else Fault()
        with self.lock:
            when = self.time()
            fault = fault if self._server.is_online and self._server.cuts == cuts else drop()
            outcome = self._remembered(request, path, api, fault)
            self.violations += [one for one in outcome.faults if one not in self.violations]
            status = 0 if fault.dropped else outcome.reply.status
            heard = not (fault.dropped or fault.lost)
            about = (outcome.operation, outcome.user, when, heard)
            self.log.append(Call(request.method, path, request.query, request.body, status, *about))
        if heard:
            return outcome.reply
        # git's library asks again by itself when a connection ends without a word.
        return None if api else Reply(200, {}, whole=False)

    def _remembered(self, request: Request, path: str, api: bool, fault: Fault) -> Outcome:
        """The outcome of a request. What it wrote is kept for the ledger."""
        texts = texts_of(self.repositories.values())
        call = None if api else git_call(request)
        here = self.find(f"{call.owner}/{call.name}") if call is not None and call.moves_refs else None
        refs = {} if here is None else here.bare.refs()
        outcome = self._outcome(request, path, api, fault)
        self.writings += written(texts, texts_of(self.repositories.values()), outcome.user)
        self.writings += [] if here is None else pushed(here, refs, outcome.user)
        return outcome

    def _outcome(self, request: Request, path: str, api: bool, fault: Fault) -> Outcome:
        instead = text(503, "") if fault.dropped else fault.reply
        if path == ASKED:
            return self._graph.answer(request, instead)
        if api:
            return self._desk.answer(request, path, instead)
        call = git_call(request)
        if call is None:
            return Outcome(text(404, "Not Found"), faults=(f"{request.method} {path}: neither REST nor git",))
        return self._git.answer(request, call) if instead is None else Outcome(instead, call.service)
