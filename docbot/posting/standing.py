"""Which findings were told on a pull request before, and which of docbot's remarks tell none any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from docbot.posting.marker import Own, key_of, own_remarks
from docbot.posting.places import lines_of
from docbot.posting.values import Known
from docbot.reporters.locate import Locator
from docbot.types import Finding


class Told(NamedTuple):
    """A finding and the identity of its lines."""

    finding: Finding
    key: str


class Standing(msgspec.Struct, frozen=True):
    """The findings of a review, by what was said of them before."""

    new: tuple[Told, ...]
    """Never told on a line here, and never refused. The gravest first."""
    said: tuple[Own, ...]
    """Remarks that tell a finding which is still there, and that nobody refused."""
    refused: tuple[Finding, ...]
    """Findings that a person doesn't want to hear of."""
    gone: tuple[Own, ...]
    """Remarks that tell a finding which is there no more."""


def standing(findings: Iterable[Finding], locator: Locator, known: Known) -> Standing:
    """Sort `findings`; `locator` has their pages. Each remark is held for one finding alone."""
    told = [Told(finding, _key(finding, locator)) for finding in findings]
    owns = list(own_remarks(known.remarks, known.user))
    elsewhere = (own.marker.key for own in own_remarks(known.disliked, known.user))
    refusals = {own.marker.key for own in owns if own.refused} | set(elsewhere)
    matched = _matched(told, owns)
    new, said, refused = list[Told](), list[Own](), list[Finding]()
    for number, one in enumerate(told):
        own = matched.get(number)
        if one.key in refusals or (own is not None and own.refused):
            refused.append(one.finding)
        elif own is not None:
            said.append(own)
        else:
            new.append(one)
    new.sort(key=lambda one: (-one.finding.severity.rank, -one.finding.confidence, one.finding.key))
    held = {own.remark.id for own in matched.values()}
    gone = tuple(own for own in owns if own.remark.id not in held)
    return Standing(tuple(new), tuple(said), tuple(refused), gone)


def _key(finding: Finding, locator: Locator) -> str:
    lines = locator.lines_span(finding.path, *lines_of(finding, locator))
    return key_of(finding, lines.of(locator.text(finding.path)) if lines else finding.excerpt)


def _matched(told: Sequence[Told], owns: Sequence[Own]) -> dict[int, Own]:
    """The remark that tells each finding, by the finding's number; the surest likeness counts first.

    Lines that moved keep their key, also to another page; lines that were edited around the finding keep
    its fingerprint.
    """
    likenesses: tuple[Callable[[Told, Own], bool], ...] = (
        lambda one, own: (one.key, one.finding.fingerprint) == (own.marker.key, own.marker.fingerprint),
        lambda one, own: one.key == own.marker.key,
        lambda one, own: one.finding.fingerprint == own.marker.fingerprint,
    )
    found: dict[int, Own] = {}
    for alike in likenesses:
        for number, one in enumerate(told):
            free = (own for own in owns if number not in found and own not in found.values())
            own = next((own for own in free if alike(one, own)), None)
            if own is not None:
                found[number] = own
    return found
