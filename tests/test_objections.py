"""What stands against a proposal, decided from values alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from docbot.forges.interface import Pull, Rival
from docbot.forges.marker import is_own, marker_of, with_marker
from docbot.forges.memory import MemoryForge
from docbot.objections import Caps, Known, decide, limited, without_refused, without_rivals
from docbot.publish import Destination, Order, pull_request, recorded
from docbot.repository.values import Tip
from docbot.types import Draft, Outcome, OutcomeKind, Proposal
from tests.reporters.pulls import TEXT, draft_of, pages_of, planned, proposed

BASE, NEXT_BASE = "b" * 40, "d" * 40
TREE, THEIR_TREE = "a" * 40, "c" * 40
TO = Destination("docs/docs", "main")
NOW = datetime(2024, 1, 1, 12, 30, tzinfo=UTC)
OTHER_TEXT = "# Other\n\nAnother [page](old.md) says more.\n"


def known_commit(proposal: Proposal, tree: str = TREE, parent: str = BASE) -> Proposal:
    """The proposal as it goes out, with its commit in the marker."""
    return recorded(proposal, tree, parent)


def tip_for(proposal: Proposal) -> Tip:
    """docbot's own commit for a proposal that remembers it."""
    marker = marker_of(proposal.body)
    assert marker is not None
    return Tip("1" * 40, marker.tree, (marker.parent,), proposal.message)


def opened(forge: MemoryForge, *proposals: Proposal) -> tuple[Pull, ...]:
    """The pulls after these proposals were sent."""
    for proposal in proposals:
        forge.send(pull_request(proposal, TO, Order()))
    return forge.pulls()


def known(pulls: tuple[Pull, ...], tip: Tip | None = None, now: datetime = NOW) -> Known:
    return Known(pulls, tip, now)


def kind(step: Outcome | Order) -> OutcomeKind:
    assert isinstance(step, Outcome), step
    return step.kind


ONE = known_commit(proposed())


def test_nothing_there_is_a_push_and_a_new_pull() -> None:
    assert decide(ONE, known(())) == Order(push=True, expected="", pull=None)


def test_t06_twice_is_once() -> None:
    pulls = opened(MemoryForge(), ONE)
    outcome = decide(ONE, known(pulls, tip_for(ONE)))
    assert (kind(outcome), outcome.url) == (OutcomeKind.UNCHANGED, pulls[0].url)  # type: ignore[union-attr]


def test_t06_the_base_going_on_is_nothing_new() -> None:
    pulls = opened(MemoryForge(), ONE)
    later = known_commit(proposed(), THEIR_TREE, NEXT_BASE)
    assert kind(decide(later, known(pulls, tip_for(ONE)))) is OutcomeKind.UNCHANGED


def test_a_pull_that_cant_be_merged_any_more_is_made_anew() -> None:
    [pull] = opened(MemoryForge(), ONE)
    later = known_commit(proposed(), THEIR_TREE, NEXT_BASE)
    order = decide(later, known((replace(pull, conflicted=True),), tip_for(ONE)))
    assert isinstance(order, Order)
    assert (order.push, order.expected) == (True, tip_for(ONE).id)
    assert order.pull is not None and order.pull.number == pull.number


def test_something_new_to_say_is_an_update() -> None:
    texts = {"a.md": TEXT, "b.md": OTHER_TEXT}
    drafts = [draft_of(path, text) for path, text in texts.items()]
    first = known_commit(planned(drafts[:1], texts).proposals[0])
    both = known_commit(planned(drafts, texts).proposals[0], THEIR_TREE)
    [pull] = opened(MemoryForge(), first)
    order = decide(both, known((pull,), tip_for(first)))
    assert order == Order(push=True, expected=tip_for(first).id, pull=pull)
    request = pull_request(both, TO, Order(pull=pull))
    assert (request.method, request.path) == ("PATCH", "/repos/docs/docs/pulls/1")
    assert request.data == {"body": both.body}


def test_an_update_that_got_as_far_as_its_push_goes_on_from_there() -> None:
    texts = {"a.md": TEXT, "b.md": OTHER_TEXT}
    drafts = [draft_of(path, text) for path, text in texts.items()]
    first = known_commit(planned(drafts[:1], texts).proposals[0])
    both = known_commit(planned(drafts, texts).proposals[0], THEIR_TREE)
    [pull] = opened(MemoryForge(), first)
    assert decide(both, known((pull,), tip_for(both))) == Order(False, tip_for(both).id, pull)


def test_a_run_that_got_as_far_as_its_push_goes_on_from_there() -> None:
    assert decide(ONE, known((), tip_for(ONE))) == Order(push=False, expected=tip_for(ONE).id)


@pytest.mark.parametrize(
    "theirs",
    [
        {"tree": THEIR_TREE},
        {"parents": (NEXT_BASE,)},
        {"parents": (BASE, NEXT_BASE)},
        {"parents": ()},
        {"message": "Mine"},
    ],
)
def test_t15_a_branch_of_somebody_else_is_left_alone(theirs: dict[str, object]) -> None:
    tip = replace(tip_for(ONE), **theirs)
    assert not is_own(tip, marker_of(ONE.body))
    outcome = decide(ONE, known((), tip))
    assert kind(outcome) is OutcomeKind.CONFLICTED


def test_t15_a_branch_left_from_a_merged_pull_may_be_used_again_unless_somebody_went_on() -> None:
    forge = MemoryForge()
    opened(forge, ONE)
    forge.merge(1)
    again = known_commit(proposed(message="Said otherwise"), THEIR_TREE, NEXT_BASE)
    assert again.branch == ONE.branch
    assert decide(again, known(forge.pulls(), tip_for(ONE))) == Order(expected=tip_for(ONE).id)
    theirs = replace(tip_for(ONE), tree=THEIR_TREE)
    assert kind(decide(again, known(forge.pulls(), theirs))) is OutcomeKind.CONFLICTED


def test_t07_a_closed_pull_is_a_refusal_wherever_its_text_moves() -> None:
    forge = MemoryForge()
    opened(forge, ONE)
    forge.close(1)
    moved = proposed("elsewhere/b.md", "Much above.\n\n" + TEXT, cause="moved-link elsewhere")
    assert moved.branch != ONE.branch
    for refused in (ONE, moved):
        outcome = decide(refused, known(forge.pulls()))
        assert kind(outcome) is OutcomeKind.DECLINED
        assert "#1" in outcome.reason  # type: ignore[union-attr]
    assert isinstance(decide(known_commit(proposed(text=OTHER_TEXT)), known(forge.pulls())), Order)


def test_t07_without_its_marker_a_closed_pull_refuses_its_branch() -> None:
    forge = MemoryForge()
    [pull] = opened(forge, ONE)
    bare = replace(pull, state="closed", body="No, thank you.")
    assert kind(decide(known_commit(proposed(text=OTHER_TEXT)), known((bare,)))) is OutcomeKind.DECLINED
    other = proposed(text=OTHER_TEXT, cause="moved-link other.md")
    assert isinstance(decide(other, known((bare,))), Order)


def test_t10_what_docbot_took_back_itself_is_no_refusal() -> None:
    [pull] = opened(MemoryForge(), ONE)
    marker = marker_of(pull.body)
    assert marker is not None
    body = with_marker(pull.body, replace(marker, withdrawn=True))
    taken_back = replace(pull, state="closed", body=body)
    assert (taken_back.withdrawn, taken_back.refused) == (True, False)
    assert decide(ONE, known((taken_back,), tip_for(ONE))) == Order(False, tip_for(ONE).id)


def test_t07_part_of_a_refused_change_is_refused_with_it_and_the_rest_may_come() -> None:
    texts = {"a.md": TEXT, "b.md": OTHER_TEXT}
    drafts = [draft_of(path, text) for path, text in texts.items()]
    forge = MemoryForge()
    opened(forge, known_commit(planned(drafts[:1], texts).proposals[0]))
    forge.close(1)
    both, rest = planned(drafts, texts).proposals[0], planned(drafts[1:], texts).proposals[0]
    assert both.branch == rest.branch
    assert kind(decide(both, known(forge.pulls()))) is OutcomeKind.DECLINED
    assert isinstance(decide(rest, known(forge.pulls())), Order)


@pytest.mark.parametrize("what", ["push", "island", "removed", "base"])
def test_t11_what_a_person_changed_is_theirs(what: str) -> None:
    [pull] = opened(MemoryForge(), ONE)
    tip = tip_for(ONE)
    if what == "push":
        tip = Tip("2" * 40, THEIR_TREE, (tip.id,), "Better words")
    elif what == "island":
        pull = replace(pull, body=pull.body.replace("### Why", "### Why not"))
    elif what == "removed":
        pull = replace(pull, body="My own words.")
    else:
        pull = replace(pull, base="release")
    for one in (ONE, known_commit(proposed(message="Said otherwise"), THEIR_TREE)):
        assert kind(decide(one, known((pull,), tip))) is OutcomeKind.EDITED
    assert kind(decide(ONE, known((replace(pull, conflicted=True),), tip))) is OutcomeKind.EDITED


def test_t11_a_branch_that_is_gone_under_an_open_pull_is_a_persons_doing() -> None:
    pulls = opened(MemoryForge(), ONE)
    assert kind(decide(ONE, known(pulls, None))) is OutcomeKind.EDITED


def three() -> list[Proposal]:
    return [
        known_commit(proposed(cause=f"moved-link {n}.md", text=TEXT + f"{n}\n", old=f"{n}\n"))
        for n in range(3)
    ]


def test_t02_a_cap_on_open_pulls() -> None:
    forge, (first, second, third) = MemoryForge(), three()
    pulls = opened(forge, first, second)
    later = known(pulls, now=NOW + timedelta(days=1))
    assert kind(decide(third, later, Caps(open=2))) is OutcomeKind.LIMITED
    assert isinstance(decide(third, later), Order)
    assert kind(decide(first, known(pulls, tip_for(first)), Caps(open=2))) is OutcomeKind.UNCHANGED
    forge.merge(1)
    assert isinstance(decide(third, known(forge.pulls(), now=later.now), Caps(open=2)), Order)


def test_t02_a_cap_on_those_opened_within_the_hour() -> None:
    forge, (first, second, third) = MemoryForge(), three()
    pulls = opened(forge, first, second)
    forge.merge(1)
    outcome = decide(third, known(forge.pulls()))
    assert kind(outcome) is OutcomeKind.LIMITED
    assert "run it again in 31 minutes" in outcome.reason  # type: ignore[union-attr]
    assert isinstance(decide(third, known(forge.pulls(), now=NOW + timedelta(minutes=31))), Order)
    theirs = replace(pulls[0], body="By hand.")
    assert limited(known((theirs, pulls[1])), Caps()) is None


def test_every_reason_is_a_sentence() -> None:
    [pull] = opened(MemoryForge(), ONE)
    tip = tip_for(ONE)
    steps = [
        decide(ONE, known((pull,), tip)),
        decide(ONE, known((pull,), replace(tip, message="Mine"))),
        decide(ONE, known((replace(pull, state="closed"),))),
        decide(ONE, known((), replace(tip, message="Mine"))),
        decide(proposed(text=OTHER_TEXT, cause="moved-link x"), known((pull,)), Caps(open=1)),
        decide(proposed(text=OTHER_TEXT, cause="moved-link x"), known((pull,)), Caps(an_hour=1)),
    ]
    reasons = [step.reason for step in steps if isinstance(step, Outcome)]
    assert len(set(reasons)) == len(steps)
    assert all(re.fullmatch(r"[#a-z0-9][^\n]{10,140}", reason) for reason in reasons), reasons


def closed(*drafts: Draft, texts: dict[str, str]) -> tuple[Pull, ...]:
    """The pulls of a forge where a person closed the one with these drafts."""
    forge = MemoryForge()
    opened(forge, planned(drafts, texts).proposals[0])
    forge.close(1)
    return forge.pulls()


def test_t07_what_was_refused_is_held_and_the_rest_goes_on() -> None:
    texts = {"a.md": TEXT, "b.md": TEXT.replace("guide", "book")}
    first, second = (draft_of(path, text) for path, text in texts.items())
    pulls = closed(first, texts=texts)
    moved = draft_of("moved/c.md", "# New\n\n" + TEXT)
    pages = pages_of(texts | {"moved/c.md": "# New\n\n" + TEXT})
    kept, held = without_refused([first, second, moved], pages, pulls)
    assert kept == [second]
    assert [one.draft for one in held] == [first, moved]
    assert pulls[0].url in held[0].reason


def test_t07_only_a_persons_close_is_a_refusal() -> None:
    texts = {"a.md": TEXT}
    drafted = draft_of("a.md", TEXT)
    (pull,) = closed(drafted, texts=texts)
    for state in ("open", "merged"):
        pulls = [msgspec.structs.replace(pull, state=state)]
        assert without_refused([drafted], pages_of(texts), pulls) == ([drafted], [])


def test_t07_a_refusal_without_keys_is_one_of_its_topic() -> None:
    texts = {f"{n}.md": TEXT.replace("guide", f"guide {n}") for n in range(450)}
    pulls = closed(*(draft_of(path, text) for path, text in list(texts.items())[:50]), texts=texts)
    marker = pulls[0].marker
    assert marker is not None and len(marker.content_keys) == 50
    large = msgspec.structs.replace(pulls[0], body=pulls[0].body.replace(',"content_keys":', ',"other":'))
    assert large.marker is not None and large.marker.content_keys == ()
    same, other = draft_of("449.md", texts["449.md"]), draft_of("a.md", TEXT, cause="moved-link other.md")
    kept, held = without_refused([same, other], pages_of(texts | {"a.md": TEXT}), [large])
    assert kept == [other] and [one.draft for one in held] == [same]


def rival(first: int, last: int, path: str = "a.md") -> Rival:
    return Rival(9, "https://x/9", "stranger", path, ((first, last),))


def test_t08_only_the_same_lines_of_the_same_page_are_somebody_elses() -> None:
    drafted = draft_of("a.md", TEXT)
    pages = pages_of({"a.md": TEXT})
    for theirs in (rival(3, 3), rival(1, 3), rival(3, 9), rival(1, 1 << 30)):
        kept, held = without_rivals([drafted], pages, [theirs])
        assert (kept, [one.draft for one in held]) == ([], [drafted])
        assert (
            held[0].reason == "stranger changes the same lines in https://x/9: see what becomes of that first"
        )
    for theirs in (rival(1, 2), rival(4, 7), rival(3, 3, "b.md")):
        assert without_rivals([drafted], pages, [theirs]) == ([drafted], [])


def test_t02_three_may_be_open_and_no_more() -> None:
    *three_of, fourth = (
        known_commit(proposed(cause=f"moved-link {n}.md", text=TEXT + f"{n}\n", old=f"{n}\n"))
        for n in range(4)
    )
    forge, tomorrow = MemoryForge(), NOW + timedelta(days=1)
    opened(forge, *three_of[:2])
    assert isinstance(decide(three_of[2], known(forge.pulls(), now=tomorrow)), Order)
    opened(forge, three_of[2])
    assert kind(decide(fourth, known(forge.pulls(), now=tomorrow))) is OutcomeKind.LIMITED
