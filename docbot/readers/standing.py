"""Whether what a reader reported still stands: what became of the issue, and of the lines since."""

from __future__ import annotations

import msgspec

from docbot.markdown.nodes import Section
from docbot.readers.spots import By, Looked, Spot, lines_of
from docbot.readers.values import Issue, Placed, Trouble
from docbot.repository.values import LineHistory, PageCommit

SURE = 0.8
_OF = {
    By.QUOTE: 0.9,
    By.FRAGMENT: 0.85,
    By.LINES: 0.85,
    By.NAME: 0.82,
    By.WORD: 0.7,
    By.ENTRY: 0.6,
    By.PAGE: 0.5,
}
"""How sure it is that the place is the one, for an issue that is open and a page nobody touched since."""
_DECLINED = 0.6
"""At most, where the maintainers closed the issue without a change."""
_TOUCHED = 0.6
"""At most, where somebody worked on the place since."""
_PAGE_TOUCHED = 0.4
"""The same, where the page is all that is known."""


class Standing(msgspec.Struct, frozen=True):
    """How sure it is that a report still holds; 0 for one that is settled."""

    confidence: float
    since: str = ""
    """The day on which the place was last written, where that was before the report."""
    touched: bool = False
    """Whether somebody worked on the place after the report."""


def is_settled(issue: Issue) -> bool:
    """Whether GitHub says that the issue was answered by a change, or belongs to another one."""
    return not issue.is_open and issue.reason in ("completed", "duplicate")


def standing(
    looked: Looked, placed: Placed, spot: Spot, lines: LineHistory, *, drafted: bool = False
) -> Standing:
    """What the history says of a report that is placed at `spot`; `drafted` says that the page is a draft."""
    issue, report = placed.report.issue, placed.report
    if spot.done or (report.needs_place and spot.by < By.NAME):
        return Standing(0.0)
    # Words that were changed settle it, and a draft that changes them must not leave another finding behind.
    if spot.lost and (spot.by < By.NAME or drafted):
        return Standing(0.0)
    if not placed.sole and spot.by < By.LINES:
        return Standing(0.0)
    confidence = _OF[spot.by]
    quoted = spot.by >= By.WORD
    section = looked.section_at(spot.span.start) if spot.by > By.ENTRY else None
    touched = (
        _lines_touched(looked, spot, placed, lines) if quoted else _touched(looked, placed, section, lines)
    )
    # Words that should read otherwise are wrong for as long as they stand there.
    if quoted and (report.trouble is Trouble.TYPO or spot.suggestion is not None):
        touched = False
    if touched:
        if not issue.is_open:
            return Standing(0.0)
        confidence = min(confidence, _TOUCHED if spot.by > By.ENTRY else _PAGE_TOUCHED)
    if not issue.is_open:
        if not issue.reason and _touched(looked, placed, None, lines, until=issue.closed):
            return Standing(0.0)
        confidence = min(confidence, _DECLINED)
    if touched:
        return Standing(confidence, touched=True)
    return Standing(confidence, _written(looked, spot, placed, lines))


def is_unchanged(lines: LineHistory, placed: Placed, last: int) -> bool:
    """Whether nobody changed the page since the report was opened; False where that isn't known.

    `last` is the number of the page's last line.
    """
    if not lines.complete or placed.path not in lines.lines:
        return False
    as_of = placed.as_of or placed.report.issue.created
    return not _edits(lines, placed, 1, last, as_of)


def _touched(
    looked: Looked,
    placed: Placed,
    section: Section | None,
    lines: LineHistory,
    *,
    until: int = 0,
) -> bool:
    """Whether a commit changed the section (the page, for None) after the report; bulk ones don't count.

    With `until` (seconds since 1970) only up to a day after that. A page whose history isn't known was not.
    """
    if placed.path not in lines.lines:
        return False
    span = section.span if section else looked.sections[-1].span
    last = looked.lines.line(max(span.start, span.end - 1))
    first = looked.lines.line(span.start) if section else 1
    commits = _edits(lines, placed, first, last)
    if until:
        commits = [commit for commit in commits if commit.time <= until + 86_400]
    return any(not commit.bulk for commit in commits)


def _edits(lines: LineHistory, placed: Placed, first: int, last: int, after: int = 0) -> list[PageCommit]:
    created = after or placed.report.issue.created
    edits = lines.edits_of(placed.path, first, last)
    commits = (lines.commits[lines.edits[edit].commit] for edit in edits)
    return [commit for commit in commits if commit.time > created]


def _lines_touched(looked: Looked, spot: Spot, placed: Placed, lines: LineHistory) -> bool:
    created = placed.report.issue.created
    written = (lines.written(placed.path, line) for line in lines_of(looked, spot.span))
    return any(commit is not None and commit.time > created for commit in written)


def _written(looked: Looked, spot: Spot, placed: Placed, lines: LineHistory) -> str:
    if spot.by < By.WORD:
        return ""
    written = [lines.written(placed.path, line) for line in lines_of(looked, spot.span)]
    return max((commit.date for commit in written if commit is not None), default="")
