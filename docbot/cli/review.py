"""`docbot review`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from docbot import __version__, app
from docbot.cli.options import options_of, output_option, path_argument, progress, rule_options, write
from docbot.cli.posting import desk_of, posting_options, say_on, wish_of
from docbot.errors import UsageError
from docbot.reporters import Options
from docbot.reporters.reviews import REVIEWS
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
@click.option("--format", "form", type=click.Choice(sorted(REVIEWS)), default="text", help="How to report.")
@output_option
@click.option(
    "--also",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also report in FORMAT, to FILE (repeatable).",
)
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
    others = [_other(said) for said in also]
    wish = wish_of(values, base)
    options = options_of(values)
    with desk_of(wish, path, pull) as desk:
        with progress("Reading pages") as bar:
            if base:
                done = app.review(Path(pull) if pull else path, base, options, bar)
            else:
                source = desk.source if desk else None
                done = app.review_pull(path, pull or "", options, bar, base=onto, source=source)
        about = Options(version=__version__)
        write(REVIEWS[form](done, about), output, commands=form == "github")
        for name, file in others:
            write(REVIEWS[name](done, about), file)
        # What is refused there is in the reports already.
        say_on(desk, wish, done, whole=not (options.only or options.skip))
    limit = Severity(fail_on).rank if fail_on else None
    return int(limit is not None and any(one.severity.rank >= limit for one in done.new))


def _other(said: str) -> tuple[str, Path]:
    """The format and the file of an `--also`. Raises UsageError where it names none."""
    form, mark, file = said.partition("=")
    if form not in REVIEWS or not mark or not file:
        raise UsageError(f"--also {said}: say FORMAT=FILE, where FORMAT is {', '.join(sorted(REVIEWS))}")
    return form, Path(file)
