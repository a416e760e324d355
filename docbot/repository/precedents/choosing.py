"""Which of the edits that people made again and again may be drafted, asked about, or passed over."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from docbot.measured import Measured
from docbot.repository.precedents.counting import DAY, YEAR, Counts, Tally, Words
from docbot.repository.precedents.pairs import Kind
from docbot.repository.precedents.tokens import Scope
from docbot.repository.precedents.values import Standing

_LIVELY = 180 * DAY
_FEWEST = 5
"""Times in a year below which nobody is at work."""
_MOMENTUM = 0.3
"""Times in the last year, for each place that remains."""
_WRITTEN = 0.3
"""New places of the old form, for each that was changed, above which it isn't dying out."""
_STEADY = 0.4
"""The share of the places people came by last year that they changed."""
_ONE_WAY = 0.8
"""The share of the places that lost the old form which got the new one."""
_FAMILY_PAGES, _FAMILY_TIMES, _FAMILY_STEADY = 5, 20, 0.5
_OF_ALL = 0.1
"""The share of all places there ever were that people changed."""
_MUCH = 10
"""Times in all below which nobody is asked about an edit."""
RIGHT, _STRICT, _ADOPTED = 0.85, 0.75, 0.2
"""What the past must show of drafts like it: the shares `agreement`, `strict` and `adoption` of Measured.

The first is a promise to maintainers. The others keep out campaigns that people go on with in one place and
not in the next, and those too slow for anybody to want them hurried.
"""


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """An edit with what is known of its places at one commit."""

    tally: Tally
    counts: Counts
    remaining: int

    @property
    def words(self) -> Words:
        return self.tally.form.scope, self.tally.form.old


class Tier(StrEnum):
    """Why an edit may be drafted."""

    MOMENTUM = "momentum"
    """People change this very form, faster than it remains."""
    FAMILY = "family"
    """People change forms like it: contractions."""


def tier_of(one: Weighed, age: int, family: bool) -> Tier | None:
    """Why an edit that was last made `age` seconds ago would be drafted.

    `family` says whether contractions as a whole are.
    """
    tally, counts = one.tally, one.counts
    if age > YEAR or not _may_change(tally) or tally.times < _OF_ALL * (tally.times + one.remaining):
        return None
    lively = (
        age <= _LIVELY
        and counts.written <= _WRITTEN * tally.fixed
        and tally.fixed >= _ONE_WAY * counts.lost
        and (tally.fixed + 0.5) / (tally.fixed + counts.left + 2) >= _STEADY
    )
    if lively and tally.fixed >= max(_FEWEST, _MOMENTUM * one.remaining):
        return Tier.MOMENTUM
    if family and tally.kind is Kind.CONTRACTION and tally.families >= _FAMILY_PAGES:
        return Tier.FAMILY
    return None


def _may_change(tally: Tally) -> bool:
    # Other edits of a heading change the anchor that links to it use.
    return tally.form.scope is not Scope.HEADING or tally.kind in (Kind.CASE, Kind.MARKS)


def contracting(known: Iterable[Weighed]) -> bool:
    """Whether people are at work on contractions as a whole, by what they did in the last year."""
    mine = [
        one for one in known if one.tally.kind is Kind.CONTRACTION and one.tally.families >= _FAMILY_PAGES
    ]
    made = sum(one.tally.fixed for one in mine)
    left = sum(one.counts.left for one in mine)
    written = sum(one.counts.written for one in mine)
    return made >= _FAMILY_TIMES and made / (made + left) >= _FAMILY_STEADY and written <= _WRITTEN * made


def standing_of(one: Weighed, tier: Tier | None, measured: Measured | None) -> Standing | None:
    """What may be done with an edit; `measured` is what the past says of edits of its kind. None: nothing."""
    if tier is not None and is_right(measured):
        return Standing.DRAFTED
    tally = one.tally
    often = tally.times >= _MUCH and tally.fixed >= max(_FEWEST, one.counts.left, one.counts.written)
    asked = often and _may_change(tally) and tally.times >= _OF_ALL * (tally.times + one.remaining)
    return Standing.ASKED if asked else None


def is_right(measured: Measured | None) -> bool:
    """Whether the past showed that such drafts are what people do."""
    return (
        measured is not None
        and measured.enough
        and measured.agreement >= RIGHT
        and measured.strict >= _STRICT
        and measured.adoption >= _ADOPTED
    )
