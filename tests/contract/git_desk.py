"""The git side: who may fetch and push, what of a push is refused, and pull requests that follow."""

from __future__ import annotations

from pathlib import Path

from tests.contract.access import check_reach, may_push, token_of
from tests.contract.api import Refused
from tests.contract.desk import Outcome
from tests.contract.git_http import ASK, INVALID, NOBODY, RECEIVE, GitBackend, GitCall
from tests.contract.push_rules import push_refusals, refused_push, undo
from tests.contract.state import Repository, Token
from tests.contract.wire import Reply, Request, text
from tests.contract.world import World


class GitDesk:
    """Answers git's requests to the repositories of one world, which are in `folder`."""

    def __init__(self, world: World, folder: Path, server_url: str) -> None:
        self._world, self._web = world, server_url
        self._backend = GitBackend(folder)

    def answer(self, request: Request, call: GitCall) -> Outcome:
        """What GitHub answers to git."""
        try:
            token = token_of(self._world, request.headers)
        except Refused:
            return Outcome(text(401, INVALID, ASK), call.service)
        name = f"{call.owner}/{call.name}"
        here = self._world.find(name)
        moved = self._world.find_moved(name) if here is None else None
        reply = self._refusal(token, here or moved, call)
        if reply is None and moved is not None and request.method == "GET":
            address = f"{self._web}/{moved.full_name}.git/{call.rest}?{request.query}"
            reply = Reply(301, {"Location": address})
        if reply is None:
            found = here or moved
            assert found is not None
            reply = self._serve(request, call, found, token)
        return Outcome(reply, call.service, "" if token is None else token.user.login)

    def _refusal(self, token: Token | None, here: Repository | None, call: GitCall) -> Reply | None:
        """What is answered instead of git's answer; None when the request may go on."""
        pushes = call.service == RECEIVE
        if token is None and (pushes or here is None or here.private):
            return text(401, NOBODY, ASK)
        if here is None:
            return text(404, "Repository not found.")
        try:
            check_reach(token, here, writes=pushes)
        except Refused as refused:
            words = "Repository not found." if refused.status == 404 else refused.message
            return text(refused.status, words)
        if here.polls_left:
            here.polls_left -= 1
            return text(404, "Repository not found.")
        if pushes and here.archived:
            return text(403, "This repository was archived so it is read-only.")
        if pushes and token is not None and not may_push(token, here):
            return text(403, f"Permission to {here.full_name}.git denied to {token.user.login}.")
        return None

    def _serve(self, request: Request, call: GitCall, here: Repository, token: Token | None) -> Reply:
        name = here.bare.folder.name
        if token is None or not call.moves_refs:
            return self._backend.answer(request, name, call)
        before = here.bare.refs()
        reply = self._backend.answer(request, name, call, token.user.login)
        reasons = push_refusals(token, here, before)
        if reasons:
            undo(here, before)
            return refused_push(request, reasons)
        self._world.tick()
        self._world.refs_moved(here, token.user)
        return reply
