"""What changed between two texts, line by line and word by word, for a page that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

CONTEXT = 3
"""Unchanged lines around a change."""
_PATIENCE = 2_000
"""Lines of a page or words of a line. Beyond it the comparison is coarser, for it would take too long."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Segments = tuple[tuple[str, bool], ...]
"""Pieces of a line, each with whether it changed."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line that stayed (both numbers), went (`old` alone) or came (`new` alone). Numbers count from 1."""

    old: int | None
    new: int | None
    segments: Segments


def hunks(before: str, after: str) -> list[list[Row]]:
    """The changed lines with a few around them, in groups that lie apart."""
    old, new = before.split("\n"), after.split("\n")
    limit = min(len(old), len(new))
    top = next((i for i in range(limit) if old[i] != new[i]), limit)
    limit -= top
    end = next((i for i in range(limit) if old[-1 - i] != new[-1 - i]), limit)
    start = max(0, top - CONTEXT)
    tail = max(0, end - CONTEXT)
    a, b = old[start : len(old) - tail], new[start : len(new) - tail]
    matcher = SequenceMatcher(None, a, b, autojunk=len(b) > _PATIENCE)
    groups = [] if a == b else matcher.get_grouped_opcodes(CONTEXT)
    return [list(_rows(a, b, group, start + 1)) for group in groups]


def _rows(
    old: Sequence[str], new: Sequence[str], group: Sequence[tuple[str, int, int, int, int]], first: int
) -> Iterator[Row]:
    for tag, a0, a1, b0, b1 in group:
        if tag == "equal":
            for i in range(a1 - a0):
                yield Row(first + a0 + i, first + b0 + i, ((_bare(old[a0 + i]), False),))
            continue
        pairs = [_paired(*pair) for pair in zip_longest(old[a0:a1], new[b0:b1])]
        yield from (Row(first + a0 + i, None, pairs[i][0]) for i in range(a1 - a0))
        yield from (Row(None, first + b0 + i, pairs[i][1]) for i in range(b1 - b0))


def _paired(old: str | None, new: str | None) -> tuple[Segments, Segments]:
    """Both lines in pieces; a line without a counterpart changed as a whole."""
    if old is None or new is None:
        return ((_bare(old or ""), True),), ((_bare(new or ""), True),)
    a, b = _TOKEN.findall(_bare(old)), _TOKEN.findall(_bare(new))
    if len(a) + len(b) > _PATIENCE:
        return (("".join(a), True),), (("".join(b), True),)
    left, right = list[tuple[str, bool]](), list[tuple[str, bool]]()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        left.append(("".join(a[a0:a1]), tag != "equal"))
        right.append(("".join(b[b0:b1]), tag != "equal"))
    return tuple(filter(_said, left)), tuple(filter(_said, right))


def _said(segment: tuple[str, bool]) -> bool:
    return bool(segment[0])


def _bare(line: str) -> str:
    return line.removesuffix("\r")
