"""`docbot demo`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from rich.console import Console

from docbot.app.demo import Demo, demo
from docbot.cli.log import say, say_lines
from docbot.errors import UsageError
from docbot.reporters.text import print_report


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put the sample and the page; by default a new temporary folder.",
)
def demo_command(folder: Path | None) -> None:
    """Run the whole main job on a bundled sample: offline, without a token, in seconds."""
    done = demo(_folder(folder))
    say_lines("1. A sample docs repository was made, with five commits of history.\n")
    say_lines("2. docbot scan\n")
    print_report(done.prepared.scanned.report, Console(highlight=False))
    say_lines("\n3. docbot propose\n")
    _say_proposal(done)
    say_lines(f"\nSee the pull request as its reviewer would:\n{done.page}")


def _say_proposal(done: Demo) -> None:
    proposal = done.proposal
    places = len(proposal.drafts)
    say(f"   title    {proposal.title}")
    say(f"   branch   {proposal.branch}, commit {done.commit[:10]}, pushed to {done.fork}")
    say(f"   changes  {places} places in {len(proposal.changes)} files, one cause, every gate passed")
    for which, outcome in zip(("first run", "second run"), done.outcomes, strict=True):
        say(f"   {which:11}{outcome.kind.value}: {outcome.reason}")
    for reason, count in done.prepared.held_by_reason().items():
        say(f"   held     {count}: {reason}")


def _folder(wanted: Path | None) -> Path:
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="docbot-demo-")).resolve()
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{wanted} can't be made ({error.strerror}): choose another folder") from error
    if any(wanted.iterdir()):
        raise UsageError(f"{wanted} isn't empty: choose a new folder for the demo")
    return wanted.resolve()
