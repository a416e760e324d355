"""`docbot review --post`: what a review says on its pull request, and what of that is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from docbot.app.connect import asked_of
from docbot.app.review import Source, pull_named
from docbot.errors import StoppedError, UsageError
from docbot.forges.github.place import place_of
from docbot.forges.interface import Pull, Reviews, Unplaced
from docbot.posting.marker import last_review
from docbot.posting.plan import plan
from docbot.posting.values import MOST, Known, Posting, Since
from docbot.repository.checkout import file_at
from docbot.repository.exchange import is_to_be_had
from docbot.repository.parting import lines_since
from docbot.repository.worktree import Worktree
from docbot.review.values import Review

_LEFT = "the report above has every finding all the same"


class Desk(msgspec.Struct, frozen=True):
    """A pull request on the forge, and where git finds it."""

    worktree: Worktree
    reviews: Reviews
    pull: Pull
    source: Source


@contextmanager
def posting_to(
    path: Path, pull: str, environ: Mapping[str, str], say: Callable[[str], None]
) -> Iterator[Desk]:
    """The pull request `pull` (its number or URL) of the docs at `path`, of which nothing but that is read.

    `environ` names the forge and holds the token, `say` hears of waits. Raises NoToken where there is none,
    StoppedError where the forge refuses, UsageError for what is no pull request on it.
    """
    worktree = Worktree.open(path)
    remote, number = pull_named(worktree, pull)
    with asked_of(worktree, remote, environ, say) as asked:
        if asked is None:
            host = place_of(environ).host
            raise UsageError(f"the remote {remote} isn't on {host}: review without --post, or set GH_HOST")
        found = asked.reviews.pull(number)
        source = Source(remote, number, asked.access, found.base)
        yield Desk(worktree, asked.reviews, found, source)


class Prepared(msgspec.Struct, frozen=True):
    """What is going to be said, and what it rests on. Nothing was sent yet."""

    review: Review
    known: Known
    posting: Posting
    settled: str = ""
    """Why nothing is said on a pull request that takes nothing more; else empty."""


def prepare(desk: Desk, review: Review, most: int = MOST, *, whole: bool = True) -> Prepared:
    """What to send of `review`, with at most so many remarks on lines. Reads alone.

    `whole` says that every rule looked. A pull request that was closed or merged gets nothing. Raises
    StoppedError when somebody pushed since it was reviewed.
    """
    reviews, number = desk.reviews, desk.source.number
    pull = reviews.pull(number)
    if pull.state != "open":
        settled = f"#{number} is {pull.state}, so nothing is said there any more"
        return Prepared(review, Known(reviews.docs.name, number, reviews.user), Posting(), settled)
    if pull.head != review.head:
        raise StoppedError(
            f"somebody pushed to #{number} while it was reviewed, and nothing was sent: run docbot again"
        )
    remarks, comments = reviews.remarks(number), reviews.comments(number)
    known = Known(
        docs=reviews.docs.name,
        number=number,
        user=reviews.user,
        remarks=remarks,
        comments=comments,
        disliked=reviews.disliked(),
        since=_since(desk, last_review(remarks, comments, reviews.user, review.head), review.head),
        exact=_exact(desk.worktree, review),
        whole=whole,
        most=most,
    )
    return Prepared(review, known, plan(review, known))


def post(desk: Desk, prepared: Prepared) -> Posting:
    """Send what is prepared; what was sent in the end.

    Where the forge takes no remark on those lines, all of it goes into the comment, once. Raises StoppedError
    where it refuses for another reason: what was sent until then stays, and the next run goes on from there.
    """
    try:
        return _sent(desk, prepared.posting)
    except Unplaced:
        known = replace(prepared.known, takes_lines=False)
    # A review is taken as a whole or not at all, and it goes first: nothing of it is there yet.
    return _sent(desk, plan(prepared.review, known))


def _sent(desk: Desk, posting: Posting) -> Posting:
    for request in posting.requests:
        try:
            desk.reviews.send(request)
        except Unplaced:
            raise
        except StoppedError as error:
            raise StoppedError(f"{error}; {_LEFT}") from error
    return posting


def _since(desk: Desk, last: str, head: str) -> Since | None:
    """What changed since the commit `last` was reviewed; None where there is none."""
    if not last:
        return None
    if last == head:
        return Since(last, {})
    source = desk.source
    there = is_to_be_had(desk.worktree, source.remote, last, source.access)
    return Since(last, lines_since(desk.worktree, last, head) if there else None)


def _exact(worktree: Worktree, review: Review) -> frozenset[str]:
    """The pages with an edit to suggest that are committed as their texts, byte for byte."""
    paths = {finding.path for finding in review.new if finding.fix is not None}
    return frozenset(path for path in paths if _is_exact(worktree, review, path))


def _is_exact(worktree: Worktree, review: Review, path: str) -> bool:
    return file_at(worktree, review.head, path) == review.after[path].encode("utf-8", "replace")
