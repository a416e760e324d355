"""`docbot draft`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from msgspec.structs import replace

from docbot import app
from docbot.cli.issues import issues_of, issues_options
from docbot.cli.log import warn
from docbot.cli.online import online_of, online_options
from docbot.cli.options import (
    model_option,
    options_of,
    output_option,
    path_argument,
    progress,
    scan_options,
    show,
    write,
)
from docbot.drafters.model.chosen import CONFIGURED, Chosen
from docbot.errors import UsageError
from docbot.reporters import diff, jsonl, prompts, questions
from docbot.reporters.story import counted


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
@model_option
@click.option("--show-prompt", is_flag=True, help="Show what a model would be sent, and send nothing.")
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
    model: str | None,
    show_prompt: bool,
    **values: Any,
) -> int:
    """Show the drafted edits of the docs at PATH, with their evidence and every gate's verdict."""
    if show_prompt and apply_:
        raise UsageError("--show-prompt asks nobody, so there is nothing to write: leave out --apply")
    if source is not None:
        values["show_all"] = True
    chosen = _model(model, show_prompt=show_prompt)
    with progress("Reading pages") as bar:
        online = online_of(values, bar.next("Asking other sites"))
        issues = issues_of(values, bar.next("Asking for issues"))
        options = replace(options_of(values, drafting=True), online=online, issues=issues)
        scanned = app.scan(path, options, bar)
    if chosen is not None and show_prompt:
        return _show(scanned, chosen, source, form, output)
    with progress("Trying drafts") as bar:
        heard = bar.next("Asking the model (tokens)")
        asking = app.Asking(chosen, heard, options.cache) if chosen else None
        drafted = app.draft(scanned, source, bar, asking)
    _write(_pieces(drafted, form), form, output)
    files = app.apply_drafts(scanned, drafted, unsafe=unsafe) if apply_ else []
    _say(drafted)
    if apply_:
        warn(f"Wrote {counted(len(files), 'file')}. `git diff` shows what changed.")
    return 0


def _model(name: str | None, *, show_prompt: bool) -> Chosen | None:
    """The model to ask. Raises UsageError before anything is read, where it can't be asked."""
    context = click.get_current_context()
    told = context.get_parameter_source("online") is ParameterSource.COMMANDLINE
    name = CONFIGURED if name is None and show_prompt else name
    return app.chosen_model(name, to_ask=not show_prompt, offline=told and not context.params["online"])


def _show(scanned: app.Scan, chosen: Chosen, source: Path | None, form: str, output: Path | None) -> int:
    requests, notices = app.prompts(scanned, chosen, source)
    _write(prompts.jsonl(requests) if form == "jsonl" else prompts.text(requests), form, output)
    for notice in notices:
        warn(notice.text)
    warn(f"{counted(len(requests), 'request')} to {chosen.host}; nothing was sent")
    return 0


def _pieces(drafted: app.Drafts, form: str) -> Iterator[str]:
    """The drafts, and after them what only a person can answer."""
    if form == "jsonl":
        yield from jsonl.draft_lines(drafted.drafts, drafted.texts)
        yield from jsonl.question_lines(drafted.questions, drafted.texts)
        return
    yield from diff.drafts(drafted.drafts, drafted.texts, drafted.boms)
    yield from questions.comments(drafted.questions, drafted.texts)


def _write(pieces: Iterable[str], form: str, output: Path | None) -> None:
    """Write `pieces` as they are, but what isn't JSON to a terminal so that nothing in it steers that."""
    if form != "jsonl" and output is None:
        show(pieces)
    else:
        write(pieces, output)


def _say(drafted: app.Drafts) -> None:
    """What isn't in the drafts, and why, on standard error."""
    for held in drafted.held:
        finding = held.draft.finding
        warn(f"held: {finding.path}: {finding.rule}: {held.reason}")
    for notice in drafted.notices:
        warn(notice.text)
    passed = [draft for draft in drafted.drafts if draft.passed]
    unsafe = sum(not draft.safe for draft in passed)
    counts = (
        f"{counted(len(passed), 'draft')} passed every gate, {unsafe} of them unsafe",
        f"{len(drafted.drafts) - len(passed)} refused",
        f"{len(drafted.held)} held",
        *((counted(len(drafted.questions), "question"),) if drafted.questions else ()),
        f"{counted(drafted.undrafted, 'finding')} without a fix",
    )
    warn("; ".join(counts))
