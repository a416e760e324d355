"""What a review says on its pull request, as the requests that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docbot.forges.requests import ApiRequest
from docbot.posting.marker import (
    Own,
    RemarkMarker,
    StickyMarker,
    marked,
    own_remarks,
    own_stickies,
    with_head,
)
from docbot.posting.places import Range, anchor, area_of, changed, common, lines_of
from docbot.posting.remark import remark
from docbot.posting.standing import Standing, Told, standing
from docbot.posting.sticky import Counts, Item, Place, Why, item, items_of_hunks, says_same, sticky
from docbot.posting.suggestion import Suggestion, suggestion_of
from docbot.posting.values import Known, Posting
from docbot.reporters.locate import Locator
from docbot.reporters.story import counted
from docbot.review.values import Review

Comment = Mapping[str, object]
"""A remark as the API takes it."""


class Chosen(NamedTuple):
    """What is said on lines now, and what beside them."""

    remarks: tuple[Comment, ...]
    items: tuple[Item, ...]


def plan(review: Review, known: Known) -> Posting:
    """What is sent for `review`, of the pull request that `known` tells of.

    At most one review, which judges nothing; then docbot's one comment, made, changed or taken away where
    that is due; then remarks are taken back that tell nothing any more and that no person did anything about.
    """
    locator = Locator(review.after)
    stood = standing(review.new, locator, known)
    chosen = _chosen(review, stood, known, locator)
    items = (*chosen.items, *items_of_hunks(review, Place(review)))
    on_lines = len(chosen.remarks) + len(stood.said)
    counts = Counts(len(review.new) - len(stood.refused), on_lines, len(stood.refused))
    body = sticky(items, review, counts, stood.refused)
    gone = [own for own in stood.gone if known.whole and not own.kept]
    requests = [
        *_review(chosen.remarks, review.head, known),
        *_sticky(body, review.head, known),
        *_deletions(gone, known),
    ]
    if not body and not chosen.remarks:
        owns = own_remarks(known.remarks, known.user)
        requests += _noted(review.head, known, [own for own in owns if own not in gone])
    return Posting(
        requests=tuple(requests),
        new=len(chosen.remarks),
        standing=len(stood.said),
        beside=len(items),
        refused=len(stood.refused),
        gone=len(gone),
    )


def _chosen(review: Review, stood: Standing, known: Known, locator: Locator) -> Chosen:
    """Remarks on as many lines as there is room for, and why the other new findings aren't among them."""
    areas = changed((one.hunk for one in review.hunks), locator)
    since = known.since
    open_areas = areas if since is None else common(areas, since.lines or {})
    remarks, items = list[Comment](), list[Item]()
    for one in stood.new:
        path, lines = one.finding.path, lines_of(one.finding, locator)
        area = area_of(lines, open_areas.get(path, ()))
        why = _why(area, area_of(lines, areas.get(path, ())), known)
        if why is None and (not known.takes_lines or not _is_sendable(path)):
            why = Why.UNPLACED
        if why is None and len(remarks) >= known.most:
            why = Why.OVER
        if why is not None or area is None:
            items.append(item(why or Why.ELSEWHERE, one.finding, locator))
        else:
            remarks.append(_comment(one, lines, area, review, known))
    return Chosen(tuple(remarks), tuple(items))


def _why(area: Range | None, anywhere: Range | None, known: Known) -> Why | None:
    """Why no remark may stand on the lines of a finding; None if one may."""
    if anywhere is None:
        return Why.ELSEWHERE
    if area is None:
        return Why.UNKNOWN if known.since and known.since.lines is None else Why.UNCHANGED
    return None


def _is_sendable(path: str) -> bool:
    """Whether JSON has the name: that of a file may be any bytes."""
    return path.isprintable()


def _comment(one: Told, lines: Range, area: Range, review: Review, known: Known) -> Comment:
    finding, page = one.finding, review.after[one.finding.path]
    place = anchor(lines, area)
    edit: Suggestion | str = ""
    if finding.fix is not None:
        edit = suggestion_of(finding.fix, page, place, area, exact=finding.path in known.exact)
    first, last = edit.lines if isinstance(edit, Suggestion) else place
    marker = RemarkMarker(finding.fingerprint, one.key, review.head)
    said = {
        "path": finding.path,
        "body": marked(remark(finding, page, place, edit), marker),
        "line": last,
        "side": "RIGHT",
    }
    return said if first == last else {**said, "start_line": first, "start_side": "RIGHT"}


def _review(remarks: Sequence[Comment], head: str, known: Known) -> Iterator[ApiRequest]:
    if remarks:
        said = f"{counted(len(remarks), 'remark')} on lines that this pull request changed."
        data = {"commit_id": head, "event": "COMMENT", "body": said, "comments": [*remarks]}
        yield ApiRequest.of("POST", f"/repos/{known.docs}/pulls/{known.number}/reviews", data)


def _sticky(body: str, head: str, known: Known) -> Iterator[ApiRequest]:
    """The request that makes docbot's comment `body`: none where it is so, or where neither is there."""
    there = list(own_stickies(known.comments, known.user))
    kept = there[0].comment if there and body else None
    text = marked(body, StickyMarker(head))
    if kept is not None and not says_same(kept.text, text):
        yield ApiRequest.of("PATCH", f"/repos/{known.docs}/issues/comments/{kept.id}", {"body": text})
    elif kept is None and body:
        yield ApiRequest.of("POST", f"/repos/{known.docs}/issues/{known.number}/comments", {"body": text})
    for other in there[1 if kept else 0 :]:
        yield ApiRequest.of("DELETE", f"/repos/{known.docs}/issues/comments/{other.comment.id}", {})


def _deletions(gone: Sequence[Own], known: Known) -> Iterator[ApiRequest]:
    for own in gone:
        yield ApiRequest.of("DELETE", f"/repos/{known.docs}/pulls/comments/{own.remark.id}", {})


def _noted(head: str, known: Known, owns: Sequence[Own]) -> Iterator[ApiRequest]:
    """Writes into the newest remark which commit was reviewed, where no other text of docbot's does."""
    newest = max(owns, key=lambda own: own.remark.id, default=None)
    if newest is not None and newest.marker.head != head:
        path = f"/repos/{known.docs}/pulls/comments/{newest.remark.id}"
        yield ApiRequest.of("PATCH", path, {"body": with_head(newest, head)})
