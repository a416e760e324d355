"""`docbot backtest`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from docbot.app.backtest import Backtested, backtest
from docbot.cli.log import warn
from docbot.cli.options import options_of, output_option, path_argument, progress, rule_options, write
from docbot.outcomes import Fate
from docbot.reporters.backtest import json_lines, places, table
from docbot.reporters.story import counted


@click.command("backtest")
@path_argument
@click.option(
    "--since",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Look at the docs as they were when DATE (YYYY-MM-DD) began.",
)
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@output_option
@click.option(
    "--show",
    type=click.Choice([fate.value for fate in Fate]),
    help="Also list the edits that ended so: those that people made, made otherwise, left …",
)
@click.option("--write", "write_", is_flag=True, help="Store what was counted in the repository's config.")
@rule_options
def backtest_command(
    *,
    path: Path,
    since: datetime,
    form: str,
    output: Path | None,
    show: str | None,
    write_: bool,
    **values: Any,
) -> None:
    """Run every rule on the docs as they were, and count what people have done since at the same places.

    same: people made this very edit; other: they changed the place another way; kept: they edited the
    line and left the words; still: nobody touched the line; gone: the line was removed. Agreement is same
    of same and other, strict counts kept against the rule too, adoption is same of all.
    """
    with progress("Looking back") as bar:
        done = backtest(path, since.date(), options_of(values), bar)
    if form == "jsonl":
        write(json_lines(done.rules, done.trials), output)
    else:
        write((f"{line}\n" for line in _told(done, show)), output)
    for notice in done.notices:
        warn(notice.text)
    if write_:
        from docbot.app.measure import write_measured

        target = write_measured(path, done.rules)
        warn(f"Wrote what was counted to {target.name}.")


def _told(done: Backtested, show: str | None) -> list[str]:
    about = f"The docs as they were before {done.since} ({done.commit[:10]}): "
    if not done.trials:
        return [f"{about}nothing was drafted."]
    refused = f", {counted(done.refused, 'draft')} refused by gates" if done.refused else ""
    shown = places(one for one in done.trials if one.fate.value == show)
    return [f"{about}{counted(len(done.trials), 'edit')} drafted{refused}.", "", *table(done.rules), *shown]
