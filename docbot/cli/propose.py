"""`docbot propose`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from docbot.app.propose import Prepared, ProposeOptions, commit_locally, prepare
from docbot.cli.options import progress, write
from docbot.errors import StoppedError, UsageError
from docbot.publish import requests_of
from docbot.reporters import diff
from docbot.reporters.plain import visible, visible_lines
from docbot.types import Proposal

_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}")


@click.command()
@click.argument("places", nargs=-1, metavar="[PATH] [FINGERPRINT]...")
@click.option("--rule", "only", multiple=True, metavar="ID", help="Only findings of this rule (repeatable).")
@click.option("--skip", multiple=True, metavar="ID", help="No findings of this rule (repeatable).")
@click.option("--path", "under", multiple=True, metavar="PATH", help="Only pages below PATH (repeatable).")
@click.option("--dry-run", is_flag=True, help="Show exactly what would be sent, and write nothing.")
@click.option("--unsafe", is_flag=True, help="Also fixes that a person has to look at first.")
@click.option("--yes", is_flag=True, help="Don't ask before writing the branch.")
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes; 0 chooses.")
def propose(
    *,
    places: tuple[str, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    under: tuple[str, ...],
    dry_run: bool,
    unsafe: bool,
    yes: bool,
    jobs: int,
) -> int:
    """Make a pull request of the drafts for the docs at PATH: one cause, one branch, one body.

    Each FINGERPRINT (6 to 16 hex digits, from `docbot scan --format jsonl`) chooses a finding. Without
    --dry-run the branch is committed in this repository, beside your checkout, which stays as it is.
    """
    path, fingerprints = _sorted_out(places)
    options = ProposeOptions(only, skip, fingerprints, under, unsafe, jobs)
    with progress("Reading pages") as bar:
        prepared = prepare(path, options, bar)
    for proposal in prepared.plan.proposals:
        pieces = _shown(prepared, proposal)
        on_terminal = Console().is_terminal
        write((visible_lines(piece) for piece in pieces) if on_terminal else pieces, None)
    _say_held(prepared)
    if not prepared.plan.proposals:
        click.echo("There is nothing to propose.", err=True)
    elif not dry_run:
        _commit(prepared, yes=yes)
    return 0


def _sorted_out(places: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """The path among the arguments (here, if none) and the fingerprints. Raises UsageError for two paths."""
    fingerprints = tuple(p for p in places if _FINGERPRINT.fullmatch(p) and not Path(p).exists())
    paths = [place for place in places if place not in fingerprints]
    if len(paths) > 1:
        raise UsageError(
            f"{paths[1]} is no fingerprint: choose pages with --path, findings by 6 to 16 hex digits"
        )
    return Path(paths[0] if paths else "."), fingerprints


def _shown(prepared: Prepared, proposal: Proposal) -> Iterator[str]:
    """Target, branch, title, message, body, diff and requests, byte for byte as they would be sent."""
    target = prepared.target
    yield f"target   {target.owner}/{target.repo}, branch {target.base}\n"
    yield f"base     {prepared.base_commit}\nbranch   {proposal.branch}\ntitle    {proposal.title}\n"
    yield f"\n--- commit message ---\n{proposal.message.rstrip()}\n"
    yield f"\n--- body ---\n{proposal.body.rstrip()}\n"
    yield "\n--- diff ---\n"
    yield from diff.changes(proposal.changes)
    yield "\n--- requests ---\n"
    for request in requests_of(proposal, target):
        yield f"{request}\n"


def _say_held(prepared: Prepared) -> None:
    reasons = prepared.held_by_reason()
    for reason, count in list(reasons.items())[:20]:
        click.echo(f"held: {count} {'draft' if count == 1 else 'drafts'}: {visible(reason)}", err=True)
    if len(reasons) > 20:
        click.echo(f"held: {len(reasons) - 20} more reasons", err=True)
    for notice in prepared.notices:
        click.echo(visible(notice.text), err=True)


def _commit(prepared: Prepared, *, yes: bool) -> None:
    if not yes:
        if not sys.stdin.isatty():
            raise StoppedError("nobody is here to confirm: run it in a terminal, or with --yes or --dry-run")
        if not click.confirm("Commit this to the branch?", err=True):
            raise StoppedError("nothing was written, as you chose")
    for proposal in prepared.plan.proposals:
        commit = commit_locally(prepared, proposal)
        click.echo(
            f"Committed {commit[:10]} to {proposal.branch}; your checkout is as it was.\n"
            f"Push it to your fork with `git push YOUR-FORK {proposal.branch}` and open the pull request "
            "with the title and body above.",
            err=True,
        )
