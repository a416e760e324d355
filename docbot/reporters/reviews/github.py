"""A review as a GitHub workflow prints it: annotations, then the judgements and where to look.

As of a scan, no line that holds docs text can give the runner an order.
"""

from __future__ import annotations

from collections.abc import Iterator

from docbot.reporters import workflow
from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.reviews.said import place, totals
from docbot.reporters.story import counted
from docbot.review.values import Judgement, Review

_MOST = 20
"""Hunks that the log names."""


def render(review: Review, options: Options) -> Iterator[str]:
    """An annotation for each new finding that GitHub will show, then plain lines.

    Of equally grave findings those on changed lines come first.
    Raises KeyError when `review` lacks the text of a page that has a finding or a hunk.
    """
    new, after = review.new, Locator(review.after)
    on_changed_lines = {finding.key for one in review.hunks for finding in one.adds}
    shown, cut = workflow.chosen(new, lambda finding: finding.key in on_changed_lines)
    yield from workflow.told(shown, cut, after)
    for notice in review.notices:
        yield workflow.line(f"note: {notice.text}")
    yield from _to_look_at(review, after)
    yield workflow.line(f"docbot found {counted(len(new), 'new finding')}{workflow.without(cut)}")
    yield workflow.line(totals(review))


def _to_look_at(review: Review, after: Locator) -> Iterator[str]:
    """The hunks that a person has to look at, in the order to read them, each with its first reason."""
    before = Locator(review.before)
    open_ones = [one for one in review.hunks if one.judgement is not Judgement.PROVEN]
    for one in open_ones[:_MOST]:
        yield workflow.line(f"{one.judgement}: {place(one.hunk, before, after)}: {one.said[0]}")
    if len(open_ones) > _MOST:
        yield workflow.line(f"and {counted(len(open_ones) - _MOST, 'more hunk')} to look at")
