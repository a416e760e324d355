"""The forge in memory does what the interface says. GitHub is held to the same in `github/test_forge.py`."""

from __future__ import annotations

import pytest

from docbot.errors import StoppedError
from docbot.forges.interface import Forge
from docbot.forges.memory import MemoryForge
from docbot.publish import Destination, Order, fork_request, pull_request
from tests.reporters.pulls import proposed

FORGE: type[Forge] = MemoryForge
"""Type checkers see here that the whole interface is there."""

WITHIN = Destination("docs/docs", "main", draft=False)
FORKING = Destination("docs/docs", "main", "origin", "docbot-user/docs", forking=True)


def test_what_is_opened_is_remembered() -> None:
    forge, proposal = MemoryForge(may_push=True), proposed()
    pull = forge.send(pull_request(proposal, WITHIN, Order()))
    assert forge.pulls() == forge.pulls_from(proposal.branch, forge.docs) == (pull,)
    assert (pull.number, pull.state, pull.draft, pull.base) == (1, "open", False, "main")
    assert (pull.title, pull.body, pull.branch) == (proposal.title, proposal.body, proposal.branch)
    assert pull.marker is not None and pull.marker.topic == proposal.topic
    assert pull.head_repository == forge.docs.name == "docs/docs"


def test_a_fork_is_made_once_and_its_branches_are_its_own() -> None:
    forge, proposal = MemoryForge(), proposed()
    assert forge.fork(()) is None
    fork = forge.make_fork(fork_request(FORKING))
    assert forge.fork(()) == fork
    assert (fork.name, fork.parent, fork.may_push) == ("docbot-user/docs", "docs/docs", True)
    pull = forge.send(pull_request(proposal, FORKING, Order()))
    assert pull.head_repository == fork.name and pull.draft
    assert forge.pulls_from(proposal.branch, forge.docs) == ()
    assert [request.method for request in forge.sent] == ["POST", "POST"]


def test_one_branch_has_one_open_pull() -> None:
    forge, proposal = MemoryForge(), proposed()
    request = pull_request(proposal, WITHIN, Order())
    forge.send(request)
    with pytest.raises(StoppedError, match="is open already"):
        forge.send(request)
    forge.close(1)
    assert forge.send(request).number == 2
    assert [pull.state for pull in forge.pulls()] == ["closed", "open"]


def test_a_change_of_the_body_changes_nothing_else() -> None:
    forge, proposal = MemoryForge(), proposed()
    before = forge.send(pull_request(proposal, WITHIN, Order()))
    forge.edit(1, title="Better", base="release")
    after = forge.send(pull_request(proposed(message="Said otherwise"), WITHIN, Order(pull=before)))
    assert (after.title, after.base, after.number) == ("Better", "release", 1)
    assert after.body == proposed(message="Said otherwise").body
    forge.merge(1)
    assert forge.pull(1).state == "merged"


def test_a_pull_without_the_marker_is_nobodys() -> None:
    forge = MemoryForge()
    forge.send(pull_request(proposed(), WITHIN, Order()))
    forge.edit(1, body="By hand.")
    assert forge.pulls() == ()
    assert len(forge.pulls_from(proposed().branch, forge.docs)) == 1
