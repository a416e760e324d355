"""Lines of a diff: which of them may be spoken of, and where they went when somebody pushed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.contract.bare import Bare

LEFT, RIGHT = "LEFT", "RIGHT"
Side = str

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Spot(NamedTuple):
    """A line in a patch: the hunk it is in, and its place below the first hunk's header, from 1."""

    hunk: int
    position: int


def spots(patch: str) -> Mapping[tuple[Side, int], Spot]:
    """Every line that a patch shows, by side and number; what didn't change is on both sides."""
    found: dict[tuple[Side, int], Spot] = {}
    hunk, old, new = -1, 0, 0
    for position, line in enumerate(patch.split("\n")):
        header = _HUNK.match(line)
        if header:
            hunk, old, new = hunk + 1, int(header[1]), int(header[3])
            continue
        spot = Spot(hunk, position)
        if line[:1] in ("-", " "):
            found[LEFT, old] = spot
            old += 1
        if line[:1] in ("+", " "):
            found[RIGHT, new] = spot
            new += 1
    return found


def shown(patch: str, position: int) -> str:
    """The patch from the header of the hunk that `position` is in, down to there."""
    lines = patch.split("\n")
    start = max(place for place in range(position) if _HUNK.match(lines[place]))
    return "\n".join(lines[start : position + 1])


def moved(bare: Bare, old: str, new: str, path: str, first: int, last: int) -> int | None:
    """By how much the lines `first` to `last` of a file moved from commit `old` to `new`.

    None where one of them was changed or taken out, or something was put between them.
    """
    if old == new:
        return 0
    by = 0
    for start, length, added in _changed(bare.patch(old, new, path)):
        # What is put in alone stands below the line that is named.
        end = start + length - 1 if length else start
        if length and start <= last and end >= first:
            return None
        if not length and first <= start < last:
            return None
        if end < first:
            by += added - length
    return by


def _changed(patch: str) -> Iterator[tuple[int, int, int]]:
    """Of each hunk the first line of the old side, how many there are, and how many take their place."""
    for line in patch.split("\n"):
        header = _HUNK.match(line)
        if header:
            yield int(header[1]), int(header[2] or 1), int(header[4] or 1)
