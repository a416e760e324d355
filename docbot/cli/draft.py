"""`docbot draft`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace
from rich.console import Console

from docbot import app
from docbot.cli.issues import issues_of, issues_options
from docbot.cli.online import online_of, online_options
from docbot.cli.options import options_of, output_option, path_argument, progress, scan_options, write
from docbot.reporters import diff, jsonl
from docbot.reporters.plain import visible, visible_lines
from docbot.reporters.story import counted
from docbot.types import Applicability


@click.command()
@path_argument
@click.option(
    "--format", "form", type=click.Choice(["diff", "jsonl"]), default="diff", help="How to show the drafts."
)
@output_option
@click.option("--apply", "apply_", is_flag=True, help="Write the safe drafts that passed every gate.")
@click.option("--unsafe", is_flag=True, help="With --apply: also those that a person has to look at first.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draft the findings in FILE, written by `docbot scan --format jsonl`.",
)
@scan_options
@online_options
@issues_options
def draft(
    *,
    path: Path,
    form: str,
    output: Path | None,
    apply_: bool,
    unsafe: bool,
    source: Path | None,
    **values: Any,
) -> int:
    """Show the drafted edits of the docs at PATH, with their evidence and every gate's verdict."""
    if source is not None:
        values["show_all"] = True
    with progress("Reading pages") as bar:
        online = online_of(values, bar.next("Asking other sites"))
        issues = issues_of(values, bar.next("Asking for issues"))
        options = replace(options_of(values, drafting=True), online=online, issues=issues)
        scanned = app.scan(path, options, bar)
    with progress("Trying drafts") as bar:
        drafted = app.draft(scanned, source, bar)
    if form == "jsonl":
        write(jsonl.draft_lines(drafted.drafts, drafted.texts), output)
    elif output is None and Console().is_terminal:
        write(
            (visible_lines(piece) for piece in diff.drafts(drafted.drafts, drafted.texts, drafted.boms)), None
        )
    else:
        write(diff.drafts(drafted.drafts, drafted.texts, drafted.boms), output)
    files = app.apply_drafts(scanned, drafted, unsafe=unsafe) if apply_ else []
    _say(drafted)
    if apply_:
        click.echo(f"Wrote {counted(len(files), 'file')}. `git diff` shows what changed.", err=True)
    return 0


def _say(drafted: app.Drafts) -> None:
    """What isn't in the drafts, and why, on standard error."""
    for held in drafted.held:
        finding = held.draft.finding
        click.echo(visible(f"held: {finding.path}: {finding.rule}: {held.reason}"), err=True)
    for notice in drafted.notices:
        click.echo(visible(notice.text), err=True)
    passed = [draft for draft in drafted.drafts if draft.passed]
    unsafe = sum(draft.fix.applicability is not Applicability.SAFE for draft in passed)
    counts = (
        f"{counted(len(passed), 'draft')} passed every gate, {unsafe} of them unsafe",
        f"{len(drafted.drafts) - len(passed)} refused",
        f"{len(drafted.held)} held",
        f"{counted(drafted.undrafted, 'finding')} without a fix",
    )
    click.echo("; ".join(counts), err=True)
