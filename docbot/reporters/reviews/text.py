"""A review for a terminal: the hunks in the order to read them, each with its judgement and the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docbot.reporters.interface import Options
from docbot.reporters.locate import Locator
from docbot.reporters.plain import head, visible
from docbot.reporters.story import counted
from docbot.review.values import Hunk, Judgement, Review
from docbot.types import Finding

_MOST_LINES = 6
_WIDTH = 160
"""Terminal cells of a line of a page."""
_PLAIN = {
    Judgement.DONT: "don't: something breaks",
    Judgement.LOOK: "look here: a person has to judge",
    Judgement.PROVEN: "proven",
}


def render(review: Review, options: Options) -> Iterator[str]:
    """The review as plain text, piece by piece."""
    before, after = Locator(review.before), Locator(review.after)
    for one in review.hunks:
        yield f"{one.judgement}: {_place(one.hunk, before, after)}\n"
        yield from (f"    {visible(reason)}\n" for reason in one.reasons)
        yield from _lines("-", one.hunk.before.of(review.before.get(one.hunk.old_path, "")))
        yield from _lines("+", one.hunk.after.of(review.after.get(one.hunk.path, "")))
        yield "\n"
    for finding in review.elsewhere:
        yield f"new, though of no hunk's making: {_named(finding, after)}\n"
    yield f"{_totals(review)}\n"
    yield from (f"note: {visible(notice.text)}\n" for notice in review.notices)


def _place(hunk: Hunk, before: Locator, after: Locator) -> str:
    if hunk.old_path != hunk.path and not len(hunk.after):
        return f"{visible(hunk.old_path)} -> {visible(hunk.path)}"
    side, path, span = (
        (after, hunk.path, hunk.after) if len(hunk.after) else (before, hunk.old_path, hunk.before)
    )
    return f"{visible(path)}:{side.index(path).line(span.start)} ({hunk.kind})"


def _lines(sign: str, said: str) -> Iterator[str]:
    lines = said.splitlines()
    for line in lines[:_MOST_LINES]:
        yield f"    {sign} {head(visible(line), _WIDTH)}\n"
    if len(lines) > _MOST_LINES:
        yield f"    {sign} and {counted(len(lines) - _MOST_LINES, 'more line')}\n"


def _named(finding: Finding, locator: Locator) -> str:
    line = locator.region(finding.path, finding.span).line
    return f"{visible(finding.path)}:{line}: {finding.rule}: {visible(finding.message)}"


def _totals(review: Review) -> str:
    counts = Counter(one.judgement for one in review.hunks)
    said = [f"{counts[j]:,} {_PLAIN[j]}" for j in (Judgement.DONT, Judgement.LOOK, Judgement.PROVEN)]
    return f"{counted(len(review.hunks), 'hunk')} since {review.base[:10]}: {'; '.join(said)}"
