"""A proposal's drafts as a reviewer meets them: each stretch of changed lines once, with its copies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

import msgspec

from docbot.reporters.locate import Locator
from docbot.text import Edit, Span, apply
from docbot.types import Draft, Evidence

AROUND = 200
"""Code points of a long line that are shown on each side of a change."""
_LEFT_OUT = "…"


class Place(msgspec.Struct, frozen=True):
    """Where a hunk stands, and the drafts that make it. Lines count from 1."""

    path: str
    line: int
    end_line: int
    drafts: tuple[Draft, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every proof of the drafts, once."""
        return tuple(dict.fromkeys(e for draft in self.drafts for e in draft.finding.evidence))


class Hunk(msgspec.Struct, frozen=True):
    """Changed lines. `places` has more than one where copies of a page change alike.

    `words` are the changed words alone, old and new. `diff` is the lines, each behind `-`, `+` or a
    space, without line ends.
    """

    places: tuple[Place, ...]
    words: tuple[tuple[str, str], ...]
    diff: tuple[str, ...]

    @property
    def first(self) -> Place:
        return self.places[0]


def hunks(drafts: Iterable[Draft], texts: Mapping[str, str]) -> list[Hunk]:
    """The hunks in the order of pages and lines, each at the first of its copies.

    `texts` has each page's text. Raises KeyError when it lacks one, IndexError when a draft was made
    for another text, docbot.text.Conflict when two drafts meet.
    """
    locator = Locator(texts)
    ordered = sorted(drafts, key=lambda draft: draft.finding.key)
    alike: dict[tuple[object, ...], list[Hunk]] = {}
    for path, mine in groupby(ordered, key=lambda draft: draft.finding.path):
        for hunk in _page(path, list(mine), locator):
            rules = tuple(draft.finding.rule for draft in hunk.first.drafts)
            key = (posixpath.basename(path), rules, hunk.words, hunk.diff)
            alike.setdefault(key, []).append(hunk)
    return [
        msgspec.structs.replace(copies[0], places=tuple(copy.first for copy in copies))
        for copies in alike.values()
    ]


def _page(path: str, drafts: Sequence[Draft], locator: Locator) -> Iterator[Hunk]:
    text, index = locator.text(path), locator.index(path)
    owned = sorted(
        (_around(edit, draft), edit, n) for n, draft in enumerate(drafts) for edit in draft.fix.edits
    )
    group: list[_Owned] = []
    last = 0
    for span, edit, owner in owned:
        if not 0 <= edit.span.start <= edit.span.end <= len(text):
            raise IndexError(f"edit at {edit.span} of a text of {len(text)} code points")
        if group and index.line(span.start) > last:
            yield _hunk(path, group, locator)
            group = []
        group.append((span, edit, drafts[owner]))
        last = max(last, index.line(span.end))
    if group:
        yield _hunk(path, group, locator)


_Owned = tuple[Span, Edit, Draft]
"""What is to be seen of an edit, the edit, and whose it is."""


def _around(edit: Edit, draft: Draft) -> Span:
    """The edit with the finding it touches: who reads that one word goes wants to see why.

    One of several edits stands for itself: the finding is about all of them.
    """
    if len(draft.fix.edits) > 1:
        return edit.span
    finding = draft.finding.span
    union = Span(min(edit.span.start, finding.start), max(edit.span.end, finding.end))
    touch = edit.span.start <= finding.end and finding.start <= edit.span.end
    return union if touch and len(union) <= 2 * AROUND else edit.span


def _hunk(path: str, group: Sequence[_Owned], locator: Locator) -> Hunk:
    text, index = locator.text(path), locator.index(path)
    seen = Span(group[0][0].start, max(span.end for span, _, _ in group))
    first, last = index.line(seen.start), index.line(seen.end)
    place = Place(path, first, last, tuple(dict.fromkeys(draft for _, _, draft in group)))
    words = tuple(dict.fromkeys(_words(text, span, edit) for span, edit, _ in group))
    edits = list(dict.fromkeys(edit for _, edit, _ in group))
    whole = Span(index.line_span(first).start, index.line_span(last).end)
    return Hunk((place,), words, tuple(_diff(text, edits, _window(text, seen, whole), whole)))


def _words(text: str, seen: Span, edit: Edit) -> tuple[str, str]:
    """What the edit takes and what it gives, as whole words."""
    start, end = seen.start, seen.end
    while _inside_word(text, start) and start > seen.start - AROUND:
        start -= 1
    while _inside_word(text, end) and end < seen.end + AROUND:
        end += 1
    old = text[start:end]
    new = text[start : edit.span.start] + edit.replacement + text[edit.span.end : end]
    trimmed = old.strip(), new.strip()
    return trimmed if trimmed[0] != trimmed[1] else (old, new)


def _inside_word(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and _is_word(text[offset - 1]) and _is_word(text[offset])


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _diff(text: str, edits: Sequence[Edit], shown: Span, whole: Span) -> Iterator[str]:
    said = shown.of(text)
    shifted = [Edit(edit.span.shifted(-shown.start), edit.replacement) for edit in edits]
    head = _LEFT_OUT if shown.start > whole.start else ""
    tail = _LEFT_OUT if shown.end < whole.end else ""
    old, new = (
        [line.removesuffix("\r") for line in f"{head}{side}{tail}".split("\n")]
        for side in (said, apply(said, shifted))
    )
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (f" {line}" for line in old[a0:a1])
            continue
        yield from (f"-{line}" for line in old[a0:a1])
        yield from (f"+{line}" for line in new[b0:b1])


def _window(text: str, changed: Span, whole: Span) -> Span:
    """As much of `whole` around `changed` as is shown; it begins and ends at a word where it can."""
    start, end = max(whole.start, changed.start - AROUND), min(whole.end, changed.end + AROUND)
    if start > whole.start:
        start = max(start, text.find(" ", start, changed.start) + 1)
    if end < whole.end:
        space = text.rfind(" ", changed.end, end)
        end = space if space >= 0 else end
    return Span(start, end)
