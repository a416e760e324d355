"""A review for a terminal: the hunks in the order to read them, each with its judgement and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.reviews.said import of_build, place, totals
from docbot.reporters.story import counted
from docbot.review.values import Hunk, Kind, Review
from docbot.types import Finding

_MOST_LINES = 6
_WIDTH = 160
"""Terminal cells of a line of a page."""
_WIDE = 400
"""Those of a message of the build, with what it rests on."""


def render(review: Review, options: Options) -> Iterator[str]:
    """The review as plain text, piece by piece."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield f"{one.judgement}: {visible(place(one.hunk, before, after))}{_change(one.hunk)}\n"
        yield from (f"    {visible(reason)}\n" for reason in one.said)
        yield from _lines("-", one.hunk.before.of(review.before.get(one.hunk.old_path, "")))
        yield from _lines("+", one.hunk.after.of(review.after.get(one.hunk.path, "")))
        yield "\n"
    confirmed = {one.confirms for one in review.builds if one.confirms}
    for finding in review.elsewhere:
        too = "; the Learn build says so, too" if finding.fingerprint in confirmed else ""
        yield f"new, though of no hunk's making: {_named(finding, after)}{too}\n"
    yield from (f"the Learn build: {head(visible(said), _WIDE)}\n" for said in of_build(review))
    yield f"{totals(review)}\n"
    yield from (f"note: {visible(notice.text)}\n" for notice in review.notices)


def _change(hunk: Hunk) -> str:
    return "" if hunk.kind is Kind.RENAMED else f" ({hunk.kind})"


def _lines(sign: str, said: str) -> Iterator[str]:
    lines = said.splitlines()
    for line in lines[:_MOST_LINES]:
        yield f"    {sign} {head(visible(line), _WIDTH)}\n"
    if len(lines) > _MOST_LINES:
        yield f"    {sign} and {counted(len(lines) - _MOST_LINES, 'more line')}\n"


def _named(finding: Finding, locator: Locator) -> str:
    line = locator.region(finding.path, finding.span).line
    return f"{visible(finding.path)}:{line}: {finding.rule}: {visible(finding.message)}"
