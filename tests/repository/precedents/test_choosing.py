from __future__ import annotations

import pytest
from msgspec.structs import replace

from docbot.measured import Measured
from docbot.repository.precedents.choosing import (
    Tier,
    Weighed,
    contracting,
    is_right,
    standing_of,
    tier_of,
)
from docbot.repository.precedents.counting import DAY, Counts, Tally
from docbot.repository.precedents.pairs import Form, Kind
from docbot.repository.precedents.tokens import Scope
from docbot.repository.precedents.values import Standing

MADE = Tally(
    Form(Scope.TEXT, "is not", "isn't"),
    Kind.CONTRACTION,
    times=100,
    families=20,
    commits=10,
    people=3,
    first=0,
    last=9,
    fixed=60,
)


def weighed(
    *, remaining: int = 50, left: int = 10, written: int = 5, lost: int = 62, **of: object
) -> Weighed:
    return Weighed(replace(MADE, **of), Counts(left, written, lost), remaining)


@pytest.mark.parametrize(
    ("one", "days", "expected"),
    [
        (weighed(), 10, Tier.MOMENTUM),
        (weighed(), 200, None),
        (weighed(remaining=300), 10, None),
        (weighed(fixed=4, remaining=5), 10, None),
        (weighed(written=30), 10, None),
        (weighed(left=200), 10, None),
        (weighed(lost=100), 10, None),
        (weighed(form=Form(Scope.HEADING, "is not", "isn't")), 10, None),
        (weighed(form=Form(Scope.HEADING, "New", "new"), kind=Kind.CASE), 10, Tier.MOMENTUM),
    ],
)
def test_an_edit_is_drafted_while_people_are_faster_than_it_remains(
    one: Weighed, days: int, expected: Tier | None
) -> None:
    assert tier_of(one, days * DAY, family=False) is expected


@pytest.mark.parametrize(
    ("one", "days", "expected"),
    [
        (weighed(remaining=300), 10, Tier.FAMILY),
        (weighed(remaining=300), 300, Tier.FAMILY),
        (weighed(remaining=300), 400, None),
        (weighed(remaining=300, families=4), 10, None),
        (weighed(remaining=3000), 10, None),
        (weighed(remaining=300, kind=Kind.CASE), 10, None),
    ],
)
def test_contractions_are_drafted_as_a_family(one: Weighed, days: int, expected: Tier | None) -> None:
    assert tier_of(one, days * DAY, family=True) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([weighed()], True),
        ([weighed(fixed=10, written=1), weighed(fixed=10, written=1)], True),
        ([weighed(fixed=10)], False),
        ([weighed(left=61)], False),
        ([weighed(), weighed(fixed=0, written=20)], False),
        ([weighed(families=4)], False),
        ([weighed(kind=Kind.CASE)], False),
        ([], False),
    ],
)
def test_the_campaign_for_contractions_runs(known: list[Weighed], expected: bool) -> None:
    assert contracting(known) is expected


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (Measured(17, 3), True),
        (Measured(17, 2), False),
        (Measured(16, 4), False),
        (Measured(17, 3, kept=2), True),
        (Measured(17, 3, kept=3), False),
        (Measured(20, 0, still=80), True),
        (Measured(20, 0, still=81), False),
        (None, False),
    ],
    ids=str,
)
def test_the_past_must_have_been_right(measured: Measured | None, expected: bool) -> None:
    assert is_right(measured) is expected


@pytest.mark.parametrize(
    ("one", "tier", "measured", "expected"),
    [
        (weighed(), Tier.MOMENTUM, Measured(20), Standing.DRAFTED),
        (weighed(), Tier.MOMENTUM, None, Standing.ASKED),
        (weighed(), None, Measured(20), Standing.ASKED),
        (weighed(times=9), None, Measured(20), None),
        (weighed(fixed=4), None, Measured(20), None),
        (weighed(written=61), None, Measured(20), None),
        (weighed(left=61), None, Measured(20), None),
        (weighed(remaining=1000), None, Measured(20), None),
    ],
)
def test_what_may_be_done(
    one: Weighed, tier: Tier | None, measured: Measured | None, expected: Standing | None
) -> None:
    assert standing_of(one, tier, measured) is expected
