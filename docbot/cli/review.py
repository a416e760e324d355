"""`docbot review`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from docbot import app
from docbot.cli.options import options_of, output_option, path_argument, progress, rule_options, write
from docbot.errors import UsageError
from docbot.reporters import review as reports
from docbot.review.values import Review
from docbot.types import Finding, Severity


@click.command()
@path_argument
@click.option("--diff", "base", metavar="BASE", help="Review what changed since this branch or commit.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@output_option
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    help="Exit with 1 when the change adds or breaks something of this severity or worse.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Take DATE for today.")
@rule_options
def review(
    *, path: Path, base: str | None, form: str, output: Path | None, fail_on: str | None, **values: Any
) -> int:
    """Review what the docs at PATH changed, hunk by hunk: proven, look here, or don't."""
    if not base:
        raise UsageError("say what to review against: `docbot review --diff main`")
    with progress("Reading pages") as bar:
        done = app.review(path, base, options_of(values), bar)
    write(reports.jsonl(done) if form == "jsonl" else reports.text(done), output)
    limit = Severity(fail_on).rank if fail_on else None
    return int(limit is not None and any(one.severity.rank >= limit for one in _new(done)))


def _new(done: Review) -> Iterator[Finding]:
    for one in done.hunks:
        yield from (*one.adds, *one.breaks)
    yield from done.elsewhere
