"""What a model wrote leaves only if every gate lets it; each gate names what differs."""

from __future__ import annotations

from collections import Counter

import pytest

from docbot.gates import FIRST, GATES, MEANING
from docbot.rules.unclear.doubled_word import DoubledWord
from tests.gates.bad_replies import BAD
from tests.gates.replies import refusals, rewritten
from tests.gates.rewrites import GOOD, LATER, STRICT

CASES = [(gate, *case) for gate, cases in BAD.items() for case in cases]
BY_HAND = ("never-safe", "no-long-reply", "no-hidden-characters", "inside-section")
"""Gates that ask of more than a section's text; their tests stand in test_places.py."""


@pytest.mark.parametrize("name", GOOD)
def test_a_careful_rewrite_leaves(name: str) -> None:
    before, after = GOOD[name]
    draft = rewritten(before, after)
    assert refusals(draft) == {}
    assert draft.passed


@pytest.mark.parametrize(("before", "after"), LATER)
def test_a_rewrite_that_no_gate_was_made_for_leaves(before: str, after: str) -> None:
    assert refusals(rewritten(before, after)) == {}


@pytest.mark.parametrize(("before", "after", "gate"), STRICT)
def test_what_a_gate_can_not_tell_from_a_loss_it_refuses(before: str, after: str, gate: str) -> None:
    assert list(refusals(rewritten(before, after))) == [gate]


@pytest.mark.parametrize(("gate", "before", "after", "word"), CASES)
def test_a_bad_reply_is_refused_for_the_right_reason(gate: str, before: str, after: str, word: str) -> None:
    refused = refusals(rewritten(before, after, rules=[DoubledWord()]))
    assert gate in refused
    assert word in refused[gate]


def test_each_gate_of_meaning_is_the_only_defence_somewhere() -> None:
    alone: Counter[str] = Counter()
    for _, before, after, _ in CASES:
        refused = refusals(rewritten(before, after))
        alone.update(list(refused) if len(refused) == 1 else ())
    lacking = [name for name, _ in MEANING if name not in BY_HAND and alone[name] < 2]
    assert lacking == []


def test_a_generated_draft_is_asked_by_every_gate_but_that_of_blocks() -> None:
    draft = rewritten("Please open the file.", "Open the file.")
    form = [name for name, _ in GATES if name != "inside-block"]
    first, meaning = ([name for name, _ in gates] for gates in (FIRST, MEANING))
    assert [verdict.gate for verdict in draft.verdicts] == ["blob-unchanged", *first, *form, *meaning]
    assert all(verdict.reason for verdict in draft.verdicts)


def test_words_that_were_exchanged_are_named_for_the_reviewer() -> None:
    draft = rewritten("Please open the root folder of the disk.", "Open the home folder of the disk.")
    reasons = {verdict.gate: verdict.reason for verdict in draft.verdicts}
    assert draft.passed
    assert reasons["few-new-words"] == "new words to look at: “home”"
