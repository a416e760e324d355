"""Offsets as people see them: lines and columns, from 1. Only reporters know these."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from docbot.text import LineIndex, Span


class Region(msgspec.Struct, frozen=True, gc=False):
    """Where a span is. The end is behind its last code point; columns are code points."""

    line: int
    column: int
    end_line: int
    end_column: int


class Locator:
    """Answers for the pages in `texts` (path to text); each page's lines are counted once.

    Every method raises KeyError for a page that `texts` lacks.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._indexes: dict[str, LineIndex] = {}

    def text(self, path: str) -> str:
        return self._texts[path]

    def index(self, path: str) -> LineIndex:
        if path not in self._indexes:
            self._indexes[path] = LineIndex(self._texts[path])
        return self._indexes[path]

    def region(self, path: str, span: Span) -> Region:
        index = self.index(path)
        start, end = index.place(span.start), index.place(span.end)
        return Region(start.line, start.column, end.line, end.column)

    def last_line(self, path: str, span: Span) -> int:
        """The line of the last code point of `span`; of its start when it is empty."""
        return self.index(path).line(max(span.start, span.end - 1))

    def lines_span(self, path: str, line: int, end_line: int) -> Span | None:
        """The span of the whole lines `line` to `end_line`; None when the page lacks them."""
        if end_line < line:
            return None
        index = self.index(path)
        try:
            start, end = index.line_span(line).start, index.line_span(end_line).end
        except IndexError:
            return None
        return Span(start, min(end + 1, len(self.text(path))))
