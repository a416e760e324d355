"""Mines the history of a repository for precedents, and asks its own past how far they can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

import msgspec

from docbot.errors import RepositoryError
from docbot.measured import Measured
from docbot.outcomes import Fate, counted
from docbot.repository import commands, history_commands
from docbot.repository.git import Git
from docbot.repository.history import Warn, ignore
from docbot.repository.patches import PageChange, page_changes, patches
from docbot.repository.precedents.choosing import Weighed, contracting, standing_of, tier_of
from docbot.repository.precedents.counting import YEAR, Counts, Tally, Words, last_year, places, tallies
from docbot.repository.precedents.events import Events, events
from docbot.repository.precedents.occurrences import Finder
from docbot.repository.precedents.trial import trial
from docbot.repository.precedents.values import Precedent, Precedents, Standing
from docbot.repository.precedents.worded import worded
from docbot.repository.values import Commit
from docbot.repository.worktree import Worktree

_REACH = 6 * YEAR
"""Seconds of history that are read: what was a habit before is none today."""
_LOOKED_BACK = (1, 2, 3)
"""Years ago from which the past is asked what would have become of drafts."""
_MOST_ASKED = 20
"""Questions that a maintainer may be asked, those first whose edits were made most often of late."""
_AT_ONCE = 400
"""Pages that are asked for together."""


class View(msgspec.Struct, frozen=True):
    """The repository as it was known at one of its commits."""

    commit: str
    now: int
    """When it was committed, in seconds since 1970."""
    known: bytearray
    """For each commit of the events whether it leads here."""
    tallies: tuple[Tally, ...]


def precedents(worktree: Worktree, warn: Warn = ignore) -> Precedents:
    """The edits people made again and again, as of the commit that is checked out.

    In a partial clone nothing is read, since every old page would have to be fetched; in a shallow or a
    damaged one nothing is said, since what is seen may be the exception. All that is told to `warn`.
    """
    if worktree.head is None:
        return Precedents()
    if worktree.partial:
        warn("old pages are missing, so nobody knows what people keep changing: clone without `--filter`")
        return Precedents()
    if worktree.shallow:
        warn("history is cut off in this shallow clone: run `git fetch --unshallow` to see all of it")
        return Precedents()
    try:
        return _mined(worktree.git, worktree.head, warn)
    except RepositoryError as error:
        warn(str(error))
        return Precedents()


def _mined(git: Git, head: str, warn: Warn) -> Precedents:
    now = history_commands.committed(git, head)
    found = _read(git, head, now, warn)
    if found is None:
        return Precedents()
    spoken = worded(hunk for _, hunk in found.recent)
    views = [_view(git, found, head, head, now)]
    views += [view for years in _LOOKED_BACK if (view := _earlier(git, found, head, now - years * YEAR))]
    if not views[0].tallies:
        return Precedents(wordings=spoken)
    finder = Finder({words for view in views for one in view.tallies for words in _both(one)})
    measured = _measured(git, found, views, finder)
    return Precedents(tuple(_described(git, found, views[0], finder, measured)), measured, spoken)


def _read(git: Git, head: str, now: int, warn: Warn) -> Events | None:
    """The edits of the last years; None, after a warning, where git couldn't read them all."""
    start = history_commands.last_before(git, head, _day(now - _REACH))
    with history_commands.log_patches(git, head, after=start, corrections=True) as stream:
        found = events(git, patches(stream.lines), since=now - (max(_LOOKED_BACK) + 1) * YEAR)
        broken = not found.since and stream.end().code != 0
    if broken:
        warn("history is cut off, git can't read an old commit: run `git fsck`, or clone the docs again")
    return None if broken else found


def _view(git: Git, found: Events, head: str, commit: str, now: int) -> View:
    later = history_commands.commits_since(git, head, commit) if commit != head else set()
    known = bytearray(one.id not in later for one in found.commits)
    recent = [one for one in tallies(found, known, now) if now - found.commits[one.last].time <= YEAR]
    return View(commit, now, known, tuple(recent))


def _earlier(git: Git, found: Events, head: str, now: int) -> View | None:
    """None where less than a year of what came before was read."""
    if now - YEAR < found.since:
        return None
    commit = history_commands.last_before(git, head, _day(now))
    return _view(git, found, head, commit, now) if commit else None


def _both(one: Tally) -> tuple[str, str]:
    return one.form.old, one.form.new


def _measured(git: Git, found: Events, views: Sequence[View], finder: Finder) -> dict[str, Measured]:
    """For each kind of edit, what became of the places at which it would have been drafted in the past."""
    fates: dict[str, list[Fate]] = defaultdict(list)
    for view in views[1:]:
        counts = last_year(found, view.known, view.now, finder)
        wanted = {(one.form.scope, one.form.old) for one in view.tallies}
        there = places(_pages(git, view.commit), finder, wanted)
        drafted = _drafted(found, view, counts, {words: len(spots) for words, spots in there.items()})
        if not drafted:
            continue
        wanted = {(one.form.scope, one.form.old) for one in drafted}
        paths = {spot.path for words in wanted for spot in there.get(words, ())}
        texts = {path: _lines(page) for path, page in _pages(git, view.commit, paths)}
        changes = _changes(git, view.commit, views[0].commit)
        for one, fate in trial(drafted, there, texts, changes):
            fates[one.kind].append(fate)
    return {kind: counted(all_) for kind, all_ in sorted(fates.items())}


def _changes(git: Git, old: str, new: str) -> dict[str, PageChange]:
    """What happened to the pages of commit `old` until `new`."""
    with history_commands.diff_patch(git, old, new) as stream:
        found = {change.old: change for change in page_changes(stream.lines) if change.old is not None}
        result = stream.end()
    if result.code:
        raise git.error("diff", result)
    return found


def _drafted(
    found: Events, view: View, counts: Mapping[Words, Counts], remaining: Mapping[Words, int]
) -> list[Tally]:
    """The edits that would be drafted as far as the year before tells."""
    known = _weighed(view, counts, remaining)
    family = contracting(known)
    return [
        one.tally
        for one in known
        if tier_of(one, view.now - found.commits[one.tally.last].time, family=family)
    ]


def _weighed(view: View, counts: Mapping[Words, Counts], remaining: Mapping[Words, int]) -> list[Weighed]:
    none = Counts()
    return [
        Weighed(
            one, counts.get((one.form.scope, one.form.old), none), remaining[one.form.scope, one.form.old]
        )
        for one in view.tallies
        if remaining.get((one.form.scope, one.form.old))
    ]


def _lines(page: bytes) -> list[str]:
    return page.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")


def _pages(git: Git, commit: str, only: set[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Path and content of the pages of a commit."""
    listed = [
        (path, blob) for path, blob in history_commands.pages_of(git, commit) if only is None or path in only
    ]
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        contents = commands.blobs(git, sorted({blob for _, blob in some}))
        yield from ((path, contents[blob]) for path, blob in some if blob in contents)


def _day(time: int) -> date:
    return datetime.fromtimestamp(max(time, 0), UTC).date()


def _described(
    git: Git, found: Events, view: View, finder: Finder, measured: Mapping[str, Measured]
) -> Iterator[Precedent]:
    """What rules are told, the surest first."""
    counts = last_year(found, view.known, view.now, finder)
    wanted = {(one.form.scope, one.form.old) for one in view.tallies}
    there = places(_pages(git, view.commit), finder, wanted)
    known = _weighed(view, counts, {words: len(spots) for words, spots in there.items()})
    family = contracting(known)
    asked = 0
    for one in sorted(known, key=lambda one: (-one.tally.fixed, one.tally.form)):
        tier = tier_of(one, view.now - found.commits[one.tally.last].time, family=family)
        standing = standing_of(one, tier, measured.get(one.tally.kind))
        asked += standing is Standing.ASKED
        if standing is Standing.DRAFTED or (standing is Standing.ASKED and asked <= _MOST_ASKED):
            path = there[one.words][0].path
            yield _precedent(found, one, standing, running=tier is not None, path=path)


def _precedent(found: Events, one: Weighed, standing: Standing, *, running: bool, path: str) -> Precedent:
    tally = one.tally
    return Precedent(
        form=tally.form,
        kind=tally.kind,
        standing=standing,
        running=running,
        times=tally.times,
        pages=tally.families,
        people=tally.people,
        first=_commit(found, tally.first),
        last=_commit(found, tally.last),
        fixed=tally.fixed,
        left=one.counts.left,
        remaining=one.remaining,
        path=path,
    )


def _commit(found: Events, number: int) -> Commit:
    commit = found.commits[number]
    return Commit(commit.id[:10], _day(commit.time).isoformat())
