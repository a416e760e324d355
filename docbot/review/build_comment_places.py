"""Holds what the build of Learn says against a review: which hunk each message belongs to, if any.

"Not caused by this pull request" is said only where that's proved: docbot finds the same on the same line of
the base, or the message is about nothing but words that stand there in the very same block before and after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from docbot.markdown import Document
from docbot.markdown.other_tools import LINKS
from docbot.review.build_comment import Bearing, Build, Message, Told
from docbot.review.hunks import as_it_was
from docbot.review.sides import Side, on, subject
from docbot.review.values import Hunk, Judged, Kind, Review
from docbot.text import LineIndex, Span
from docbot.types import Finding, normalised

ByPath = Mapping[str, Sequence[Finding]]
DocumentOf = Callable[[str], Document | None]
"""The page at a path; None where there is none that can be read."""

_RULES: Mapping[str, tuple[str, ...]] = {
    "file-not-found": ("file-not-found", "wrong-case-link"),
    "hard-coded-locale": ("locale-in-link",),
    "alt-text-missing": ("missing-alt-text",),
    "code-block-unclosed": ("open-code-block",),
}
"""Rules of docbot that find what a code of Learn's names, where they don't share the name."""
_OWN_WORDS = frozenset(
    {
        "alt-text-missing",
        "disallowed-html-attribute",
        "disallowed-html-tag",
        "docs-link-absolute",
        "external-image",
        "hard-coded-locale",
        "local-file-path",
        "preserve-view-not-set",
    }
)
"""Codes of messages about nothing but the words at their place."""
_SHORTEST = 3
"""Code points of a name that is looked for in a message. Less may stand anywhere by chance."""


class Known(msgspec.Struct, frozen=True):
    """A review, and what both of its sides are."""

    review: Review
    before: ByPath
    after: ByPath
    old: DocumentOf
    new: DocumentOf


def placed(known: Known, build: Build) -> tuple[tuple[tuple[Told, ...], ...], tuple[Told, ...]]:
    """What the build says of each hunk of the review, in its order; and what it says of other places."""
    hunks = known.review.hunks
    of_hunks: list[list[Told]] = [[] for _ in hunks]
    others: list[Told] = []
    names = _names(one.hunk for one in hunks)
    for message in dict.fromkeys(build.messages):
        at, told = _placed(known, message, build.commit, names)
        (others if at is None else of_hunks[at]).append(told)
    return tuple(map(tuple, of_hunks)), tuple(others)


def _placed(known: Known, message: Message, commit: str, names: frozenset[str]) -> tuple[int | None, Told]:
    """The number of the hunk that a message belongs to, None for none, and the message held against it."""
    place = _line(known.new(message.path), message.line)
    said = [f for f in _found(known.after, message.path, place) if _is_same(f, message)]
    for at, one in enumerate(known.review.hunks):
        mine = {finding.key for finding in (*one.adds, *one.breaks)}
        same = next((finding for finding in said if finding.key in mine), None)
        if same is not None:
            return at, Told(message, commit, Bearing.CAUSED, confirms=same.fingerprint)
    for at, one in enumerate(known.review.hunks):
        if _is_on(one.hunk, message, place):
            return at, Told(message, commit, Bearing.HERE, _had_before(known, one, said))
    new = {finding.key: finding for finding in known.review.elsewhere}
    confirms = next((finding.fingerprint for finding in said if finding.key in new), "")
    why = "" if confirms or place is None else _innocent(known, message, place, names)
    return None, Told(message, commit, Bearing.NOT if why else Bearing.MAYBE, why, confirms)


def _is_on(hunk: Hunk, message: Message, place: Span | None) -> bool:
    if hunk.path != message.path or hunk.kind is Kind.REMOVED:
        return False
    if hunk.kind is Kind.ADDED:
        return True
    return place is not None and hunk.after.start <= place.start < hunk.after.end


def _had_before(known: Known, one: Judged, said: Iterable[Finding]) -> str:
    """What proves that lines which changed had the same before; empty where nothing does."""
    old = (f for f in known.before.get(one.hunk.old_path, ()) if on(f.span, one.hunk.before))
    had = {(f.rule, normalised(f.excerpt)) for f in old}
    return _BASE if any((f.rule, normalised(f.excerpt)) in had for f in said) else ""


_BASE = "the base has it too"


def _innocent(known: Known, message: Message, place: Span, names: frozenset[str]) -> str:
    """What proves that a message about a line that didn't change isn't the change's doing; else empty."""
    path, line = _line_as_it_was(known.review.hunks, message.path, place)
    old = known.old(path)
    if old is None or line.of(old.text) != _text(known.new(message.path), place):
        return ""
    if any(_is_same(finding, message) for finding in _found(known.before, path, line)):
        return f"{_BASE}, on line {_index(old.text).line(line.start)}"
    about_itself = message.code in _OWN_WORDS and not any(name in message.text.lower() for name in names)
    if about_itself and _same_block(old, line, known.new(message.path), place):
        return "it is about words that the base has too"
    return ""


def _line_as_it_was(hunks: Iterable[Judged], path: str, place: Span) -> tuple[str, Span]:
    """Where a line that no hunk changed stood before the change."""
    mine = [one.hunk for one in hunks if one.hunk.path == path and one.hunk.kind is not Kind.REMOVED]
    start = as_it_was(place.start, mine)
    return mine[0].old_path if mine else path, Span(start, start + len(place))


def _same_block(old: Document, before: Span, new: Document | None, after: Span) -> bool:
    """Whether a line stands in a block of the same kind and the same words on both sides."""
    if new is None:
        return False
    was, now = old.leaf_at(before), new.leaf_at(after)
    if was is None or now is None or was.span is None or now.span is None:
        return False
    return was.kind == now.kind and was.span.of(old.text) == now.span.of(new.text)


def _found(findings: ByPath, path: str, line: Span | None) -> list[Finding]:
    """What docbot finds on a line, however sure."""
    if line is None:
        return []
    return [f for f in findings.get(path, ()) if line.start <= f.span.start <= line.end]


def by_path(side: Side) -> ByPath:
    """What docbot finds on each page, however sure."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in chain(side.findings, side.unsure):
        found[finding.path].append(finding)
    return found


def _is_same(finding: Finding, message: Message) -> bool:
    """Whether a finding on the message's line says what the message says."""
    if finding.rule not in _RULES.get(message.code, (message.code,)):
        return False
    if finding.rule not in LINKS:
        return True
    path, fragment = subject(finding)
    name = f"#{fragment}" if fragment else path.rpartition("/")[2].rpartition(".")[0]
    words = message.text.lower()
    return (bool(name) and name.lower() in words) or finding.excerpt.lower() in words


def _names(hunks: Iterable[Hunk]) -> frozenset[str]:
    """The names, in lower case and without their endings, of every page that changed."""
    files = (path.rpartition("/")[2] for hunk in hunks for path in (hunk.path, hunk.old_path))
    stems = (file.rpartition(".")[0].lower() for file in files)
    return frozenset(stem for stem in stems if len(stem) >= _SHORTEST)


def _line(document: Document | None, line: int) -> Span | None:
    """The line (from 1) of a page, without its end; None where there is none."""
    if document is None:
        return None
    try:
        return _index(document.text).line_span(line)
    except IndexError:
        return None


@lru_cache(maxsize=8)
def _index(text: str) -> LineIndex:
    return LineIndex(text)


def _text(document: Document | None, place: Span) -> str:
    return "" if document is None else place.of(document.text)


def stale(build: Build) -> tuple[Told, ...]:
    """The messages of a build of another commit: its lines are others, so nothing is held against them."""
    return tuple(Told(message, build.commit, Bearing.STALE) for message in dict.fromkeys(build.messages))
