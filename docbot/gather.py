"""Looks at a docs repository once: its pages, and the facts the enabled rules need, no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from docbot import __version__
from docbot.cache import Cache, packed
from docbot.config import Config
from docbot.errors import UnreadablePageError
from docbot.facts import Facts, Need
from docbot.markdown import Document, KnownDocument, blob_id
from docbot.markdown.nodes import Outline
from docbot.pages import not_editable, selected
from docbot.reading import Page, read_pages
from docbot.repository.headings import heading_history
from docbot.repository.history import path_history
from docbot.repository.line_history import Kept, as_committed, ignored_commits, line_history
from docbot.repository.values import HeadingHistory, LineHistory, PathHistory
from docbot.repository.worktree import Entry, EntryKind, Worktree, read_page, tracked
from docbot.rules.interface import Rule
from docbot.site.bookmarks import pages_with_lost_anchors
from docbot.site.build import build_site
from docbot.site.model import Site
from docbot.types import Notice, digest
from docbot.worked import Lesson, Worked

HistoryT = TypeVar("HistoryT", PathHistory, HeadingHistory)


class Survey:
    """One look at a repository: every page's outline and local findings, and the facts."""

    def __init__(
        self,
        worktree: Worktree,
        today: date,
        listing: str,
        pages: Mapping[str, Page],
        noticed: tuple[Notice, ...],
        gather: Callable[[], tuple[Facts, tuple[Notice, ...]]],
        *,
        work: Callable[[], Worked],
    ) -> None:
        self.worktree = worktree
        self.today = today
        self.listing = listing
        """Digest of every path of the repository and of every page's text."""
        self.pages = pages
        """The pages that were read and may be edited, by path."""
        self.noticed = noticed
        """What reading the pages noticed."""
        self.configs: dict[str, str] = {}
        """The files that facts were read from, and their blobs."""
        self._gather = gather
        self._work = work

    @cached_property
    def _gathered(self) -> tuple[Facts, tuple[Notice, ...]]:
        return self._gather()

    @property
    def facts(self) -> Facts:
        """Gathered when first asked for. Raises RepositoryError when git fails."""
        return self._gathered[0]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What reading the pages and gathering the facts noticed."""
        return (*self.noticed, *self._gathered[1])

    @cached_property
    def worked(self) -> Worked:
        """Gathered when first asked for. Raises RepositoryError when git fails."""
        return self._work()

    def document(self, path: str) -> Document:
        """The page at `path`. Its text is read when first asked for.

        Asking raises UnreadablePageError when the page is not what it was when it was surveyed.
        """
        page = self.pages[path]
        return KnownDocument(path, page.blob, page.outline, lambda: read_page(self.worktree, path))


def survey(
    worktree: Worktree,
    config: Config,
    rules: Sequence[Rule],
    cache: Cache,
    *,
    today: date,
    sections: bool = False,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Survey:
    """Read the worktree's pages and gather what `rules` need. `today` is the day they take for today.

    With `sections` it is known that the survey's `worked` will be asked for.
    """
    needs = frozenset(need for rule in rules for need in rule.needs)
    entries = tracked(worktree)
    readable = [entry.path for entry in entries if entry.kind is EntryKind.FILE]
    warnings: list[str] = []
    lesson = Lesson(worktree, config, cache)
    memory = _Memory(worktree, cache, warnings, lesson if sections else None)
    with ThreadPoolExecutor(1) as background:
        history = memory.paths(needs, background)
        read = read_pages(
            selected(readable, config),
            lambda path: read_page(worktree, path),
            rules,
            cache,
            jobs=jobs,
            progress=progress,
        )
    pages, left = _editable(read)
    listing = digest(
        *(f"{entry.kind.value} {entry.path}" for entry in entries),
        *(f"{page.blob} {path}" for path, page in read.items()),
        *(f"{rule} {measured}" for rule, measured in sorted(config.measured.items())),
    )

    def gather() -> tuple[Facts, tuple[Notice, ...]]:
        facts, notices = _facts(worktree, entries, read, needs, looked.configs)
        facts = replace(facts, paths=history(), today=today, measured=config.measured)
        if Need.HEADINGS in needs:
            facts = replace(facts, headings=memory.headings(facts))
        if Need.LINES in needs:
            facts = replace(facts, lines=memory.lines)
        return facts, (*notices, *(Notice("", text) for text in dict.fromkeys(warnings)))

    if not read:
        left.append(Notice("", "no file here is a page: see `include` and `exclude` in .docbot.toml"))
    work = partial(lesson.worked, lambda: memory.lines, warnings)
    looked = Survey(worktree, today, listing, pages, tuple(left), gather, work=work)
    return looked


def _facts(
    worktree: Worktree,
    entries: Sequence[Entry],
    read: Mapping[str, Page],
    needs: frozenset[Need],
    configs: dict[str, str],
) -> tuple[Facts, list[Notice]]:
    if not needs:
        return Facts(), []
    outlines = {path: page.outline for path, page in read.items() if not page.unreadable}
    site, notices = site_of(worktree, entries, outlines, configs)
    return Facts(site), notices


def site_of(
    worktree: Worktree,
    entries: Sequence[Entry],
    outlines: Mapping[str, Outline],
    configs: dict[str, str] | None = None,
) -> tuple[Site, list[Notice]]:
    """The site of a worktree with these entries, and a notice for each config file that can't be used.

    What a sparse checkout leaves out can be linked to, though not read. `configs` is given the blob of
    each file that was read.
    """

    def text(path: str) -> str:
        try:
            data = read_page(worktree, path)
        except UnreadablePageError as error:
            raise ValueError(str(error)) from error
        if configs is not None:
            configs[path] = blob_id(data)
        return data.decode("utf-8-sig")

    files = [entry.path for entry in entries if entry.kind is not EntryKind.SUBMODULE]
    beyond = [entry.path for entry in entries if entry.kind in (EntryKind.SUBMODULE, EntryKind.SYMLINK)]
    return build_site(files, outlines, text, beyond)


class _Memory:
    """git's history, read once for each commit: what was said of a commit stays true.

    Only the last of each kind is kept. What was read with a warning is not, so that it is heard again.
    """

    def __init__(self, worktree: Worktree, cache: Cache, warnings: list[str], lesson: Lesson | None) -> None:
        self._lesson = lesson
        self._worktree = worktree
        self._cache = cache
        self._warnings = warnings

    def paths(self, needs: frozenset[Need], background: Executor) -> Callable[[], PathHistory]:
        """Starts reading; what is returned waits for the end of it."""
        if not needs & {Need.PATHS, Need.HEADINGS}:
            return PathHistory
        stamp = self._stamp()
        kept = self._kept("paths", stamp, PathHistory)
        if kept is not None:
            return lambda: kept
        reading = background.submit(path_history, self._worktree, self._warnings.append)

        def finish() -> PathHistory:
            history = reading.result()
            folded = {path.lower(): path for path in (*history.deletions, *history.moves)}
            return self._keep("paths", stamp, replace(history, folded=folded))

        return finish

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
        ignored = ignored_commits(self._worktree)
        key = digest("lines", __version__, *ignored)
        kept = self._unpacked(key)
        if kept is None and self._lesson is not None:
            kept = self._lesson.before
        found = line_history(self._worktree, ignored, kept, self._warnings.append)
        data = packed(found)
        if data is not None and found.head and found != kept and found.history.complete:
            self._cache.store({key: data})
        return as_committed(self._worktree, found.history)

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
        key = digest(name, __version__)
        data = self._cache.load([key]).get(key, b"")
        if not data.startswith(stamp.encode()):
            return None
        try:
            return msgspec.msgpack.decode(data[len(stamp) :], type=model)
        except msgspec.DecodeError:
            return None

    def _keep(self, name: str, stamp: str, history: HistoryT) -> HistoryT:
        if not self._warnings:
            data = packed(history)
            if data is not None:
                self._cache.store({digest(name, __version__): stamp.encode() + data})
        return history


def _editable(read: Mapping[str, Page]) -> tuple[dict[str, Page], list[Notice]]:
    pages: dict[str, Page] = {}
    notices: list[Notice] = []
    for path, page in read.items():
        if page.unreadable:
            notices.append(Notice(path, page.unreadable))
            continue
        reason = not_editable(page.outline)
        if reason:
            notices.append(Notice(path, f"{path} is left alone: {reason}"))
        else:
            pages[path] = page
    return pages, notices
