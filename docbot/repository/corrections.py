"""What people corrected on pages that have copies, read once from the history's patches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from docbot.repository import history_commands
from docbot.repository.families import Copy, copies_key
from docbot.repository.history import Warn, ignore
from docbot.repository.patches import Hunk, Patch, patches
from docbot.repository.values import Correction, Corrections, Made
from docbot.repository.worktree import Worktree

YEARS = 3
"""How far back corrections are looked for, from the commit that is checked out."""
_YEAR = 365 * 86400
_STRAY = 500
"""Commits older than that in a row after which all the rest is taken to be older, too."""
_MOST_LINES = 8
_LONGEST = 2_000
"""Bytes of a line. A longer one is no sentence that a person corrected."""
_SHORTEST = 25
"""Code points of what was replaced. Less may stand anywhere by chance."""
_ID_LENGTH = 10
_SPACE = re.compile(r"\s+")

_Key = tuple[str, tuple[str, ...], tuple[str, ...]]


def folded(line: str) -> str:
    """A line as corrections are compared: every run of white space one space, none at the ends."""
    return _SPACE.sub(" ", line).strip()


def corrections(
    worktree: Worktree, families: Mapping[str, Sequence[Copy]], warn: Warn = ignore
) -> Corrections:
    """The small replacements of lines that people made in the last years on pages of `families`.

    Those of merged branches included, renames followed. In a partial clone nothing is read, since every
    old page would have to be fetched.
    """
    if worktree.head is None or not families:
        return Corrections()
    if worktree.partial:
        warn("old pages are missing, so nobody knows what was corrected in copies: clone without `--filter`")
        return Corrections()
    if worktree.shallow:
        warn("history is cut off in this shallow clone: run `git fetch --unshallow` to see all of it")
    reader = _Reader(families)
    with history_commands.log_patches(worktree.git, worktree.head, corrections=True) as stream:
        read_all = reader.read(patches(stream.lines))
        code = stream.end().code if read_all else 0
    if code:
        warn("history is cut off, git can't read an old commit: run `git fsck`, or clone the docs again")
    return reader.corrections()


class _Reader:
    """Collects what the patches, newest first, did to pages of which copies are there today."""

    def __init__(self, families: Mapping[str, Sequence[Copy]]) -> None:
        self._families = families
        self._living = {copy.path for members in families.values() for copy in members}
        self._now: dict[str, str] = {}
        self._made: dict[_Key, list[Made]] = defaultdict(list)
        self._lines: dict[_Key, tuple[str, ...]] = {}
        self._newest = 0

    def read(self, found: Iterable[Patch]) -> bool:
        """Whether the patches were read to their end, and not only as far as they count."""
        old = 0
        for patch in found:
            self._newest = self._newest or patch.time
            old = old + 1 if patch.time < self._newest - YEARS * _YEAR else 0
            if old > _STRAY:
                return False
            if not old:
                self._take(patch)
        return True

    def corrections(self) -> Corrections:
        return Corrections(
            tuple(
                Correction(key[0], key[1], key[2], self._lines[key], tuple(made))
                for key, made in self._made.items()
            ),
            self._newest,
        )

    def _take(self, patch: Patch) -> None:
        moved: dict[str, str] = {}
        for change in patch.pages:
            if change.old is None or change.new is None:
                continue
            path = self._now.get(change.new, change.new)
            if change.old != change.new:
                moved[change.old] = path
            family = copies_key(path)
            if family not in self._families:
                continue
            for hunk in change.hunks:
                self._note(patch, path, family, hunk)
        self._now.update(moved)

    def _note(self, patch: Patch, path: str, family: str, hunk: Hunk) -> None:
        old, new = _said(hunk.old), _said(hunk.new)
        if not old or not new:
            return
        key = (family, tuple(map(folded, old)), tuple(map(folded, new)))
        if key[1] == key[2] or sum(map(len, key[1])) < _SHORTEST:
            return
        self._lines.setdefault(key, new)
        self._made[key].append(Made(path, patch.id[:_ID_LENGTH], patch.time))


def _said(lines: Sequence[bytes]) -> tuple[str, ...]:
    """The lines as text; nothing where they are too many, too long, or no UTF-8."""
    if not 0 < len(lines) <= _MOST_LINES or any(len(line) > _LONGEST for line in lines):
        return ()
    try:
        return tuple(line.decode("utf-8").rstrip("\r") for line in lines)
    except UnicodeDecodeError:
        return ()
