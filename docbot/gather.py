"""Looks at a docs repository once: its pages, and the facts the enabled rules need, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from docbot.cache import Cache
from docbot.config import Config
from docbot.facts import Facts, Need
from docbot.grammar import Grammar
from docbot.heard import Heard, readers_here
from docbot.lifecycles import Lifecycles, stored
from docbot.markdown import Document, KnownDocument
from docbot.memory import Memory
from docbot.online import Online, web_of
from docbot.pages import not_editable, selected
from docbot.proofread import proofread
from docbot.reading import Page, read_pages
from docbot.repository.values import PathHistory
from docbot.repository.worktree import Entry, EntryKind, Worktree, read_page, tracked
from docbot.rules.interface import Rule
from docbot.site_here import site_of
from docbot.sources import Code, with_code
from docbot.spelled import known_words, listed_words
from docbot.spelled import stamp as spelling_stamp
from docbot.together import with_habits, with_pages, with_slips
from docbot.types import Notice, digest
from docbot.worked import Lesson, Worked


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
        online: bool = False,
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
        self.online = online
        """Whether the facts hang on the web, which changes by itself."""
        self.unheard: tuple[Notice, ...] = ()
        """What reading the readers' issues noticed."""
        self.configs: dict[str, str] = {}
        """The files that facts were read from, and their blobs."""
        self.ground: Ground
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
    online: Online | None = None,
    sections: bool = False,
    jobs: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
    sources: Sequence[Worktree] = (),
    heard: Heard | None = None,
    base: Survey | None = None,
) -> Survey:
    """Read the worktree's pages and gather what `rules` need. `today` is the day they take for today.

    Of docs that are a change of others, `base` is the survey of those, for the same rules and settings: what
    people's habits are is what it is there.

    Without `online` nothing is asked of the web. With `sections` it is known that the survey's `worked` will
    be asked for. `sources` are repositories with the code that the pages speak of. `heard` are
    readers' issues.
    """
    needs = frozenset(need for rule in rules for need in rule.needs)
    entries = tracked(worktree)
    readable = [entry.path for entry in entries if entry.kind is EntryKind.FILE]
    warnings: list[str] = []
    lesson = Lesson(worktree, config, cache)
    past = base.ground.memory if base else None
    memory = Memory(worktree, cache, warnings, lesson if sections else None, base=past)
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
    unheard = tuple(Notice("", text) for text in (heard.notices if heard else ()))
    if not read:
        left.append(Notice("", "no file here is a page: see `include` and `exclude` in .docbot.toml"))
    lifecycles = _lifecycles(needs, warnings)
    looked = Survey(
        worktree,
        today,
        digest(_listing(entries, read, config, lifecycles, sources, heard), spelling_stamp(needs)),
        pages,
        (*left, *unheard),
        lambda: _gathered(looked, ground),
        online=online is not None,
        work=partial(lesson.worked, lambda: memory.lines, warnings),
    )
    looked.unheard = unheard
    known = {"today": today, "measured": config.measured, "lifecycles": lifecycles}
    looked.ground = ground = Ground(
        entries, read, needs, known, history, memory, sources, online, cache, warnings, heard, jobs, base
    )
    return looked


class Ground(NamedTuple):
    """What the facts of a survey are made from."""

    entries: Sequence[Entry]
    read: Mapping[str, Page]
    needs: frozenset[Need]
    known: Mapping[str, Any]
    """Facts that cost nothing."""
    history: Callable[[], PathHistory]
    memory: Memory
    sources: Sequence[Worktree]
    online: Online | None
    cache: Cache
    warnings: list[str]
    heard: Heard | None
    jobs: int
    base: Survey | None

    @property
    def kept(self) -> Cache:
        """Where to keep what is true of one commit alone: nowhere for a change, which nobody asks again."""
        return Cache.none() if self.base else self.cache


def _gathered(looked: Survey, ground: Ground) -> tuple[Facts, tuple[Notice, ...]]:
    worktree, needs, warnings = looked.worktree, ground.needs, ground.warnings
    facts, notices = _facts(worktree, ground.entries, ground.read, needs, looked.configs)
    facts = replace(facts, paths=ground.history(), **ground.known)
    readable = (path for path, page in ground.read.items() if not page.unreadable)
    facts = ground.memory.with_history(facts, needs, readable)
    code = Code(worktree, looked.pages, ground.sources, looked.configs, ground.kept, warnings.append)
    facts = with_code(facts, needs, code)
    facts = _with_pages(facts, looked, ground)
    if ground.online is not None and Need.WEB in needs:
        facts = replace(facts, web=web_of(facts.site, looked.pages, ground.online, ground.cache))
    if ground.heard is not None and Need.READERS in needs:
        blobs = {path: page.blob for path, page in ground.read.items()}
        readers = readers_here(worktree, facts, ground.heard, blobs, looked.configs)
        facts = replace(facts, readers=readers)
    said = dict.fromkeys((*facts.web.gaps, *warnings))
    return facts, (*notices, *(Notice("", text) for text in said))


def _with_pages(facts: Facts, looked: Survey, ground: Ground) -> Facts:
    needs, warn, base = ground.needs, ground.warnings.append, ground.base
    if base is None:
        facts = with_pages(facts, needs, ground.read, partial(_known_words, looked), warn)
        if Need.GRAMMAR in needs:
            facts = replace(facts, grammar=_slips(looked.pages, ground))
        return facts
    new = {path: page for path, page in ground.read.items() if not _is_same(page, base.ground.read.get(path))}
    facts = with_habits(facts, needs, base.facts, (ground.read, new), partial(_known_words, base), warn)
    if Need.GRAMMAR in needs:
        edited = {path: page for path, page in new.items() if path in looked.pages}
        old = frozenset(looked.pages.keys() - new.keys())
        facts = replace(facts, grammar=with_slips(_slips(edited, ground), base.facts.grammar, old))
    return facts


def _is_same(page: Page, other: Page | None) -> bool:
    return other is not None and page.blob == other.blob and not page.unreadable


def _known_words(looked: Survey) -> Iterator[str]:
    ground = looked.ground
    files = (entry.path for entry in ground.entries if entry.kind is EntryKind.FILE)
    return known_words(ground.read.values(), listed_words(looked.worktree, files, looked.configs))


def _slips(pages: Mapping[str, Page], ground: Ground) -> Grammar:
    sentences = {path: page.said for path, page in pages.items()}
    return proofread(sentences, ground.kept, jobs=ground.jobs, warn=ground.warnings.append)


def _listing(
    entries: Iterable[Entry],
    read: Mapping[str, Page],
    config: Config,
    lifecycles: Lifecycles,
    sources: Iterable[Worktree],
    heard: Heard | None,
) -> str:
    """Digest of what findings hang on beside git's history and the config files of the site."""
    return digest(
        *(f"{entry.kind.value} {entry.path}" for entry in entries),
        *(f"{page.blob} {path}" for path, page in read.items()),
        *(f"{rule} {measured}" for rule, measured in sorted(config.measured.items())),
        stored.packed(lifecycles).decode(),
        *(f"{source.root} {source.head}" for source in sources),
        heard.stamp if heard else "",
    )


def _lifecycles(needs: frozenset[Need], warnings: list[str]) -> Lifecycles:
    if Need.LIFECYCLES not in needs:
        return Lifecycles()
    loaded = stored.newest()
    if loaded.warning:
        warnings.append(loaded.warning)
    return loaded.facts


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
