"""The lines of a hunk before and after, compared word by word and cut to what a reviewer needs to see."""

from __future__ import annotations

import msgspec

from docbot.reporters.locate import Locator
from docbot.reporters.worddiff import Row, block, shortened
from docbot.review.values import Hunk
from docbot.text import Span


class Lines(msgspec.Struct, frozen=True):
    """The rows to show, old ones first, and how many lines of each side are left out."""

    rows: tuple[Row, ...]
    old_left: int
    new_left: int
    only_ends: bool
    """Whether nothing but the ends of the lines changed."""


def lines_of(hunk: Hunk, before: Locator, after: Locator, most: int) -> Lines:
    """The hunk's lines, at most `most` of each side."""
    old, first = _lines(hunk.old_path, hunk.before, before)
    new, now = _lines(hunk.path, hunk.after, after)
    rows = block(old[:most], new[:most], (first, now))
    return Lines(
        tuple(msgspec.structs.replace(row, segments=shortened(row.segments)) for row in rows),
        max(0, len(old) - most),
        max(0, len(new) - most),
        bool(old) and [line.rstrip("\r") for line in old] == [line.rstrip("\r") for line in new],
    )


def _lines(path: str, span: Span, locator: Locator) -> tuple[list[str], int]:
    """The lines at `span`, and the number of the first."""
    if not len(span):
        return [], 0
    return span.of(locator.text(path)).removesuffix("\n").split("\n"), locator.index(path).line(span.start)
