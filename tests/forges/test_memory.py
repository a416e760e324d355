from __future__ import annotations

import re

import msgspec
import pytest

from docbot.forges.interface import Forge
from docbot.forges.memory import MemoryForge
from docbot.types import OutcomeKind, Proposal
from tests.reporters.pulls import TEXT, draft_of, planned, proposed

HEAD, NEXT, THEIRS = "a" * 40, "b" * 40, "c" * 40
FORGE: type[Forge] = MemoryForge
"""Type checkers see here that the whole interface is there."""

OTHER_TEXT = "# Other\n\nAnother [page](old.md) says more.\n"


def kind(forge: MemoryForge, proposal: Proposal, head: str = HEAD) -> OutcomeKind:
    return forge.ensure(proposal, head).kind


def test_t06_twice_is_once() -> None:
    forge, proposal = MemoryForge(), proposed()
    first, second = forge.ensure(proposal, HEAD), forge.ensure(proposal, HEAD)
    assert (first.kind, second.kind) == (OutcomeKind.CREATED, OutcomeKind.UNCHANGED)
    (pull,) = forge.pulls()
    assert first.url == second.url == pull.url
    assert (pull.state, pull.draft, pull.base, pull.head) == ("open", True, "main", HEAD)
    assert (pull.title, pull.body, pull.branch) == (proposal.title, proposal.body, proposal.branch)
    assert pull.marker is not None and pull.marker.topic == proposal.topic
    assert forge.branches == {proposal.branch: HEAD}


def test_something_new_is_an_update_of_the_island_alone() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.edit(1, body=f"Thank you!\r\n\r\n{proposal.body}\r\n\r\n#### Internal previews", title="Better")
    changed = proposed(message="Said otherwise")
    assert kind(forge, changed, NEXT) is OutcomeKind.UPDATED
    pull = forge.pull(1)
    assert pull.body == f"Thank you!\r\n\r\n{changed.body}\r\n\r\n#### Internal previews"
    assert (pull.title, pull.head) == ("Better", NEXT)
    assert kind(forge, changed, NEXT) is OutcomeKind.UNCHANGED


def test_t07_a_closed_pull_is_a_refusal_wherever_its_text_moves() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.close(1)
    moved = proposed("elsewhere/b.md", "Much above.\n\n" + TEXT, cause="moved-link elsewhere")
    assert moved.branch != proposal.branch
    for refused in (proposal, moved):
        outcome = forge.ensure(refused, NEXT)
        assert (outcome.kind, outcome.url) == (OutcomeKind.DECLINED, forge.pull(1).url)
    assert forge.pull(1).state == "closed" and forge.branches == {proposal.branch: HEAD}
    assert kind(forge, proposed(text=OTHER_TEXT)) is OutcomeKind.CREATED


def test_t07_without_its_marker_a_closed_pull_refuses_its_branch() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.edit(1, body="No, thank you.")
    forge.close(1)
    assert kind(forge, proposed(text=OTHER_TEXT)) is OutcomeKind.DECLINED
    assert kind(forge, proposed(text=OTHER_TEXT, cause="moved-link other.md")) is OutcomeKind.CREATED


def test_a_merged_pull_refuses_nothing() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.merge(1)
    assert kind(forge, proposal, NEXT) is OutcomeKind.CREATED
    assert [pull.state for pull in forge.pulls()] == ["merged", "open"]


@pytest.mark.parametrize("what", ["push", "island", "removed", "base"])
def test_t11_what_a_person_changed_is_theirs(what: str) -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    if what == "push":
        forge.push(proposal.branch, THEIRS)
    elif what == "island":
        forge.edit(1, body=proposal.body.replace("### Why", "### Why not"))
    elif what == "removed":
        forge.edit(1, body="My own words.")
    else:
        forge.edit(1, base="live")
    before = forge.pull(1)
    for proposal_ in (proposal, proposed(message="Said otherwise")):
        assert kind(forge, proposal_, NEXT) is OutcomeKind.EDITED
    assert forge.pull(1) == before
    assert forge.branches[proposal.branch] == (THEIRS if what == "push" else HEAD)


def test_t02_a_cap_on_open_pulls() -> None:
    forge = MemoryForge(max_open=2)
    three = [proposed(cause=f"moved-link {n}.md", text=TEXT + f"{n}\n", old=f"{n}\n") for n in range(3)]
    kinds = [kind(forge, proposal) for proposal in three]
    assert kinds == [OutcomeKind.CREATED, OutcomeKind.CREATED, OutcomeKind.LIMITED]
    assert kind(forge, three[0]) is OutcomeKind.UNCHANGED
    forge.merge(1)
    assert kind(forge, three[2]) is OutcomeKind.CREATED


def test_an_archived_repository_takes_nothing() -> None:
    forge, proposal = MemoryForge("o/r"), proposed()
    forge.forbidden = "it is archived"
    outcome = forge.ensure(proposal, HEAD)
    assert outcome.kind is OutcomeKind.FORBIDDEN and "it is archived" in outcome.reason
    assert (forge.pulls(), forge.branches) == ((), {})


def test_t15_a_branch_of_somebody_else_is_left_alone() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.push(proposal.branch, THEIRS)
    assert kind(forge, proposal) is OutcomeKind.CONFLICTED
    assert forge.branches == {proposal.branch: THEIRS} and forge.pulls() == ()


def test_t15_a_branch_left_from_a_merged_pull_may_be_used_again_unless_somebody_went_on() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.merge(1)
    forge.push(proposal.branch, THEIRS)
    assert kind(forge, proposal, NEXT) is OutcomeKind.CONFLICTED


def test_an_objection_is_what_ensure_would_answer_and_writes_nothing() -> None:
    forge, proposal = MemoryForge(), proposed()
    assert forge.objection(proposal) is None and forge.pulls() == ()
    forge.ensure(proposal, HEAD)
    assert forge.objection(proposal) is None
    forge.push(proposal.branch, THEIRS)
    assert forge.objection(proposal) == forge.ensure(proposal, HEAD)


def test_t10_docbot_takes_its_own_pull_back_and_that_is_no_refusal() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    assert forge.withdraw(1, "The page is gone.").kind is OutcomeKind.UPDATED
    assert forge.withdraw(1, "The page is gone.").kind is OutcomeKind.UNCHANGED
    pull = forge.pull(1)
    assert (pull.state, pull.withdrawn, pull.refused) == ("closed", True, False)
    assert forge.comments == {1: ["The page is gone."]}
    assert kind(forge, proposal, NEXT) is OutcomeKind.CREATED


def test_t10_with_a_persons_commit_it_only_says_so_once() -> None:
    forge, proposal = MemoryForge(), proposed()
    forge.ensure(proposal, HEAD)
    forge.push(proposal.branch, THEIRS)
    for _ in range(2):
        assert forge.withdraw(1, "The page is gone.").kind is OutcomeKind.EDITED
    assert forge.pull(1).state == "open" and forge.comments == {1: ["The page is gone."]}


def test_part_of_a_refused_change_is_refused_with_it_and_the_rest_may_come() -> None:
    texts = {"a.md": TEXT, "b.md": OTHER_TEXT}
    drafts = [draft_of(path, text) for path, text in texts.items()]
    forge = MemoryForge()
    forge.ensure(planned(drafts[:1], texts).proposals[0], HEAD)
    forge.close(1)
    both, rest = planned(drafts, texts).proposals[0], planned(drafts[1:], texts).proposals[0]
    assert both.branch == rest.branch
    assert kind(forge, both, NEXT) is OutcomeKind.DECLINED
    assert kind(forge, rest, NEXT) is OutcomeKind.CREATED


def test_every_reason_is_a_sentence_without_a_machine_in_it() -> None:
    forge, proposal = MemoryForge(max_open=1), proposed()
    reasons = [forge.ensure(proposal, HEAD).reason, forge.ensure(proposal, HEAD).reason]
    reasons.append(forge.ensure(proposed(cause="moved-link x", text=OTHER_TEXT), HEAD).reason)
    forge.edit(1, base="live")
    reasons.append(forge.ensure(proposal, HEAD).reason)
    forge.close(1)
    reasons.append(forge.ensure(proposal, HEAD).reason)
    assert len(set(reasons)) == 5
    assert all(re.fullmatch(r"[#a-z0-9][^\n]{10,120}", reason) for reason in reasons), reasons
    assert msgspec.json.decode(msgspec.json.encode(forge.pulls()[0]))["number"] == 1
