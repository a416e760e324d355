"""What the headings of given pages were called before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from docbot.repository import commands, history_commands
from docbot.repository.heading_pairs import Heading, headings_of, replaced
from docbot.repository.history import Warn, ignore, readable
from docbot.repository.plumbing import Result, commit_of, records, text
from docbot.repository.values import Commit, HeadingChange, HeadingHistory, PathHistory
from docbot.repository.worktree import LARGEST_FILE, Worktree

_MOST_NAMED = 100
"""Paths git is asked for by name. It looks through all of them at every commit, so that the changes of
all paths are sooner had; and a command line can't be of any length."""
_AT_ONCE = 32_000_000
"""Bytes of old pages held in memory at one time."""


class Version(NamedTuple):
    """What a commit did to one file: its blobs and names before and after."""

    commit: Commit
    before: str
    after: str
    old: str
    new: str


def heading_history(
    worktree: Worktree,
    paths: Iterable[str],
    history: PathHistory | None = None,
    warn: Warn = ignore,
) -> HeadingHistory:
    """The headings that were replaced or removed on the pages at `paths`, newest first.

    With `history` also those from when a page had another name; the key is always the name of today.
    Nothing is fetched: where the contents of old pages are missing, in a partial or a damaged clone,
    their headings are, too, and `warn` is told. Raises RepositoryError only when git can't be run at all.
    """
    pages = set(paths)
    if worktree.head is None or not pages:
        return HeadingHistory()
    log = _log(worktree, worktree.head, pages | former_names(pages, history or PathHistory()), warn)
    versions = list(_of_pages(_versions(log.out), pages))
    headings = _headings(worktree, {blob for _, v in versions for blob in (v.before, v.after)})
    if any(v.before not in headings or v.after not in headings for _, v in versions):
        warn("some old headings are out of sight, old pages are missing: clone the docs without `--filter`")
    changes: dict[str, list[HeadingChange]] = {}
    for page, version in versions:
        pairs = replaced(headings.get(version.before, ()), headings.get(version.after, ()))
        changes.setdefault(page, []).extend(HeadingChange(old, new, version.commit) for old, new in pairs)
    return HeadingHistory({page: tuple(found) for page, found in changes.items() if found})


def former_names(pages: Iterable[str], history: PathHistory) -> set[str]:
    """The paths whose chain of renames leads to one of `pages`."""
    before: dict[str, list[str]] = {}
    for old, moves in history.moves.items():
        before.setdefault(moves[0].path, []).append(old)
    found: set[str] = set()
    ahead = list(pages)
    while ahead:
        new = [name for name in before.get(ahead.pop(), ()) if name not in found]
        found.update(new)
        ahead += new
    return found


def _log(worktree: Worktree, head: str, names: set[str], warn: Warn) -> Result:
    asked = sorted(names) if len(names) <= _MOST_NAMED else ()
    log, _ = readable(
        worktree, lambda exact: history_commands.log_contents(worktree.git, head, asked, exact=exact), warn
    )
    return log


def _versions(out: bytes) -> Iterator[Version]:
    """Every change of a file's content, newest first; what was cut off at the end is left out."""
    tokens = iter(records(out))
    commit = Commit("", "")
    for token in tokens:
        # What a token is follows from the ones before it: a file may be named like any other token.
        record = token.removeprefix(b"\n")
        if not record.startswith(b":"):
            commit = commit_of(record) if record else commit
            continue
        *_, before, after, status = record.decode("ascii").split(" ")
        names = [text(name) for name in (next(tokens, None) for _ in range(1 + (status[0] == "R"))) if name]
        if names:
            yield Version(commit, before, after, names[0], names[-1])


def _of_pages(versions: Iterable[Version], pages: set[str]) -> Iterator[tuple[str, Version]]:
    """The versions of `pages`, each with the page's name of today."""
    # Whose page a name means depends on when: before the commit that renamed a to b, a was b.
    owners = {page: page for page in pages}
    for version in versions:
        if version.old == version.new:
            owner = owners.get(version.new)
        elif owner := owners.pop(version.new, None):
            owners[version.old] = owner
        if owner and version.before != version.after:
            yield owner, version


def _headings(worktree: Worktree, blobs: set[str]) -> dict[str, tuple[Heading, ...]]:
    """The headings of every one of `blobs` that can be read and isn't too large for a page."""
    here = commands.present(worktree.git, sorted(blobs)) if worktree.partial else sorted(blobs)
    sizes = commands.blob_sizes(worktree.git, here)
    wanted = [(blob, size) for blob, size in sizes.items() if size <= LARGEST_FILE]
    contents = (commands.blobs(worktree.git, group) for group in _groups(wanted))
    return {blob: headings_of(data) for blob, data in chain.from_iterable(c.items() for c in contents)}


def _groups(sized: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    group: list[str] = []
    total = 0
    for blob, size in sized:
        if group and total + size > _AT_ONCE:
            yield group
            group, total = [], 0
        group.append(blob)
        total += size
    if group:
        yield group
