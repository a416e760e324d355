"""Edits that are taken with one click: GitHub puts the lines of a block in place of a remark's lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from docbot.posting.places import Range
from docbot.reporters.neutral import fenced
from docbot.reporters.plain import visible_lines
from docbot.text import Conflict, LineIndex, Span, apply
from docbot.types import Fix

LONGEST = 8_000
"""Code points of the lines that are put in place. More is no edit to take at a glance."""
_SHOWN = 2_000
"""Code points of an edit that is only shown."""

_RUNS = re.compile("`+")


class Suggestion(NamedTuple):
    """An edit of whole lines of a page: `lines` (from 1, both ends included) become `text`.

    `text` has the line ends of its lines; it is empty where the lines are deleted.
    """

    lines: Range
    text: str


def suggestion_of(fix: Fix, page: str, lines: Range, area: Range, *, exact: bool) -> Suggestion | str:
    """The edit that `fix` makes of `page`, on `lines` and those it needs besides; else why there is none.

    All of it must be within `area`, lines of one hunk. `exact` says that `page` is what the file holds, byte
    for byte. Only what GitHub would put there exactly is a suggestion.
    """
    touched = _touched(fix, page, lines)
    if touched is None or touched[0] < area[0] or touched[1] > area[1]:
        return "it changes other lines, too"
    index = LineIndex(page)
    span = Span(index.line_span(touched[0]).start, index.line_span(touched[1]).end + 1)
    if span.end > len(page):
        return "the page doesn't end with a line end"
    if not exact or "\r" in span.of(page):
        return "the page isn't stored in a form that a suggestion keeps"
    try:
        after = apply(page, fix.edits)
    except (Conflict, IndexError):
        return "its edits don't fit together"
    text = after[span.start : span.end + len(after) - len(page)]
    if text and not text.endswith("\n"):
        return "it joins lines with those that follow"
    if text == span.of(page):
        return "it changes nothing"
    if len(text) > LONGEST:
        return "it is too long"
    if "\r" in text or visible_lines(text) != text:
        return "its lines hold characters that can't be seen"
    return Suggestion(touched, text)


def block(text: str) -> str:
    """The block of Markdown that GitHub takes for a suggestion of `text`, whole lines with their ends."""
    longest = max((len(run) for run in _RUNS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}suggestion\n{text}{fence}"


def shown(fix: Fix, page: str, lines: Range) -> str:
    """The edit as a block that is only to be read; empty where it can't be shown whole."""
    touched = _touched(fix, page, lines)
    if touched is None:
        return ""
    index = LineIndex(page)
    span = Span(index.line_span(touched[0]).start, index.line_span(touched[1]).end)
    try:
        after = apply(page, fix.edits)
    except (Conflict, IndexError):
        return ""
    new = after[span.start : span.end + len(after) - len(page)]
    told = [f"-{line}" for line in span.of(page).split("\n")]
    told += [f"+{line}" for line in new.split("\n")] if new else []
    text = "\n".join(told)
    return fenced(text, "diff") if len(text) <= _SHOWN else ""


def _touched(fix: Fix, page: str, lines: Range) -> Range | None:
    """`lines` and all that the edits of `fix` touch; None for edits of another text."""
    first, last = lines
    index = LineIndex(page)
    for edit in fix.edits:
        if not 0 <= edit.span.start <= edit.span.end <= len(page):
            return None
        start, end = edit.span.start, edit.span.end
        # Lines that go as a whole need none of what follows them.
        inside = end - 1 if end > start and page[end - 1] == "\n" and _starts_line(page, start) else end
        first, last = min(first, index.line(start)), max(last, index.line(inside))
    return first, last


def _starts_line(page: str, offset: int) -> bool:
    return offset == 0 or page[offset - 1] == "\n"
