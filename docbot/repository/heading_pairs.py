"""The headings of a page as it once was, and which heading took the place of which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

_ALIKE = 0.5
_SAME_LEVEL = 0.1
_MOST_HEADINGS = 1_000
"""Headings of one page that are compared; a page with more was not written by hand."""
_MOST_COMPARED = 2_500
"""Pairs of headings at one place that are compared."""
_COMPARED_LENGTH = 200
"""Code points of a heading that are compared."""


class Heading(msgspec.Struct, frozen=True, gc=False):
    """An ATX heading: its level, and its source without the `#`s."""

    level: int
    source: str


_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_HEADING_OR_FENCE = re.compile(rb"^ {0,3}(?:(#{1,6})[ \t](.*)|(`{3,}(?=[^`\n]*$)|~{3,})(.*))$", re.MULTILINE)


def headings_of(page: bytes) -> tuple[Heading, ...]:
    """The ATX headings of `page`, without those in fenced code or front matter."""
    front_matter = _FRONT_MATTER.match(page)
    found = []
    fence = b""
    for match in _HEADING_OR_FENCE.finditer(page, front_matter.end() if front_matter else 0):
        if match[3]:
            fence = _after(fence, match[3], match[4])
        elif not fence and (source := _source(match[2])):
            found.append(Heading(len(match[1]), source))
    return tuple(found[:_MOST_HEADINGS])


def _after(fence: bytes, marks: bytes, info: bytes) -> bytes:
    """The fence that is open after a line of `marks` and `info`; empty for none."""
    if not fence:
        return marks
    return b"" if marks.startswith(fence) and not info.strip() else fence


def _source(rest: bytes) -> str:
    source = rest.decode("utf-8", "replace").strip()
    closed = source.rstrip("#")
    return closed.rstrip() if not closed or closed[-1] in " \t" else source


def replaced(before: Sequence[Heading], after: Sequence[Heading]) -> list[tuple[str, str]]:
    """Old and new source of every heading of `before` that isn't in `after`.

    The new one is empty where nothing took the heading's place. A heading that only moved, or got
    another level, is still there and isn't told.
    """
    old, new = [h.source for h in before], [h.source for h in after]
    if not (gone := Counter(old) - Counter(new)):
        return []
    come = Counter(new) - Counter(old)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pairs = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag in ("replace", "delete"):
            pairs += pairs_of(_only(before[i1:i2], gone), _only(after[j1:j2], come))
    return pairs


def _only(headings: Sequence[Heading], wanted: Counter[str]) -> list[Heading]:
    """Those of `headings` that are in `wanted`, where each is used up."""
    found = []
    for heading in headings:
        if wanted[heading.source] > 0:
            wanted[heading.source] -= 1
            found.append(heading)
    return found


def pairs_of(gone: Sequence[Heading], come: Sequence[Heading]) -> list[tuple[str, str]]:
    """The source of each removed heading with that of the one that took its place, or with nothing.

    The most alike are paired first. What is left over is paired in order if both sides had as many.
    """
    partner = _alike(gone, come)
    if len(gone) == len(come):
        taken = set(partner.values())
        free_old = [i for i in range(len(gone)) if i not in partner]
        free_new = [j for j in range(len(come)) if j not in taken]
        partner |= dict(zip(free_old, free_new, strict=True))
    return [(old.source, come[partner[i]].source if i in partner else "") for i, old in enumerate(gone)]


def _alike(gone: Sequence[Heading], come: Sequence[Heading]) -> dict[int, int]:
    if len(gone) * len(come) > _MOST_COMPARED:
        return {}
    scores = [(_likeness(a, b), i, j) for i, a in enumerate(gone) for j, b in enumerate(come)]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in sorted(scores, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1], s[2])):
        if score >= _ALIKE and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _likeness(old: Heading, new: Heading) -> float:
    """0 to 1, and a little more where the level is the same."""
    a, b = (heading.source.casefold()[:_COMPARED_LENGTH] for heading in (old, new))
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio + _SAME_LEVEL if ratio >= _ALIKE and old.level == new.level else ratio
