"""`docbot review`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

import click

from docbot import app
from docbot.app.build_comments import Heard, Said, from_github, from_reviews, nothing, saved
from docbot.app.posting import Desk
from docbot.cli.log import warn
from docbot.cli.options import (
    about,
    also_option,
    options_of,
    output_option,
    path_argument,
    progress,
    reports,
    rule_options,
    write,
)
from docbot.cli.posting import desk_of, posting_options, say_on, wish_of
from docbot.errors import UsageError
from docbot.reporters.reviews import REVIEWS
from docbot.review.build_comment import LONGEST
from docbot.types import Severity


@click.command()
@click.argument("pull", metavar="[PR]", required=False)
@path_argument
@click.option(
    "--diff", "base", metavar="BASE", help="Review the working tree against this branch or commit, and no PR."
)
@click.option(
    "--base", "onto", metavar="BRANCH", help="What the PR goes to, where that isn't the default branch."
)
@click.option(
    "--build-comment",
    "comment",
    type=click.File("rb"),
    metavar="FILE",
    help="What the Learn build said below the PR, as you saved it (- reads standard input).",
)
@click.option("--offline", is_flag=True, help="Ask nobody but the remote that the PR is fetched from.")
@click.option("--format", "form", type=click.Choice(sorted(REVIEWS)), default="text", help="How to report.")
@output_option
@also_option
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    help="Exit with 1 when the change adds or breaks something of this severity or worse.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Take DATE for today.")
@posting_options
@rule_options
def review(
    *,
    pull: str | None,
    path: Path,
    base: str | None,
    onto: str | None,
    comment: BinaryIO | None,
    offline: bool,
    form: str,
    output: Path | None,
    also: tuple[str, ...],
    fail_on: str | None,
    **values: Any,
) -> int:
    """Review a change of the docs at PATH, hunk by hunk: proven, look here, or don't.

    PR is the number or the URL of a pull request. With --diff it is what the working tree changed, and the
    only argument is PATH. With --post it is also said on the pull request: remarks on lines that it
    changed, and one comment for the rest.
    """
    if base and pull and path != Path():
        raise UsageError("a pull request has a base of its own: leave out PR, or --diff")
    if not base and not pull:
        raise UsageError("say what to review: `docbot review 123` or `docbot review --diff main`")
    if base and onto:
        raise UsageError("--base is for a pull request: give --diff alone")
    if base and comment:
        raise UsageError("--build-comment is about a pull request: name it, and leave out --diff")
    others = reports(also, REVIEWS)
    wish = wish_of(values, base)
    if wish.post and offline:
        raise UsageError("--post talks to the forge and --offline asks nobody: give one of them")
    options = options_of(values)
    with desk_of(wish, path, pull) as desk:
        with progress("Reading pages") as bar:
            if base:
                done = app.review(Path(pull) if pull else path, base, options, bar)
            else:
                source = desk.source if desk else None
                heard = _heard(comment, desk, offline=offline)
                done = app.review_pull(
                    path, pull or "", options, bar, base=onto, source=source, environ=os.environ, heard=heard
                )
        write(REVIEWS[form](done, about(done.rules)), output, commands=form == "github")
        for name, file in others:
            write(REVIEWS[name](done, about(done.rules)), file)
        # What is refused there is in the reports already.
        say_on(desk, wish, done, whole=not (options.only or options.skip))
    limit = Severity(fail_on).rank if fail_on else None
    return int(limit is not None and any(one.severity.rank >= limit for one in done.new))


def _heard(comment: BinaryIO | None, desk: Desk | None, *, offline: bool) -> Heard:
    """What tells what the build said. Raises UsageError where a file holds nothing of it."""
    if comment is None:
        if desk is not None:
            return from_reviews(desk.reviews)
        return nothing if offline else from_github(os.environ, warn)
    said = Said((saved(comment.read(LONGEST + 1), comment.name),))
    return lambda worktree, remote, number: said
