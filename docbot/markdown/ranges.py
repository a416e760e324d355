"""Ranges of a text as a set: whether an offset is in one of them is asked for every match on a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from docbot.text import Span


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters in spans that neither overlap nor touch, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            if span.end > found[-1].end:
                found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


class Ranges:
    """Answers whether an offset is in one of the given spans, which may nest."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = merged(spans)
        self._starts = [span.start for span in ordered]
        self._ends = [span.end for span in ordered]

    def holds(self, offset: int) -> bool:
        k = bisect_right(self._starts, offset) - 1
        return k >= 0 and offset < self._ends[k]
