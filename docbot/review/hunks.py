"""The hunks of a change, as places in the pages before and after it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from docbot.repository.patches import Hunk as Lines
from docbot.repository.patches import PageChange
from docbot.review.values import Hunk, Kind
from docbot.text import LineIndex, Span

_NOWHERE = Span(0, 0)


def hunks_of(
    changes: Iterable[PageChange],
    before: Mapping[str, str],
    after: Mapping[str, str],
    unread: Container[str] = (),
) -> Iterator[Hunk]:
    """Every hunk of `changes`, by page and place. A page whose text isn't given is left out.

    `before` and `after` are the pages' texts by their paths then and now, `unread` the paths of those that
    can't be read now: each of them is one hunk.
    """
    for change in changes:
        old, new = change.old, change.new
        if new is not None and new in unread:
            yield Hunk(Kind.UNREAD, new, old or new, _NOWHERE, _NOWHERE)
            continue
        if new is None and old in unread:
            continue
        if old is None:
            if new is not None and new in after:
                yield Hunk(Kind.ADDED, new, new, _NOWHERE, Span(0, len(after[new])))
        elif new is None:
            if old in before:
                yield Hunk(Kind.REMOVED, old, old, Span(0, len(before[old])), _NOWHERE)
        elif old in before and new in after:
            yield from _edited(old, new, change.hunks, before[old], after[new])


def as_it_was(offset: int, hunks: Iterable[Hunk]) -> int:
    """Where what stands at `offset` of a page, and no hunk of it changed, stood before."""
    above = (hunk for hunk in hunks if hunk.kind is Kind.EDITED and hunk.after.end <= offset)
    return offset + sum(len(hunk.before) - len(hunk.after) for hunk in above)


def _edited(old: str, new: str, hunks: Iterable[Lines], before: str, after: str) -> Iterator[Hunk]:
    if old != new:
        yield Hunk(Kind.RENAMED, new, old, _NOWHERE, _NOWHERE)
    was, now = LineIndex(before), LineIndex(after)
    for hunk in hunks:
        first = _lines(was, len(before), hunk.start, len(hunk.old))
        second = _lines(now, len(after), hunk.at, len(hunk.new))
        yield Hunk(Kind.EDITED, new, old, first, second)


def _lines(index: LineIndex, length: int, line: int, count: int) -> Span:
    """The lines from `line` on with their ends; the place behind `line` where there are none."""
    if not count:
        end = min(index.line_span(line).end + 1, length) if line else 0
        return Span(end, end)
    return Span(index.line_span(line).start, min(index.line_span(line + count - 1).end + 1, length))
