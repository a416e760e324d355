"""The parts a section's attention is made of, each as a rank among all sections of the repository."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from docbot.attention.lives import Life, one_copy_each
from docbot.repository.values import PageCommit

_DAY = 86_400
_YEAR = 365.25

Measure = Callable[[Life, "Ages"], float]


class Ages:
    """How long before `now` (seconds since 1970) commits were made, in days."""

    def __init__(self, commits: Sequence[PageCommit], now: int) -> None:
        self._commits = commits
        self._now = now

    def days(self, commit: int) -> float:
        return max(0.0, (self._now - self._commits[commit].time) / _DAY)

    def date(self, commit: int) -> str:
        return self._commits[commit].date

    def decayed(self, commits: Iterable[int], years: float) -> float:
        """A count in which a commit halves with every `years` that passed since."""
        return math.fsum(math.exp2(-self.days(commit) / (years * _YEAR)) for commit in commits)


def _freshness(life: Life, ages: Ages) -> float:
    """Between 0, never edited, and 1, just edited."""
    last = max(life.edits, default=None)
    return 0.0 if last is None else 1 / (1 + ages.days(last) / _YEAR)


HISTORY: Mapping[str, Measure] = {
    "edits": lambda life, ages: ages.decayed(life.edits, 3),
    "facts": lambda life, ages: ages.decayed(life.facts, 1),
    "page": lambda life, ages: ages.decayed(life.page, 1) / math.sqrt(life.sections),
    "freshness": _freshness,
}
"""What people did, by the name of the part."""
DENSITY: Mapping[str, Measure] = {
    "links": lambda life, ages: float(life.signals.links),
    "abbreviations": lambda life, ages: float(life.signals.abbreviations),
    "alerts": lambda life, ages: float(life.signals.alerts),
    "tables": lambda life, ages: float(life.signals.rows),
}
"""What there is that can change."""
MEASURES = {**HISTORY, **DENSITY}


def ranks_of(name: str, lives: Sequence[Life], ages: Ages) -> list[float]:
    """The rank of each section's part among the ranked ones, 0 to 1: the share that has less of it.

    Nothing at all is 0; equals share the middle of their places. One copy of a section counts.
    """
    measure = MEASURES[name]
    values = [0.0 if life.record else measure(life, ages) for life in lives]
    of = sorted(values[number] for number in one_copy_each(lives))
    return [(bisect_left(of, v) + bisect_right(of, v)) / 2 / len(of) if v > 0 else 0.0 for v in values]
