"""What the build of Microsoft Learn said below a pull request, and how a review hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

import msgspec
from msgspec.structs import replace

from docbot.app.connect import asked_of
from docbot.app.scan import Scan
from docbot.errors import StoppedError, UnreadablePageError, UsageError
from docbot.forges.interface import Reviews
from docbot.markdown import Document
from docbot.repository.worktree import Worktree
from docbot.review.build_comment import LONGEST, Build, is_builds, parsed
from docbot.review.build_comment_judging import with_build
from docbot.review.build_comment_places import ByPath, Known, by_path
from docbot.review.sides import Side
from docbot.review.values import Review
from docbot.types import Notice

_BUILT_BY_LEARN = ".openpublishing.publish.config.json"


class Said(msgspec.Struct, frozen=True):
    """What the build of Learn said below a pull request."""

    builds: tuple[Build, ...] = ()
    """The oldest first."""
    notices: tuple[Notice, ...] = ()
    """What kept it from being heard."""


NOTHING = Said()

Heard = Callable[[Worktree, str, int], Said]
"""What was said below a pull request of the docs in a clone, by the name of the remote that has it
and its number."""


def nothing(worktree: Worktree, remote: str, number: int) -> Said:
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


def from_github(environ: Mapping[str, str], say: Callable[[str], None]) -> Heard:
    """The comments of the pull request on GitHub. `environ` names the forge and holds the token, `say` hears
    of waits."""

    @contextmanager
    def reviews_of(worktree: Worktree, remote: str) -> Iterator[Reviews | None]:
        with asked_of(worktree, remote, environ, say) as asked:
            yield asked.reviews if asked else None

    return _heard(reviews_of)


def from_reviews(reviews: Reviews) -> Heard:
    """The comments of the pull request, among those that are asked about already."""
    return _heard(lambda worktree, remote: nullcontext(reviews))


def _heard(reviews_of: Callable[[Worktree, str], AbstractContextManager[Reviews | None]]) -> Heard:
    """Who asks about docs that Learn builds, and about no others. What can't be asked is one notice."""

    def heard(worktree: Worktree, remote: str, number: int) -> Said:
        if not (worktree.root / _BUILT_BY_LEARN).is_file():
            return NOTHING
        try:
            with reviews_of(worktree, remote) as reviews:
                said = reviews.comments(number) if reviews else ()
        except (StoppedError, UsageError) as error:
            told = f"the Learn build isn't heard: {error}; a saved comment of its counts with --build-comment"
            return Said(notices=(Notice("", told),))
        built = (parsed(comment.text) for comment in said if is_builds(comment.author))
        return Said(tuple(build for build in built if build is not None))

    return heard


def with_builds(review: Review, before: Scan, after: Scan, said: Said) -> Review:
    """The review with what the newest build says of it. Both states must be there still."""
    review = replace(review, notices=(*review.notices, *said.notices))
    if not said.builds:
        return review
    known = Known(review, _found(before), _found(after), _documents(before), _documents(after))
    return with_build(known, said.builds, review.head)


def _found(scanned: Scan) -> ByPath:
    return by_path(Side(scanned.report.findings, scanned.unsure, {}))


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
