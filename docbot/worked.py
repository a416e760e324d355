"""Where people worked, and how far that tells where they will: what ranks sections beside findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import msgspec

from docbot.attention.calibration import Calibration
from docbot.attention.past import Window, calibrated, window_of
from docbot.build import build
from docbot.cache import Cache, packed
from docbot.config import Config
from docbot.pages import selected
from docbot.repository.line_history import Kept, ignored_commits
from docbot.repository.values import LineHistory
from docbot.repository.worktree import Worktree
from docbot.types import Notice, digest


class Worked(msgspec.Struct, frozen=True):
    """Where people worked until `now`, the time of the commit that is checked out, in seconds since 1970."""

    lines: LineHistory
    calibration: Calibration
    now: int
    notices: tuple[Notice, ...] = ()


class _Learnt(msgspec.Struct, frozen=True):
    stamp: str
    calibration: Calibration


class Lesson:
    """What a repository's past teaches: looked at when first asked for, kept for the commits it is about."""

    def __init__(self, worktree: Worktree, config: Config, cache: Cache) -> None:
        self._worktree = worktree
        self._config = config
        self._cache = cache

    @cached_property
    def _taught(self) -> tuple[Calibration, Kept | None]:
        window = self._window
        ignored = ignored_commits(self._worktree)
        paths = (*self._config.include, "", *self._config.exclude)
        stamp = digest(window.then, window.until, *ignored, "", *paths)
        if window.then and (known := self._kept(stamp)):
            return known, None
        found, before = calibrated(
            self._worktree, window, ignored, lambda paths: selected(paths, self._config)
        )
        data = packed(_Learnt(stamp, found))
        if data is not None and before is not None:
            self._cache.store({_key(): data})
        return found, before

    @cached_property
    def _window(self) -> Window:
        return window_of(self._worktree)

    def _kept(self, stamp: str) -> Calibration | None:
        data = self._cache.load([_key()]).get(_key())
        try:
            kept = None if data is None else msgspec.msgpack.decode(data, type=_Learnt)
        except msgspec.DecodeError:
            return None
        return kept.calibration if kept is not None and kept.stamp == stamp else None

    @property
    def before(self) -> Kept | None:
        """The line history of the past, if it had to be read: `line_history` goes on from there."""
        return self._taught[1]

    def worked(self, lines: Callable[[], LineHistory], warnings: Iterable[str]) -> Worked:
        """The lesson with the line history it is applied to, and what was warned of by then.

        Raises RepositoryError when git fails.
        """
        history = lines()
        notices = tuple(Notice("", text) for text in dict.fromkeys(warnings))
        return Worked(history, self._taught[0], self._window.now, notices)


def _key() -> str:
    return digest("calibration", build())
