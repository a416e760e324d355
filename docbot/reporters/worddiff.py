"""What changed between two texts, line by line and word by word, for a page that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

from docbot.reporters.neutral import CUT, cut

CONTEXT = 3
"""Unchanged lines around a change."""
_PATIENCE = 2_000
"""Lines of a page or words of a line. Beyond it the comparison is coarser, for it would take too long."""
_MOST_PIECES = 60
"""Pieces of a shortened line."""
_NEAR = 30
"""Code points within which a cut seeks a space."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Segments = tuple[tuple[str, bool], ...]
"""Pieces of a line, each with whether it changed."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line that stayed (both numbers), went (`old` alone) or came (`new` alone). Numbers count from 1."""

    old: int | None
    new: int | None
    segments: Segments


def hunks(before: str, after: str) -> list[list[Row]]:
    """The changed lines with a few around them, in groups that lie apart."""
    old, new = before.split("\n"), after.split("\n")
    top, end = _alike(old, new)
    start = max(0, top - CONTEXT)
    tail = max(0, end - CONTEXT)
    a, b = old[start : len(old) - tail], new[start : len(new) - tail]
    matcher = SequenceMatcher(None, a, b, autojunk=len(b) > _PATIENCE)
    groups = [] if a == b else matcher.get_grouped_opcodes(CONTEXT)
    return [list(_rows(a, b, group, start + 1)) for group in groups]


def block(old: Sequence[str], new: Sequence[str], at: tuple[int, int]) -> list[Row]:
    """The rows of lines that were replaced as a whole. `at` is the number of the first, then and now."""
    pairs = [_paired(*pair) for pair in zip_longest(old, new)]
    went = [Row(at[0] + i, None, pairs[i][0]) for i in range(len(old))]
    return went + [Row(None, at[1] + i, pairs[i][1]) for i in range(len(new))]


def shortened(segments: Segments, around: int = 160, longest: int = 600) -> Segments:
    """`segments` with at most `around` code points beside a change, and `longest` of it. `…` marks a cut.

    Of a line in very many pieces the first are left: it was written anew.
    """
    last = len(segments) - 1
    if not any(changed for _, changed in segments):
        return tuple((cut(text, longest), False) for text, _ in segments)
    short = tuple(
        (cut(text, longest) if changed else _beside(text, around, first=i == 0, last=i == last), changed)
        for i, (text, changed) in enumerate(segments)
    )
    return short if len(short) <= _MOST_PIECES else (*short[:_MOST_PIECES], (CUT, True))


def _beside(text: str, around: int, *, first: bool, last: bool) -> str:
    """What is shown of an unchanged stretch: of the first its end, of the last its start."""
    if len(text) <= (around if first or last else 2 * around):
        return text
    head, tail = text[:around].rstrip(), text[-around:]
    # A word is cut only where there is no space near.
    head = head[: head.rfind(" ", around - _NEAR)] if " " in head[around - _NEAR :] else head
    tail = tail[max(0, tail.find(" ", 0, _NEAR)) :]
    return ("" if first else head + " ") + CUT + ("" if last else tail)


def _rows(
    old: Sequence[str], new: Sequence[str], group: Sequence[tuple[str, int, int, int, int]], first: int
) -> Iterator[Row]:
    for tag, a0, a1, b0, b1 in group:
        if tag == "equal":
            for i in range(a1 - a0):
                yield Row(first + a0 + i, first + b0 + i, ((_bare(old[a0 + i]), False),))
            continue
        yield from block(old[a0:a1], new[b0:b1], (first + a0, first + b0))


def _paired(old: str | None, new: str | None) -> tuple[Segments, Segments]:
    """Both lines in pieces; a line without a counterpart changed as a whole."""
    if old is None or new is None:
        return ((_bare(old or ""), True),), ((_bare(new or ""), True),)
    a, b = _TOKEN.findall(_bare(old)), _TOKEN.findall(_bare(new))
    top, end = _alike(a, b)
    head, tail = "".join(a[:top]), "".join(a[len(a) - end :])
    left, right = _compared(a[top : len(a) - end], b[top : len(b) - end])
    return _joined(head, left, tail), _joined(head, right, tail)


def _alike(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many items are the same at the start, and behind that at the end."""
    limit = min(len(a), len(b))
    top = next((i for i in range(limit) if a[i] != b[i]), limit)
    limit -= top
    return top, next((i for i in range(limit) if a[-1 - i] != b[-1 - i]), limit)


def _compared(a: Sequence[str], b: Sequence[str]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    if len(a) + len(b) > _PATIENCE:
        return [("".join(a), True)], [("".join(b), True)]
    left, right = list[tuple[str, bool]](), list[tuple[str, bool]]()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        left.append(("".join(a[a0:a1]), tag != "equal"))
        right.append(("".join(b[b0:b1]), tag != "equal"))
    return left, right


def _joined(head: str, middle: Sequence[tuple[str, bool]], tail: str) -> Segments:
    """All pieces that hold text."""
    return tuple(piece for piece in ((head, False), *middle, (tail, False)) if piece[0])


def _bare(line: str) -> str:
    return line.removesuffix("\r")
