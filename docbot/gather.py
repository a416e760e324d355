"""Looks at a docs repository once: its pages, and the facts the enabled rules need, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from docbot.cache import Cache
from docbot.config import Config
from docbot.errors import UnreadablePageError
from docbot.facts import Facts, Need
from docbot.heard import Heard, readers_here
from docbot.lifecycles import Lifecycles, stored
from docbot.markdown import Document, KnownDocument, blob_id
from docbot.markdown.nodes import Outline
from docbot.memory import Memory
from docbot.online import Online, web_of
from docbot.pages import not_editable, selected
from docbot.proofread import proofread
from docbot.reading import Page, read_pages
from docbot.repository.values import PathHistory
from docbot.repository.worktree import Entry, EntryKind, Worktree, read_page, tracked
from docbot.rules.interface import Rule
from docbot.site.build import build_site
from docbot.site.model import Site
from docbot.sources import Code, with_code
from docbot.spelled import listed_words
from docbot.spelled import stamp as spelling_stamp
from docbot.together import with_pages
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
) -> Survey:
    """Read the worktree's pages and gather what `rules` need. `today` is the day they take for today.

    Without `online` nothing is asked of the web. With `sections` it is known that the survey's `worked` will
    be asked for. `sources` are repositories with the code that the pages speak of. `heard` are
    readers' issues.
    """
    needs = frozenset(need for rule in rules for need in rule.needs)
    entries = tracked(worktree)
    readable = [entry.path for entry in entries if entry.kind is EntryKind.FILE]
    warnings: list[str] = []
    lesson = Lesson(worktree, config, cache)
    memory = Memory(worktree, cache, warnings, lesson if sections else None)
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
    ground = _Ground(
        entries, read, needs, known, history, memory, sources, online, cache, warnings, heard, jobs
    )
    return looked


class _Ground(NamedTuple):
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


def _gathered(looked: Survey, ground: _Ground) -> tuple[Facts, tuple[Notice, ...]]:
    worktree, needs, warnings = looked.worktree, ground.needs, ground.warnings
    facts, notices = _facts(worktree, ground.entries, ground.read, needs, looked.configs)
    facts = replace(facts, paths=ground.history(), **ground.known)
    readable = (path for path, page in ground.read.items() if not page.unreadable)
    facts = ground.memory.with_history(facts, needs, readable)
    code = Code(worktree, looked.pages, ground.sources, looked.configs, ground.cache, warnings.append)
    facts = with_code(facts, needs, code)
    files = (entry.path for entry in ground.entries if entry.kind is EntryKind.FILE)
    lists = partial(listed_words, worktree, files, looked.configs)
    facts = with_pages(facts, needs, ground.read, lists, warnings.append)
    if Need.GRAMMAR in needs:
        sentences = {path: page.said for path, page in looked.pages.items()}
        slips = proofread(sentences, ground.cache, jobs=ground.jobs, warn=warnings.append)
        facts = replace(facts, grammar=slips)
    if ground.online is not None and Need.WEB in needs:
        facts = replace(facts, web=web_of(facts.site, looked.pages, ground.online, ground.cache))
    if ground.heard is not None and Need.READERS in needs:
        blobs = {path: page.blob for path, page in ground.read.items()}
        readers = readers_here(worktree, facts, ground.heard, blobs, looked.configs)
        facts = replace(facts, readers=readers)
    said = dict.fromkeys((*facts.web.gaps, *warnings))
    return facts, (*notices, *(Notice("", text) for text in said))


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
