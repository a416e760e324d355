"""Judges hunks by what was found before and after them, and by what the gates say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from docbot.markdown.other_tools import LINKS
from docbot.pages import not_editable
from docbot.review.sides import Difference, Side, difference, on, subject
from docbot.review.values import Hunk, Judged, Judgement, Kind
from docbot.text import Span
from docbot.types import Finding, Severity, Verdict

_ORDER = {Judgement.DONT: 0, Judgement.LOOK: 1, Judgement.PROVEN: 2}
_OF_LINKS = frozenset({"same-links", "same-images"})
_MOST = 5
"""Reasons of one kind that are said."""


class Grounds(msgspec.Struct, frozen=True):
    """What else is known of a hunk."""

    proof: Callable[[Hunk], tuple[Verdict, ...]]
    """What the gates say of the lines."""
    drafted: Callable[[Hunk, tuple[Finding, ...]], bool]
    """Whether the lines are exactly what the fixes of these findings make."""
    forgotten: Callable[[Hunk], tuple[str, ...]]
    """Copies of the page that still say what was replaced."""
    unredirected: Callable[[str], bool]
    """Whether readers of the page that was at this path are led nowhere."""


def judged(
    hunks: Sequence[Hunk], before: Side, after: Side, grounds: Grounds
) -> tuple[tuple[Judged, ...], tuple[Finding, ...]]:
    """Every hunk with its judgement, in the order to read them; and new findings of no hunk's making."""
    found = difference(hunks, before, after)
    done = [_judged(hunk, found, before, after, grounds) for hunk in hunks]
    told = {id(finding) for one in done for finding in (*one.adds, *one.breaks)}
    elsewhere = tuple(finding for finding in found.new if id(finding) not in told)
    return tuple(sorted(done, key=_place)), elsewhere


def _place(one: Judged) -> tuple[int, str, Span, Span]:
    return _ORDER[one.judgement], one.hunk.path, one.hunk.after, one.hunk.before


def _judged(hunk: Hunk, found: Difference, before: Side, after: Side, grounds: Grounds) -> Judged:
    adds = tuple(f for f in found.new if f.path == hunk.path and on(f.span, hunk.after))
    one = Judged(
        hunk,
        Judgement.LOOK,
        (),
        fixes=tuple(f for f in found.gone if f.path == hunk.old_path and on(f.span, hunk.before)),
        adds=adds,
        breaks=tuple(f for f in found.lost if f not in adds and _is_about(f, hunk, before)),
        forgotten=grounds.forgotten(hunk),
        proof=grounds.proof(hunk) if hunk.kind is Kind.EDITED else (),
    )
    one = msgspec.structs.replace(one, wrongs=tuple(_wrongs(hunk, before, after, grounds)))
    harm = tuple(_harm(one))
    if harm:
        return msgspec.structs.replace(one, judgement=Judgement.DONT, reasons=harm)
    drafted = bool(one.fixes) and grounds.drafted(hunk, one.fixes)
    proven = tuple(_merit(one, drafted))
    doubts = tuple(_doubts(one, drafted or _only_relinks(one)))
    if proven and not doubts:
        return msgspec.structs.replace(one, judgement=Judgement.PROVEN, reasons=proven)
    return msgspec.structs.replace(one, reasons=(*doubts, *proven) or (_plainly(hunk),))


def _is_about(finding: Finding, hunk: Hunk, before: Side) -> bool:
    """Whether a finding is about a page that the hunk moved or removed, or a heading that it took away."""
    path, fragment = subject(finding)
    if hunk.kind in (Kind.RENAMED, Kind.REMOVED):
        return path == hunk.old_path
    outline = before.outlines.get(hunk.old_path)
    if not fragment or path not in (hunk.path, hunk.old_path) or outline is None:
        return False
    return any(h.slug == fragment and on(h.span, hunk.before) for h in outline.headings)


def _wrongs(hunk: Hunk, before: Side, after: Side, grounds: Grounds) -> Iterator[str]:
    """What is provably wrong with a hunk that no finding says."""
    for side, path, lines in ((before, hunk.old_path, hunk.before), (after, hunk.path, hunk.after)):
        outline = side.outlines.get(path)
        why = not_editable(outline) if outline else ""
        if why:
            yield f"this page isn't edited here: {why}"
            break
        if outline and any(on(span, lines) for span in outline.protected):
            yield "these lines are marked as generated or not to be edited"
            break
    if hunk.kind in (Kind.RENAMED, Kind.REMOVED) and grounds.unredirected(hunk.old_path):
        yield f"nothing redirects readers of {hunk.old_path}"


def _harm(one: Judged) -> Iterator[str]:
    """What is provably wrong with a hunk."""
    yield from one.wrongs
    grave = [finding for finding in one.adds if finding.severity is not Severity.INFO]
    yield from map(_new, grave[:_MOST])
    yield from (f"breaks {f.path}: {f.rule}: {f.message}" for f in one.breaks[:_MOST])


def _merit(one: Judged, drafted: bool) -> Iterator[str]:
    """What speaks for a hunk."""
    for finding in one.fixes[:_MOST]:
        proofs = "; ".join(f"{proof.source}: {proof.detail}" for proof in finding.evidence[:2])
        yield f"mends {finding.rule}: {finding.message} ({proofs})"
    if drafted:
        yield "it is the very edit that docbot drafts"
    elif one.proof and all(verdict.passed for verdict in one.proof):
        yield "the gates see the same meaning: " + ", ".join(v.reason for v in one.proof[-_MOST:])


def _only_relinks(one: Judged) -> bool:
    """Whether all that the gates object to is a link, and every finding that is gone was about one."""
    objections = {verdict.gate for verdict in one.proof if not verdict.passed}
    return bool(one.fixes) and objections <= _OF_LINKS and all(f.rule in LINKS for f in one.fixes)


def _doubts(one: Judged, settled: bool) -> Iterator[str]:
    """What only a person can judge. Of an edit that is `settled` the findings prove what the gates can't."""
    if not settled:
        yield from (f"{v.gate}: {v.reason}" for v in one.proof if not v.passed)
    yield from map(_new, one.adds[:_MOST])
    if one.forgotten:
        listed = ", ".join(one.forgotten[:_MOST])
        more = f" and {len(one.forgotten) - _MOST} more" if len(one.forgotten) > _MOST else ""
        yield f"{listed}{more} still says what was replaced here"


def _new(finding: Finding) -> str:
    said = f"new: {finding.rule}: {finding.message}"
    if finding.question is None:
        return said
    return f"{said} {' / '.join((finding.question.text, *finding.question.choices))}"


def _plainly(hunk: Hunk) -> str:
    return {
        Kind.ADDED: "a new page",
        Kind.RENAMED: "the page moved, and every link to it that docbot knows still works",
        Kind.REMOVED: "the page was removed, and nothing here that docbot knows links to it",
        Kind.EDITED: "nothing to prove here: it changes what no gate compares",
    }[hunk.kind]
