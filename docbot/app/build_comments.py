"""What the build of Microsoft Learn said below a pull request, and how a review hears of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from docbot.app.connect import NoToken
from docbot.app.scan import Scan
from docbot.errors import StoppedError, UnreadablePageError, UsageError
from docbot.forges.github.place import place_of
from docbot.forges.github.token import NO_TOKEN, source_of, token_of
from docbot.forges.interface import Reviews
from docbot.markdown import Document
from docbot.repository.remotes import configured_urls, remotes
from docbot.repository.worktree import Worktree
from docbot.review.build_comment import LONGEST, Build, is_builds, parsed
from docbot.review.build_comment_judging import with_build
from docbot.review.build_comment_places import ByPath, Known, by_path
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

Heard = Callable[[Worktree, str, int], Said]
"""What was said below a pull request of the docs in a clone, by the remote (name or URL) that has it and its
number."""


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
    """The comments of the pull request on GitHub, for docs that Learn builds; nobody is asked about others.

    `environ` names the forge and holds the token, `say` hears of waits. What can't be asked is one notice.
    """

    def heard(worktree: Worktree, remote: str, number: int) -> Said:
        if not (worktree.root / _BUILT_BY_LEARN).is_file():
            return NOTHING
        try:
            return Said(_builds(environ, say, worktree, remote, number))
        except (StoppedError, UsageError) as error:
            told = f"the Learn build isn't heard: {error}; a saved comment of its counts with --build-comment"
            return Said(notices=(Notice("", told),))

    return heard


def _builds(
    environ: Mapping[str, str], say: Callable[[str], None], worktree: Worktree, remote: str, number: int
) -> tuple[Build, ...]:
    # PyGithub takes a while to load, and only this needs it.
    from docbot.forges.github.client import Client
    from docbot.forges.github.reviews import GithubReviews

    place = place_of(environ)
    urls = (configured_urls(worktree).get(remote, ""), remotes(worktree).get(remote, remote))
    name = next(filter(None, map(place.repository_of, urls)), None)
    if name is None:
        return ()
    token = token_of(place, environ)
    if token is None:
        raise NoToken(NO_TOKEN)
    with Client(place, token, say=say, source=source_of(environ)) as client:
        reviews: Reviews = GithubReviews.open(client, name, or_parent=False)
        said = reviews.comments(number)
    built = (parsed(comment.text) for comment in said if is_builds(comment.author))
    return tuple(build for build in built if build is not None)


_BUILT_BY_LEARN = ".openpublishing.publish.config.json"


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
