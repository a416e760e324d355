"""What people did to each section, from the line history: a section's copies in version folders share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from docbot.attention.signals import Part, Signals, is_record
from docbot.repository.families import family
from docbot.repository.values import LineHistory, PageCommit

BY_HAND = 30
"""Pages. A commit that changes more was not made with one section in mind."""

Key = tuple[str, tuple[str, ...]]


class PageParts(msgspec.Struct, frozen=True, gc=False):
    """The sections of a page, each with what there is in it."""

    path: str
    parts: tuple[Part, ...]
    signals: tuple[Signals, ...]


class Life(msgspec.Struct, frozen=True, gc=False):
    """A section and the commits (indexes into the history's) in which people worked on it by hand.

    That the page was new is no edit. What happened to one copy of a section happened to all.
    """

    path: str
    part: Part
    key: Key
    """Equal for the copies of a section in version folders."""
    signals: Signals
    sections: int
    """How many sections its page has."""
    record: bool
    """Its page only grows, as release notes do: nobody goes back to what is there."""
    edits: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    """Those edits that replaced a number, a link target or a code name."""
    page: tuple[int, ...] = ()
    """Edits of any section of its page."""


def by_hand(commit: PageCommit) -> bool:
    """Whether a commit changed so few pages that somebody looked at each."""
    return commit.pages <= BY_HAND and not commit.ignored


def lives_of(pages: Iterable[PageParts], history: LineHistory) -> list[Life]:
    """The life of every section, in the order of `pages`."""
    counted = _Counted(history)
    edits: dict[Key, set[int]] = defaultdict(set)
    whole: dict[str, set[int]] = defaultdict(set)
    bare: list[Life] = []
    for page in pages:
        name = family(page.path)
        record = is_record(page.path, [part.headings for part in page.parts])
        for part, signals in zip(page.parts, page.signals, strict=True):
            key = (name, part.headings)
            bare.append(Life(page.path, part, key, signals, len(page.parts), record))
            found = counted.edits(page.path, part)
            edits[key] |= found
            whole[name] |= found
    commits = {name: counted.commits(found) for name, found in whole.items()}
    return [
        msgspec.structs.replace(
            life,
            edits=counted.commits(edits[life.key]),
            facts=counted.commits(edits[life.key], facts=True),
            page=commits[life.key[0]],
        )
        for life in bare
    ]


class _Counted:
    """The edits of a history that count: by hand, and of a page that was there before."""

    def __init__(self, history: LineHistory) -> None:
        self._history = history
        hands = [by_hand(commit) for commit in history.commits]
        self._counts = [hands[edit.commit] and not edit.birth for edit in history.edits]

    def edits(self, path: str, part: Part) -> set[int]:
        return {n for n in self._history.edits_of(path, part.first, part.last) if self._counts[n]}

    def commits(self, edits: Iterable[int], *, facts: bool = False) -> tuple[int, ...]:
        of = self._history.edits
        return tuple(sorted({of[n].commit for n in edits if of[n].fact or not facts}))


def one_copy_each(lives: Sequence[Life]) -> list[int]:
    """Indexes of `lives`: the last copy of each section that is ranked."""
    last = {life.key: number for number, life in enumerate(lives) if not life.record}
    return sorted(last.values())
