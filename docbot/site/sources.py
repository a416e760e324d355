"""Source code that docs speak of: the docs' own repository, and others that the user named.

Says of a path in a code span whether a source once had it, and where it went.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

import msgspec

from docbot.repository.values import Commit, GoneName, PathHistory
from docbot.site.model import Site
from docbot.site.paths import joined, relative, within
from docbot.site.repair import Answer, renamed

_DISTINCTIVE = re.compile(r"[\w.]*[A-Za-z0-9](?:[_-][A-Za-z0-9]|(?<=[a-z])[A-Z])[\w.-]*\.\w+")
"""A name of a file that tells more than `main.py` or `config.yml`."""

_SAMPLES = re.compile(
    r"(?:^|/)(?:docs?(?:_src)?|documentation|[\w.-]*(?:examples?|samples?|fixtures?|snippets?|demos?|templates?)|testdata|tutorials?)/",
    re.I,
)

_EVERYWHERE = re.compile(
    r"\.[a-z]\w*/.*|(?:[\w-]+/)?(?:index|main|app|lib|mod|cli|config|conf|settings|setup|utils?|helpers?|types|test"
    r"|tests|conftest|models?|views?|urls|server|client|package|readme|license|changelog|__\w+__|Program|Startup"
    r"|Makefile|Dockerfile)\.\w+",
    re.I,
)
"""Paths that the reader's own project is as likely to have."""


class Source(msgspec.Struct, frozen=True):
    """A repository with source code. `name` is empty for the docs' own."""

    name: str = ""
    site: Site = msgspec.field(default_factory=Site)
    """Only its files are known where it isn't the docs' own."""
    history: PathHistory = msgspec.field(default_factory=PathHistory)
    named: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Every path that was renamed or deleted once, by its last name."""

    @classmethod
    def of(cls, name: str, site: Site, history: PathHistory, generated: Set[str] = frozenset()) -> Source:
        """The source with these files and this history. What is `generated` comes and goes without git."""
        named: dict[str, list[str]] = defaultdict(list)
        for path in sorted({*history.moves, *history.deletions} - generated):
            named[posixpath.basename(path)].append(path)
        return cls(name, site, history, {last: tuple(paths) for last, paths in named.items()})


class Sources(msgspec.Struct, frozen=True):
    """Everything known of source code."""

    trees: tuple[Source, ...] = ()
    """The docs' own repository first."""
    names: Mapping[str, GoneName] = msgspec.field(default_factory=dict)
    """Names in code spans that code defined once and has no more."""


class GonePath(msgspec.Struct, frozen=True, gc=False):
    """A path that a source had and has no more."""

    source: str
    path: str
    """In the source, from its root."""
    commit: Commit
    """The commit that renamed or deleted it."""
    exact: bool
    """Whether it is written from the root or from the page; otherwise only its end is."""
    answer: Answer | None = None
    """Where git says that it is now."""
    written: str = ""
    """The new path in the form in which the old one is written."""


def gone_path(sources: Sources, page: str, written: str) -> GonePath | None:
    """The path that `written` on `page` named once; None where some source still has it, or none ever did.

    A folder is written with a slash at its end.
    """
    if any(_is_here(source, page, written) for source in sources.trees):
        return None
    found = [gone for source in sources.trees if (gone := _gone(source, page, written))]
    return found[0] if len(found) == 1 else None


def _is_here(source: Source, page: str, written: str) -> bool:
    files, bare = source.site.files, written.rstrip("/")
    own = "" if source.name else page
    places = {within(bare), joined(own, bare), *(posixpath.join(above, bare) for above in _above(own))}
    for place in filter(None, places):
        if files.cased(place) or files.has_folder(place) or source.site.is_elsewhere(place):
            return True
    return any(_ends_with(path, bare) for path in files.named(posixpath.basename(bare)))


def _above(page: str) -> Iterator[str]:
    folder = posixpath.dirname(page)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _ends_with(path: str, end: str) -> bool:
    return f"/{path}".lower().endswith(f"/{end}".lower())


def _gone(source: Source, page: str, written: str) -> GonePath | None:
    if written.endswith("/") or _EVERYWHERE.fullmatch(written):
        return None
    old, exact = _old_path(source, page, written)
    if old is None:
        return None
    ends = [move.commit for move in source.history.moves.get(old, ())[:1]]
    deleted = source.history.deletions.get(old)
    commit = max((*ends, *((deleted,) if deleted else ())), key=lambda one: one.date)
    answer = renamed(source.site, source.history, page, old)
    if answer is None or not answer.path:
        return GonePath(source.name, old, commit, exact)
    new = _written_like(written, old, answer.path, page, own=not source.name)
    return GonePath(source.name, old, commit, exact, answer, new)


def _old_path(source: Source, page: str, written: str) -> tuple[str | None, bool]:
    """The one old path that `written` may mean, and whether it is written as a whole."""
    old = source.named.get(posixpath.basename(written), ())
    places = [written, *([joined(page, written)] if not source.name else [])]
    whole = next((place for place in places if place in old), None)
    if whole is not None and "/" in written:
        return whole, True
    if "/" not in written and not _DISTINCTIVE.fullmatch(written):
        return None, False
    ends = [path for path in old if _ends_with(path, written) and not _is_inside_sample(path, written)]
    return (_last(source, ends), False) if ends else (None, False)


def _is_inside_sample(path: str, end: str) -> bool:
    """Whether the path leads into a sample, whose own paths are those of the reader's project."""
    return bool(_SAMPLES.search(path[: len(path) - len(end)]))


def _last(source: Source, paths: list[str]) -> str | None:
    """The one of `paths` at which the renames from all of them end; None where there are several."""
    onward = {path: move.path for path in paths for move in source.history.moves.get(path, ())[:1]}
    last = [path for path in paths if onward.get(path) not in paths]
    return last[0] if len(last) == 1 else None


def _written_like(written: str, old: str, new: str, page: str, *, own: bool) -> str:
    if written == old:
        return new
    if own and joined(page, written) == old:
        return relative(new, page)
    before = old[: len(old) - len(written)]
    return new[len(before) :] if new.startswith(before) else new
