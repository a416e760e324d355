"""Spans of a text and the edits that change it. The bottom layer: it imports nothing of docbot.

All offsets are code points of the text as decoded, without its byte order mark. Lines end at `\\n`
only, as git counts them; lines and columns count from 1 and appear in reporters alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Half-open `[start, end)` in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """An empty span is still a place."""
        return True

    def of(self, text: str) -> str:
        """The slice of `text` this span names."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Edit(msgspec.Struct, frozen=True, order=True, gc=False):
    """One replacement. An empty span inserts, an empty replacement deletes."""

    span: Span
    replacement: str

    def conflicts(self, other: Edit) -> bool:
        """Whether applying both would depend on their order.

        Edits conflict when they share text, or when one inserts at the other's border or inside it.
        Equal edits don't: doing the same thing twice is doing it once.
        """
        if self == other:
            return False
        if self.span.overlaps(other.span):
            return True
        if len(self.span) and len(other.span):
            return False
        return self.span.start <= other.span.end and other.span.start <= self.span.end


class Conflict(ValueError):
    """Two edits of one text can't both be applied."""


class Place(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Line and column, both from 1; the column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into lines and columns, and back. Built once a text."""

    def __init__(self, text: str) -> None:
        lengths = accumulate(len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *lengths]
        self._starts.pop()
        self._length = len(text)

    def place(self, offset: int) -> Place:
        """Where `offset` is; an offset past the end is the end."""
        offset = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def line(self, offset: int) -> int:
        return self.place(offset).line

    def line_span(self, line: int) -> Span:
        """The span of line `line` (from 1) without its `\\n`.

        Raises IndexError when the text has no such line.
        """
        if not 1 <= line <= len(self._starts):
            raise IndexError(f"line {line} of {len(self._starts)}")
        last = line == len(self._starts)
        return Span(self._starts[line - 1], self._length if last else self._starts[line] - 1)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made; what no span names is kept code point for code point.

    Raises Conflict when two edits conflict, IndexError when one is outside of the text.
    """
    ordered = sorted(set(edits))
    for before, after in zip(ordered, ordered[1:], strict=False):
        if before.conflicts(after):
            raise Conflict(f"two edits meet at offset {after.span.start}")
    parts, at = [], 0
    for edit in ordered:
        if not 0 <= edit.span.start <= edit.span.end <= len(text):
            raise IndexError(f"edit at {edit.span} of a text of {len(text)} code points")
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]])


Owner = TypeVar("Owner")


def without_conflicts(
    owned: Sequence[tuple[Owner, Sequence[Edit]]],
) -> tuple[list[Owner], list[tuple[Owner, Owner]]]:
    """Choose, in the order given, the owners whose edits fit together; each owner's are all or none.

    Returns the accepted owners, and `(loser, winner)` for each that had to give way.
    """
    accepted: list[tuple[Owner, Sequence[Edit]]] = []
    lost: list[tuple[Owner, Owner]] = []
    for owner, edits in owned:
        winner = next((o for o, theirs in accepted if _meet(edits, theirs)), None)
        if winner is None:
            accepted.append((owner, edits))
        else:
            lost.append((owner, winner))
    return [owner for owner, _ in accepted], lost


def _meet(mine: Sequence[Edit], theirs: Sequence[Edit]) -> bool:
    return any(a.conflicts(b) for a in mine for b in theirs)
