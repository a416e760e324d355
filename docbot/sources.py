"""Gathers what is known of source code: the docs' own repository, and the clones that the user named."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from docbot.build import build
from docbot.cache import Cache, packed
from docbot.errors import RepositoryError, UnreadablePageError, UsageError
from docbot.facts import Facts, Need
from docbot.markdown.code_names import NameKind, names_on
from docbot.reading import Page
from docbot.repository import commands
from docbot.repository.code_history import gone_names, words_now
from docbot.repository.history import path_history
from docbot.repository.values import GoneName, PathHistory
from docbot.repository.worktree import EntryKind, Worktree, read_page, tracked
from docbot.site.model import Site
from docbot.site.paths import PathIndex
from docbot.site.sources import Source, Sources
from docbot.snippets import gather_snippets
from docbot.types import digest

_MOST_NAMES = 50_000

Warn = Callable[[str], None]


class _Kept(msgspec.Struct, frozen=True):
    """What was found, and what it hangs on."""

    stamp: str
    names: dict[str, GoneName]


def open_sources(docs: Worktree, paths: Iterable[Path]) -> tuple[Worktree, ...]:
    """The repositories at `paths` but the docs' own. Raises UsageError for a path where none is."""
    found = {docs.root: docs}
    for path in paths:
        try:
            worktree = Worktree.open(path)
        except RepositoryError as error:
            raise UsageError(f"the source {path} can't be used: {error}") from error
        found.setdefault(worktree.root, worktree)
    return tuple(found.values())[1:]


class Code(NamedTuple):
    """Where to look for code, and what helps on the way."""

    docs: Worktree
    pages: Mapping[str, Page]
    others: Sequence[Worktree]
    """Repositories that the user named."""
    blobs: dict[str, str]
    """Is given the blob of each file that was read beside pages."""
    cache: Cache
    warn: Warn


def with_code(facts: Facts, needs: frozenset[Need], code: Code) -> Facts:
    """`facts`, which know the site and the history of paths, with what `needs` want of code."""
    if Need.SOURCES in needs:
        facts = replace(facts, sources=gather_sources(facts.site, facts.paths, code))
    if Need.SNIPPETS in needs:
        shown = gather_snippets(code.docs, code.pages, facts.site, code.blobs, code.warn)
        facts = replace(facts, snippets=shown)
    return facts


def gather_sources(site: Site, history: PathHistory, code: Code) -> Sources:
    """What the docs' own repository (`site`, `history`) and others know of the names on its pages."""
    docs, _, others, _, cache, warn = code
    names, files = _names(docs, code.pages)
    own = Source.of("", site, history, _generated(docs, site, history, files))
    trees = [own, *(_tree(other, files, warn) for other in others)]
    worktrees = [docs, *others]
    stamp = digest(*(f"{tree.root} {tree.head}" for tree in worktrees), *sorted(names))
    known = _kept(cache, stamp)
    if known is not None:
        return Sources(tuple(trees), known.names)
    warned: list[str] = []
    found = _gone(worktrees, names, warned.append)
    for warning in warned:
        warn(warning)
    data = packed(_Kept(stamp, found))
    if data is not None and not warned:
        cache.store({_key(): data})
    return Sources(tuple(trees), found)


def _tree(worktree: Worktree, files: Set[str], warn: Warn) -> Source:
    entries = tracked(worktree)
    paths = [entry.path for entry in entries if entry.kind is not EntryKind.SUBMODULE]
    beyond = [entry.path for entry in entries if entry.kind in (EntryKind.SUBMODULE, EntryKind.SYMLINK)]
    site = Site(files=PathIndex(paths), beyond=frozenset(beyond))
    history = path_history(worktree, warn)
    return Source.of(worktree.root.name, site, history, _generated(worktree, site, history, files))


def _generated(worktree: Worktree, site: Site, history: PathHistory, files: Set[str]) -> set[str]:
    """The old paths with one of these last names that git ignores now: somebody's build still makes them."""
    old = {*history.moves, *history.deletions}
    asked = [
        path for path in sorted(old) if posixpath.basename(path) in files and not site.is_elsewhere(path)
    ]
    return commands.ignored(worktree.git, asked) if asked else set()


def _names(docs: Worktree, pages: Iterable[str]) -> tuple[set[str], set[str]]:
    """The options and symbols in the code spans of `pages`, and the last names of the paths there."""
    found: set[str] = set()
    files: set[str] = set()
    for page in pages:
        try:
            text = read_page(docs, page).decode("utf-8", "replace")
        except UnreadablePageError:
            # Whoever reads the page has said so already.
            continue
        for name in names_on(text):
            if name.kind is NameKind.PATH:
                files.add(posixpath.basename(name.text))
            else:
                found.add(name.text)
        if len(found) > _MOST_NAMES:
            break
    return found, files


def _gone(worktrees: Sequence[Worktree], names: set[str], warn: Warn) -> dict[str, GoneName]:
    here: set[bytes] = set()
    for worktree in worktrees:
        words = words_now(worktree, warn)
        if words is None:
            return {}
        here |= words
    found: dict[str, GoneName] = {}
    for number, worktree in enumerate(worktrees):
        for name, gone in gone_names(worktree, names, here, warn).items():
            named = replace(gone, source=worktree.root.name if number else "")
            if name not in found or found[name].time < gone.time:
                found[name] = named
    return found


def _kept(cache: Cache, stamp: str) -> _Kept | None:
    data = cache.load([_key()]).get(_key())
    try:
        kept = None if data is None else msgspec.msgpack.decode(data, type=_Kept)
    except msgspec.DecodeError:
        return None
    return kept if kept is not None and kept.stamp == stamp else None


def _key() -> str:
    return digest("gone-names", build())
