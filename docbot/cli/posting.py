"""The options of `docbot review` that have its findings said on the pull request, and what comes of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from docbot.app.posting import Desk, Prepared, post, posting_to, prepare
from docbot.cli.log import warn
from docbot.cli.options import show
from docbot.errors import UsageError
from docbot.posting.values import HIGHEST, MOST, Posting
from docbot.reporters.story import counted
from docbot.review.values import Review

F = TypeVar("F", bound=Callable[..., Any])


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants said on the pull request."""

    post: bool
    dry_run: bool
    most: int
    """Remarks on lines, at most."""


def posting_options(command: F) -> F:
    """The options that have a review said on its pull request."""
    number = click.IntRange(0, HIGHEST)
    for option in (
        click.option(
            "--comments",
            "most",
            type=number,
            metavar="N",
            help=f"With --post: at most so many remarks on lines, {MOST} if nothing is said; 0 makes none.",
        ),
        click.option(
            "--dry-run", is_flag=True, help="With --post: show exactly what would be sent, and send nothing."
        ),
        click.option("--post", "posts", is_flag=True, help="Also say it on the pull request."),
    ):
        command = option(command)
    return command


def wish_of(values: dict[str, Any], base: str | None) -> Wish:
    """The wish among a command's values, which it is taken out of. `base` is what `--diff` names.

    Raises UsageError for options that don't go together.
    """
    posts, dry_run, most = values.pop("posts"), values.pop("dry_run"), values.pop("most")
    if posts and base:
        raise UsageError("--post says it on a pull request: give its number or URL instead of --diff")
    if not posts and (dry_run or most is not None):
        raise UsageError("--dry-run and --comments are about what --post sends: give it, too")
    return Wish(posts, dry_run, MOST if most is None else most)


def desk_of(wish: Wish, path: Path, pull: str | None) -> AbstractContextManager[Desk | None]:
    """The pull request on the forge; None where nothing is said there."""
    return posting_to(path, pull or "", os.environ, warn) if wish.post else nullcontext()


def say_on(desk: Desk | None, wish: Wish, review: Review, *, whole: bool) -> None:
    """Say on the pull request what is to be said, or show it. Raises StoppedError as `post` does."""
    if desk is None:
        return
    prepared = prepare(desk, review, wish.most, whole=whole)
    if prepared.settled:
        warn(prepared.settled)
    elif wish.dry_run:
        show(_requests(prepared))
    else:
        # Standard output is the report's.
        warn(_told(desk, post(desk, prepared)))


def _requests(prepared: Prepared) -> Iterator[str]:
    """Every request, byte for byte as it would be sent."""
    yield "\n--- requests, not sent ---\n"
    for request in prepared.posting.requests:
        yield f"{request}\n"
    if not prepared.posting.requests:
        yield "none: everything is said already\n"


def _told(desk: Desk, sent: Posting) -> str:
    if not sent.requests:
        return f"#{desk.source.number}: nothing new to say"
    parts = [
        counted(sent.new, "new remark"),
        f"{counted(sent.standing, 'remark')} from before",
        f"{counted(sent.beside, 'point')} in the comment",
        f"{counted(sent.gone, 'remark')} taken back",
        f"{counted(sent.refused, 'finding')} refused before",
    ]
    return f"{desk.pull.url}: {', '.join(parts)}"
