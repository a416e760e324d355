"""Judges hunks by what was found before and after them, and by what the gates say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from docbot.markdown.other_tools import LINKS
from docbot.review.sides import Difference, Side, difference, on, subject
from docbot.review.silencing import silencing
from docbot.review.stated import is_fact, sourced
from docbot.review.values import Hunk, Judged, Judgement, Kind, Reason
from docbot.text import Span
from docbot.types import Finding, Severity, Verdict

_ORDER = {Judgement.DONT: 0, Judgement.LOOK: 1, Judgement.PROVEN: 2}
_OF_LINKS = frozenset({"same-links", "same-images"})
_TELLING = (
    *("same-code", "same-numbers", "same-negations", "same-modals"),
    *("same-sentences", "same-links", "same-names"),
)
"""Gates whose reasons say what matters most, in that order."""
_NONE: frozenset[str] = frozenset()
_FOLLOWS: Mapping[str, frozenset[str]] = {
    "only-prose": frozenset({"same-structure", "same-code", "same-front-matter"}),
    "no-words-dropped": frozenset({"same-sentences"}),
    "few-new-words": frozenset({"same-sentences"}),
}
"""Gates whose objection says nothing more where one of these objects."""
_NEAT = "only white space at the ends of lines differs, and none is new: the page reads the same"
_MOST = 5
"""Reasons of one kind that are said."""


class Unread(msgspec.Struct, frozen=True):
    """A page that can't be compared."""

    why: str
    not_editable: bool = False
    """Whether nobody may edit it here."""


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
    exchanged: Callable[[Hunk], tuple[str, ...]] = lambda hunk: ()
    """What may mean something else though every gate passes."""
    neat: Callable[[Hunk], bool] = lambda hunk: False
    """Whether nothing but white space at the ends of lines went."""
    same_words: Callable[[Hunk], tuple[Judgement, str] | None] = lambda hunk: None
    """What to take of a hunk that changes not a word, and why."""
    hidden: Callable[[Hunk], str] = lambda hunk: ""
    """How its form hides what it changes; empty where it hides nothing."""
    unread: Mapping[str, Unread] = msgspec.field(default_factory=dict)
    """The pages, by their path now, that can't be compared."""


def judged(
    hunks: Sequence[Hunk], before: Side, after: Side, grounds: Grounds
) -> tuple[tuple[Judged, ...], tuple[Finding, ...]]:
    """Every hunk with its judgement, in the order to read them; and new findings of no hunk's making."""
    found = difference(hunks, before, after)
    silenced = silencing(hunks, before, after)
    done = [_judged(hunk, found, before, after, grounds) for hunk in hunks]
    done = [_with_silenced(one, silenced.get(one.hunk, ())) for one in done]
    told = {id(finding) for one in done for finding in (*one.adds, *one.breaks)}
    elsewhere = tuple(finding for finding in found.new if id(finding) not in told)
    return in_order(done), elsewhere


def in_order(hunks: Iterable[Judged]) -> tuple[Judged, ...]:
    """Hunks in the order to read them."""
    return tuple(sorted(hunks, key=_place))


def _place(one: Judged) -> tuple[int, str, Span, Span]:
    return _ORDER[one.judgement], one.hunk.path, one.hunk.after, one.hunk.before


def _judged(hunk: Hunk, found: Difference, before: Side, after: Side, grounds: Grounds) -> Judged:
    plain = grounds.same_words(hunk)
    adds = tuple(f for f in found.new if f.path == hunk.path and on(f.span, hunk.after))
    one = Judged(
        hunk,
        Judgement.LOOK,
        (),
        fixes=tuple(_mended(found.gone, hunk)),
        adds=adds,
        breaks=tuple(f for f in found.lost if f not in adds and _is_about(f, hunk, before)),
        forgotten=grounds.forgotten(hunk),
        proof=grounds.proof(hunk) if hunk.kind is Kind.EDITED and plain is None else (),
    )
    one = msgspec.structs.replace(one, wrongs=tuple(_wrongs(hunk, before, after, grounds)))
    harm = tuple(_harm(one))
    if harm:
        return msgspec.structs.replace(one, judgement=Judgement.DONT, reasons=harm)
    if plain is not None:
        return _without_words(one, *plain)
    if hunk.kind is Kind.UNREAD:
        return msgspec.structs.replace(one, reasons=(Reason(grounds.unread[hunk.path].why),))
    return _weighed(one, found, grounds)


def _weighed(one: Judged, found: Difference, grounds: Grounds) -> Judged:
    """A hunk that does no harm: whether what speaks for it leaves no doubt."""
    hunk, passes = one.hunk, bool(one.proof) and all(verdict.passed for verdict in one.proof)
    drafted = bool(one.fixes) and grounds.drafted(hunk, one.fixes)
    neat = _reads_the_same(one) and grounds.neat(hunk)
    again = [f for f in found.again if f.path == hunk.path and on(f.span, hunk.after)]
    proven = (Reason(_NEAT),) if neat else tuple(_merit(one, drafted))
    doubts = (
        *map(Reason, filter(None, [grounds.hidden(hunk)])),
        *_doubts(one, drafted or neat or _only_relinks(one)),
        *map(_still, again[:_MOST]),
        *(map(Reason, grounds.exchanged(hunk)) if passes and not drafted and not neat else ()),
    )
    if proven and not doubts:
        return msgspec.structs.replace(one, judgement=Judgement.PROVEN, reasons=proven)
    return msgspec.structs.replace(one, reasons=(*doubts, *proven) or (Reason(_plainly(hunk)),))


def _with_silenced(one: Judged, silenced: Sequence[Finding]) -> Judged:
    """A hunk with what the change hides from docbot by a comment of its own: a person has to look at that."""
    if not silenced:
        return one
    said = tuple(Reason(f"silences {f.rule}: {f.message}", f) for f in silenced[:_MOST])
    if len(silenced) > _MOST:
        said = (*said, Reason(f"silences {len(silenced) - _MOST:,} more findings"))
    judgement = Judgement.LOOK if one.judgement is Judgement.PROVEN else one.judgement
    return msgspec.structs.replace(one, judgement=judgement, reasons=(*said, *one.reasons))


def _mended(gone: Sequence[Finding], hunk: Hunk) -> Iterator[Finding]:
    """The findings that a hunk put right. With a page that was removed they only went along."""
    if hunk.kind is not Kind.REMOVED:
        yield from (f for f in gone if f.path == hunk.old_path and on(f.span, hunk.before))


def _without_words(one: Judged, judgement: Judgement, why: str) -> Judged:
    """A hunk that changes not a word, and so adds nothing that isn't about bytes."""
    doubts = tuple(_doubts(one, settled=True))
    return msgspec.structs.replace(
        one, judgement=Judgement.LOOK if doubts else judgement, reasons=(Reason(why), *doubts)
    )


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
    left_alone = grounds.unread.get(hunk.path)
    if left_alone and left_alone.not_editable:
        yield f"this page isn't edited here: {left_alone.why}"
    sides = ((before, hunk.old_path, hunk.before), (after, hunk.path, hunk.after))
    if any(_is_protected(side, path, lines) for side, path, lines in sides):
        yield "these lines are marked as generated or not to be edited"
    if hunk.kind in (Kind.RENAMED, Kind.REMOVED) and grounds.unredirected(hunk.old_path):
        yield f"nothing redirects readers of {hunk.old_path}"


def _is_protected(side: Side, path: str, lines: Span) -> bool:
    outline = side.outlines.get(path)
    return outline is not None and any(on(span, lines) for span in outline.protected)


def _harm(one: Judged) -> Iterator[Reason]:
    """What is provably wrong with a hunk."""
    yield from map(Reason, one.wrongs)
    grave = [finding for finding in one.adds if finding.severity is not Severity.INFO]
    yield from map(_new, grave[:_MOST])
    yield from (Reason(f"breaks {f.path}: {f.rule}: {f.message}", f) for f in one.breaks[:_MOST])


def _merit(one: Judged, drafted: bool) -> Iterator[Reason]:
    """What speaks for a hunk."""
    for finding in one.fixes[:_MOST]:
        yield Reason(f"mends {sourced(finding)}", finding)
    if drafted:
        yield Reason("it is the very edit that docbot drafts")
    elif one.proof and all(verdict.passed for verdict in one.proof):
        same = ", ".join(verdict.reason for verdict in one.proof if verdict.gate in _TELLING)
        yield Reason(f"the gates see the same meaning: {same}")


def _reads_the_same(one: Judged) -> bool:
    """Whether the gates see no difference but in what stands between texts, where all white space does."""
    return bool(one.proof) and all(verdict.passed or verdict.gate == "only-prose" for verdict in one.proof)


def _only_relinks(one: Judged) -> bool:
    """Whether all that the gates object to is a link, and every finding that is gone was about one."""
    objections = {verdict.gate for verdict in one.proof if not verdict.passed}
    return bool(one.fixes) and objections <= _OF_LINKS and all(f.rule in LINKS for f in one.fixes)


def _doubts(one: Judged, settled: bool) -> Iterator[Reason]:
    """What only a person can judge. Of an edit that is `settled` the findings prove what the gates can't."""
    if not settled:
        yield from map(Reason, _objections(one.proof))
    yield from map(_new, one.adds[:_MOST])
    if one.forgotten:
        listed = ", ".join(one.forgotten[:_MOST])
        more = f" and {len(one.forgotten) - _MOST} more" if len(one.forgotten) > _MOST else ""
        yield Reason(f"{listed}{more} still says what was replaced here")


def _objections(proof: Sequence[Verdict]) -> Iterator[str]:
    """What the gates object to: what matters most first, and nothing that follows from another objection."""
    refused = {verdict.gate: verdict for verdict in proof if not verdict.passed}
    told = [verdict for gate, verdict in refused.items() if _FOLLOWS.get(gate, _NONE).isdisjoint(refused)]
    told.sort(key=lambda verdict: _rank(verdict.gate))
    yield from (f"{verdict.gate}: {verdict.reason}" for verdict in told[:_MOST])
    if len(told) > _MOST:
        yield f"{', '.join(verdict.gate for verdict in told[_MOST:])}: these gates object, too"


def _rank(gate: str) -> int:
    return _TELLING.index(gate) if gate in _TELLING else len(_TELLING)


def _still(finding: Finding) -> Reason:
    return Reason(f"still: {finding.rule}: {finding.message}", finding)


def _new(finding: Finding) -> Reason:
    told = sourced(finding) if is_fact(finding) else f"{finding.rule}: {finding.message}"
    question = finding.question
    asked = f". {' / '.join((question.text, *question.choices))}" if question else ""
    return Reason(f"new: {told}{asked}", finding)


def _plainly(hunk: Hunk) -> str:
    return {
        Kind.ADDED: "a new page",
        Kind.RENAMED: "the page moved, and every link to it that docbot knows still works",
        Kind.REMOVED: "the page was removed, and nothing here that docbot knows links to it",
        Kind.UNREAD: "docbot can't read this page",
        Kind.EDITED: "nothing to prove here: it changes what no gate compares",
    }[hunk.kind]
