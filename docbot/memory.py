"""git's history as facts, kept from run to run: what was said of a commit stays true."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from functools import cached_property
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from docbot.build import build
from docbot.cache import Cache, packed
from docbot.errors import UnreadablePageError
from docbot.facts import Facts, Need
from docbot.markdown.document import decode
from docbot.repository import commands
from docbot.repository.corrections import corrections
from docbot.repository.families import Copy, copies, copies_key
from docbot.repository.headings import heading_history
from docbot.repository.history import path_history
from docbot.repository.line_history import Kept, as_committed, ignored_commits, line_history
from docbot.repository.precedents.mining import precedents
from docbot.repository.precedents.values import Precedents
from docbot.repository.siblings import siblings
from docbot.repository.values import Corrections, HeadingHistory, LineHistory, PathHistory, Siblings
from docbot.repository.worktree import Worktree, read_page
from docbot.site.bookmarks import pages_with_lost_anchors
from docbot.types import digest
from docbot.worked import Lesson

HistoryT = TypeVar("HistoryT", PathHistory, HeadingHistory, Corrections, Precedents)


class Memory:
    """git's history, read once for each commit: what was said of a commit stays true.

    Only the last of each kind is kept. What was read with a warning is not, so that it is heard again. With
    `base`, the memory of a commit that this one goes on from, people's habits are what they are there, and of
    all else only what came since is read; nothing of that is kept.
    """

    def __init__(
        self,
        worktree: Worktree,
        cache: Cache,
        warnings: list[str],
        lesson: Lesson | None = None,
        *,
        base: Memory | None = None,
    ) -> None:
        self._lesson = lesson
        self._base = base
        self._path_history: Callable[[], PathHistory] = PathHistory
        self._corrections = Corrections()
        self._families: Mapping[str, tuple[Copy, ...]] = {}
        self._siblings = Siblings()
        self._worktree = worktree
        self._cache = cache
        self._warnings = warnings

    def paths(self, needs: frozenset[Need], background: Executor) -> Callable[[], PathHistory]:
        """Starts reading; what is returned waits for the end of it."""
        if needs & {Need.PATHS, Need.HEADINGS}:
            self._path_history = functools.cache(self._read_paths(background))
        return self._path_history

    def _read_paths(self, background: Executor) -> Callable[[], PathHistory]:
        base = self._base
        if base is not None:
            return lambda: self._folded(
                path_history(
                    self._worktree,
                    self._warnings.append,
                    after=base._worktree.head,
                    known=base._path_history(),
                )
            )
        stamp = self._stamp()
        kept = self._kept("paths", stamp, PathHistory)
        if kept is not None:
            return lambda: kept
        reading = background.submit(path_history, self._worktree, self._warnings.append)

        return lambda: self._keep("paths", stamp, self._folded(reading.result()))

    @staticmethod
    def _folded(history: PathHistory) -> PathHistory:
        return replace(history, folded={path.lower(): path for path in (*history.deletions, *history.moves)})

    def with_history(self, facts: Facts, needs: frozenset[Need], pages: Iterable[str]) -> Facts:
        """`facts` with what the history says of `pages` beside their paths, as far as it is needed."""
        if Need.HEADINGS in needs:
            facts = replace(facts, headings=self.headings(facts))
        if Need.LINES in needs:
            facts = replace(facts, lines=self.lines)
        if Need.SIBLINGS in needs:
            facts = replace(facts, siblings=self.siblings(pages))
        if Need.PRECEDENTS in needs:
            facts = replace(facts, precedents=self.precedents)
        return facts

    def headings(self, facts: Facts) -> HeadingHistory:
        """The heading changes of the pages at which links look for an anchor in vain."""
        pages = pages_with_lost_anchors(facts.site)
        if not pages:
            return HeadingHistory()
        stamp = self._stamp(*pages)
        return self._kept("headings", stamp, HeadingHistory) or self._keep(
            "headings", stamp, heading_history(self._worktree, pages, facts.paths, self._warnings.append)
        )

    @cached_property
    def lines(self) -> LineHistory:
        """The line history of the pages that are as they were committed. What was kept is continued."""
        return as_committed(self._worktree, self._lines.history)

    @cached_property
    def _ignored(self) -> tuple[str, ...]:
        return self._base._ignored if self._base else ignored_commits(self._worktree)

    @cached_property
    def _lines(self) -> Kept:
        if self._base:
            return line_history(self._worktree, self._ignored, self._base._lines, self._warnings.append)
        ignored = self._ignored
        key = digest("lines", build(), *ignored)
        kept = self._unpacked(key)
        if kept is None and self._lesson is not None:
            kept = self._lesson.before
        found = line_history(self._worktree, ignored, kept, self._warnings.append)
        data = packed(found)
        if data is not None and found.head and found != kept and found.history.complete:
            self._cache.store({key: data})
        return found

    def siblings(self, pages: Iterable[str]) -> Siblings:
        """What was corrected in some copies of these pages and forgotten in others."""
        families = copies(pages)
        if self._base and self._base._worktree.head:
            return self._siblings_since(self._base, self._base._worktree.head, families)
        stamp = self._stamp(*sorted(copy.path for members in families.values() for copy in members))
        self._corrections = self._kept("corrections", stamp, Corrections) or self._keep(
            "corrections", stamp, corrections(self._worktree, families, self._warnings.append)
        )
        self._families = families
        self._siblings = siblings(self._corrections, families, self._text)
        return self._siblings

    def _siblings_since(self, base: Memory, head: str, families: Mapping[str, tuple[Copy, ...]]) -> Siblings:
        """What the base's corrections say of copies that changed since its `head`; others are unchanged."""
        changed = {copies_key(path) for path in commands.changed_paths(self._worktree.git, head)}
        mine = {
            key: members
            for key, members in families.items()
            if key in changed or members != base._families.get(key)
        }
        before = {path: copies_key(path) for path in base._siblings.forgotten}
        held = {path for path, key in before.items() if key in families and key not in mine}
        left = {path: base._siblings.forgotten[path] for path in held}
        return Siblings(left | dict(siblings(base._corrections, mine, self._text).forgotten))

    def _text(self, path: str) -> str | None:
        try:
            return decode(path, read_page(self._worktree, path))[0]
        except UnreadablePageError:
            return None

    @cached_property
    def precedents(self) -> Precedents:
        """What people changed again and again, as of the commit that is checked out, or the base's."""
        if self._base:
            return self._base.precedents
        stamp = self._stamp()
        return self._kept("precedents and wordings", stamp, Precedents) or self._keep(
            "precedents and wordings", stamp, precedents(self._worktree, self._warnings.append)
        )

    def _unpacked(self, key: str) -> Kept | None:
        data = self._cache.load([key]).get(key)
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=Kept)
        except msgspec.DecodeError:
            return None

    def _stamp(self, *more: str) -> str:
        """What a history hangs on: the commit, and how much of what came before it is here."""
        worktree = self._worktree
        return digest(str(worktree.head), str(worktree.shallow), str(worktree.partial), *more)

    def _kept(self, name: str, stamp: str, model: type[HistoryT]) -> HistoryT | None:
        key = digest(name, build())
        data = self._cache.load([key]).get(key, b"")
        if not data.startswith(stamp.encode()):
            return None
        try:
            return msgspec.msgpack.decode(data[len(stamp) :], type=model)
        except msgspec.DecodeError:
            return None

    def _keep(self, name: str, stamp: str, history: HistoryT) -> HistoryT:
        if not self._warnings and self._base is None:
            data = packed(history)
            if data is not None:
                self._cache.store({digest(name, build()): stamp.encode() + data})
        return history
