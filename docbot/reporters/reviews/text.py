"""A review for a terminal: the hunks in the order to read them, each with its judgement and the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.reviews.said import place, totals
from docbot.reporters.story import counted
from docbot.review.values import Hunk, Kind, Review
from docbot.types import Finding

_MOST_LINES = 6
_MOST_TOLD = 20
_WIDTH = 160
"""Terminal cells of a line of a page."""


def render(review: Review, options: Options) -> Iterator[str]:
    """The review as plain text, piece by piece."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield f"{one.judgement}: {visible(place(one.hunk, before, after))}{_change(one.hunk)}\n"
        yield from (f"    {visible(reason)}\n" for reason in one.reasons)
        yield from _lines("-", one.hunk.before.of(review.before.get(one.hunk.old_path, "")))
        yield from _lines("+", one.hunk.after.of(review.after.get(one.hunk.path, "")))
        yield "\n"
    confirmed = {one.confirms for one in review.builds if one.confirms}
    for finding in review.elsewhere:
        too = "; the Learn build says so, too" if finding.fingerprint in confirmed else ""
        yield f"new, though of no hunk's making: {_named(finding, after)}{too}\n"
    yield from (f"{line}\n" for line in told(review))
    yield f"{totals(review)}\n"
    yield from (f"note: {visible(notice.text)}\n" for notice in review.notices)


def told(review: Review) -> Iterator[str]:
    """What the build of Learn alone says of places that no hunk changed, a line each; the rest is counted."""
    alone = [one for one in review.builds if not one.confirms]
    for one in alone[:_MOST_TOLD]:
        message = one.message
        where = (message.path or "no file") + (f":{message.line}" if message.line else "")
        said = head(visible(message.text), _WIDTH)
        code = f" {message.code}" if message.code else ""
        why = f"{one.bearing}: {one.reason}" if one.reason else one.bearing
        yield f"the Learn build: {visible(where)}: {message.level}{code}: {said} ({why})"
    if len(alone) > _MOST_TOLD:
        rest = Counter(one.bearing for one in alone[_MOST_TOLD:])
        yield "the Learn build: and " + ", ".join(f"{count:,} {bearing}" for bearing, count in rest.items())


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
