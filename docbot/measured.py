"""How often a rule was right, as a repository's own history shows it."""

from __future__ import annotations

import math

import msgspec

ENOUGH = 20
"""Decided places below which a share is chance."""
SEEN = 8
"""Places that people saw, below which nothing is said of what they care for."""
NEGLECT = 0.5
"""A smaller share of places where people made the very edit means that it isn't theirs."""
_Z = 1.96
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Between which shares, 0 to 1, the true one lies with 95 %, where `part` of `whole` places had it.

    Wilson's interval, which holds for few places, too. Nothing is known of none: 0 to 1.
    """
    if not whole:
        return 0.0, 1.0
    share = part / whole
    spread = _Z * math.sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2))
    middle, scale = share + _Z**2 / (2 * whole), 1 + _Z**2 / whole
    return (middle - spread) / scale, (middle + spread) / scale


class Measured(msgspec.Struct, frozen=True, gc=False):
    """What people later did at the places where a rule drafted an edit, counted by a backtest.

    `kept` were edited and left as they were at the very words; `still` nobody touched; `gone` were removed.
    """

    same: int = 0
    other: int = 0
    kept: int = 0
    still: int = 0
    gone: int = 0
    above: float = 0.0
    """Only drafts of findings with at least this confidence, 0 to 1, were counted."""
    since: str = ""
    """The day whose state of the docs was looked at, `YYYY-MM-DD`."""

    @property
    def counts(self) -> tuple[int, ...]:
        """Same, other, kept, still, gone."""
        return self.same, self.other, self.kept, self.still, self.gone

    @property
    def decided(self) -> int:
        """Places where people made the edit or another one."""
        return self.same + self.other

    @property
    def enough(self) -> bool:
        """Whether so many places were decided that the shares say something."""
        return self.decided >= ENOUGH

    @property
    def neglected(self) -> bool:
        """Whether people who saw such places mostly left them, or wrote something else.

        It takes so many places that chance is no excuse: the upper end of Wilson's interval for `strict`, at
        95 %, is what counts.
        """
        seen = self.decided + self.kept
        if seen < SEEN:
            return False
        return wilson(self.same, seen)[1] < NEGLECT

    @property
    def agreement(self) -> float:
        """The share of `decided` where people made the very edit, 0 to 1."""
        return self.same / self.decided if self.decided else 0.0

    @property
    def strict(self) -> float:
        """As `agreement`, with the places that people saw and left counted against the rule."""
        return self.same / (self.decided + self.kept) if self.decided + self.kept else 0.0

    @property
    def adoption(self) -> float:
        """The share of all drafts that people made, 0 to 1."""
        return self.same / sum(self.counts) if any(self.counts) else 0.0
