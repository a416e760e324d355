"""The issues that a person let docbot read: kept from run to run, and held against their repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from docbot import __version__
from docbot.cache import Cache, packed
from docbot.errors import StoppedError, UnreadablePageError
from docbot.facts import Facts
from docbot.forges.interface import IssueList
from docbot.markdown import blob_id
from docbot.readers.finder import address_files, addresses
from docbot.readers.forms import folded
from docbot.readers.gathered import Around, commits_named, readers_of
from docbot.readers.values import Issue, Readers
from docbot.repository.closings import closings, times_of
from docbot.repository.worktree import Worktree, read_page
from docbot.types import digest

MOST = 5_000
"""Issues that are read, those that changed last."""
_TEMPLATES = (
    ".github/issue_template/",
    "issue_template/",
    "docs/issue_template/",
    ".github/issue_template.md",
)
_MOST_TEMPLATES = 40

Progress = Callable[[int, int], None]


class Heard(msgspec.Struct, frozen=True):
    """The issues of one run, and what a person should know of how they were read."""

    issues: tuple[Issue, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def stamp(self) -> str:
        """Digest of what is said in them."""
        return digest(*(msgspec.json.encode(issue).decode() for issue in self.issues))


Listen = Callable[[Worktree, Cache], Heard]
"""Where the issues of a worktree come from. Raises UsageError where a person has to mend something."""


class _Kept(msgspec.Struct, frozen=True):
    """The issues as they were at the last run."""

    issues: tuple[Issue, ...] = ()
    whole: bool = False
    """Whether nothing newer than the oldest of them is missing."""
    cut: bool = False
    """Whether there were more than are read."""


def heard_from(there: IssueList, cache: Cache, progress: Progress, most: int = MOST) -> Heard:
    """The newest `most` issues of `there`: those that were kept, and all that changed since.

    What was read until the host refuses or can't be reached counts, with a notice.
    """
    key = digest("issues", __version__, there.name)
    kept = _load(cache, key)
    since = max((issue.updated for issue in kept.issues), default=0) if kept.whole else 0
    found = {issue.number: issue for issue in kept.issues}
    fresh: set[int] = set()
    refusal = ""
    cut = kept.cut and bool(since)
    try:
        for page in there.pages(since):
            found.update((issue.number, issue) for issue in page)
            fresh.update(issue.number for issue in page if not issue.is_pull)
            progress(len(fresh), most)
            if len(fresh) >= most:
                cut = True
                break
    except StoppedError as error:
        refusal = str(error)
    newest = sorted(found.values(), key=lambda issue: (-issue.updated, issue.number))
    real = [issue for issue in newest if not issue.is_pull]
    cut = cut or len(real) > most
    # Of pull requests only the newest is kept: it tells where to go on.
    marker = [issue for issue in newest[:1] if issue.is_pull]
    # What came before a refusal is not all that changed since: then the next run reads from the start.
    if fresh or not refusal:
        _store(cache, key, _Kept((*marker, *real[:most]), whole=not refusal, cut=cut))
    return Heard(tuple(real[:most]), tuple(_notices(there, refusal, len(real), cut, most)))


def _notices(there: IssueList, refusal: str, count: int, cut: bool, most: int) -> Iterator[str]:
    if refusal:
        what = f"the {count:,} that are known count" if count else "no reader's report counts"
        yield f"the issues of {there.name} weren't all read, so {what}: {refusal}"
    if cut:
        read = f"only the {most:,} issues of {there.name} that changed last are read"
        yield f"{read}: older ones count for nothing"


def _load(cache: Cache, key: str) -> _Kept:
    data = cache.load([key]).get(key)
    try:
        return _Kept() if data is None else msgspec.msgpack.decode(data, type=_Kept)
    except msgspec.DecodeError:
        return _Kept()


def _store(cache: Cache, key: str, kept: _Kept) -> None:
    data = packed(kept)
    if data is not None:
        cache.store({key: data})


def readers_here(
    worktree: Worktree, facts: Facts, heard: Heard, pages: Mapping[str, str], blobs: dict[str, str]
) -> Readers:
    """What readers reported, by page. `pages` are those of the worktree and their blobs; `blobs` is given the
    blob of each file that is read beside them. `facts` know the site and the history of paths."""
    listed = list(facts.site.files)
    templates = [path for path in listed if path.lower().startswith(_TEMPLATES)][:_MOST_TEMPLATES]
    texts = _texts(worktree, templates, blobs)
    around = Around(
        published=addresses(_texts(worktree, address_files(listed), blobs)),
        templates=folded(" ".join(texts.values())),
        commits=times_of(worktree, commits_named(heard.issues)),
        closings=closings(worktree),
    )
    found = readers_of(heard.issues, facts.site, facts.paths, around)
    return replace(found, blobs={path: pages[path] for path in found.pages if path in pages})


def _texts(worktree: Worktree, paths: Iterable[str], blobs: dict[str, str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        try:
            data = read_page(worktree, path)
        except UnreadablePageError:
            continue
        blobs[path] = blob_id(data)
        found[path] = data.decode("utf-8", "replace")
    return found
