"""Which sections people rewrote or extended, from how their pages changed between two commits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docbot.attention.lives import Life
from docbot.attention.signals import LineKind
from docbot.repository.patches import Hunk, PageChange

_WORD = re.compile(rb"[\w\x80-\xff]+")
_HEADING = re.compile(rb" {0,3}#{1,6}[ \t]")
_ALIKE = 0.85
_ADDED = 6
"""Words that make an addition more than a remark."""

Lines = Mapping[str, Sequence[int]]


def rewritten_lines(
    changes: Iterable[PageChange], kinds: Mapping[str, Sequence[LineKind]]
) -> dict[str, list[int]]:
    """The lines (from 1, as they were before) whose prose was rewritten or added to, by page.

    `kinds` gives the lines of each page before. What was removed, whole pages too, is no rewriting.
    """
    found: dict[str, list[int]] = {}
    for change in changes:
        if change.old is not None and change.new is not None and (of := kinds.get(change.old)):
            found[change.old] = sorted({line for hunk in change.hunks for line in _lines(hunk, of)})
    return found


def _lines(hunk: Hunk, kinds: Sequence[LineKind]) -> Iterator[int]:
    """An addition belongs to the line before it, unless it opens a section of its own."""
    if not 1 <= hunk.start <= len(kinds) or kinds[hunk.start - 1] is not LineKind.PROSE:
        return
    if hunk.old and hunk.new and _is_rewriting(hunk):
        yield from range(hunk.start, hunk.start + len(hunk.old))
    elif not hunk.old and not _opens_section(hunk) and sum(_words(hunk.new).values()) >= _ADDED:
        yield hunk.start


def _is_rewriting(hunk: Hunk) -> bool:
    old, new = _words(hunk.old), _words(hunk.new)
    every = old.total() + new.total()
    return 2 * (old & new).total() < _ALIKE * every


def _words(lines: Sequence[bytes]) -> Counter[bytes]:
    return Counter(_WORD.findall(b"\n".join(lines)))


def _opens_section(hunk: Hunk) -> bool:
    first = next((line for line in hunk.new if line.strip()), b"")
    return bool(_HEADING.match(first))


def were_rewritten(lives: Iterable[Life], lines: Lines) -> list[bool]:
    """Whether each section has one of `lines`."""
    return [_holds(lines.get(life.path, ()), life.part.first, life.part.last) for life in lives]


def _holds(lines: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(lines, first)
    return at < len(lines) and lines[at] <= last
