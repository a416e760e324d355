"""docbot's one comment below a pull request: what stands on no line of it, and in which order to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from docbot.reporters.locate import Locator
from docbot.reporters.neutral import code
from docbot.reporters.story import counted
from docbot.review.values import Judged, Judgement, Review
from docbot.types import Finding

LONGEST = 58_000
"""Code points of the comment. GitHub takes 65,536."""
_ROOM_FOR_ORDER = 12_000
"""Code points that the reading order may take."""


class Why(StrEnum):
    """Why something stands here and not on a line. The order is that of the comment."""

    WRONG = "What holds of lines or pages as a whole"
    ELSEWHERE = "On lines that this change doesn't touch"
    OVER = "On changed lines, but over the number of remarks that one review makes"
    UNCHANGED = "On lines that are as they were at docbot's last review"
    UNKNOWN = "On changed lines; the commit of docbot's last review is gone, so nobody knows which are new"
    UNPLACED = "On changed lines, where GitHub takes no remark"
    FORGOTTEN = "Copies that still say what was replaced"


class Item(NamedTuple):
    """A line of the comment: Markdown without a line end."""

    why: Why
    text: str


class Counts(msgspec.Struct, frozen=True):
    """The findings of a review, apart from those that were refused."""

    findings: int
    on_lines: int
    """Those that a remark tells, of this run or an earlier one."""
    refused: int


def sticky(items: Sequence[Item], review: Review, counts: Counts, refused: Collection[Finding]) -> str:
    """The comment, without its marker, at most LONGEST code points long; empty where there are no items."""
    if not items:
        return ""
    head = _counted(counts)
    order = _order(review, refused)
    room = LONGEST - len(head) - len(order) - 600
    return "\n\n".join([head, _listed(items, room), order])


def says_same(there: str, text: str) -> bool:
    """Whether two comments say the same of the same commit.

    Why a point stands there is no part of that: of a commit that is reviewed once more, nothing is new.
    """
    return _points(there) == _points(text)


def item(why: Why, finding: Finding, locator: Locator) -> Item:
    """A finding as a line of the comment."""
    line = locator.region(finding.path, finding.span).line
    said = f"{code(finding.path, 250)}, line {line}: {code(finding.message)} ({code(finding.rule, 100)})"
    if finding.question is not None:
        said += f". {code(finding.question.text, 200)}"
    return Item(why, said)


def items_of_hunks(review: Review, place: Place) -> Iterator[Item]:
    """What is wrong with hunks that no finding says, and the copies that they forgot."""
    for one in review.hunks:
        for wrong in one.wrongs:
            yield Item(Why.WRONG, f"{place(one)}: {code(wrong)}")
    for one in review.hunks:
        for path in one.forgotten:
            yield Item(Why.FORGOTTEN, f"{code(path, 250)}, a copy of {place(one)}")


class Place:
    """Says where a hunk is."""

    def __init__(self, review: Review) -> None:
        self._before, self._after = Locator(review.before), Locator(review.after)

    def __call__(self, one: Judged) -> str:
        """The page and the line of a hunk, as Markdown."""
        hunk = one.hunk
        if len(hunk.after):
            return f"{code(hunk.path, 250)}, line {self._after.index(hunk.path).line(hunk.after.start)}"
        if hunk.old_path != hunk.path:
            return f"{code(hunk.old_path, 250)}, now {code(hunk.path, 250)}"
        if not len(hunk.before):
            return code(hunk.path, 250)
        line = self._before.index(hunk.old_path).line(hunk.before.start)
        return f"{code(hunk.old_path, 250)}, line {line} before"


def _points(text: str) -> list[str]:
    headings = {"", *(f"{why}:" for why in Why)}
    lines = (line.rstrip() for line in text.split("\n"))
    return sorted(line for line in lines if line not in headings)


def _counted(counts: Counts) -> str:
    said = f"docbot has {counted(counts.findings, 'finding')} on this change"
    if counts.findings:
        below = counts.findings - counts.on_lines
        said += f": {counts.on_lines:,} on its lines, {below:,} here"
    refused = f" {counts.refused:,} refused here before." if counts.refused else ""
    return f"{said}.{refused}"


def _listed(items: Sequence[Item], room: int) -> str:
    lines: list[str] = []
    shown = 0
    ordered = sorted(items, key=lambda one: list(Why).index(one.why))
    for number, one in enumerate(ordered):
        opens = number == 0 or ordered[number - 1].why is not one.why
        more = [*(["", f"{one.why}:", ""] if opens else []), f"- {one.text}"]
        room -= sum(len(line) + 1 for line in more)
        if room < 0:
            break
        lines += more
        shown += 1
    left = len(ordered) - shown
    if left:
        lines += ["", f"{counted(left, 'more point')} found no room: `docbot review` lists all of them."]
    title = counted(len(ordered), "point") + " beside the lines"
    return "\n".join([f"<details><summary>{title}</summary>", *lines, "", "</details>"])


def _order(review: Review, refused: Collection[Finding]) -> str:
    counts = Counter(one.judgement for one in review.hunks)
    title = ", ".join(f"{counts[one]:,} {one.value}" for one in Judgement if counts[one])
    place = Place(review)
    lines: list[str] = []
    room = _ROOM_FOR_ORDER
    for one in review.hunks:
        line = f"1. **{one.judgement.value}** {place(one)}{_reason(one, refused)}"
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    left = len(review.hunks) - len(lines)
    if left:
        lines += ["", f"and {counted(left, 'more hunk')}: `docbot review` lists all of them."]
    summary = f"<details><summary>Reading order: {title or 'no hunks'}</summary>"
    return "\n".join([summary, "", *lines, "", "</details>"])


def _reason(one: Judged, refused: Collection[Finding]) -> str:
    """The first reason of a hunk that isn't about a finding which was refused."""
    first = next((reason.text for reason in one.reasons if reason.about not in refused), "")
    return f": {code(first, 300)}" if first else ""
