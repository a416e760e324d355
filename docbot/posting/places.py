"""Where a remark may stand: on lines that the pull request changed, and since the last review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from docbot.posting.values import Lines
from docbot.reporters.locate import Locator
from docbot.review.values import Hunk
from docbot.types import Finding

Range = tuple[int, int]
"""Lines from 1, both ends included."""

LONGEST = 10
"""Lines that a remark spans. One about more stands on the first of them."""


def changed(hunks: Iterable[Hunk], locator: Locator) -> Lines:
    """The lines that the hunks brought. Lines of different hunks are different ranges."""
    found: dict[str, list[Range]] = defaultdict(list)
    for hunk in hunks:
        if len(hunk.after):
            index = locator.index(hunk.path)
            found[hunk.path].append((index.line(hunk.after.start), index.line(hunk.after.end - 1)))
    return {path: tuple(sorted(ranges)) for path, ranges in found.items()}


def common(first: Lines, second: Lines) -> Lines:
    """The lines that are in both; never a range that isn't within one of each."""
    return {
        path: tuple(meeting for one in ranges for other in second[path] if (meeting := _meeting(one, other)))
        for path, ranges in first.items()
        if path in second
    }


def lines_of(finding: Finding, locator: Locator) -> Range:
    """The lines that `finding` stands on."""
    return locator.region(finding.path, finding.span).line, locator.last_line(finding.path, finding.span)


def area_of(lines: Range, areas: Sequence[Range]) -> Range | None:
    """The one of `areas` that has most of `lines`; None where none has any."""
    meeting = [(area, met) for area in areas if (met := _meeting(lines, area))]
    best = max(meeting, key=lambda one: one[1][1] - one[1][0], default=None)
    return best[0] if best else None


def anchor(lines: Range, area: Range) -> Range:
    """The lines of `area` that a remark about `lines`, which meet it, stands on."""
    first, last = max(lines[0], area[0]), min(lines[1], area[1])
    return (first, last) if last - first < LONGEST else (first, first)


def _meeting(one: Range, other: Range) -> Range | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None
