"""Which copies of a page were left out when others were corrected. Pure but for the texts it asks for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

import msgspec

from docbot.repository.corrections import folded
from docbot.repository.families import Copy, edition
from docbot.repository.values import Correction, Corrections, Forgotten, Made, Siblings

TextOf = Callable[[str], str | None]
"""The text of a page as it is now, without `\\r` or with; None for one that can't be read."""

_YEAR = 365 * 86400
_SHARE = 4
"""A version that got less than one in so many of the year's corrections of another is on its way out."""
_FEW = 8
"""Commits of a year. Of fewer no version is known to be left out."""
_NEAR = 2
"""Lines on each side that are compared, blank ones passed over."""
_FAR = 14
"""Lines on each side among which they are looked for."""
_EQUAL = 3
"""How many of those around must be the same in both copies."""
_OVERLAP = 0.5
"""The share of lines that two pages have in common at least if one is a copy of the other."""


class _Case(msgspec.Struct, frozen=True):
    """A correction, the copies that say what is new, and those that say what is old."""

    correction: Correction
    made: Mapping[str, Made]
    """The newest correction of each copy."""
    fixed: tuple[Copy, ...]
    """The corrected copies in which it still stands, newest version first."""
    alike: tuple[Copy, ...]
    left: tuple[Copy, ...]


def siblings(found: Corrections, families: Mapping[str, Sequence[Copy]], text_of: TextOf) -> Siblings:
    """The places where a copy still says what was corrected in others.

    A newer version never learns from an older one, the newest copy always has the correction, at least as
    many copies were corrected as were left out, what stands around is the same, and nobody took it back.
    Versions that people stopped correcting are left in peace.
    """
    taken_back = {(one.family, one.new, one.old) for one in found.found}
    retired = _retired(found)
    made: dict[str, list[Forgotten]] = defaultdict(list)
    ordered = sorted(found.found, key=lambda one: one.family)
    # A family at a time, so that never all pages are held.
    for family, ones in groupby(ordered, key=lambda one: one.family):
        look = _Look(text_of)
        for one in ones:
            if (one.family, one.old, one.new) not in taken_back:
                for path, forgotten in look.left_out(one, families.get(family, ()), retired):
                    made[path].append(forgotten)
    return Siblings({path: tuple(forgotten) for path, forgotten in made.items()})


def _retired(found: Corrections) -> Callable[[str], bool]:
    """Whether a version's folder gets few corrections any more, while another gets many."""
    commits: dict[str, set[str]] = defaultdict(set)
    for one in found.found:
        for made in one.made:
            if made.time >= found.time - _YEAR:
                commits[edition(made.path)].add(made.commit)
    most = max(map(len, commits.values()), default=0)
    return lambda folder: most >= _FEW and _SHARE * len(commits.get(folder, ())) < most


def _is_sound(case: _Case) -> bool:
    """Whether the newest copy was corrected, and as many as were left out at least."""
    if not case.fixed or len(case.fixed) < len(case.left):
        return False
    newest = max(copy.order for copy in (*case.alike, *case.left))
    return any(copy.order == newest for copy in case.alike)


class _Look:
    """The pages as they are now. Each is read once."""

    def __init__(self, text_of: TextOf) -> None:
        self._page: Callable[[str], _Page] = cache(lambda path: _Page(text_of(path) or ""))
        self._overlap = cache(lambda a, b: _share(self._page(a).lines, self._page(b).lines))

    def left_out(
        self, one: Correction, members: Sequence[Copy], retired: Callable[[str], bool]
    ) -> Iterator[tuple[str, Forgotten]]:
        """The copies among `members` that `one` belongs to as well, by path."""
        case = self._case(one, members)
        if not _is_sound(case):
            return
        for copy in case.left:
            forgotten = None if retired(edition(copy.path)) else self._forgotten(case, copy)
            if forgotten is not None:
                yield copy.path, forgotten

    def _case(self, one: Correction, members: Sequence[Copy]) -> _Case:
        made = {correction.path: correction for correction in reversed(one.made)}
        alike = tuple(copy for copy in members if self._page(copy.path).places(one.new))
        known = {copy.path for copy in alike} | set(made)
        left = [copy for copy in members if copy.path not in known]
        return _Case(
            one,
            made,
            tuple(copy for copy in reversed(alike) if copy.path in made),
            alike,
            tuple(copy for copy in left if len(self._page(copy.path).places(one.old)) == 1),
        )

    def _forgotten(self, case: _Case, copy: Copy) -> Forgotten | None:
        """What `copy` was forgotten in; None unless a newer copy was corrected in the same surroundings."""
        newer = [fixed for fixed in case.fixed if fixed.order >= copy.order]
        if not newer:
            return None
        source = newer[-1]
        if self._overlap(copy.path, source.path) < _OVERLAP:
            return None
        there = self._place(case, copy, source)
        if there is None:
            return None
        one = case.correction
        return Forgotten(
            old=one.old,
            new=tuple(self._page(source.path).written[there : there + len(one.new)]),
            source=case.made[source.path],
            line=there + 1,
            corrected=tuple(fixed.path for fixed in case.fixed),
            alike=len(case.alike),
            left=tuple(left.path for left in case.left),
        )

    def _place(self, case: _Case, copy: Copy, source: Copy) -> int | None:
        """The line (from 0) of `source` where the correction stands as the old words do in `copy`."""
        one = case.correction
        here, there = self._page(copy.path), self._page(source.path)
        around = here.around(here.places(one.old)[0], len(one.old))
        for place in there.places(one.new):
            theirs = there.around(place, len(one.new))
            if sum(a == b != "" for a, b in zip(around, theirs, strict=True)) >= _EQUAL:
                return place
        return None


class _Page:
    """The lines of a page, and where each stands."""

    def __init__(self, text: str) -> None:
        self.written = [line.rstrip("\r") for line in text.split("\n")]
        self.lines = [folded(line) for line in self.written]
        self._at: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            self._at[line].append(number)

    def places(self, block: Sequence[str]) -> list[int]:
        """Where (lines from 0) all lines of `block` stand one after the other."""
        wanted = list(block)
        return [n for n in self._at.get(wanted[0], ()) if self.lines[n : n + len(wanted)] == wanted]

    def around(self, first: int, count: int) -> list[str]:
        """The nearest lines that aren't blank, before and after; empty where there is none."""
        before = reversed(self.lines[max(0, first - _FAR) : first])
        after = self.lines[first + count : first + count + _FAR]
        return [*_nearest(before), *_nearest(after)]


def _nearest(lines: Iterator[str] | Sequence[str]) -> list[str]:
    found = [line for line in lines if line][:_NEAR]
    return found + [""] * (_NEAR - len(found))


def _share(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of the shorter page's lines, blank ones aside, that stand in the other, too."""
    mine, theirs = (Counter(line for line in lines if line) for lines in (a, b))
    return (mine & theirs).total() / max(1, min(mine.total(), theirs.total()))
