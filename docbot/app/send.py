"""The verb `propose`, where something is written: commit, push, pull request."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec.structs import replace

from docbot.app.connect import Connection
from docbot.app.propose import Prepared
from docbot.app.remembered import tip_at
from docbot.errors import RepositoryError, StoppedError
from docbot.forges.interface import Pull, Repository
from docbot.forges.marker import is_own, marker_of
from docbot.publish import Destination, Order, fork_request, pull_request, reopening
from docbot.repository.commit import commit_on_branch, make_commit
from docbot.repository.exchange import push, tip_of
from docbot.repository.remotes import docbot_branches
from docbot.types import Outcome, OutcomeKind, Proposal
from docbot.upkeep import Chore

_LONGEST_FORKING = 300.0
"""Seconds. GitHub says that a fork may take as long."""


def commit_locally(prepared: Prepared, proposal: Proposal) -> str:
    """Put the proposal on a new branch of this repository; the commit's full id.

    The user's checkout, index and current branch stay as they are. Raises StoppedError when there is a
    branch of that name: it may hold somebody's work.
    """
    worktree, branch = prepared.worktree, proposal.branch
    if branch in docbot_branches(worktree):
        raise StoppedError(
            f"the branch {branch} exists already: look at it with `git show {branch}` and push it, "
            f"or delete it with `git branch -D {branch}`"
        )
    return commit_on_branch(worktree, prepared.base.commit, branch, proposal.changes, proposal.message)


def send(
    prepared: Prepared,
    connection: Connection,
    say: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> list[Outcome]:
    """Send what `prepared` orders, and say what became of each of its proposals, in order.

    Raises StoppedError where git or the forge refuses or can't be reached: what was sent until then stays,
    and the next run goes on from there.
    """
    for chore in prepared.chores:
        _do(chore, connection)
    outcomes = []
    for proposal, order in zip(prepared.plan.proposals, prepared.orders, strict=True):
        if isinstance(order, Outcome):
            outcomes.append(order)
            continue
        if connection.head is None:
            connection = _forked(prepared, connection, say, sleep)
        if order.pull and order.reopen:
            connection.forge.send(reopening(order.pull, prepared.destination))
        if order.push:
            _push(prepared, proposal, order, connection)
        pull = _sent(prepared, proposal, order, connection)
        outcomes.append(_outcome(pull, order))
        _look_back(pull, connection, say)
    return outcomes


def _do(chore: Chore, connection: Connection) -> None:
    if chore.comment is not None:
        connection.forge.comment(chore.comment)
    if chore.change is not None:
        connection.forge.send(chore.change)


def _forked(
    prepared: Prepared, connection: Connection, say: Callable[[str], None], sleep: Callable[[float], None]
) -> Connection:
    """The connection with the user's new fork, once git can reach it."""
    say(f"Forking {connection.forge.docs.name}, which may take some minutes")
    fork = connection.forge.make_fork(fork_request(prepared.destination))
    waited, pause = 0.0, 1.0
    while not _is_there(prepared, fork, connection):
        if waited >= _LONGEST_FORKING:
            raise StoppedError(f"the fork {fork.name} isn't ready after five minutes: run docbot again later")
        sleep(pause)
        waited, pause = waited + pause, min(pause * 2, 30.0)
    return replace(connection, remote=fork.url, head=fork)


def _is_there(prepared: Prepared, fork: Repository, connection: Connection) -> bool:
    """Whether git reads the fork. The API shows a new fork some minutes before git does."""
    try:
        found = tip_of(prepared.worktree, fork.url, fork.default_branch, connection.access)
    except (RepositoryError, StoppedError):
        return False
    return found is not None


def _push(prepared: Prepared, proposal: Proposal, order: Order, connection: Connection) -> None:
    worktree, remote, access = prepared.worktree, connection.remote, connection.access
    commit = make_commit(worktree, prepared.base.commit, proposal.changes, proposal.message)
    if push(worktree, remote, commit, proposal.branch, order.expected or None, access):
        return
    # Another run of docbot may have been faster: then the branch holds the same already.
    if not is_own(tip_at(worktree, connection, proposal.branch), marker_of(proposal.body)):
        raise StoppedError(
            f"somebody else changed the branch {proposal.branch} just now, and nothing was pushed: "
            "look at what is there, then run docbot again"
        )


def _sent(prepared: Prepared, proposal: Proposal, order: Order, connection: Connection) -> Pull:
    destination = _settled(prepared.destination, connection)
    try:
        return connection.forge.send(pull_request(proposal, destination, order))
    except StoppedError as error:
        raise StoppedError(
            f"{error}; the branch {proposal.branch} is pushed, and the same command goes on from there"
        ) from error


def _outcome(pull: Pull, order: Order) -> Outcome:
    if order.pull is not None:
        what = "opened again" if order.reopen else "brought up to date"
        return Outcome(OutcomeKind.UPDATED, f"#{pull.number} was {what}", pull.url)
    how = "as a draft" if pull.draft else "for review"
    return Outcome(OutcomeKind.CREATED, f"#{pull.number} was opened {how}", pull.url)


def _look_back(pull: Pull, connection: Connection, say: Callable[[str], None]) -> None:
    """Say what its author can't see by themselves: that nobody sees it, or that it counts for nobody."""
    forge = connection.forge
    if forge.is_seen(pull) is False:
        say(
            f"#{pull.number} is hidden from everybody but you: GitHub takes your account for a machine. "
            "Write to its support, or ask the maintainers in an issue"
        )
    if any(login.lower() != forge.user.lower() for login in forge.committers(pull)):
        say(
            f"GitHub doesn't know the address that #{pull.number} was committed with as yours, so checks of "
            f"contributor agreements may wait for ever: add it to the e-mail addresses of {forge.user}"
        )


def _settled(destination: Destination, connection: Connection) -> Destination:
    """The destination by the name that the fork really got."""
    if connection.head is None:
        return destination
    return replace(destination, head=connection.head.name, remote=connection.remote, forking=False)
