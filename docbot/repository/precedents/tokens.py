"""A line of Markdown as words and marks, and where in it prose, code and link targets are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum

_TOKEN = re.compile(r"\s*(?:\w+(?:['’]\w+)*|`+|\*+|\.\./|\]\(|[^\w\s])")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_TICKS = re.compile(r"`+")
_TARGET = re.compile(
    r"\]\([^)\s]*|^\s*\[[^\]\s][^\]]*\]:\s*\S+|https?://[^\s)>\]]+|<[A-Za-z/!][^<>]*>|\]\[[^\]]*"
)
_FENCE = re.compile(rb"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}|~{3,})", re.M)
LONGEST_LINE = 3000
"""Code points. A longer line is data, not something a person wrote."""


class Scope(StrEnum):
    """Where on a page words stand. What stands elsewhere is never offered an edit."""

    TEXT = "text"
    HEADING = "heading"
    CODE = "code"
    """A code span."""
    OTHER = "other"
    """Link targets, HTML, comments."""


def tokens(line: str) -> list[str]:
    """The words and marks of `line`, each with the white space before it."""
    return _TOKEN.findall(line)


def spaced(given: Iterable[str]) -> list[str]:
    """The tokens with the white space before them made one space."""
    return [token if len(token) < 2 or not token[0].isspace() else " " + token.lstrip() for token in given]


def readable(line: bytes) -> str:
    """The text of a line; empty for one too long to be written by a person."""
    return line.decode("utf-8", "replace").rstrip("\r") if len(line) <= LONGEST_LINE else ""


_JOINS_BEFORE = re.compile(r"[\w$@#%&~+<\-/\\._’']")
_JOINS_AFTER = re.compile(r"[\w$@#%&~+=>\-/\\_(\[{’']|[.:]\S")


def is_free(line: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` is no part of a longer name, path or word."""
    return not (start and _JOINS_BEFORE.match(line, start - 1)) and not _JOINS_AFTER.match(line, end)


class Scopes:
    """Which scope each place of a line is in."""

    def __init__(self, line: str) -> None:
        heading = _HEADING.match(line)
        self._base = Scope.HEADING if heading else Scope.TEXT
        spans = [(*span, Scope.CODE) for span in _code_spans(line)] if "`" in line else []
        for match in _TARGET.finditer(line):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((*match.span(), Scope.OTHER))
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def at(self, offset: int) -> Scope:
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self._spans[number][1]:
            return self._spans[number][2]
        return self._base


def _code_spans(line: str) -> list[tuple[int, int]]:
    """What stands between two equal runs of backticks, without these."""
    runs = [match.span() for match in _TICKS.finditer(line)]
    last: dict[int, int] = {end - start: number for number, (start, end) in enumerate(runs)}
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(runs):
        start, end = runs[at]
        length = end - start
        if last[length] <= at:
            at += 1
            continue
        closing = next(n for n in range(at + 1, len(runs)) if runs[n][1] - runs[n][0] == length)
        found.append((end, runs[closing][0]))
        at = closing + 1
    return found


def no_prose(page: bytes) -> list[tuple[int, int]]:
    """The lines (first and last, from 1) of the front matter and of code fences, in order."""
    found: list[tuple[int, int]] = []
    start = 0
    if page.lstrip(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n")):
        end = re.search(rb"\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", page)
        if end is None:
            return [(1, page.count(b"\n") + 1)]
        start = end.start() + 1
        found.append((1, page.count(b"\n", 0, start) + 1))
    opened, mark, counted, line = 0, b"", 0, 1
    for match in _FENCE.finditer(page, start):
        line += page.count(b"\n", counted, match.start())
        counted = match.start()
        if not mark:
            opened, mark = line, match[1]
        elif match[1].startswith(mark):
            found.append((opened, line))
            mark = b""
    if mark:
        found.append((opened, page.count(b"\n") + 1))
    return found


def is_inside(ranges: Sequence[tuple[int, int]], line: int) -> bool:
    """Whether `line` is in one of the ranges that `no_prose` returns."""
    number = bisect_right(ranges, (line, 1 << 60)) - 1
    return number >= 0 and line <= ranges[number][1]
