"""What stands against a proposal, by what the forge remembers; else what is left to send. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec

from docbot.forges.content import keys_of
from docbot.forges.interface import Pull, Rival
from docbot.forges.marker import Marker, is_own, marker_of
from docbot.plan import Page
from docbot.publish import Order
from docbot.repository.values import Tip
from docbot.text import LineIndex
from docbot.types import Draft, Held, Outcome, OutcomeKind, Proposal
from docbot.upkeep import paused, reopened, touched


class Caps(msgspec.Struct, frozen=True):
    """How many pull requests docbot may have and open, for one user in one docs repository."""

    open: int = 3
    an_hour: int = 2


CAPS = Caps()
_HOUR = timedelta(hours=1)
NO_KEYS: Mapping[str, Pull] = MappingProxyType({})


class Known(msgspec.Struct, frozen=True):
    """What is known of a proposal's surroundings at `now` (with a time zone)."""

    pulls: tuple[Pull, ...]
    """docbot's, and whatever else comes from the proposal's branch."""
    tip: Tip | None
    """What the proposal's branch stands at; None where there is none."""
    now: datetime
    handed_back: frozenset[int] = frozenset()
    """The pull requests that a person wants made anew, whatever is on them."""
    opening: int = 0
    """How many pull requests this very run opens before."""


def decide(proposal: Proposal, known: Known, caps: Caps = CAPS) -> Outcome | Order:
    """What is left to send for `proposal`, or why nothing is.

    UNCHANGED: its pull request is open and makes the same changes. DECLINED: a person closed one that
    made a change of these. EDITED: a person changed the branch, the base, or docbot's part of the body;
    it is theirs now. CONFLICTED: the branch is somebody else's. LIMITED: docbot has enough open.
    """
    refused = next((pull for pull in known.pulls if refuses(pull, proposal)), None)
    if refused is not None:
        reason = f"a person closed #{refused.number}, which made the same change"
        return Outcome(OutcomeKind.DECLINED, reason, refused.url)
    pulls = [pull for pull in known.pulls if pull.branch == proposal.branch]
    pull = next((pull for pull in pulls if pull.state == "open"), None)
    if pull is not None and pull.number in known.handed_back:
        return Order(not is_own(known.tip, marker_of(proposal.body)), known.tip.id if known.tip else "", pull)
    if pull is not None:
        return _standing(pull, proposal, known.tip)
    return limited(known, caps) or _new(proposal, pulls, known)


def refuses(pull: Pull, proposal: Proposal) -> bool:
    """Whether a person closed `pull`, and it made a change that `proposal` makes too."""
    if not pull.refused:
        return False
    refused, proposed = pull.marker, marker_of(proposal.body)
    if refused is None or proposed is None or not refused.content_keys or not proposed.content_keys:
        return pull.branch == proposal.branch
    return not set(refused.content_keys).isdisjoint(proposed.content_keys)


def _standing(pull: Pull, proposal: Proposal, tip: Tip | None) -> Outcome | Order:
    proposed = marker_of(proposal.body)
    # An earlier run may have pushed this very commit, and stopped before it changed the description.
    pushed = is_own(tip, proposed)
    taken_over = touched(pull, tip, proposed)
    if taken_over:
        return Outcome(OutcomeKind.EDITED, f"#{pull.number} is left alone: {taken_over}", pull.url)
    settled = is_own(tip, pull.marker) and _same_changes(pull.marker, proposed)
    if settled and not pull.conflicted:
        return Outcome(OutcomeKind.UNCHANGED, f"#{pull.number} says it already", pull.url)
    return Order(not pushed, tip.id if tip else "", pull)


def _same_changes(there: Marker | None, proposed: Marker | None) -> bool:
    if there is None or proposed is None:
        return False
    if there.content_keys and proposed.content_keys:
        return set(there.content_keys) == set(proposed.content_keys)
    return (there.tree, there.parent) == (proposed.tree, proposed.parent)


def limited(known: Known, caps: Caps = CAPS) -> Outcome | None:
    """Why no further pull request may be opened now; None when one may."""
    mine = [pull for pull in known.pulls if pull.marker is not None]
    count = sum(pull.state == "open" for pull in mine) + known.opening
    if count >= caps.open:
        reason = f"{count} of docbot's pull requests are open, {caps.open} may be: settle one first"
        return Outcome(OutcomeKind.LIMITED, reason)
    recent = sorted(pull.created for pull in mine if known.now - pull.created < _HOUR)
    recent += [known.now] * known.opening
    if len(recent) >= caps.an_hour:
        left = recent[-caps.an_hour] + _HOUR - known.now
        minutes = int(left.total_seconds() // 60) + 1
        reason = (
            f"{len(recent)} of docbot's pull requests were opened within the hour, {caps.an_hour} may be: "
            f"run it again in {minutes} {'minute' if minutes == 1 else 'minutes'}"
        )
        return Outcome(OutcomeKind.LIMITED, reason)
    reason = paused(mine, known.now)
    return Outcome(OutcomeKind.LIMITED, reason) if reason else None


def _new(proposal: Proposal, earlier: Sequence[Pull], known: Known) -> Outcome | Order:
    tip = known.tip
    if tip is None:
        return Order()
    pushed = is_own(tip, marker_of(proposal.body))
    again = reopened(earlier, proposal.branch, known.now)
    if again is not None and is_own(tip, again.marker):
        return Order(not pushed, tip.id, again, reopen=True)
    # An earlier run got as far as the push.
    if pushed:
        return Order(push=False, expected=tip.id)
    if any(is_own(tip, pull.marker) for pull in earlier):
        return Order(expected=tip.id)
    reason = f"the branch {proposal.branch} holds commits that aren't docbot's: rename or delete it"
    return Outcome(OutcomeKind.CONFLICTED, reason)


def without_refused(
    drafts: Sequence[Draft],
    pages: Mapping[str, Page],
    pulls: Iterable[Pull],
    dropped: Mapping[str, Pull] = NO_KEYS,
) -> tuple[list[Draft], list[Held]]:
    """The drafts no person has refused, and the others with the reason.

    A pull request closed unmerged refuses each change it made, wherever its text stands now. `dropped` are
    content keys that were refused alone. `pages` holds every page with a draft.
    """
    refused: dict[str, Pull] = {}
    topics: dict[str, Pull] = {}
    for pull in pulls:
        if pull.refused and pull.marker is not None:
            refused |= dict.fromkeys(pull.marker.content_keys, pull)
            if not pull.marker.content_keys:
                topics[pull.marker.topic] = pull
    texts = {path: page.text for path, page in pages.items()}
    known = keys_of(drafts, texts) if refused or dropped else [()] * len(drafts)
    kept, held = list[Draft](), list[Held]()
    for draft, keys in zip(drafts, known, strict=True):
        closed = next((refused[key] for key in keys if key in refused), topics.get(draft.finding.cause))
        without = next((dropped[key] for key in keys if key in dropped), None)
        if without is not None:
            held.append(Held(draft, f"a person dropped it from {without.url}"))
        elif closed is None:
            kept.append(draft)
        else:
            held.append(Held(draft, f"a person closed {closed.url}, which made the same change"))
    return kept, held


def without_rivals(
    drafts: Sequence[Draft], pages: Mapping[str, Page], rivals: Iterable[Rival]
) -> tuple[list[Draft], list[Held]]:
    """The drafts whose lines nobody else's open pull request changes, and the others with a link to it."""
    by_path: dict[str, list[Rival]] = defaultdict(list)
    for rival in rivals:
        by_path[rival.path].append(rival)
    kept, held = list[Draft](), list[Held]()
    for draft in drafts:
        path = draft.finding.path
        theirs = [one for one in by_path.get(path, ()) if _meets(draft, pages[path], one)]
        if theirs:
            said = f"{theirs[0].author} changes the same lines in {theirs[0].url}"
            held.append(Held(draft, f"{said}: see what becomes of that first"))
        else:
            kept.append(draft)
    return kept, held


def _meets(draft: Draft, page: Page, rival: Rival) -> bool:
    index = LineIndex(page.text)
    lines = [(index.line(e.span.start), index.line(e.span.end)) for e in draft.fix.edits]
    return any(a <= last and first <= b for a, b in rival.lines for first, last in lines)
