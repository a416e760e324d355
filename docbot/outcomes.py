"""What people later did at a place where an edit was drafted: the counting behind every backtest. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from docbot.measured import Measured

_AROUND = 14
"""Code points on each side by which a place is known again."""
_SPACE = re.compile(r"\s+")


class Fate(StrEnum):
    """What became of the place of a draft."""

    SAME = "same"
    """People made this very edit."""
    OTHER = "other"
    """They changed the place another way."""
    KEPT = "kept"
    """They edited its lines, and left the old words standing."""
    STILL = "still"
    """Nobody touched its lines."""
    GONE = "gone"
    """Its lines, or the page, were removed."""


class Drafted(msgspec.Struct, frozen=True, gc=False):
    """An edit that was drafted: `old`, which stands at `line` and `column` (both from 1), becomes `new`."""

    line: int
    column: int
    old: str
    new: str


class Changed(Protocol):
    """Lines of a page that people replaced later; `docbot.repository.patches.Hunk` is one."""

    @property
    def start(self) -> int:
        """The first of the `old` lines, from 1."""

    @property
    def old(self) -> tuple[bytes, ...]:
        """The lines as they were; empty where lines were only added."""

    @property
    def new(self) -> tuple[bytes, ...]:
        """The lines as they are now."""


def fate(draft: Drafted, lines: Sequence[str], changes: Iterable[Changed] | None) -> Fate | None:
    """What became of a place of a page that consisted of `lines` when the edit was drafted.

    `changes` holds what differs between the page of then and of now, renames followed; None where the page
    is gone. None is returned where the draft has no place: its old words don't stand there, or it changes
    white space alone.
    """
    count = draft.old.count("\n") + 1
    text = "\n".join(lines[draft.line - 1 : draft.line - 1 + count])
    at = _place(draft, text)
    if at < 0 or _folded(draft.old).strip() == _folded(draft.new).strip():
        return None
    if changes is None:
        return Fate.GONE
    touched = [change for change in changes if _touches(change, draft.line, draft.line + count - 1)]
    if not touched:
        return Fate.STILL
    before, after = (_block(side) for side in ((c.old for c in touched), (c.new for c in touched)))
    if not after.strip():
        return Fate.GONE
    left = _folded(text[max(0, at - _AROUND) : at])
    right = _folded(text[at + len(draft.old) : at + len(draft.old) + _AROUND])
    return _judged(_folded(draft.old), _folded(draft.new), (left, right), before, after)


def counted(fates: Iterable[Fate]) -> Measured:
    """How often each fate came about."""
    of = Counter(fates)
    return Measured(of[Fate.SAME], of[Fate.OTHER], of[Fate.KEPT], of[Fate.STILL], of[Fate.GONE])


def _place(draft: Drafted, text: str) -> int:
    at = draft.column - 1
    return at if text[at : at + len(draft.old)] == draft.old else text.find(draft.old)


def _touches(change: Changed, first: int, last: int) -> bool:
    return bool(change.old) and change.start <= last and first <= change.start + len(change.old) - 1


def _block(sides: Iterable[tuple[bytes, ...]]) -> str:
    return _folded(b"\n".join(line for side in sides for line in side).decode("utf-8", "replace"))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _judged(old: str, new: str, around: tuple[str, str], before: str, after: str) -> Fate:
    """The fate of a place whose lines were `before` and are `after`, all with white space folded.

    First by what stands `around` the place; where that was rewritten, by how often the words stand there.
    """
    left, right = around
    if left + new + right in after:
        return Fate.SAME
    if old and left + old + right in after:
        return Fate.KEPT
    old_before, old_after = _times(old, before), _times(old, after)
    if new.strip() and _times(new, after) > _times(new, before) and old_after < old_before:
        return Fate.SAME
    if not new.strip() and old_after < old_before and left + right in after:
        return Fate.SAME
    return Fate.KEPT if old_after >= old_before > 0 else Fate.OTHER


def _times(words: str, text: str) -> int:
    """How often `words` stand in `text` as whole words."""
    words = words.strip()
    return len(re.findall(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text)) if words else 0
