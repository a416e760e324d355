"""What every format says of a review in the same words: its counts, and where a hunk is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from docbot.reporters.locate import Locator
from docbot.reporters.neutral import cut
from docbot.reporters.story import counted
from docbot.review.values import Hunk, Judgement, Kind, Review
from docbot.types import Finding, Report, Severity

WORST_FIRST = (Judgement.DONT, Judgement.LOOK, Judgement.PROVEN)
MEANINGS = {
    Judgement.DONT: "don't: something breaks",
    Judgement.LOOK: "look here: a person has to judge",
    Judgement.PROVEN: "proven",
}

MOST_OF_BUILD = 20
_LONGEST = 160
"""Code points of what the build says of one place."""


def judgements(review: Review) -> Counter[Judgement]:
    """How many hunks have each judgement."""
    return Counter(one.judgement for one in review.hunks)


def severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many findings have each severity."""
    return Counter(finding.severity for finding in findings)


def found(review: Review) -> Report:
    """The review's new findings, as a scan would report them."""
    return Report(review.new, notices=review.notices, texts=review.after)


def place(hunk: Hunk, before: Locator, after: Locator) -> str:
    """`path:line`, of the page after the change where the hunk has lines there; `old -> new` of a rename.

    It is text of the docs repository: neutralise it.
    """
    if hunk.kind is Kind.RENAMED:
        return f"{hunk.old_path} -> {hunk.path}"
    if len(hunk.after) or hunk.kind is Kind.ADDED:
        return f"{hunk.path}:{after.index(hunk.path).line(hunk.after.start)}"
    return f"{hunk.old_path}:{before.index(hunk.old_path).line(hunk.before.start)}"


def totals(review: Review) -> str:
    """All counts of hunks in one line: `3 hunks since 0123456789: 1 don't: …; 0 …; 2 proven`."""
    counts = judgements(review)
    said = [f"{counts[judgement]:,} {MEANINGS[judgement]}" for judgement in WORST_FIRST]
    return f"{counted(len(review.hunks), 'hunk')} since {review.base[:10]}: {'; '.join(said)}"


def of_build(review: Review) -> Iterator[str]:
    """What the build of Learn says of places that no hunk changed, one text each; the rest is counted.

    It is text that anybody may have steered: neutralise it. What a hunk's reasons say isn't said again.
    """
    alone = [one for one in review.builds if not one.confirms]
    for one in alone[:MOST_OF_BUILD]:
        message = one.message
        where = (message.path or "no file") + (f":{message.line}" if message.line else "")
        code = f" {message.code}" if message.code else ""
        why = f"{one.bearing}: {one.reason}" if one.reason else one.bearing
        yield f"{where}: {message.level}{code}: {cut(message.text, _LONGEST)} ({why})"
    if len(alone) > MOST_OF_BUILD:
        rest = Counter(one.bearing for one in alone[MOST_OF_BUILD:])
        yield "and " + ", ".join(f"{count:,} {bearing}" for bearing, count in rest.items())
