"""Reads the history once and keeps every small edit that may be a habit, with the commit that made it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import msgspec

from docbot.repository import commands
from docbot.repository.families import family
from docbot.repository.git import Git
from docbot.repository.patches import Hunk, Patch
from docbot.repository.precedents.pairs import Form, Kind, pairs
from docbot.repository.precedents.tokens import is_inside, no_prose, readable

_LONGEST_HUNK, _JOINED = 200, 8
"""Lines. Longer hunks are no small edits; lines that were also wrapped anew are compared joined."""
_COUNTED = 1000
"""Lines of a hunk that is kept for counting; where more change at once nobody looked at each."""
MOST_HUNKS = 1_000_000
"""Hunks that are read, the newest first: more would take minutes and gigabytes."""
_AT_ONCE = 400
"""Old pages that are asked for together."""
_REMEMBERED = 400_000
"""Distinct changed lines whose edits are remembered: copies of a page repeat them."""

Pairs = tuple[tuple[Form, Kind], ...]


class Commit(msgspec.Struct, frozen=True, gc=False):
    """A commit, as far as precedents tell of it."""

    id: str
    time: int
    author: str


class Events:
    """Every edit that was found: parallel arrays of form, commit and page family, by number."""

    def __init__(self) -> None:
        self.commits: list[Commit] = []
        self.forms: dict[Form, int] = {}
        self.kinds: list[Kind] = []
        self.form = array("I")
        self.commit = array("I")
        self.family = array("I")
        self.recent: list[tuple[int, Hunk]] = []
        """The hunks of the last years with the number of their commit, for counting."""
        self.hunks = 0
        """How many hunks were read. At `MOST_HUNKS` reading ended before the history did."""
        self._families: dict[str, int] = {}

    @property
    def since(self) -> int:
        """The time from which on all commits were read, in seconds since 1970; 0 if it was all of them."""
        return self.commits[-1].time if self.hunks >= MOST_HUNKS else 0

    def add(self, found: Pairs, commit: int, path: str) -> None:
        """Note that a commit made these edits on the page at `path`."""
        page = self._families.setdefault(family(path), len(self._families))
        for form, kind in found:
            number = self.forms.setdefault(form, len(self.forms))
            if number == len(self.kinds):
                self.kinds.append(kind)
            self.form.append(number)
            self.commit.append(commit)
            self.family.append(page)


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Edits of one line of an old page, of which isn't known yet whether it was prose."""

    commit: int
    path: str
    blob: str
    line: int
    found: Pairs


def events(git: Git, patches: Iterable[Patch], since: int) -> Events:
    """The edits in `patches`, which come newest first.

    Hunks of commits made after `since` (seconds since 1970) are kept as well.
    Raises RepositoryError when git fails.
    """
    found = Events()
    waiting: list[_Candidate] = []
    blobs: set[str] = set()
    memory: dict[tuple[str, str], Pairs] = {}
    for patch in patches:
        number = len(found.commits)
        found.commits.append(Commit(patch.id, patch.time, patch.author))
        for change in patch.pages:
            found.hunks += len(change.hunks)
            for hunk in change.hunks:
                if patch.time > since and hunk.new and len(hunk.old) + len(hunk.new) <= _COUNTED:
                    found.recent.append((number, hunk))
                for line, edits in _edits(hunk, memory):
                    waiting.append(_Candidate(number, change.new or "", change.blob, line, edits))
                    blobs.add(change.blob)
        if len(blobs) >= _AT_ONCE:
            _settle(git, found, waiting, blobs)
            waiting, blobs = [], set()
        if len(memory) > _REMEMBERED:
            memory.clear()
        if found.hunks >= MOST_HUNKS:
            break
    _settle(git, found, waiting, blobs)
    return found


def changed_lines(hunk: Hunk) -> Iterator[tuple[int, str, str]]:
    """Number, old text and new text of the changed lines of a hunk; lines wrapped anew come as one."""
    old, new = hunk.old, hunk.new
    if not old or not new or max(len(old), len(new)) > _LONGEST_HUNK:
        return
    if len(old) == len(new):
        both = zip(map(readable, old), map(readable, new), strict=True)
        yield from ((line, was, now) for line, (was, now) in enumerate(both, hunk.start) if was and now)
    elif max(len(old), len(new)) <= _JOINED:
        was, now = (" ".join(readable(line).strip() for line in side) for side in (old, new))
        yield hunk.start, was, now


def _edits(hunk: Hunk, memory: dict[tuple[str, str], Pairs]) -> Iterator[tuple[int, Pairs]]:
    for line, was, now in changed_lines(hunk):
        if was == now:
            continue
        known = memory.get((was, now))
        if known is None:
            known = memory[was, now] = pairs(was, now)
        if known:
            yield line, known


def _settle(git: Git, found: Events, waiting: Iterable[_Candidate], blobs: Iterable[str]) -> None:
    """Take in what was changed in prose."""
    ranges = {name: no_prose(page) for name, page in commands.blobs(git, sorted(blobs)).items()}
    for one in waiting:
        if one.blob in ranges and not is_inside(ranges[one.blob], one.line):
            found.add(one.found, one.commit, one.path)
