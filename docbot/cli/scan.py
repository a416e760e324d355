"""`docbot scan`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from docbot import app, baseline
from docbot.cli.issues import issues_of, issues_options
from docbot.cli.log import in_workflow, warn
from docbot.cli.online import online_of, online_options
from docbot.cli.options import (
    Terminal,
    about,
    options_of,
    output_option,
    path_argument,
    progress,
    reader_may_leave,
    scan_options,
    write,
)
from docbot.reporters import REPORTERS
from docbot.reporters.text import print_report
from docbot.types import Notice, Report, Severity


@click.command()
@path_argument
@click.option("--format", "form", type=click.Choice(sorted(REPORTERS)), default="text", help="How to report.")
@output_option
@scan_options
@online_options
@issues_options
@click.option(
    "--sections",
    is_flag=True,
    help="Also rank every section: by its findings, then by how much people work on it.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    help="Exit with 1 when there is a finding of this severity or worse.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Accept everything found now, in FILE.",
)
def scan(
    path: Path,
    form: str,
    output: Path | None,
    sections: bool,
    fail_on: str | None,
    write_baseline: Path | None,
    **values: Any,
) -> int:
    """Find what is outdated or unclear in the docs repository at PATH."""
    with progress("Reading pages") as bar:
        online = online_of(values, bar.next("Asking other sites"))
        issues = issues_of(values, bar.next("Asking for issues"))
        options = options_of(values, sections=sections, accept=write_baseline is not None)
        options = replace(options, online=online, issues=issues)
        done = app.scan(path, options, bar)
    if write_baseline is not None:
        write([baseline.dump(done.report.findings)], write_baseline)
    if form == "text" and output is None and not in_workflow():
        with reader_may_leave():
            print_report(done.report, Terminal(highlight=False))
    else:
        write(REPORTERS[form](done.report, about(done.rules)), output, commands=form == "github")
        if form != "text" or output is not None:
            _say(done.report.notices)
    return int(fail_on is not None and _meets(done.report, Severity(fail_on)))


def _say(notices: Iterable[Notice]) -> None:
    """What the run couldn't do, on standard error: a file of findings has no place for it."""
    for notice in notices:
        warn(notice.text)


def _meets(report: Report, limit: Severity) -> bool:
    return any(finding.severity.rank >= limit.rank for finding in report.findings)
