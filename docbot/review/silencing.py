"""Findings that a change silences by comments of its own: nobody chooses how the own change is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docbot.engine import Silenced
from docbot.markdown.nodes import Suppression
from docbot.markdown.other_tools import LINKS
from docbot.review.hunks import as_it_was
from docbot.review.sides import Side, on
from docbot.review.values import Hunk
from docbot.types import Finding


def silencing(hunks: Sequence[Hunk], before: Side, after: Side) -> dict[Hunk, tuple[Finding, ...]]:
    """The findings that each hunk silences, or has on its lines while the change silences them.

    A finding belongs to the hunk whose lines it stands on, else to the one with the comment that hides it.
    What a comment hides that the base has as well, for just as far, is the docs' own choice.
    """
    found: dict[Hunk, list[Finding]] = {}
    for one in after.silenced:
        mine = [hunk for hunk in hunks if hunk.path == one.finding.path]
        if (
            not mine
            or (one.unsure and one.finding.rule not in LINKS)
            or any(_was_there(s, mine, before) for s in one.by)
        ):
            continue
        owner = _owner(one, mine)
        found.setdefault(owner, []).append(one.finding)
    return {hunk: tuple(findings) for hunk, findings in found.items()}


def _owner(one: Silenced, hunks: Sequence[Hunk]) -> Hunk:
    for span in (one.finding.span, *(suppression.span for suppression in one.by)):
        for hunk in hunks:
            if on(span, hunk.after):
                return hunk
    # What ended a range of silence was taken away, by the last hunk behind the comment that began it.
    return hunks[-1]


def _was_there(suppression: Suppression, hunks: Sequence[Hunk], before: Side) -> bool:
    """Whether the page silenced the same before the change, at the same place and as far."""
    outline = before.outlines.get(hunks[0].old_path)
    if outline is None or any(on(suppression.span, hunk.after) for hunk in hunks):
        return False
    start = as_it_was(suppression.span.start, hunks)
    ends = set(_ends(suppression, hunks))
    return any(
        old.rule == suppression.rule and old.span.start == start and (not ends or old.target.end in ends)
        for old in outline.suppressions
    )


def _ends(suppression: Suppression, hunks: Iterable[Hunk]) -> Iterator[int]:
    """Where its range may have ended before; nothing where the change edited what it ends with."""
    end = suppression.target.end
    if not suppression.foreign or any(hunk.after.start < end <= hunk.after.end for hunk in hunks):
        return
    yield as_it_was(end, hunks)
