"""What was found before a change and after it, and which of it came or went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from docbot.engine import Silenced
from docbot.markdown.nodes import Outline
from docbot.markdown.other_tools import LINKS
from docbot.review.values import Hunk
from docbot.text import Span
from docbot.types import Finding, normalised

_Key = tuple[str, str, str]
_Touched = Callable[[Finding], bool]


class Side(msgspec.Struct, frozen=True):
    """The docs on one side of a change."""

    findings: tuple[Finding, ...]
    """Those that a scan shows."""
    unsure: tuple[Finding, ...]
    """Those below the confidence threshold."""
    outlines: Mapping[str, Outline]
    """Of every page that may be edited."""
    silenced: tuple[Silenced, ...] = ()
    """Findings that comments in their pages hide."""


class Difference(msgspec.Struct, frozen=True):
    """Findings that one side has and the other lacks. Of equal ones it is those on lines of a hunk."""

    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    """New ones about links, however unsure: that a link led somewhere before is proof enough."""
    again: tuple[Finding, ...] = ()
    """Those about links that lead where a link of the same hunk led in vain before: wrong in another form."""


def difference(hunks: Sequence[Hunk], before: Side, after: Side) -> Difference:
    """What the change of `hunks` made of the findings."""
    moved = {hunk.old_path: hunk.path for hunk in hunks if hunk.old_path != hunk.path}
    then = _touched((hunk.old_path, hunk.before) for hunk in hunks)
    now = _touched((hunk.path, hunk.after) for hunk in hunks)
    known, found = _known(before, moved), _known(after, {})
    gone = _without((*before.findings, *_about_links(before.unsure)), found, moved, then)
    new = _without((*after.findings, *_about_links(after.unsure)), known, {}, now)
    again = _told_again(hunks, gone, new)
    old, other = (frozenset(map(id, pair)) for pair in zip(*again, strict=True)) if again else ((), ())
    new = tuple(finding for finding in new if id(finding) not in other)
    return Difference(
        tuple(finding for finding in gone if id(finding) not in old),
        tuple(finding for finding in new if finding not in after.unsure),
        tuple(_about_links(new)),
        tuple(finding for _, finding in again),
    )


def _told_again(
    hunks: Sequence[Hunk], gone: Iterable[Finding], new: Iterable[Finding]
) -> list[tuple[Finding, Finding]]:
    """Findings that are gone and new ones that say the same of the same target, in one hunk."""
    left, found = list(_about_links(gone)), list[tuple[Finding, Finding]]()
    for finding in _about_links(new):
        mine = [h for h in hunks if h.path == finding.path and on(finding.span, h.after)]
        old = next((one for one in left if _is_said_again(one, finding, mine)), None)
        if old is not None:
            left.remove(old)
            found.append((old, finding))
    return found


def _is_said_again(old: Finding, new: Finding, hunks: Iterable[Hunk]) -> bool:
    same = (old.rule, old.cause) == (new.rule, new.cause)
    return same and any(old.path == hunk.old_path and on(old.span, hunk.before) for hunk in hunks)


def on(place: Span, lines: Span) -> bool:
    """Whether a finding at `place` stands on `lines`."""
    return place.overlaps(lines) or (not len(place) and lines.start <= place.start < lines.end)


def subject(finding: Finding) -> tuple[str, str]:
    """The path and the fragment that a finding about a link is about; empty where it is about neither."""
    path, _, fragment = finding.cause.partition(" ")[2].partition("#")
    return path, fragment


def _about_links(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding for finding in findings if finding.rule in LINKS)


def _touched(places: Iterable[tuple[str, Span]]) -> _Touched:
    lines: dict[str, list[Span]] = defaultdict(list)
    for path, span in places:
        lines[path].append(span)
    return lambda finding: any(on(finding.span, span) for span in lines.get(finding.path, ()))


def _known(side: Side, moved: Mapping[str, str]) -> Counter[_Key]:
    hidden = (one.finding for one in side.silenced)
    return Counter(_key(finding, moved) for finding in (*side.findings, *side.unsure, *hidden))


def _without(
    findings: Iterable[Finding], known: Counter[_Key], moved: Mapping[str, str], touched: _Touched
) -> tuple[Finding, ...]:
    """The findings that are more than `known`; those on lines that nobody touched use it up first."""
    left, known = [], known.copy()
    for finding in sorted(findings, key=lambda one: (touched(one), one.key)):
        key = _key(finding, moved)
        if known[key]:
            known[key] -= 1
        else:
            left.append(finding)
    return tuple(sorted(left, key=lambda one: one.key))


def _key(finding: Finding, moved: Mapping[str, str]) -> _Key:
    return finding.rule, moved.get(finding.path, finding.path), normalised(finding.excerpt)
