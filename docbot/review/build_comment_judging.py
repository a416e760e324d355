"""What the build of Learn says changes in a review: reasons, judgements, and what a reader is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from docbot.review.build_comment import Bearing, Build, Told, newest
from docbot.review.build_comment_places import Known, placed, stale
from docbot.review.judging import in_order
from docbot.review.values import Judged, Judgement, Reason, Review
from docbot.types import Notice, Severity

_MOST = 5
"""Messages that are given as reasons of one hunk."""
_LONGEST = 300
"""Code points of a message that a reason gives."""
_TOO = "; the Learn build says so, too"


def with_build(known: Known, builds: Sequence[Build], head: str) -> Review:
    """The review of the commit `head` (a full id), with what the newest of `builds` says of it.

    `builds` are the oldest first. What the build says makes no hunk proven: an error or a warning on a hunk's
    own lines asks a person to look.
    """
    review, build = known.review, newest(builds, head)
    if build is None:
        return review
    notices = (*review.notices, *(Notice("", said) for said in _notices(build, head)))
    if not build.is_about(head):
        return replace(review, builds=stale(build), notices=notices)
    of_hunks, others = placed(known, build)
    told = [_judged(one, said) for one, said in zip(review.hunks, of_hunks, strict=True)]
    return replace(review, hunks=in_order(told), builds=others, notices=notices)


def _notices(build: Build, head: str) -> Iterator[str]:
    if not build.is_about(head):
        about = f"about {build.commit[:10]}" if build.commit else "about a commit that it doesn't name"
        yield (
            f"the newest comment of the Learn build is {about}, and {head[:10]} is reviewed here: "
            "review again when that build is done"
        )
    elif build.status == "passed":
        yield "the Learn build of this commit passed"
    elif not build.messages:
        yield (
            f"the Learn build of this commit ended with {build.status}, and its comment lists none of them: "
            "see its build report"
        )
    if build.cut:
        yield "the comment of the Learn build has no room for every file: its build report has the rest"
    if build.unread:
        yield (
            f"docbot can't read {build.unread:,} of the messages in the comment of the Learn build: "
            "look at the comment itself"
        )


def _judged(one: Judged, told: tuple[Told, ...]) -> Judged:
    confirmed = {said.confirms for said in told if said.confirms}
    reasons = tuple(_confirmed(reason, confirmed) for reason in one.reasons)
    new = [said for said in told if not said.confirms]
    more = tuple(map(_reason, new[:_MOST]))
    if len(new) > _MOST:
        more = (*more, Reason(f"the Learn build says {len(new) - _MOST:,} more things of these lines"))
    grave = any(said.message.level is not Severity.INFO for said in told)
    if grave and one.judgement is Judgement.PROVEN:
        # What asks for a look comes first.
        return replace(one, judgement=Judgement.LOOK, reasons=(*more, *reasons), builds=told)
    return replace(one, reasons=(*reasons, *more), builds=told)


def _confirmed(reason: Reason, confirmed: set[str]) -> Reason:
    """The reason; where it tells of a finding that the build has, too, it says so."""
    if reason.about is None or reason.about.fingerprint not in confirmed:
        return reason
    return replace(reason, text=reason.text + _TOO)


def _reason(told: Told) -> Reason:
    message = told.message
    code = f" {message.code}" if message.code else ""
    where = f" on line {message.line}" if message.line else ""
    proof = f" ({told.reason})" if told.reason and told.bearing is Bearing.HERE else ""
    said = message.text if len(message.text) <= _LONGEST else message.text[:_LONGEST] + "..."
    return Reason(f"the Learn build: {message.level}{code}{where}: {said}{proof}")
