"""What docbot hides in its remarks and in its comment, so that the next run knows them again.

Anybody may write such a line. It counts only as the last one of a text, where no quotation of docbot's own
stands, and only in a text of docbot's own login.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from docbot.forges.interface import Comment, Remark
from docbot.forges.island import lines_outside_code
from docbot.types import Finding, digest, normalised

LONGEST = 200
"""Code points of a marker. A longer one isn't docbot's."""

_REMARK, _STICKY, _CLOSE = "<!-- docbot:remark ", "<!-- docbot:sticky ", " -->"
_KEY = re.compile(r"[0-9a-f]{16}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class RemarkMarker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One remark: which finding it tells, what its lines said, and the commit that was reviewed."""

    fingerprint: str
    key: str
    head: str


class StickyMarker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """docbot's one comment below a pull request, and the commit that was reviewed last."""

    head: str


class Own(NamedTuple):
    """A remark of docbot's own."""

    remark: Remark
    marker: RemarkMarker

    @property
    def refused(self) -> bool:
        """Whether a person doesn't want to hear it again."""
        return self.remark.resolved or self.remark.disliked

    @property
    def kept(self) -> bool:
        """Whether a person did anything about it, so that it isn't docbot's to take back."""
        return self.refused or self.remark.answered


class Sticky(NamedTuple):
    """A comment of docbot's own that holds everything that isn't said on lines."""

    comment: Comment
    marker: StickyMarker


T = TypeVar("T", RemarkMarker, StickyMarker)


def key_of(finding: Finding, lines: str) -> str:
    """The identity of `finding` wherever its `lines` (whole ones of the page) are moved to."""
    return digest("remark", finding.rule, normalised(lines))


def marked(text: str, marker: RemarkMarker | StickyMarker) -> str:
    """`text`, which leaves no code block open, with `marker` as its last line."""
    mark = _REMARK if isinstance(marker, RemarkMarker) else _STICKY
    return f"{text}\n\n{mark}{msgspec.json.encode(marker).decode()}{_CLOSE}"


def with_head(own: Own, head: str) -> str:
    """The text of a remark, with `head` as the commit that was reviewed."""
    text = own.remark.text.rstrip().rpartition("\n")[0].rstrip()
    return marked(text, msgspec.structs.replace(own.marker, head=head))


def own_remarks(remarks: Iterable[Remark], user: str) -> Iterator[Own]:
    """docbot's own among `remarks`; `user` is its login."""
    for remark in remarks:
        marker = _marker(remark.text, _REMARK, RemarkMarker) if _is(remark.author, user) else None
        if marker and _KEY.fullmatch(marker.fingerprint) and _KEY.fullmatch(marker.key):
            yield Own(remark, marker)


def own_stickies(comments: Iterable[Comment], user: str) -> Iterator[Sticky]:
    """docbot's own among `comments`; `user` is its login."""
    for comment in comments:
        marker = _marker(comment.text, _STICKY, StickyMarker) if _is(comment.author, user) else None
        if marker:
            yield Sticky(comment, marker)


def last_review(remarks: Iterable[Remark], comments: Iterable[Comment], user: str, head: str) -> str:
    """The commit that docbot reviewed last; `head` where it has reviewed that; empty where none is known."""
    owns = sorted(own_remarks(remarks, user), key=lambda own: own.remark.id, reverse=True)
    heads = [sticky.marker.head for sticky in own_stickies(comments, user)]
    heads += [own.marker.head for own in owns]
    return head if head in heads else next(iter(heads), "")


def _is(author: str, user: str) -> bool:
    return bool(user) and author.lower() == user.lower()


def _marker(text: str, mark: str, kind: type[T]) -> T | None:
    last = text.rstrip()
    span, line = max(lines_outside_code(last), default=(None, ""))
    if span is None or span.end != len(last) or len(line) > LONGEST:
        return None
    if not (line.startswith(mark) and line.endswith(_CLOSE)):
        return None
    try:
        marker = msgspec.json.decode(line[len(mark) : -len(_CLOSE)].encode("utf-8", "replace"), type=kind)
    except (msgspec.DecodeError, RecursionError):
        return None
    return marker if _COMMIT.fullmatch(marker.head) else None
