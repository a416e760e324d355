"""What the build of Microsoft Learn said below a pull request, and how a review hears of it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from docbot.app.scan import Scan
from docbot.errors import UnreadablePageError, UsageError
from docbot.markdown import Document
from docbot.repository.worktree import Worktree
from docbot.review.build_comment import LONGEST, Build, parsed
from docbot.review.build_comment_judging import with_build
from docbot.review.build_comment_places import Known
from docbot.review.sides import Side
from docbot.review.values import Review
from docbot.types import Notice


class Said(msgspec.Struct, frozen=True):
    """What the build of Learn said below a pull request."""

    builds: tuple[Build, ...] = ()
    """The oldest first."""
    notices: tuple[Notice, ...] = ()
    """What kept it from being heard."""


NOTHING = Said()

Heard = Callable[[Worktree, int], Said]
"""What was said below the pull request with this number, of the docs in a clone."""


def nothing(worktree: Worktree, number: int) -> Said:
    """The Heard of those who ask nobody."""
    return NOTHING


def saved(data: bytes, name: str) -> Build:
    """The build that a saved comment tells of; `name` says where it came from.

    Raises UsageError for what is no comment of the build's.
    """
    if len(data) > LONGEST:
        raise UsageError(
            f"{name} is too long for a comment: save the text of the Learn build's comment alone"
        )
    build = parsed(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    if build is None:
        raise UsageError(
            f"{name} is no comment of a Learn build that is done: save one with a line “Validation status”"
        )
    return build


def with_builds(review: Review, before: Scan, after: Scan, said: Said) -> Review:
    """The review with what the newest build says of it. Both states must be there still."""
    review = replace(review, notices=(*review.notices, *said.notices))
    if not said.builds:
        return review
    known = Known(review, _side(before), _side(after), _documents(before), _documents(after))
    return with_build(known, said.builds, review.head)


def _side(scanned: Scan) -> Side:
    return Side(scanned.report.findings, scanned.unsure, {})


def _documents(scanned: Scan) -> Callable[[str], Document | None]:
    known: dict[str, Document | None] = {}

    def document(path: str) -> Document | None:
        if path not in known:
            known[path] = _document(scanned, path)
        return known[path]

    return document


def _document(scanned: Scan, path: str) -> Document | None:
    if path not in scanned.survey.pages:
        return None
    document = scanned.survey.document(path)
    try:
        # Read now: whoever asks later can do nothing about a page that is lost.
        _ = document.text
    except UnreadablePageError:
        return None
    return document
