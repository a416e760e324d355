"""`docbot draft`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace
from rich.console import Console

from docbot import app
from docbot.cli.online import online_of, online_options
from docbot.cli.options import options_of, output_option, path_argument, progress, scan_options, write
from docbot.reporters import diff, jsonl, questions
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
        options = replace(options_of(values, drafting=True), online=online)
        scanned = app.scan(path, options, bar)
    with progress("Trying drafts") as bar:
        drafted = app.draft(scanned, source, bar)
    on_terminal = form == "diff" and output is None and Console().is_terminal
    pieces = _pieces(drafted, form)
    write((visible_lines(piece) for piece in pieces) if on_terminal else pieces, output)
    files = app.apply_drafts(scanned, drafted, unsafe=unsafe) if apply_ else []
    _say(drafted)
    if apply_:
        click.echo(f"Wrote {counted(len(files), 'file')}. `git diff` shows what changed.", err=True)
    return 0


def _pieces(drafted: app.Drafts, form: str) -> Iterator[str]:
    """The drafts, and after them what only a person can answer."""
    if form == "jsonl":
        yield from jsonl.draft_lines(drafted.drafts, drafted.texts)
        yield from jsonl.question_lines(drafted.questions, drafted.texts)
        return
    yield from diff.drafts(drafted.drafts, drafted.texts, drafted.boms)
    yield from questions.comments(drafted.questions, drafted.texts)


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
        *((counted(len(drafted.questions), "question"),) if drafted.questions else ()),
        f"{counted(drafted.undrafted, 'finding')} without a fix",
    )
    click.echo("; ".join(counts), err=True)
